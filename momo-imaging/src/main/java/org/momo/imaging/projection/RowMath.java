package org.momo.imaging.projection;

/**
 * The innermost loops, over whole rows.
 *
 * <p>Each is written so that HotSpot's C2 turns it into vector instructions on Java 17, which is a
 * matter of form: a single counter from 0, no offset that is not a constant, at most two stores,
 * {@code Math.max} rather than a conditional, and a body small enough to be unrolled. Products and
 * sums stay separate, so that all machines give the same bits. All rows of a call have the same
 * length; an output may be one of the inputs.
 */
final class RowMath {

  /** The pole of the cubic B-spline's inverse filter, {@code sqrt(3) - 2}. */
  static final double POLE = Math.sqrt(3) - 2;

  private static final float Q = (float) POLE;
  private static final float END = (float) (POLE / (POLE * POLE - 1));

  /** Beyond so many samples the pole's powers are below single precision's rounding. */
  static final int REACH = 16;

  private RowMath() {}

  /** The weights of the first samples in the first causal coefficient, mirrored at both ends. */
  static float[] firstWeights(int size) {
    float[] weights = new float[Math.min(size, REACH)];
    if (size > REACH) {
      for (int k = 0; k < REACH; k++) {
        weights[k] = (float) Math.pow(POLE, k);
      }
      return weights;
    }
    int period = 2 * size - 2;
    double scale = 1 / (1 - Math.pow(POLE, period));
    for (int k = 0; k < size; k++) {
      boolean once = k == 0 || k == size - 1;
      double power = Math.pow(POLE, k) + (once ? 0 : Math.pow(POLE, period - k));
      weights[k] = (float) (scale * power);
    }
    return weights;
  }

  static void subtract(float[] row, float bias) {
    for (int x = 0; x < row.length; x++) {
      row[x] = row[x] - bias;
    }
  }

  static void scale(float[] row, float weight) {
    for (int x = 0; x < row.length; x++) {
      row[x] = weight * row[x];
    }
  }

  static void addScaled(float[] row, float[] other, float weight) {
    for (int x = 0; x < row.length; x++) {
      row[x] = row[x] + weight * other[x];
    }
  }

  static void causal(float[] row, float[] previous, float bias) {
    for (int x = 0; x < row.length; x++) {
      row[x] = (row[x] - bias) + Q * previous[x];
    }
  }

  static void lastAnticausal(float[] target, float[] last, float[] beforeLast) {
    for (int x = 0; x < target.length; x++) {
      target[x] = END * (last[x] + Q * beforeLast[x]);
    }
  }

  static void anticausal(float[] target, float[] row, float[] next) {
    for (int x = 0; x < target.length; x++) {
      target[x] = Q * (next[x] - row[x]);
    }
  }

  /** Two steps of {@link #anticausal} in one pass. */
  static void anticausalTwo(float[] row, float[] after, float[] next) {
    for (int x = 0; x < row.length; x++) {
      float v = Q * (next[x] - after[x]);
      after[x] = v;
      row[x] = Q * (v - row[x]);
    }
  }

  /** Four steps of {@link #anticausal} of which only the last result is kept. */
  static void anticausalFour(float[] next, float[] r3, float[] r2, float[] r1, float[] r0) {
    for (int x = 0; x < next.length; x++) {
      next[x] = Q * (Q * (Q * (Q * (next[x] - r3[x]) - r2[x]) - r1[x]) - r0[x]);
    }
  }

  static void mix(float[] target, float[] a, float[] b, float wa, float wb) {
    for (int x = 0; x < target.length; x++) {
      target[x] = wa * a[x] + wb * b[x];
    }
  }

  static void mix(
      float[] target,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float wa,
      float wb,
      float wc,
      float wd) {
    for (int x = 0; x < target.length; x++) {
      target[x] = wa * a[x] + wb * b[x] + wc * c[x] + wd * d[x];
    }
  }

  /** {@link #mix} that also raises {@code most}. */
  static void mixAndRaise(
      float[] target,
      float[] most,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float wa,
      float wb,
      float wc,
      float wd) {
    for (int x = 0; x < most.length; x++) {
      float v = wa * a[x] + wb * b[x] + wc * c[x] + wd * d[x];
      target[x] = v;
      most[x] = Math.max(most[x], v);
    }
  }

  static void raise(float[] most, float[] row) {
    for (int x = 0; x < most.length; x++) {
      most[x] = Math.max(most[x], row[x]);
    }
  }

  static void raiseByFour(float[] most, float[] a, float[] b, float[] c, float[] d) {
    for (int x = 0; x < most.length; x++) {
      most[x] = Math.max(most[x], Math.max(Math.max(a[x], b[x]), Math.max(c[x], d[x])));
    }
  }

  /**
   * The largest of a row of 64, 128, 256, 512 or 1024 values, by way of lanes.
   *
   * @param lanes room for half of the row at least, and for 64 values
   */
  static float largest(float[] row, float[] lanes) {
    fold(row, lanes);
    int a = Integer.MIN_VALUE;
    int b = a;
    int c = a;
    int d = a;
    for (int x = 0; x < 64; x += 4) {
      a = Math.max(a, ordered(lanes[x]));
      b = Math.max(b, ordered(lanes[x + 1]));
      c = Math.max(c, ordered(lanes[x + 2]));
      d = Math.max(d, ordered(lanes[x + 3]));
    }
    int most = Math.max(Math.max(a, b), Math.max(c, d));
    return Float.intBitsToFloat(most ^ most >> 31 >>> 1);
  }

  /**
   * A whole number that is larger for a larger value. Of whole numbers the larger one is a move; of
   * floats it is a branch, which noise makes hard to foresee, or several instructions in a row.
   */
  private static int ordered(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits ^ bits >> 31 >>> 1;
  }

  /**
   * Folds a row onto 64 lanes, four to one and then two to one: of a loop some eight values come
   * out scalar, before and after the vectors, and those of a loop that folds eight to one cost as
   * much as its vectors.
   *
   * <p>One method for all lengths, so that it is too large for C2 to inline: inlined into its
   * caller, loops of constant length come out scalar.
   */
  private static void fold(float[] v, float[] lanes) {
    switch (v.length) {
      case 64:
        System.arraycopy(v, 0, lanes, 0, 64);
        break;
      case 128:
        for (int x = 0; x < 64; x++) {
          lanes[x] = Math.max(v[x], v[x + 64]);
        }
        break;
      case 256:
        for (int x = 0; x < 64; x++) {
          lanes[x] = Math.max(Math.max(v[x], v[x + 64]), Math.max(v[x + 128], v[x + 192]));
        }
        break;
      case 512:
        for (int x = 0; x < 128; x++) {
          lanes[x] = Math.max(Math.max(v[x], v[x + 128]), Math.max(v[x + 256], v[x + 384]));
        }
        for (int x = 0; x < 64; x++) {
          lanes[x] = Math.max(lanes[x], lanes[x + 64]);
        }
        break;
      case 1024:
        for (int x = 0; x < 256; x++) {
          lanes[x] = Math.max(Math.max(v[x], v[x + 256]), Math.max(v[x + 512], v[x + 768]));
        }
        for (int x = 0; x < 64; x++) {
          lanes[x] =
              Math.max(Math.max(lanes[x], lanes[x + 64]), Math.max(lanes[x + 128], lanes[x + 192]));
        }
        break;
      default:
        throw new IllegalArgumentException("row length must be a power of two: was " + v.length);
    }
  }
}
