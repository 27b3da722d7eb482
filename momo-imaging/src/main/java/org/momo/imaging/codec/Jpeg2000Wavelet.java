package org.momo.imaging.codec;

/**
 * The inverse wavelet transforms of JPEG 2000 (ISO/IEC 15444-1, annex F), in place.
 *
 * <p>This class is not thread-safe; one object is reused for the components of a stream.
 */
final class Jpeg2000Wavelet {
  /*
   * Every step changes all samples of one band by their two neighbours in the other: sample i of the band that starts
   * lies between samples i - 1 and i of the other, sample i of the other between i and i + 1; at the edges the one
   * neighbour that exists counts twice.
   *
   * Lines are transformed while their bands are still apart, and joined afterwards: so all steps run over arrays from
   * their start, which is what the JIT compiler makes vector code of. Along a row, the neighbours are copied to a line of
   * their own, with the edges repeated; down the columns, rows are the arrays.
   */
  private static final float ALPHA = -1.586134342059924f;
  private static final float BETA = -0.052980118572961f;
  private static final float GAMMA = 0.882911075530934f;
  private static final float DELTA = 0.443506852043971f;
  private static final float SCALE = 1.230174104914001f;

  private int[][] ints = new int[0][0];
  private int[] lowInts = new int[0];
  private int[] highInts = new int[0];
  private int[] nearInts = new int[0];
  private float[][] floats = new float[0][0];
  private float[] lowFloats = new float[0];
  private float[] highFloats = new float[0];
  private float[] nearFloats = new float[0];

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
    if (ints.length < height || ints[0].length < width) {
      ints = new int[height][width];
      lowInts = new int[width];
      highInts = new int[width];
      nearInts = new int[width + 2];
    }
    int[][] rows = ints;
    for (int y = 0; y < height; y++) {
      joinRow(plane, y * stride, rows[y], width, lowWidth, x0 & 1);
    }
    int odd = y0 & 1;
    if (height == 1) {
      if (odd == 1) {
        for (int x = 0; x < width; x++) {
          rows[0][x] >>= 1;
        }
      }
    } else {
      int highHeight = height - lowHeight;
      for (int i = 0, k = 0; i < lowHeight; i++) {
        int[] above = rows[lowHeight + Math.max(i - 1 + odd, 0)];
        int[] below = rows[lowHeight + Math.min(i + odd, highHeight - 1)];
        quarterStep(rows[i], above, below, width);
        for (; k < highHeight && (k - odd < i || i == lowHeight - 1); k++) {
          int[] before = rows[Math.max(k - odd, 0)];
          int[] after = rows[Math.min(k + 1 - odd, lowHeight - 1)];
          halfStep(rows[lowHeight + k], before, after, width);
        }
      }
    }
    for (int y = 0; y < height; y++) {
      int to = y < lowHeight ? 2 * y + odd : 2 * (y - lowHeight) + 1 - odd;
      System.arraycopy(rows[y], 0, plane, to * stride, width);
    }
  }

  private void joinRow(int[] plane, int at, int[] row, int width, int lowWidth, int odd) {
    int highWidth = width - lowWidth;
    if (width == 1) {
      row[0] = plane[at] >> odd;
      return;
    }
    int[] low = lowInts;
    int[] high = highInts;
    int[] near = nearInts;
    System.arraycopy(plane, at, low, 0, lowWidth);
    System.arraycopy(plane, at + lowWidth, high, 0, highWidth);
    near[0] = high[0];
    System.arraycopy(high, 0, near, 1 - odd, highWidth);
    near[1 - odd + highWidth] = high[highWidth - 1];
    for (int i = 0; i < lowWidth; i++) {
      low[i] -= (near[i] + near[i + 1] + 2) >> 2;
    }
    near[0] = low[0];
    System.arraycopy(low, 0, near, odd, lowWidth);
    near[odd + lowWidth] = low[lowWidth - 1];
    for (int i = 0; i < highWidth; i++) {
      high[i] += (near[i] + near[i + 1]) >> 1;
    }
    int[] first = odd == 0 ? low : high;
    int[] second = odd == 0 ? high : low;
    int pairs = width >> 1;
    for (int i = 0; i < pairs; i++) {
      row[2 * i] = first[i];
      row[2 * i + 1] = second[i];
    }
    if (2 * pairs < width) {
      row[width - 1] = first[pairs];
    }
  }

  private static void quarterStep(int[] row, int[] before, int[] after, int width) {
    for (int x = 0; x < width; x++) {
      row[x] -= (before[x] + after[x] + 2) >> 2;
    }
  }

  private static void halfStep(int[] row, int[] before, int[] after, int width) {
    for (int x = 0; x < width; x++) {
      row[x] += (before[x] + after[x]) >> 1;
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
    if (floats.length < height || floats[0].length < width) {
      floats = new float[height][width];
      lowFloats = new float[width];
      highFloats = new float[width];
      nearFloats = new float[width + 2];
    }
    float[][] rows = floats;
    for (int y = 0; y < height; y++) {
      joinRow(plane, y * stride, rows[y], width, lowWidth, x0 & 1);
    }
    int odd = y0 & 1;
    if (height == 1) {
      if (odd == 1) {
        scale(rows[0], width, 0.5f);
      }
    } else {
      for (int y = 0; y < height; y++) {
        scale(rows[y], width, y < lowHeight ? SCALE : 1 / SCALE);
      }
      lowRows(rows, width, height, lowHeight, odd, DELTA);
      highRows(rows, width, height, lowHeight, odd, GAMMA);
      lowRows(rows, width, height, lowHeight, odd, BETA);
      highRows(rows, width, height, lowHeight, odd, ALPHA);
    }
    for (int y = 0; y < height; y++) {
      int to = y < lowHeight ? 2 * y + odd : 2 * (y - lowHeight) + 1 - odd;
      System.arraycopy(rows[y], 0, plane, to * stride, width);
    }
  }

  private void joinRow(float[] plane, int at, float[] row, int width, int lowWidth, int odd) {
    int highWidth = width - lowWidth;
    if (width == 1) {
      row[0] = odd == 1 ? plane[at] * 0.5f : plane[at];
      return;
    }
    float[] low = lowFloats;
    float[] high = highFloats;
    System.arraycopy(plane, at, low, 0, lowWidth);
    System.arraycopy(plane, at + lowWidth, high, 0, highWidth);
    scale(low, lowWidth, SCALE);
    scale(high, highWidth, 1 / SCALE);
    step(low, lowWidth, high, highWidth, 1 - odd, DELTA);
    step(high, highWidth, low, lowWidth, odd, GAMMA);
    step(low, lowWidth, high, highWidth, 1 - odd, BETA);
    step(high, highWidth, low, lowWidth, odd, ALPHA);
    float[] first = odd == 0 ? low : high;
    float[] second = odd == 0 ? high : low;
    int pairs = width >> 1;
    for (int i = 0; i < pairs; i++) {
      row[2 * i] = first[i];
      row[2 * i + 1] = second[i];
    }
    if (2 * pairs < width) {
      row[width - 1] = first[pairs];
    }
  }

  /** A step along a row. {@code leads} is 1 if the changed band has the first sample, else 0. */
  private void step(
      float[] line, int count, float[] other, int otherCount, int leads, float weight) {
    float[] near = nearFloats;
    near[0] = other[0];
    System.arraycopy(other, 0, near, leads, otherCount);
    near[leads + otherCount] = other[otherCount - 1];
    for (int i = 0; i < count; i++) {
      line[i] -= weight * (near[i] + near[i + 1]);
    }
  }

  private static void lowRows(
      float[][] rows, int width, int height, int lowHeight, int odd, float weight) {
    for (int i = 0; i < lowHeight; i++) {
      float[] above = rows[Math.max(lowHeight + i - 1 + odd, lowHeight)];
      float[] below = rows[Math.min(lowHeight + i + odd, height - 1)];
      step(rows[i], above, below, width, weight);
    }
  }

  private static void highRows(
      float[][] rows, int width, int height, int lowHeight, int odd, float weight) {
    for (int k = 0; k < height - lowHeight; k++) {
      float[] above = rows[Math.max(k - odd, 0)];
      float[] below = rows[Math.min(k + 1 - odd, lowHeight - 1)];
      step(rows[lowHeight + k], above, below, width, weight);
    }
  }

  private static void step(float[] row, float[] above, float[] below, int width, float weight) {
    for (int x = 0; x < width; x++) {
      row[x] -= weight * (above[x] + below[x]);
    }
  }

  private static void scale(float[] row, int width, float factor) {
    for (int x = 0; x < width; x++) {
      row[x] *= factor;
    }
  }
}
