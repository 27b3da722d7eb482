"""Writes what scipy and SimpleITK make of the volumes of OracleTest: see README.md beside this file."""

import gzip
import sys

import numpy as np

POSITIONS = 1000  # of each of the three channels
SIZE = 512


def volume(seed, slices, rows, columns):
    """The samples of Volumes.java."""
    z, y, x = np.meshgrid(
        np.arange(slices, dtype=np.int64),
        np.arange(rows, dtype=np.int64),
        np.arange(columns, dtype=np.int64),
        indexing="ij",
        sparse=True,
    )
    h = seed * 0x9E3779B1 + z * 0x85EBCA6B + y * 0xC2B2AE35 + x * 0x27D4EB2F
    h = h & 0xFFFFFFFF
    h = h ^ (h >> 15)
    h = (h * 0x2C1B3C6D) & 0xFFFFFFFF
    h = h ^ (h >> 12)
    noise = h & 511
    waves = triangle(3 * x + 5 * y + 7 * z + seed, 1792) + triangle(11 * y + 2 * x + 61 * z, 1793)
    return (waves + noise - 1024).astype(np.int16)


def triangle(t, height):
    m = t % (2 * height)
    return np.where(m < height, m, 2 * height - 1 - m)


def positions():
    """Which values of a channel are stored: a stride without a common divisor with 512 squared."""
    return (np.arange(POSITIONS, dtype=np.int64) * 104_729 + 17) % (SIZE * SIZE)


def channels_of(cube):
    return [cube.max(axis=2), cube.max(axis=1), cube.max(axis=0)]


def thin(planes):
    count = planes.shape[0]
    return [planes[0], planes[(count - 1) // 2], planes[count - 1]]


def scipy_channels(v):
    from scipy import ndimage

    def zoom(a, shape):
        factors = [t / s for t, s in zip(shape, a.shape)]
        return ndimage.zoom(a, factors, order=3, mode="mirror", grid_mode=False)

    v = v.astype(np.float64)
    if v.shape[0] < 40:
        return [zoom(s, (SIZE, SIZE)) for s in thin(v)]
    # The same as one zoom of three axes, which is separable, but with less memory at a time.
    planes = np.empty((v.shape[0], SIZE, SIZE))
    for z in range(v.shape[0]):
        planes[z] = v[z] if v.shape[1:] == (SIZE, SIZE) else zoom(v[z], (SIZE, SIZE))
    sagittal, coronal, axial = (np.empty((SIZE, SIZE)) for _ in range(3))
    coronal[:] = -np.inf
    for y in range(0, SIZE, 64):
        cube = ndimage.zoom(
            planes[:, y : y + 64], (SIZE / v.shape[0], 1, 1), order=3, mode="mirror", grid_mode=False
        )
        sagittal[:, y : y + 64] = cube.max(axis=2)
        coronal = np.maximum(coronal, cube.max(axis=1))
        axial[y : y + 64] = cube.max(axis=0)
    return [sagittal, coronal, axial]


def sitk_channels(v):
    import SimpleITK as sitk

    image = sitk.GetImageFromArray(v)
    size, spacing = image.GetSize(), image.GetSpacing()
    deep = v.shape[0] >= 40
    target = [SIZE, SIZE, SIZE if deep else size[2]]
    f = sitk.ResampleImageFilter()
    f.SetOutputOrigin(image.GetOrigin())
    f.SetOutputDirection(image.GetDirection())
    f.SetSize(target)
    f.SetOutputSpacing([s * p / t for s, p, t in zip(size, spacing, target)])
    f.SetDefaultPixelValue(image.GetPixelIDValue())
    f.SetInterpolator(sitk.sitkBSpline if deep else sitk.sitkLinear)
    cube = sitk.GetArrayFromImage(f.Execute(image))
    return channels_of(cube) if deep else thin(cube)


VOLUMES = [
    # oracle, seed, slices, rows, columns
    ("scipy", 1, 1, 64, 64),
    ("scipy", 2, 2, 256, 192),
    ("scipy", 3, 3, 512, 512),
    ("scipy", 4, 39, 64, 64),
    ("scipy", 5, 39, 1024, 1024),
    ("scipy", 6, 40, 64, 64),
    ("scipy", 7, 40, 256, 192),
    ("scipy", 8, 41, 512, 512),
    ("scipy", 9, 41, 1024, 1024),
    ("scipy", 10, 300, 64, 64),
    ("scipy", 11, 300, 256, 192),
    ("scipy", 12, 300, 512, 512),
    ("sitk", 13, 3, 256, 192),
    ("sitk", 14, 41, 256, 192),
    ("sitk", 15, 60, 512, 512),
    ("sitk", 16, 300, 64, 64),
]


def main():
    wanted = sys.argv[1]
    lines = []
    for oracle, seed, slices, rows, columns in VOLUMES:
        if oracle != wanted:
            continue
        v = volume(seed, slices, rows, columns)
        channels = (scipy_channels if oracle == "scipy" else sitk_channels)(v)
        for number, channel in enumerate(channels):
            channel = np.asarray(channel, dtype=np.float64).reshape(-1)
            values = channel[positions()]
            lines.append(
                f"{seed} {slices} {rows} {columns} {number} {int(v.sum(dtype=np.int64))}"
                f" {channel.mean():.6f} " + " ".join(f"{x:.2f}" for x in values)
            )
        print(lines[-1][:80], file=sys.stderr)
    with gzip.GzipFile(f"{wanted}.txt.gz", "wb", mtime=0) as out:
        out.write(("\n".join(lines) + "\n").encode("ascii"))


main()
