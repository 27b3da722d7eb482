"""What other people's decoders make of the frames of sample files.

    python make_decoded.py store NAME=FOLDER ... > decoded.tsv
    python make_decoded.py frames LIST > frames

The first writes what is kept beside this script: for each frame the SHA-256 of its samples where the syntax is lossless,
else 32 sums of all its samples under signs that do not depend on them. From sums the size of a difference can be told, and
no sample. The second writes the frames of the files that LIST names, all samples of them, for momo-bench/decoded to compare.

Needs pydicom 3 and numpy; asks whichever of pylibjpeg (libjpeg, openjpeg), python-gdcm, pyjpegls and imagecodecs is there,
and dcmdjpeg of dcmtk. Samples are 32-bit integers, interleaved, without any colour transform. Files are named by their
SHA-256.
"""
import hashlib, os, subprocess, sys, tempfile, warnings
import numpy as np, pydicom
from pydicom.encaps import generate_frames
from pydicom.pixels import iter_pixels

warnings.simplefilter("ignore")
pydicom.config.settings.reading_validation_mode = 0
JPEG = "1.2.840.10008.1.2.4."
LOSSY = {JPEG + "50", JPEG + "51", JPEG + "81", JPEG + "91", JPEG + "203"}
NATIVE = {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1"}
MOST_FRAMES = 16


def with_pydicom(ds, plugin):
    try:
        return [np.asarray(a) for a, _ in zip(iter_pixels(ds, raw=True, decoding_plugin=plugin), range(MOST_FRAMES))]
    except Exception:
        return None


def with_dcmtk(path):
    with tempfile.TemporaryDirectory() as work:
        out = os.path.join(work, "out.dcm")
        try:
            if subprocess.run(["dcmdjpeg", "+cn", path, out], capture_output=True).returncode:
                return None
            return [a for a, _ in zip(iter_pixels(pydicom.dcmread(out), raw=True), range(MOST_FRAMES))]
        except Exception:
            return None


def with_imagecodecs(ds):
    try:
        import imagecodecs

        frames = generate_frames(ds.PixelData, number_of_frames=int(ds.get("NumberOfFrames", 1) or 1))
        return [imagecodecs.htj2k_decode(f) for f, _ in zip(frames, range(MOST_FRAMES))]
    except Exception:
        return None


def decoders(path, ds, syntax):
    found = {}
    if not syntax.is_encapsulated:
        frames = with_pydicom(ds, "")
        return {"pydicom": frames} if frames else {}
    for plugin in ("gdcm", "pylibjpeg", "pyjpegls", "pydicom"):
        # GDCM is no oracle for RLE: it mixes the bytes of colour samples above 8 bits.
        if plugin != "gdcm" or not syntax.endswith(".2.5"):
            frames = with_pydicom(ds, plugin)
            if frames:
                found[plugin] = frames
    if syntax.startswith(JPEG + "20"):
        frames = with_imagecodecs(ds)
        if frames:
            found["openjph"] = frames
    if syntax in (JPEG + "50", JPEG + "51", JPEG + "57", JPEG + "70"):
        frames = with_dcmtk(path)
        if frames:
            found["dcmtk"] = frames
    return found


def read(path):
    try:
        ds = pydicom.dcmread(path, force=True)
        syntax = pydicom.uid.UID(ds.file_meta.TransferSyntaxUID)
        return (ds, syntax) if "PixelData" in ds and syntax not in NATIVE else None
    except Exception:
        return None


def integers(frame):
    return np.asarray(frame).astype("<i8").astype("<i4").reshape(-1)


def sums(samples):
    """Sums of the samples, the k-th with the sign that bit k of a scrambled index gives."""
    h = np.arange(samples.size, dtype=np.uint32)
    h = (h ^ h >> 16) * np.uint32(0x7FEB352D)
    h = (h ^ h >> 15) * np.uint32(0x846CA68B)
    h ^= h >> 16
    wide = samples.astype(np.int64)
    return [int(wide.sum() - 2 * wide[(h >> np.uint32(k) & np.uint32(1)) == 1].sum()) for k in range(32)]


def store(arguments):
    print("# set, file's SHA-256 (16 digits), frame, transfer syntax, decoders, kind, SHA-256 of the samples or 32 sums of them")
    for argument in arguments:
        name, root = argument.split("=", 1)
        for folder, _, files in sorted(os.walk(root)):
            for file in sorted(files):
                path = os.path.join(folder, file)
                found = read(path)
                if not found:
                    continue
                ds, syntax = found
                results = decoders(path, ds, syntax)
                if not results:
                    print("nothing decodes", path, syntax, file=sys.stderr)
                    continue
                digest = hashlib.sha256(open(path, "rb").read()).hexdigest()[:16]
                for i in range(min(3, len(next(iter(results.values()))))):
                    frames = {n: integers(f[i]) for n, f in results.items() if i < len(f)}
                    first = next(iter(frames.values()))
                    if syntax in LOSSY:
                        print(name, digest, i, syntax, next(iter(frames)), "sums", ",".join(map(str, sums(first))), sep="\t")
                    else:
                        if any(not np.array_equal(f, first) for f in frames.values()):
                            print("decoders disagree", path, i, list(frames), file=sys.stderr)
                        print(name, digest, i, syntax, "+".join(frames), "digest", hashlib.sha256(first.tobytes()).hexdigest(), sep="\t")


def frames(paths):
    out = sys.stdout.buffer
    for path in paths:
        found = read(path)
        for name, arrays in (decoders(path, *found) if found else {}).items():
            for i, array in enumerate(arrays):
                samples = integers(array)
                out.write(f"{path}\t{i}\t{name}\t{samples.size}\n".encode())
                out.write(samples.tobytes())
    out.write(b"end\n")


if sys.argv[1] == "store":
    store(sys.argv[2:])
else:
    frames(open(sys.argv[2], encoding="utf-8").read().splitlines())
