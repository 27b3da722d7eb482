#!/usr/bin/env python3
"""What pydicom reads of every attribute that org.momo.study.Tag names, as digests or in full.

usage: pydicom_values.py TAG_JAVA FOLDER            prints the tags, then one line a file: SHA-256 of the file, SHA-256 of its values
       pydicom_values.py TAG_JAVA FILE --explain    prints the values of one file
Nothing of the files themselves is in the digests' output, so it can be kept with the tests:
  pydicom_values.py .../Tag.java ../shared/data/studies > momo-metadata/src/test/resources/org/momo/dicom/pydicom.sha256
"""
import hashlib
import os
import re
import struct
import sys
import warnings

import pydicom
from pydicom.multival import MultiValue

warnings.simplefilter("ignore")
NOT_KEPT = {"PIXEL_DATA", "FLOAT_PIXEL_DATA", "DOUBLE_FLOAT_PIXEL_DATA", "DIRECTORY_RECORD_SEQUENCE",
            "DIRECTORY_RECORD_TYPE", "REFERENCED_FILE_ID", "TRANSFER_SYNTAX_UID", "SPECIFIC_CHARACTER_SET"}


def trimmed(text):
    return text.strip("".join(map(chr, range(33))) + "\u3000")


def one(vr, value):
    if value is None:
        return ""
    if vr in ("FL", "FD"):
        return struct.pack(">d", float(value)).hex()
    if vr == "AT":
        return "%08X" % int(value)
    if vr in ("US", "SS", "UL", "SL", "UV", "SV"):
        return str(int(value))
    return trimmed(getattr(value, "original_string", None) or str(value))


def lines(dataset, tags, prefix):
    for tag in sorted(tags):
        if tag not in dataset:
            continue
        element = dataset[tag]
        if element.VR == "SQ":
            for i, item in enumerate(element.value):
                yield from lines(item, tags, "%s%08X[%d]." % (prefix, tag, i))
            continue
        value = element.value
        if isinstance(value, bytes):
            if element.VR == "OW" and not dataset.is_little_endian:
                # pydicom leaves words as they are stored; a Header promises little endian.
                value = b"".join(value[i:i + 2][::-1] for i in range(0, len(value), 2))
            if value:
                yield "%s%08X=bytes:%s" % (prefix, tag, hashlib.sha256(value).hexdigest())
            continue
        values = value if isinstance(value, (MultiValue, list, tuple)) else [value]
        vr = element.VR.split(" or ")[0]
        values = [one(vr, v) for v in values]
        if vr in ("US", "SS", "UL", "SL") or any(values):
            if values:
                yield "%s%08X=%s" % (prefix, tag, "\\".join(values))


def main():
    source = open(sys.argv[1]).read()
    tags = {int(h, 16) for n, h in re.findall(r"int (\w+) =\s+0x([0-9A-F]{8})", source) if n not in NOT_KEPT}
    if "--explain" in sys.argv:
        print("\n".join(lines(pydicom.dcmread(sys.argv[2], stop_before_pixels=True, force=True), tags, "")))
        return
    found = {}
    for folder, _, names in os.walk(sys.argv[2]):
        for name in names:
            path = os.path.join(folder, name)
            dataset = pydicom.dcmread(path, stop_before_pixels=True, force=True)
            text = "\n".join(lines(dataset, tags, "")).encode("utf-8", "backslashreplace")
            found[hashlib.sha256(open(path, "rb").read()).hexdigest()] = hashlib.sha256(text).hexdigest()
    print("tags", " ".join("%08X" % tag for tag in sorted(tags)))
    for key in sorted(found):
        print(key, found[key])


main()
