package org.momo.imaging.preprocess;

import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/** {@link Preprocessors#cropToBody}. This class is immutable. */
final class CropToBody implements Preprocessor {
  private final double threshold;
  private final int margin;

  CropToBody(double threshold, int margin) {
    this.threshold = Preprocessors.finite("threshold", threshold);
    this.margin = Preprocessors.atLeast(0, "margin", margin);
  }

  @Override
  public Tensor process(Tensor image) throws UnsuitableImageException {
    Planes planes = Planes.of(image);
    int rows = planes.rows();
    int columns = planes.columns();
    float[] result = new float[planes.data().length];
    for (int channel = 0; channel < planes.channels(); channel++) {
      int plane = channel * planes.planeSize();
      int top = rows;
      int bottom = -1;
      int left = columns;
      int right = -1;
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          if (planes.data()[plane + y * columns + x] > threshold) {
            top = Math.min(top, y);
            bottom = y;
            left = Math.min(left, x);
            right = Math.max(right, x);
          }
        }
      }
      if (bottom < 0) {
        throw new UnsuitableImageException(
            "channel " + channel + " has no value above " + threshold + ": there is no body");
      }
      // Subtracted, not added, so that no margin overflows.
      top = top < margin ? 0 : top - margin;
      left = left < margin ? 0 : left - margin;
      bottom = rows - 1 - bottom < margin ? rows - 1 : bottom + margin;
      right = columns - 1 - right < margin ? columns - 1 : right + margin;
      int height = bottom - top + 1;
      int width = right - left + 1;
      float[] cut = new float[height * width];
      for (int y = 0; y < height; y++) {
        System.arraycopy(planes.data(), plane + (top + y) * columns + left, cut, y * width, width);
      }
      float[] stretched = Resize.plane(cut, height, width, rows, columns);
      System.arraycopy(stretched, 0, result, plane, stretched.length);
    }
    return planes.with(result);
  }

  @Override
  public String toString() {
    return "crop-to-body[threshold %s, margin %d]".formatted(threshold, margin);
  }
}
