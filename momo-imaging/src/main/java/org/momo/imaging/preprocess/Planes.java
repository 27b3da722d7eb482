package org.momo.imaging.preprocess;

import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/** An image as channels of rows of columns. This class is immutable as long as its data are. */
record Planes(float[] data, int channels, int rows, int columns) {

  static Planes of(Tensor image) throws UnsuitableImageException {
    if (image.rank() != 3) {
      throw new UnsuitableImageException(
          "an image must have the shape [channels, rows, columns]: was " + image);
    }
    return new Planes(image.data(), image.dimension(0), image.dimension(1), image.dimension(2));
  }

  int planeSize() {
    return rows * columns;
  }

  Tensor with(float[] values) {
    return Tensor.of(values, channels, rows, columns);
  }
}
