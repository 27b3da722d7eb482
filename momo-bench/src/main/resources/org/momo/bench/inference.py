"""A network in ONNX Runtime for Python.

inference.py run FILE CHANNELS HEIGHT WIDTH BATCH THREADS
    prints "ready", then for each line that it reads the milliseconds of one run, and at the end the MiB that were
    resident at most and the values
inference.py quantise FILE TO CHANNELS HEIGHT WIDTH
    writes the network with weights and values in eight bits, calibrated on four pictures (needs the package onnx)
"""

import sys
import time

import numpy as np
import onnxruntime


def pictures(count, channels, height, width):
    """The same numbers as the Java side makes."""
    h = np.arange(count * channels * height * width, dtype=np.uint32) * np.uint32(2654435761)
    h ^= h >> np.uint32(15)
    h *= np.uint32(0x2C1B3C6D)
    h ^= h >> np.uint32(12)
    values = (h >> np.uint32(8)).astype(np.float32) / np.float32(1 << 24)
    return values.reshape(count, channels, height, width)


def resident():
    with open("/proc/self/status") as status:
        return max(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))


def run(file, channels, height, width, batch, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    feed = {session.get_inputs()[0].name: pictures(batch, channels, height, width)}
    result = session.run(None, feed)[0]
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        result = session.run(None, feed)[0]
        print(f"{(time.perf_counter() - start) * 1e3:.3f}", flush=True)
    print(resident(), *(f"{v:.6g}" for v in result.ravel()))


def quantise(file, to, channels, height, width):
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

    class Pictures(CalibrationDataReader):
        def __init__(self):
            self.left = [{"image": each[None]} for each in pictures(4, channels, height, width)]

        def get_next(self):
            return self.left.pop() if self.left else None

    quantize_static(file, to, Pictures(), quant_format=QuantFormat.QDQ, per_channel=True,
                    activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8)


if sys.argv[1] == "run":
    run(sys.argv[2], *map(int, sys.argv[3:]))
else:
    quantise(sys.argv[2], sys.argv[3], *map(int, sys.argv[4:]))
