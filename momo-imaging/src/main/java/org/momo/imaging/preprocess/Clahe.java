package org.momo.imaging.preprocess;

import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/** {@link Preprocessors#clahe}. This class is immutable. */
final class Clahe implements Preprocessor {
  private static final int BINS = 256;

  private final int tiles;
  private final double limit;

  Clahe(int tiles, double limit) {
    this.tiles = Preprocessors.atLeast(1, "tiles", tiles);
    this.limit = Preprocessors.finite("limit", limit);
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more: was " + limit);
    }
  }

  @Override
  public Tensor process(Tensor image) throws UnsuitableImageException {
    Planes planes = Planes.of(image);
    float[] result = new float[planes.data().length];
    int down = Math.min(tiles, planes.rows());
    int across = Math.min(tiles, planes.columns());
    for (int channel = 0; channel < planes.channels(); channel++) {
      equalise(planes, channel * planes.planeSize(), down, across, result);
    }
    return planes.with(result);
  }

  private void equalise(Planes planes, int plane, int down, int across, float[] result) {
    float[][] curves = new float[down * across][];
    for (int i = 0; i < down; i++) {
      for (int j = 0; j < across; j++) {
        curves[i * across + j] =
            curve(
                planes,
                plane,
                edge(i, down, planes.rows()),
                edge(i + 1, down, planes.rows()),
                edge(j, across, planes.columns()),
                edge(j + 1, across, planes.columns()));
      }
    }
    for (int y = 0; y < planes.rows(); y++) {
      double row = tileAt(y, down, planes.rows());
      int top = (int) row;
      int bottom = Math.min(top + 1, down - 1);
      double fromTop = row - top;
      for (int x = 0; x < planes.columns(); x++) {
        double column = tileAt(x, across, planes.columns());
        int left = (int) column;
        int right = Math.min(left + 1, across - 1);
        double fromLeft = column - left;
        int at = plane + y * planes.columns() + x;
        float value = held(planes.data()[at]);
        double above =
            (1 - fromLeft) * read(curves[top * across + left], value)
                + fromLeft * read(curves[top * across + right], value);
        double below =
            (1 - fromLeft) * read(curves[bottom * across + left], value)
                + fromLeft * read(curves[bottom * across + right], value);
        result[at] = held((float) ((1 - fromTop) * above + fromTop * below));
      }
    }
  }

  private static int edge(int tile, int tiles, int length) {
    return (int) ((long) tile * length / tiles);
  }

  /** Where a pixel lies between tile centres: 0 at the first centre and before. */
  private static double tileAt(int pixel, int tiles, int length) {
    double at = (pixel + 0.5) * tiles / length - 0.5;
    return Math.max(0, Math.min(tiles - 1, at));
  }

  /** The share of a tile below the lower edge of each bin, and 1 at the end. */
  private float[] curve(Planes planes, int plane, int top, int bottom, int left, int right) {
    double[] histogram = new double[BINS];
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        float value = held(planes.data()[plane + y * planes.columns() + x]);
        histogram[Math.min(BINS - 1, (int) (value * BINS))]++;
      }
    }
    double size = (double) (bottom - top) * (right - left);
    double most = limit * size / BINS;
    double excess = 0;
    for (int i = 0; i < BINS; i++) {
      if (histogram[i] > most) {
        excess += histogram[i] - most;
        histogram[i] = most;
      }
    }
    float[] curve = new float[BINS + 1];
    double sum = 0;
    for (int i = 0; i < BINS; i++) {
      curve[i] = (float) (sum / size);
      sum += histogram[i] + excess / BINS;
    }
    curve[BINS] = 1;
    return curve;
  }

  private static double read(float[] curve, float value) {
    double at = value * BINS;
    int bin = Math.min(BINS - 1, (int) at);
    double part = at - bin;
    return (1 - part) * curve[bin] + part * curve[bin + 1];
  }

  private static float held(float value) {
    return Math.max(0, Math.min(1, value));
  }

  @Override
  public String toString() {
    return "clahe[tiles %d, limit %s]".formatted(tiles, limit);
  }
}
