package org.momo.imaging.projection;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.momo.spi.Tensor;

/**
 * Puts the three projections together: columns in order, what lies outside the volume filled,
 * integers where the convention wants them. Lines, and planes of coronal maxima, may be given from
 * several threads, each once; the rest is for one thread.
 */
final class Picture {
  private static final float ROUNDING = 1 / 64f;

  private final int size;
  private final Axis depth;
  private final int rows;
  private final int columns;
  private final SampleType type;
  private final boolean published;
  private final float fill;
  private final float[] data;

  /** A picture of which {@code rows} and {@code columns} lie inside the volume. */
  Picture(Projector projector, Axis depth, int rows, int columns, SampleType type) {
    this.size = projector.size();
    this.depth = depth;
    this.rows = rows;
    this.columns = columns;
    this.type = type;
    this.published = projector.convention() == Convention.PUBLISHED;
    this.fill = projector.fill(type);
    this.data = new float[3 * size * size];
    Arrays.fill(data, Float.NEGATIVE_INFINITY);
  }

  private int at(int channel, int row, int column) {
    return (channel * size + row) * size + column;
  }

  /** Takes a line that has gone through the whole depth. */
  void line(int y, Line line, IntUnaryOperator position) {
    float[] axial = line.axial();
    for (int x = 0; x < columns; x++) {
      data[at(2, y, x)] = axial[position.applyAsInt(x)];
    }
    float[] sagittal = line.sagittal();
    for (int k = 0; k < sagittal.length; k++) {
      data[at(0, k, y)] = sagittal[k];
    }
  }

  /** Takes the coronal maxima of a plane from all kernels; those that had nothing may be null. */
  void coronal(int plane, @Nullable DepthKernel[] kernels, IntUnaryOperator position) {
    for (DepthKernel kernel : kernels) {
      if (kernel != null) {
        float[] row = kernel.coronal()[plane];
        for (int x = 0; x < columns; x++) {
          int at = at(1, plane, x);
          data[at] = Math.max(data[at], row[position.applyAsInt(x)]);
        }
      }
    }
  }

  /** Takes a resampled slice as one of the three channels. */
  void slice(int channel, float[][] resampled) {
    for (int y = 0; y < rows; y++) {
      System.arraycopy(resampled[y], 0, data, at(channel, y, 0), columns);
    }
  }

  /** The picture of three projections. */
  Tensor finish() {
    roundAsPublished();
    // Whatever is outside along one axis takes part in the maximum along it.
    if (columns < size) {
      raise(0, depth.inside(), rows);
    }
    if (rows < size) {
      raise(1, depth.inside(), columns);
    }
    if (depth.inside() < size) {
      raise(2, rows, columns);
    }
    fillOutside(0, depth.inside(), rows);
    fillOutside(1, depth.inside(), columns);
    fillOutside(2, rows, columns);
    return tensor();
  }

  /** The picture of three slices. */
  Tensor finishSlices() {
    roundAsPublished();
    for (int channel = 0; channel < 3; channel++) {
      fillOutside(channel, rows, columns);
    }
    return tensor();
  }

  private void roundAsPublished() {
    if (published && type.isInteger()) {
      for (int i = 0; i < data.length; i++) {
        float held = Math.max(type.least(), Math.min(type.most(), data[i]));
        // Single precision's own error must not push an integer below itself.
        float nearest = (float) Math.rint(held);
        data[i] =
            Math.abs(held - nearest) < ROUNDING
                ? nearest
                : (float) (held < 0 ? Math.ceil(held) : Math.floor(held));
      }
    }
  }

  private void raise(int channel, int height, int width) {
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int at = at(channel, row, column);
        data[at] = Math.max(data[at], fill);
      }
    }
  }

  private void fillOutside(int channel, int height, int width) {
    for (int row = 0; row < size; row++) {
      Arrays.fill(data, at(channel, row, row < height ? width : 0), at(channel, row, size), fill);
    }
  }

  private Tensor tensor() {
    for (int i = 0; i < data.length; i++) {
      // -0 becomes 0: the two are one value, and ought to be one in the bits.
      data[i] = data[i] + 0f;
    }
    return Tensor.of(data, 3, size, size);
  }
}
