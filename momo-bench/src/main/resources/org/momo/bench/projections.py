"""scipy's zoom of a volume to a cube, and its three maxima. Arguments: slices, and rows, columns and size, which are one number.

Prints the milliseconds, and the means of the sagittal, coronal and axial projections.
"""

import sys
import time

import numpy as np
from scipy import ndimage

slices, size = int(sys.argv[1]), int(sys.argv[2])
h = np.arange(slices * size * size, dtype=np.uint32) * np.uint32(2654435761)
h ^= h >> np.uint32(15)
h *= np.uint32(0x2C1B3C6D)
volume = ((h >> np.uint32(20)).astype(np.int16) - np.int16(1024)).reshape(slices, size, size)
del h

start = time.perf_counter()
cube = ndimage.zoom(volume, (size / slices, 1, 1), output=np.float32, order=3, mode="mirror", grid_mode=False)
projections = [cube.max(axis=2), cube.max(axis=1), cube.max(axis=0)]
took = time.perf_counter() - start
print(f"{took * 1e3:.3f}", *(f"{p.mean(dtype=np.float64):.4f}" for p in projections))
