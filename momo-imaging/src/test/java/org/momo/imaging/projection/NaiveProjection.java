package org.momo.imaging.projection;

import java.util.Arrays;

/**
 * The projections as they are defined: the whole cube, in double precision, one axis after another.
 */
final class NaiveProjection {

  private NaiveProjection() {}

  static double[] project(
      Voxels voxels, int size, Convention convention, Interpolation interpolation, double fill) {
    int[] shape = {voxels.slices(), voxels.rows(), voxels.columns()};
    double[] cube = new double[shape[0] * shape[1] * shape[2]];
    float[] row = new float[shape[2]];
    for (int z = 0; z < shape[0]; z++) {
      for (int y = 0; y < shape[1]; y++) {
        voxels.copyRow(z, y, row);
        for (int x = 0; x < shape[2]; x++) {
          cube[(z * shape[1] + y) * shape[2] + x] = row[x];
        }
      }
    }
    for (int axis = 0; axis < 3; axis++) {
      cube = resample(cube, shape, axis, size, convention, interpolation);
      shape[axis] = size;
    }
    double[] out = new double[3 * size * size];
    Arrays.fill(out, Double.NEGATIVE_INFINITY);
    for (int z = 0; z < size; z++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          double v = cube[(z * size + y) * size + x];
          // What is outside along one axis is NaN, which multiplication has carried along.
          v = Double.isNaN(v) ? fill : v;
          int[] at = {z * size + y, (size + z) * size + x, (2 * size + y) * size + x};
          for (int i : at) {
            out[i] = Math.max(out[i], v);
          }
        }
      }
    }
    return out;
  }

  private static double[] resample(
      double[] from, int[] shape, int axis, int size, Convention convention, Interpolation kind) {
    int n = shape[axis];
    int inner = 1;
    for (int i = axis + 1; i < 3; i++) {
      inner *= shape[i];
    }
    int outer = from.length / inner / n;
    double[] to = new double[outer * size * inner];
    double[] line = new double[n];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        for (int k = 0; k < n; k++) {
          line[k] = from[(o * n + k) * inner + i];
        }
        double[] c = kind == Interpolation.CUBIC ? coefficients(line) : line;
        for (int k = 0; k < size; k++) {
          double p =
              convention == Convention.PUBLISHED
                  ? (double) k * n / size
                  : (double) k * (n - 1) / (size - 1);
          boolean outside = convention == Convention.PUBLISHED && p >= n - 0.5;
          to[(o * size + k) * inner + i] = outside ? Double.NaN : at(c, p, kind);
        }
      }
    }
    return to;
  }

  /** The tridiagonal system c[k-1] + 4 c[k] + c[k+1] = 6 s[k], mirrored, solved by elimination. */
  private static double[] coefficients(double[] s) {
    int n = s.length;
    if (n == 1) {
      return s;
    }
    double[] diagonal = new double[n];
    double[] c = new double[n];
    double[] upper = new double[n];
    Arrays.fill(diagonal, 4);
    Arrays.fill(upper, 1);
    upper[0] = 2;
    for (int k = 0; k < n; k++) {
      c[k] = 6 * s[k];
    }
    for (int k = 1; k < n; k++) {
      double factor = (k == n - 1 ? 2 : 1) / diagonal[k - 1];
      diagonal[k] -= factor * upper[k - 1];
      c[k] -= factor * c[k - 1];
    }
    c[n - 1] /= diagonal[n - 1];
    for (int k = n - 2; k >= 0; k--) {
      c[k] = (c[k] - upper[k] * c[k + 1]) / diagonal[k];
    }
    return c;
  }

  private static double at(double[] c, double p, Interpolation kind) {
    int base = (int) Math.floor(p);
    double f = p - base;
    int n = c.length;
    return switch (kind) {
      case NEAREST -> c[Math.min((int) Math.floor(p + 0.5), n - 1)];
      case LINEAR -> (1 - f) * c[base] + f * c[Math.min(base + 1, n - 1)];
      case CUBIC -> {
        double sum = 0;
        for (int k = base - 1; k <= base + 2; k++) {
          double d = Math.abs(p - k);
          double b = d < 1 ? 2 / 3.0 - d * d + d * d * d / 2 : d < 2 ? cube(2 - d) / 6 : 0;
          int at = k;
          while (n > 1 && (at < 0 || at >= n)) {
            at = at < 0 ? -at : 2 * n - 2 - at;
          }
          sum += b * c[n == 1 ? 0 : at];
        }
        yield sum;
      }
    };
  }

  private static double cube(double d) {
    return d * d * d;
  }
}
