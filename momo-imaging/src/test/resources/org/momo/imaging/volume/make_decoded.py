"""Writes decoded.tsv: what other people's decoders make of the compressed frames of sample files.

    python make_decoded.py NAME=FOLDER ... > decoded.tsv

Needs pydicom 3 with pylibjpeg (libjpeg, openjpeg), python-gdcm, pyjpegls and numpy, and dcmdjpeg of dcmtk. Samples are
compared as 32-bit integers, interleaved, without any colour transform: the SHA-256 of all of them where a frame is
lossless, else every n-th one. At most three frames of a file are taken. Files are named by their own SHA-256.
"""
import hashlib, os, subprocess, sys, tempfile, warnings
import numpy as np, pydicom
from pydicom.pixels import iter_pixels

warnings.simplefilter("ignore")
LOSSY = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.91"}


def decode(path, ds, plugin):
    try:
        return [np.asarray(a) for a, _ in zip(iter_pixels(ds, raw=True, decoding_plugin=plugin), range(3))]
    except Exception:
        return None


def dcmtk(path, ds):
    with tempfile.TemporaryDirectory() as work:
        out = os.path.join(work, "out.dcm")
        if subprocess.run(["dcmdjpeg", "+cn", path, out], capture_output=True).returncode:
            return None
        return [pydicom.dcmread(out, force=True).pixel_array]


print("# set, file's SHA-256 (16 digits), frame, transfer syntax, decoder, step (0: digest of all), digest or samples")
for argument in sys.argv[1:]:
    name, root = argument.split("=", 1)
    for folder, _, files in sorted(os.walk(root)):
        for file in sorted(files):
            path = os.path.join(folder, file)
            try:
                ds = pydicom.dcmread(path, force=True)
                syntax = ds.file_meta.TransferSyntaxUID
            except Exception:
                continue
            if "PixelData" not in ds or not syntax.is_compressed or syntax.is_deflated:
                continue
            found = {}
            # GDCM is no oracle for RLE: it mixes the bytes of colour samples above 8 bits.
            for plugin in ("gdcm", "pylibjpeg", "pyjpegls", "pydicom"):
                if plugin == "gdcm" and syntax.endswith(".2.5"):
                    continue
                frames = decode(path, ds, plugin)
                if frames:
                    found[plugin] = frames
            if not found and syntax.startswith("1.2.840.10008.1.2.4.5"):
                frames = dcmtk(path, ds)
                if frames:
                    found["dcmtk"] = frames
            if not found:
                print("nothing decodes", path, file=sys.stderr)
                continue
            plugin, frames = next(iter(found.items()))
            digest = hashlib.sha256(open(path, "rb").read()).hexdigest()[:16]
            for i, frame in enumerate(frames):
                samples = frame.astype("<i4").reshape(-1)
                if syntax in LOSSY:
                    step = max(1, samples.size // 97)
                    print(name, digest, i, syntax, plugin, step, ",".join(map(str, samples[::step])), sep="\t")
                else:
                    others = [p for p, f in found.items() if not np.array_equal(f[i].astype("<i4").reshape(-1), samples)]
                    if others:
                        print("decoders disagree", path, i, plugin, others, file=sys.stderr)
                    print(name, digest, i, syntax, "+".join(found), 0, hashlib.sha256(samples.tobytes()).hexdigest(), sep="\t")
