package org.momo.imaging.projection;

/**
 * Volumes made by a formula of integers, which {@code oracle.py} among the test resources repeats.
 */
final class Volumes {

  private Volumes() {}

  /** Two triangle waves and noise, from -1024 to 3071. */
  static int sample(int seed, int z, int y, int x) {
    long h = seed * 0x9E3779B1L + z * 0x85EBCA6BL + y * 0xC2B2AE35L + x * 0x27D4EB2FL;
    h &= 0xffffffffL;
    h ^= h >> 15;
    h = h * 0x2C1B3C6DL & 0xffffffffL;
    h ^= h >> 12;
    int noise = (int) (h & 511);
    int waves =
        triangle(3 * x + 5 * y + 7 * z + seed, 1792) + triangle(11 * y + 2 * x + 61 * z, 1793);
    return waves + noise - 1024;
  }

  private static int triangle(int t, int height) {
    int m = Math.floorMod(t, 2 * height);
    return m < height ? m : 2 * height - 1 - m;
  }

  static short[][] shorts(int seed, int slices, int rows, int columns) {
    short[][] volume = new short[slices][rows * columns];
    for (int z = 0; z < slices; z++) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          volume[z][y * columns + x] = (short) sample(seed, z, y, x);
        }
      }
    }
    return volume;
  }

  static Voxels of(int seed, int slices, int rows, int columns) {
    return Voxels.ofShorts(shorts(seed, slices, rows, columns), rows, columns);
  }
}
