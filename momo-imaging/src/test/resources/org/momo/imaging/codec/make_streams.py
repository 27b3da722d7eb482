"""Writes streams.tsv: small made-up images, encoded by other people's encoders, with the samples that decoding must give.

Needs pydicom 3, pyjpegls, imagecodecs (OpenJPH, OpenJPEG), numpy, and the programs opj_compress, opj_decompress (libopenjp2-tools), ojph_compress
(openjph-tools), dcmcjpeg, dcmdjpeg (dcmtk). The project neither builds nor tests with this script; its result is kept beside it.

    python make_streams.py > streams.tsv
"""
import base64, hashlib, os, subprocess, sys, tempfile, zlib
import imagecodecs, numpy as np, jpeg_ls, pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.encaps import generate_frames
from pydicom.uid import ExplicitVRLittleEndian, RLELossless

BASE = "1.2.840.10008.1.2"
rng = np.random.default_rng(20261124)
work = tempfile.mkdtemp()


def image(kind, h, w, c, bits):
    y, x = np.mgrid[0:h, 0:w]
    top = (1 << bits) - 1
    planes = []
    for i in range(c):
        f = (np.sin(x / 7 + i) + np.cos(y / (5 + i))) / 4 + 0.5
        if kind == "noise":
            v = rng.integers(0, top + 1, (h, w))
        elif kind == "smooth":
            v = (f * top + rng.normal(0, top / 200 + 0.3, (h, w))).round()
        else:
            v = np.where((x // 9 + y // 4) % 3 == 0, top, np.where(rng.random((h, w)) < 0.02, (x * y) % (top + 1), top // 3))
        planes.append(np.clip(v, 0, top))
    a = np.stack(planes, -1)
    return np.ascontiguousarray(a.astype(np.uint8 if bits <= 8 else np.dtype("<u2")))


def row(name, syntax, a, bits, stream, photometric, signed=0, tolerance=0):
    h, w, c = a.shape
    if photometric is None:
        photometric = "MONOCHROME2" if c == 1 else "RGB"
    print("\t".join(map(str, [
        name, BASE + syntax, h, w, c, 8 * a.dtype.itemsize, bits, signed, photometric, tolerance,
        base64.b64encode(bytes(stream)).decode(), base64.b64encode(zlib.compress(a.tobytes(), 9)).decode() if tolerance else hashlib.sha256(a.tobytes()).hexdigest()])))


def jpegls():
    for bits in (2, 5, 8, 12, 16):
        for c in (1, 3):
            for kind in ("noise", "smooth", "flat"):
                for near in (0, 2):
                    if near > ((1 << bits) - 1) // 2 or (kind == "noise" and (near or c > 1)):
                        continue
                    for mode in ((0,) if c == 1 else (0, 1, 2)):
                        a = image(kind, 17, 23, c, bits)
                        if c == 1:
                            encoded = jpeg_ls.encode_array(a[..., 0], lossy_error=near)
                        elif mode == 0:
                            encoded = jpeg_ls.encode_array(np.ascontiguousarray(a.transpose(2, 0, 1)), lossy_error=near, interleave_mode=0)
                        else:
                            encoded = jpeg_ls.encode_array(a, lossy_error=near, interleave_mode=mode)
                        decoded = jpeg_ls.decode_pixel_data(bytes(encoded))[0]
                        d = np.frombuffer(bytes(decoded), a.dtype)
                        d = d.reshape(c, 17, 23).transpose(1, 2, 0) if c > 1 and mode == 0 else d.reshape(a.shape)
                        assert near or np.array_equal(a, d)
                        row(f"ls-{bits}-{c}-{kind}-near{near}-ilv{mode}", ".4.80" if near == 0 else ".4.81", np.ascontiguousarray(d), bits, encoded, None)


def j2k():
    cases = [
        ("plain", 1, 12, "smooth", []), ("noise", 1, 16, "noise", []), ("two", 1, 2, "flat", []), ("eight", 1, 8, "smooth", []),
        ("rct", 3, 8, "smooth", []), ("nomct", 3, 8, "smooth", ["-mct", "0"]), ("four", 4, 8, "smooth", ["-mct", "0"]),
        ("tiles", 1, 12, "smooth", ["-t", "16,13"]), ("offset", 3, 8, "smooth", ["-d", "5,3", "-t", "17,11", "-T", "2,1"]),
        ("blocks", 1, 12, "smooth", ["-b", "4,8"]), ("onelevel", 1, 12, "smooth", ["-n", "1"]), ("deep", 1, 12, "smooth", ["-n", "6"]),
        ("precincts", 3, 8, "smooth", ["-c", "[16,16],[8,8]", "-p", "RPCL"]), ("pcrl", 3, 8, "smooth", ["-c", "[8,16]", "-p", "PCRL"]),
        ("cprl", 3, 8, "smooth", ["-c", "[16,8]", "-p", "CPRL"]), ("rlcp", 3, 8, "smooth", ["-p", "RLCP"]),
        ("layers", 1, 12, "smooth", ["-r", "8,4,2,1"]), ("markers", 3, 8, "smooth", ["-SOP", "-EPH", "-r", "4,1"]),
        ("poc", 3, 8, "smooth", ["-n", "3", "-r", "4,1", "-POC", "T1=0,0,2,2,3,CPRL/T1=2,0,2,3,3,RLCP"]),
        ("tileparts", 3, 8, "smooth", ["-TP", "R", "-p", "RLCP", "-t", "16,16"]), ("empty", 1, 12, "flat", ["-t", "8,8", "-n", "3"]),
    ] + [("mode%d" % m, 1, 12, "noise" if m & 1 else "smooth", ["-M", str(m), "-r", "3,1"]) for m in (1, 2, 4, 8, 16, 32, 5, 13, 63)]
    lossy = [("lossy", 1, 12, "smooth", ["-I", "-r", "6"]), ("ict", 3, 8, "smooth", ["-I", "-r", "5"]), ("reversible-cut", 1, 12, "smooth", ["-r", "6"]),
             ("lossytiles", 1, 16, "smooth", ["-I", "-t", "16,16", "-r", "10,3"]), ("roi", 1, 8, "smooth", ["-ROI", "c=0,U=5"])]
    for name, c, bits, kind, options in cases + lossy:
        h, w = 33, 45
        a = image(kind, h, w, c, bits)
        options = options if "-n" in options else ["-n", "4", *options]
        raw, out, back = (os.path.join(work, n) for n in ("x.rawl", "x.j2k", "y.rawl"))
        open(raw, "wb").write((a if a.dtype.itemsize == 1 else a).transpose(2, 0, 1).tobytes())
        subprocess.run(["opj_compress", "-i", raw, "-o", out, "-F", f"{w},{h},{c},{bits},u", *options], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run(["opj_decompress", "-i", out, "-o", back], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        d = np.frombuffer(open(back, "rb").read(), np.uint8 if bits <= 8 else "<u2").reshape(c, h, w).transpose(1, 2, 0).astype(a.dtype)
        exact = name in [case[0] for case in cases]
        if exact and not np.array_equal(a, d):
            print(name, "is not lossless", file=sys.stderr)
        row("j2k-" + name, ".4.90" if exact else ".4.91", np.ascontiguousarray(d), bits, open(out, "rb").read(), None, tolerance=0 if exact or "-I" not in options else 1)


def dicom(a, bits, photometric=None):
    h, w, c = a.shape
    ds = FileDataset(None, {}, file_meta=FileMetaDataset(), preamble=b"\0" * 128)
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID = "1.2.3"
    ds.StudyInstanceUID, ds.SeriesInstanceUID = "1.2.4", "1.2.5"
    ds.Rows, ds.Columns, ds.SamplesPerPixel, ds.PixelRepresentation = h, w, c, 0
    ds.BitsAllocated, ds.BitsStored, ds.HighBit = 8 * a.dtype.itemsize, bits, bits - 1
    ds.PhotometricInterpretation = photometric or ("MONOCHROME2" if c == 1 else "RGB")
    if c > 1:
        ds.PlanarConfiguration = 0
    ds.PixelData = a.tobytes() + (b"\0" if a.nbytes % 2 else b"")
    return ds


def jpeg():
    cases = [(f"sv{s}-{bits}", 1, bits, kind, ["+el", "+sv", str(s)], ".4.57") for s in range(1, 8) for bits, kind in ((8, "smooth"), (16, "smooth"))]
    cases += [("first", 1, 12, "noise", ["+e1"], ".4.70"), ("rgb", 3, 8, "smooth", ["+e1"], ".4.70"), ("flat", 1, 12, "flat", ["+e1"], ".4.70")]
    cases += [("baseline", 1, 8, "smooth", ["+eb", "+q", "85"], ".4.50"), ("extended", 1, 12, "smooth", ["+ee", "+q", "90"], ".4.51"),
              ("extended8", 1, 8, "smooth", ["+ee"], ".4.51"), ("noise12", 1, 12, "noise", ["+ee", "+q", "95"], ".4.51"),
              ("ycc444", 3, 8, "smooth", ["+eb", "+s4"], ".4.50"), ("ycc422", 3, 8, "smooth", ["+eb", "+s2"], ".4.50"), ("rgblossy", 3, 8, "smooth", ["+eb", "+cr"], ".4.50")]
    for name, c, bits, kind, options, syntax in cases:
        a = image(kind, 19, 27, c, bits)
        plain, packed, back = (os.path.join(work, n) for n in ("a.dcm", "b.dcm", "c.dcm"))
        dicom(a, bits).save_as(plain, enforce_file_format=True)
        subprocess.run(["dcmcjpeg", *options, plain, packed], check=True)
        subprocess.run(["dcmdjpeg", "+cn", packed, back], check=True)
        ds, raw = pydicom.dcmread(packed), pydicom.dcmread(back)
        d = np.frombuffer(raw.PixelData[: a.nbytes], a.dtype)
        d = d.reshape(c, 19, 27).transpose(1, 2, 0) if c > 1 and raw.PlanarConfiguration else d.reshape(a.shape)
        exact = options[0] in ("+e1", "+el")
        if exact and not np.array_equal(a, d):
            print(name, "is not lossless", file=sys.stderr)
        row("jpeg-" + name, syntax, np.ascontiguousarray(d), bits, next(generate_frames(ds.PixelData, number_of_frames=1)), ds.PhotometricInterpretation, tolerance=0 if exact else 2)


def rle():
    for c, bits, kind in ((1, 8, "flat"), (1, 16, "smooth"), (3, 8, "flat"), (3, 16, "flat"), (1, 16, "noise")):
        a = image(kind, 19, 27, c, bits)
        ds = dicom(a, bits)
        ds.compress(RLELossless, encoding_plugin="pydicom")
        row(f"rle-{c}-{bits}-{kind}", ".5", a, bits, next(generate_frames(ds.PixelData, number_of_frames=1)), None)


def packet(data):
    """The one packet of an HTJ2K stream without wavelet levels and of one block: zero bit-planes, the block's bytes."""
    at = data.index(b"\xff\x93") + 2
    word, bits, before, position = 0, 0, 0, at

    def bit():
        nonlocal word, bits, before, position
        if bits == 0:
            before, word, position = word, data[position], position + 1
            bits = 7 if before == 0xFF else 8
        bits -= 1
        return word >> bits & 1

    assert bit() and bit()
    planes = 0
    while not bit():
        planes += 1
    assert not bit()
    size = 3
    while bit():
        size += 1
    length = 0
    for _ in range(size):
        length = 2 * length + bit()
    position += word == 0xFF and bits == 0
    return planes, data[position : position + length]


def codestream(h, w, depth, style, layers, packets):
    """A stream of one block: a packet is its passes' bits and its bytes."""
    def segment(marker, body):
        return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body

    def header(bits):
        out, at = bytearray(), 0
        while at < len(bits):
            n = 7 if out and out[-1] == 0xFF else 8
            out.append(int("".join(map(str, bits[at : at + n])).ljust(n, "0"), 2))
            at += n
        return bytes(out) + (b"\0" if out[-1] == 0xFF else b"")

    four = lambda *v: b"".join(x.to_bytes(4, "big") for x in v)
    body = b"".join(header(bits) + data for bits, data in packets)
    main = b"\xff\x4f" + segment(0x51, b"\x40\0" + four(w, h, 0, 0, w, h, 0, 0) + bytes([0, 1, depth - 1, 1, 1]))
    main += segment(0x50, four(1 << 17) + b"\0\0")
    main += segment(0x52, bytes([0, 0, 0, layers, 0, 0, 4, 4, style, 1])) + segment(0x5C, bytes([1 << 5, depth << 3]))
    return main + segment(0x90, b"\0\0" + four(len(body) + 14) + b"\0\1") + b"\xff\x93" + body + b"\xff\xd9"


def number(value, size):
    return [value >> i & 1 for i in range(size - 1, -1, -1)]


PASSES = {8: [1, 1, 1, 1, 0, 0, 0, 1, 0], 1: [0], 2: [1, 0], 3: [1, 1, 0, 0], 4: [1, 1, 0, 1], 5: [1, 1, 1, 0], 6: [1, 1, 1, 1, 0, 0, 0, 0, 0], 9: [1, 1, 1, 1, 0, 0, 0, 1, 1]}


def lengths(pairs):
    """Bits for lengths, each with the passes that it counts for, and what the length indicator must grow by."""
    size = max(length.bit_length() - (passes.bit_length() - 1) for length, passes in pairs)
    size = max(size, 3)
    return [1] * (size - 3) + [0] + sum((number(l, size + p.bit_length() - 1) for l, p in pairs), [])


def htj2k():
    global rng
    rng = np.random.default_rng(20261128)
    cases = [("plain", 1, 12, "smooth", {}), ("noise", 1, 16, "noise", {}), ("eight", 1, 8, "smooth", {}), ("flat", 1, 12, "flat", {}), ("two", 1, 2, "flat", {}),
             ("rct", 3, 8, "smooth", {"rgb": True}), ("nomct", 3, 8, "smooth", {"rgb": False}), ("onelevel", 1, 12, "smooth", {"resolutions": 1}),
             ("deep", 1, 12, "smooth", {"resolutions": 6}), ("nolevel", 1, 12, "noise", {"resolutions": 0}), ("tiles", 1, 12, "smooth", {"tile": (16, 13)}),
             ("lossy", 1, 12, "smooth", {"level": 0.002, "reversible": False}), ("ict", 3, 8, "smooth", {"level": 0.01, "reversible": False, "rgb": True}),
             ("coarse", 1, 12, "smooth", {"level": 0.05, "reversible": False}), ("lossy16", 1, 16, "noise", {"level": 0.001, "reversible": False})]
    for name, c, bits, kind, options in cases:
        for h, w in ((33, 45), (70, 131)) if name in ("plain", "lossy") else ((33, 45),):
            a = image(kind, h, w, c, bits)
            stream = imagecodecs.htj2k_encode(a if c > 1 else a[..., 0], **options)
            d = (imagecodecs.jpeg2k_decode(stream) if name == "ict" else imagecodecs.htj2k_decode(stream, planar=False)).reshape(a.shape)
            # The other decoder lets lossy samples run over.
            exact = "reversible" not in options
            assert not exact or np.array_equal(a, d)
            # The encoder stores as many bits as the samples have room for.
            row(f"ht-{name}-{w}", ".4.201" if exact else ".4.203", np.ascontiguousarray(d), 8 * a.dtype.itemsize, stream, None, tolerance=0 if exact else 1)
    # No open encoder writes refinement passes; but any bytes are such passes.
    for i in range(12):
        h, w = ((32, 40), (17, 23), (64, 64), (7, 5))[i % 4]
        a = image("smooth" if i & 1 else "noise", h, w, 1, (8, 5)[i % 2])
        _, cleanup = packet(imagecodecs.htj2k_encode(a[..., 0], resolutions=0))
        passes, style, holders = (2, 3)[i // 2 % 2], (0x40, 0x48)[i % 3 % 2], (0, 0, 1, 2)[i // 3]
        refinement = bytearray(rng.choice([0xFF, 0x7F, *range(256)], rng.integers(1, h * w // 3)).astype(np.uint8).tobytes())
        for j in range(1, len(refinement)):
            if refinement[j - 1] == 0xFF:
                refinement[j] &= 0x7F
        refinement[-1] &= 0x7F
        head = [1, 1] + [0] * (14 - holders) + [1]
        pairs = [(len(cleanup), 3 * holders + 1), (len(refinement), passes - 1)]
        packets = [(head + PASSES[passes + 3 * holders] + lengths(pairs), cleanup + bytes(refinement))]
        stream = codestream(h, w, 16, style, 1, packets)
        d = imagecodecs.jpeg2k_decode(stream).reshape(h, w, 1) if not holders else None
        e = imagecodecs.htj2k_decode(stream).reshape(h, w, 1)
        if not holders and not np.array_equal(d, e):
            print("decoders disagree", i, style, passes, np.abs(d.astype(int) - e).max(), (d != e).sum(), file=sys.stderr)
        d = e
        if i == 5:
            # The same in two layers, which neither decoder reads.
            packets = [(head + PASSES[1] + lengths(pairs[:1]), cleanup)]
            size, more = max(3, len(cleanup).bit_length()), len(refinement).bit_length()
            packets.append(([1, 1] + PASSES[1] + [1] * (more - size) + [0] + number(len(refinement), max(size, more)), bytes(refinement)))
            stream = codestream(h, w, 16, style, 2, packets)
        row(f"ht-refined-{i}", ".4.201", np.ascontiguousarray(d), 16, stream, None)


def both(stream, shape, tolerance=0):
    """What OpenJPEG makes of a stream; OpenJPH, which lets lossy samples run over, must agree."""
    d = imagecodecs.htj2k_decode(stream, planar=False).reshape(shape)
    e = imagecodecs.jpeg2k_decode(stream).reshape(shape)
    assert d.dtype == e.dtype and ((d.astype(int) - e + tolerance) % (1 << 8 * d.itemsize)).max() <= 2 * tolerance
    return np.ascontiguousarray(e)


def htj2k_shapes():
    """Block sizes, orders, offsets, tile-parts, signed samples, images of a pixel or a line; sets of passes one after another."""
    global rng
    rng = np.random.default_rng(20261129)
    cases = [(f"order{o}", 33, 45, 3, 8, "smooth", ["-num_decomps", "3", "-prog_order", o, "-precincts", "{16,32},{32,16}"]) for o in ("LRCP", "RLCP", "RPCL", "PCRL", "CPRL")]
    cases += [(f"block{x}x{y}", 33, 45, 1, 12, "noise" if x == y else "smooth", ["-num_decomps", "2", "-block_size", f"{{{x},{y}}}"]) for x, y in ((4, 4), (4, 8), (64, 4), (8, 32), (32, 32))]
    cases += [("wide", 6, 1031, 1, 12, "smooth", ["-num_decomps", "1", "-block_size", "{4,1024}"]), ("tall", 1031, 6, 1, 12, "smooth", ["-num_decomps", "1", "-block_size", "{1024,4}"]),
              ("offset", 33, 45, 3, 8, "smooth", ["-num_decomps", "3", "-image_offset", "{5,3}", "-tile_offset", "{2,1}", "-tile_size", "{17,11}"]),
              ("deep16", 33, 45, 3, 16, "noise", ["-num_decomps", "5"]), ("stripes", 40, 31, 1, 12, "flat", ["-num_decomps", "2", "-prog_order", "PCRL", "-tile_size", "{31,9}"])]
    cases += [(f"pixels{h}x{w}n{n}", h, w, 1, 12, "noise", ["-num_decomps", str(n)]) for h, w, n in ((1, 1, 0), (1, 1, 5), (1, 9, 2), (9, 1, 2), (2, 2, 1), (3, 2, 5))]
    lossy = [("fine", 33, 45, 1, 12, "noise", ["-qstep", "0.00005"]), ("rough", 70, 131, 1, 12, "smooth", ["-qstep", "0.01", "-block_size", "{32,32}"]), ("rough16", 33, 45, 1, 16, "smooth", ["-qstep", "0.002"]),
             ("ict8", 70, 67, 3, 8, "smooth", ["-qstep", "0.005", "-prog_order", "CPRL"]), ("pixels", 1, 1, 1, 12, "noise", ["-qstep", "0.001"])]
    for name, h, w, c, bits, kind, options in cases + lossy:
        a = image(kind, h, w, c, bits)
        exact = "-qstep" not in options
        plain, out = os.path.join(work, "x." + ("pgm" if c == 1 else "ppm")), os.path.join(work, "x.j2c")
        samples = a if bits <= 8 else a.astype(">u2")
        open(plain, "wb").write(b"P%d %d %d %d\n" % (5 if c == 1 else 6, w, h, (1 << bits) - 1) + samples.tobytes())
        options = options if "-num_decomps" in options else ["-num_decomps", "4", *options]
        subprocess.run(["ojph_compress", "-i", plain, "-o", out, "-reversible", str(exact).lower(), *options], check=True, stdout=subprocess.DEVNULL)
        stream = open(out, "rb").read()
        d = both(stream, a.shape, 0 if exact else 1)
        assert not exact or np.array_equal(a, d), name
        row(f"ht-{name}", (".4.202" if "RPCL" in options else ".4.201") if exact else ".4.203", d, bits, stream, None, tolerance=0 if exact else 1)
    for name, c, bits, options in (("signed", 1, 16, {}), ("signed8", 1, 8, {}), ("signedrct", 3, 16, {"rgb": True}), ("signedlossy", 1, 16, {"level": 0.0005, "reversible": False}), ("tileparts", 3, 16, {"rgb": True, "tile": (20, 20), "tilepart": 3, "tlm": True})):
        a = image("smooth", 33, 45, c, bits)
        signed = name != "tileparts"
        if signed:
            a = (a.astype(int) - (1 << bits - 1)).astype(np.int16 if bits > 8 else np.int8)
        stream = imagecodecs.htj2k_encode(a if c > 1 else a[..., 0], resolutions=3, **options)
        d = both(stream, a.shape, 1 if "level" in options else 0)
        assert "level" in options or np.array_equal(a, d), name
        row(f"ht-{name}", ".4.203" if "level" in options else ".4.201", d, bits, stream, None, signed=int(signed), tolerance=int("level" in options))
    # A set of passes in each of two layers, of which the last one counts; and placeholders alone in the first layer. No
    # decoder here reads either; both must come out as the stream whose one block has the last set alone.
    a, b = image("smooth", 32, 40, 1, 8), image("noise", 32, 40, 1, 8)
    one = imagecodecs.htj2k_encode(a[..., 0], resolutions=0)
    _, cleanup = packet(one)
    _, other = packet(imagecodecs.htj2k_encode(b[..., 0], resolutions=0))
    refinement = rng.integers(0, 128, 90).astype(np.uint8).tobytes()
    head = lambda planes: [1, 1] + [0] * planes + [1]
    d = both(codestream(32, 40, 16, 0x40, 1, [(head(15) + PASSES[1] + lengths([(len(cleanup), 1)]), cleanup)]), (32, 40, 1))
    size = max(len(other).bit_length(), len(refinement).bit_length() - 1)
    more = max(size, len(cleanup).bit_length())
    sets = [(head(14) + PASSES[3] + lengths([(len(other), 1), (len(refinement), 2)]), other + refinement)]
    sets.append(([1, 1] + PASSES[1] + [1] * (more - size) + [0] + number(len(cleanup), more), cleanup))
    row("ht-sets", ".4.201", d, 16, codestream(32, 40, 16, 0x40, 2, sets), None)
    layers = [(head(13) + PASSES[4] + [0] + number(0, 5), b""), ([1, 1] + PASSES[3] + lengths([(len(cleanup), 3)]), cleanup)]
    row("ht-placeholders", ".4.201", d, 16, codestream(32, 40, 16, 0x40, 2, layers), None)


print("# name, transfer syntax, rows, columns, samples per pixel, bits allocated, bits stored, signed, photometric, tolerance, stream, samples (SHA-256 where exact, else zlib)")
jpegls()
j2k()
jpeg()
rle()
htj2k()
htj2k_shapes()
