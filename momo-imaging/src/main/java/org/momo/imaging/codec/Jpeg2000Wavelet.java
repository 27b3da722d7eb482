package org.momo.imaging.codec;

/**
 * The inverse wavelet transforms of JPEG 2000 (ISO/IEC 15444-1, annex F), in place.
 *
 * <p>This class is not thread-safe; one object is reused for the components of a stream.
 */
final class Jpeg2000Wavelet {
  private static final int LANES = 32;
  private static final float ALPHA = -1.586134342059924f;
  private static final float BETA = -0.052980118572961f;
  private static final float GAMMA = 0.882911075530934f;
  private static final float DELTA = 0.443506852043971f;
  private static final float SCALE = 1.230174104914001f;

  private int[] ints = new int[0];
  private float[] floats = new float[0];

  /**
   * Joins four bands to the next resolution: low bands first in each row and column, as a transform
   * leaves them.
   *
   * @param x0 column of the first sample on the resolution's grid; its parity says whether the
   *     first is low or high
   * @param y0 likewise for rows
   */
  void reversible(
      int[] plane, int stride, int x0, int y0, int width, int height, int lowWidth, int lowHeight) {
    int longest = Math.max(width, height) * LANES;
    if (ints.length < longest) {
      ints = new int[longest];
    }
    int[] line = ints;
    for (int y = 0; y < height; y++) {
      int row = y * stride;
      int odd = x0 & 1;
      for (int i = 0, to = odd; i < lowWidth; i++, to += 2) {
        line[to] = plane[row + i];
      }
      for (int i = lowWidth, to = 1 - odd; i < width; i++, to += 2) {
        line[to] = plane[row + i];
      }
      lift(line, width, odd, 1);
      System.arraycopy(line, 0, plane, row, width);
    }
    for (int left = 0; left < width; left += LANES) {
      int lanes = Math.min(LANES, width - left);
      int odd = y0 & 1;
      for (int i = 0; i < height; i++) {
        int to = i < lowHeight ? odd + 2 * i : 1 - odd + 2 * (i - lowHeight);
        System.arraycopy(plane, i * stride + left, line, to * lanes, lanes);
      }
      lift(line, height, odd, lanes);
      for (int i = 0; i < height; i++) {
        System.arraycopy(line, i * lanes, plane, i * stride + left, lanes);
      }
    }
  }

  private static void lift(int[] line, int n, int odd, int lanes) {
    if (n == 1) {
      if (odd == 1) {
        for (int k = 0; k < lanes; k++) {
          line[k] >>= 1;
        }
      }
      return;
    }
    for (int i = odd; i < n; i += 2) {
      int before = (i > 0 ? i - 1 : i + 1) * lanes;
      int after = (i + 1 < n ? i + 1 : i - 1) * lanes;
      int at = i * lanes;
      for (int k = 0; k < lanes; k++) {
        line[at + k] -= (line[before + k] + line[after + k] + 2) >> 2;
      }
    }
    for (int i = 1 - odd; i < n; i += 2) {
      int before = (i > 0 ? i - 1 : i + 1) * lanes;
      int after = (i + 1 < n ? i + 1 : i - 1) * lanes;
      int at = i * lanes;
      for (int k = 0; k < lanes; k++) {
        line[at + k] += (line[before + k] + line[after + k]) >> 1;
      }
    }
  }

  /** As {@link #reversible}, with the 9/7 filters. */
  void irreversible(
      float[] plane,
      int stride,
      int x0,
      int y0,
      int width,
      int height,
      int lowWidth,
      int lowHeight) {
    int longest = Math.max(width, height) * LANES;
    if (floats.length < longest) {
      floats = new float[longest];
    }
    float[] line = floats;
    for (int y = 0; y < height; y++) {
      int row = y * stride;
      int odd = x0 & 1;
      for (int i = 0, to = odd; i < lowWidth; i++, to += 2) {
        line[to] = plane[row + i];
      }
      for (int i = lowWidth, to = 1 - odd; i < width; i++, to += 2) {
        line[to] = plane[row + i];
      }
      lift(line, width, odd, 1);
      System.arraycopy(line, 0, plane, row, width);
    }
    for (int left = 0; left < width; left += LANES) {
      int lanes = Math.min(LANES, width - left);
      int odd = y0 & 1;
      for (int i = 0; i < height; i++) {
        int to = i < lowHeight ? odd + 2 * i : 1 - odd + 2 * (i - lowHeight);
        System.arraycopy(plane, i * stride + left, line, to * lanes, lanes);
      }
      lift(line, height, odd, lanes);
      for (int i = 0; i < height; i++) {
        System.arraycopy(line, i * lanes, plane, i * stride + left, lanes);
      }
    }
  }

  private static void lift(float[] line, int n, int odd, int lanes) {
    if (n == 1) {
      if (odd == 1) {
        for (int k = 0; k < lanes; k++) {
          line[k] *= 0.5f;
        }
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      float factor = (i & 1) == odd ? SCALE : 1 / SCALE;
      int at = i * lanes;
      for (int k = 0; k < lanes; k++) {
        line[at + k] *= factor;
      }
    }
    step(line, n, odd, lanes, DELTA);
    step(line, n, 1 - odd, lanes, GAMMA);
    step(line, n, odd, lanes, BETA);
    step(line, n, 1 - odd, lanes, ALPHA);
  }

  private static void step(float[] line, int n, int first, int lanes, float weight) {
    for (int i = first; i < n; i += 2) {
      int before = (i > 0 ? i - 1 : i + 1) * lanes;
      int after = (i + 1 < n ? i + 1 : i - 1) * lanes;
      int at = i * lanes;
      for (int k = 0; k < lanes; k++) {
        line[at + k] -= weight * (line[before + k] + line[after + k]);
      }
    }
  }
}
