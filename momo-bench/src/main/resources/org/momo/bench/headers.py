"""pydicom's reading of headers. Arguments: a file of paths, a file of tags in hexadecimal, how many times.

Prints the milliseconds of the fastest time, how many files were read, and how many name a study.
"""

import sys
import time
import warnings

import pydicom

warnings.simplefilter("ignore")
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
with open(sys.argv[1], encoding="utf-8") as listed:
    paths = listed.read().splitlines()
with open(sys.argv[2], encoding="utf-8") as listed:
    tags = [int(tag, 16) for tag in listed.read().split()]

best = float("inf")
for _ in range(int(sys.argv[3])):
    files = studies = 0
    start = time.perf_counter()
    for path in paths:
        try:
            header = pydicom.dcmread(path, stop_before_pixels=True, specific_tags=tags)
        except Exception:
            continue
        files += 1
        studies += "StudyInstanceUID" in header
    best = min(best, time.perf_counter() - start)
print(f"{best * 1e3:.3f} {files} {studies}")
