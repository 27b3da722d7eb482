package org.momo.imaging.preprocess;

import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/** {@link Preprocessors#window}. This class is immutable. */
final class Window implements Preprocessor {
  private final double centre;
  private final double width;

  Window(double centre, double width) {
    this.centre = Preprocessors.finite("centre", centre);
    this.width = Preprocessors.finite("width", width);
    if (width <= 0) {
      throw new IllegalArgumentException("width must be greater than 0: was " + width);
    }
  }

  @Override
  public Tensor process(Tensor image) throws UnsuitableImageException {
    Planes planes = Planes.of(image);
    float[] data = planes.data();
    float[] result = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      result[i] = (float) Math.max(0, Math.min(1, (data[i] - centre) / width + 0.5));
    }
    return planes.with(result);
  }

  @Override
  public String toString() {
    return "window[centre %s, width %s]".formatted(centre, width);
  }
}
