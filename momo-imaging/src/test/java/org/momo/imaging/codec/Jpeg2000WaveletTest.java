package org.momo.imaging.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Against the formulas of ISO/IEC 15444-1, annex F, on one signal at a time, extended by mirrors.
 */
class Jpeg2000WaveletTest {
  /** One transform sees all planes, as in a decoder. */
  private final Jpeg2000Wavelet wavelet = new Jpeg2000Wavelet();

  @Property
  void planes_are_joined_as_one_line_after_another_would_be(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 0, max = 3) int x0,
      @ForAll @IntRange(min = 0, max = 3) int y0,
      @ForAll @IntRange(min = 0, max = 5) int gap,
      @ForAll long seed) {
    Random random = new Random(seed);
    int stride = width + gap;
    int[] ints = random.ints(stride * height, -70_000, 70_000).toArray();
    float[] floats = new float[ints.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = ints[i] * 0.37f;
    }
    int lowWidth = low(x0, width);
    int lowHeight = low(y0, height);
    int[] wantedInts = ints.clone();
    float[] wantedFloats = floats.clone();
    naive(wantedInts, wantedFloats, stride, x0, y0, width, height);

    wavelet.reversible(ints, stride, x0, y0, width, height, lowWidth, lowHeight);
    wavelet.irreversible(floats, stride, x0, y0, width, height, lowWidth, lowHeight);

    assertThat(ints).isEqualTo(wantedInts);
    assertThat(floats).isEqualTo(wantedFloats);
  }

  /** How many of the grid's places from a start on are even. */
  private static int low(int start, int count) {
    return (start + count + 1) / 2 - (start + 1) / 2;
  }

  private static void naive(
      int[] ints, float[] floats, int stride, int x0, int y0, int width, int height) {
    for (int y = 0; y < height; y++) {
      int row = y * stride;
      line(ints, floats, x -> row + x, width, x0);
    }
    for (int x = 0; x < width; x++) {
      int column = x;
      line(ints, floats, y -> y * stride + column, height, y0);
    }
  }

  private static void line(int[] ints, float[] floats, IntUnaryOperator at, int n, int start) {
    int[] a = new int[n];
    float[] b = new float[n];
    int low = low(start, n);
    int odd = start & 1;
    for (int i = 0; i < n; i++) {
      int to = i < low ? 2 * i + odd : 2 * (i - low) + 1 - odd;
      a[to] = ints[at.applyAsInt(i)];
      b[to] = floats[at.applyAsInt(i)];
    }
    if (n == 1) {
      a[0] >>= odd;
      b[0] = odd == 1 ? b[0] * 0.5f : b[0];
    } else {
      for (int i = odd; i < n; i += 2) {
        a[i] -= Math.floorDiv(a[mirror(i - 1, n)] + a[mirror(i + 1, n)] + 2, 4);
      }
      for (int i = 1 - odd; i < n; i += 2) {
        a[i] += Math.floorDiv(a[mirror(i - 1, n)] + a[mirror(i + 1, n)], 2);
      }
      float scale = 1.230174104914001f;
      for (int i = 0; i < n; i++) {
        b[i] *= (i & 1) == odd ? scale : 1 / scale;
      }
      float[] weights = {
        0.443506852043971f, 0.882911075530934f, -0.052980118572961f, -1.586134342059924f
      };
      for (int s = 0; s < 4; s++) {
        for (int i = (odd + s) & 1; i < n; i += 2) {
          b[i] -= weights[s] * (b[mirror(i - 1, n)] + b[mirror(i + 1, n)]);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      ints[at.applyAsInt(i)] = a[i];
      floats[at.applyAsInt(i)] = b[i];
    }
  }

  private static int mirror(int i, int n) {
    return i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i;
  }
}
