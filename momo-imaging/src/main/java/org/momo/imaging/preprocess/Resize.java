package org.momo.imaging.preprocess;

import java.util.Arrays;
import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/** {@link Preprocessors#resize}. This class is immutable. */
final class Resize implements Preprocessor {
  private final int rows;
  private final int columns;

  Resize(int rows, int columns) {
    this.rows = Preprocessors.atLeast(1, "rows", rows);
    this.columns = Preprocessors.atLeast(1, "columns", columns);
  }

  @Override
  public Tensor process(Tensor image) throws UnsuitableImageException {
    Planes planes = Planes.of(image);
    if (planes.rows() == rows && planes.columns() == columns) {
      return image;
    }
    int size = planes.planeSize();
    float[] result = new float[Math.multiplyExact(planes.channels(), rows * columns)];
    for (int channel = 0; channel < planes.channels(); channel++) {
      float[] from = Arrays.copyOfRange(planes.data(), channel * size, (channel + 1) * size);
      float[] to = plane(from, planes.rows(), planes.columns(), rows, columns);
      System.arraycopy(to, 0, result, channel * to.length, to.length);
    }
    return Tensor.of(result, planes.channels(), rows, columns);
  }

  /** Resizes one channel, first across and then down. */
  static float[] plane(float[] from, int fromRows, int fromColumns, int rows, int columns) {
    Taps across = new Taps(fromColumns, columns);
    float[] wide = new float[fromRows * columns];
    for (int y = 0; y < fromRows; y++) {
      for (int x = 0; x < columns; x++) {
        wide[y * columns + x] = across.mix(x, from, y * fromColumns, 1);
      }
    }
    Taps down = new Taps(fromRows, rows);
    float[] result = new float[rows * columns];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        result[y * columns + x] = down.mix(y, wide, x, columns);
      }
    }
    return result;
  }

  /** The samples, and their weights, that make each new sample along one axis. */
  private static final class Taps {
    private final int[] first;
    private final double[][] weights;

    Taps(int from, int to) {
      first = new int[to];
      weights = new double[to][];
      double step = (double) from / to;
      double reach = Math.max(1, step);
      for (int k = 0; k < to; k++) {
        double centre = (k + 0.5) * step - 0.5;
        int begin = Math.max(0, (int) Math.ceil(centre - reach));
        int end = Math.min(from - 1, (int) Math.floor(centre + reach));
        double[] w = new double[end - begin + 1];
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
          w[i] = Math.max(0, 1 - Math.abs(begin + i - centre) / reach);
          sum += w[i];
        }
        for (int i = 0; i < w.length; i++) {
          w[i] /= sum;
        }
        first[k] = begin;
        weights[k] = w;
      }
    }

    float mix(int k, float[] values, int offset, int stride) {
      double sum = 0;
      int at = offset + first[k] * stride;
      for (double weight : weights[k]) {
        sum += weight * values[at];
        at += stride;
      }
      return (float) sum;
    }
  }

  @Override
  public String toString() {
    return "resize[%d x %d]".formatted(rows, columns);
  }
}
