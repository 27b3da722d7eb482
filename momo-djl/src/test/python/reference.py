"""Writes what the tests of momo-djl are held against, with torchvision: python3 reference.py FOLDER.

Needs torch, torchvision and safetensors; the tests need none of them. Weights and pictures come from a generator that
the tests repeat, so that only outputs are stored.

torchvision.csv          logits of the published networks, two pictures of 3 x 64 x 64 each, seven classes
NAME.pt                  narrow networks as TorchScript, their weights folded in
narrow.csv               logits of the narrow networks, by torchvision
tiny.safetensors, .pth   the weights of a very narrow network, as the libraries write them
"""

import sys
import zipfile
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
import torchvision
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet

CLASSES = 7


def values(name, count):
    """Numbers in [-1, 1) that depend on the name alone."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float64) / 2.0**23 - 1.0


def parameter(name, shape):
    u = values(name, int(np.prod(shape)))
    if len(shape) > 1:
        u = u * np.sqrt(6.0 / np.prod(shape[1:]))
    elif name.endswith("running_var"):
        u = 1.0 + 0.5 * u
    elif name.endswith(".weight"):
        u = (0.85 if "norm" in name else 0.6) + 0.3 * u
    else:
        u = 0.1 * u
    return torch.from_numpy(u.astype(np.float32).reshape(shape))


def pictures(size):
    return torch.from_numpy(values("pictures", 2 * 3 * size * size).astype(np.float32).reshape(2, 3, size, size))


def filled(network):
    state = network.state_dict()
    for name in state:
        if not name.endswith("num_batches_tracked"):
            state[name] = parameter(name, tuple(state[name].shape))
    network.load_state_dict(state)
    return network.eval()


class Narrow(ResNet):
    """torchvision's, with fewer channels."""

    def __init__(self, block, layers, width):
        nn.Module.__init__(self)
        self._norm_layer = nn.BatchNorm2d
        self.inplanes, self.dilation, self.groups, self.base_width = width, 1, 1, 64
        self.conv1 = nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = self._make_layer(block, width, layers[0])
        self.layer2 = self._make_layer(block, 2 * width, layers[1], stride=2)
        self.layer3 = self._make_layer(block, 4 * width, layers[2], stride=2)
        self.layer4 = self._make_layer(block, 8 * width, layers[3], stride=2)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(8 * width * block.expansion, CLASSES)


def narrow_densenet(layers, growth):
    return torchvision.models.DenseNet(growth, layers, 2 * growth, num_classes=CLASSES)


def main(folder):
    torch.set_grad_enabled(False)
    with open(folder / "torchvision.csv", "w") as out:
        for name in ["resnet18", "resnet50", "resnet152", "densenet121", "densenet161"]:
            network = filled(torchvision.models.get_model(name, num_classes=CLASSES))
            for i, row in enumerate(network(pictures(64)).tolist()):
                out.write(",".join([name, str(i), *(f"{v:.9g}" for v in row)]) + "\n")
    narrow = {
        "resnet18-w2": Narrow(BasicBlock, [2, 2, 2, 2], 2),
        "resnet50-w1": Narrow(Bottleneck, [3, 4, 6, 3], 1),
        "densenet121-w1": narrow_densenet((6, 12, 24, 16), 1),
    }
    with open(folder / "narrow.csv", "w") as out:
        for name, network in narrow.items():
            filled(network)
            for i, row in enumerate(network(pictures(64)).tolist()):
                out.write(",".join([name, str(i), *(f"{v:.9g}" for v in row)]) + "\n")
            script = torch.jit.freeze(torch.jit.trace(network, pictures(64), check_trace=False))
            script.save(str(folder / f"{name}.full"))
            with zipfile.ZipFile(folder / f"{name}.full") as full, zipfile.ZipFile(folder / f"{name}.pt", "w") as small:
                for entry in full.infolist():
                    if not entry.filename.endswith(".debug_pkl"):
                        small.writestr(zipfile.ZipInfo(entry.filename), full.read(entry))
            (folder / f"{name}.full").unlink()
    tiny = filled(Narrow(BasicBlock, [2, 2, 2, 2], 1)).state_dict()
    safetensors.torch.save_file(tiny, folder / "tiny.safetensors")
    torch.save(tiny, folder / "tiny.pth")


main(Path(sys.argv[1]))
