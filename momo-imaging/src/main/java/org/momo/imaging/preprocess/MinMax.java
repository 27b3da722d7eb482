package org.momo.imaging.preprocess;

import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/** {@link Preprocessors#minMax}. This class is immutable. */
final class MinMax implements Preprocessor {
  /** What resampling leaves of a constant image is less than this part of its value. */
  private static final double ROUNDING = 1e-5;

  @Override
  public Tensor process(Tensor image) throws UnsuitableImageException {
    Planes planes = Planes.of(image);
    float[] data = planes.data();
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : data) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double range = (double) most - least;
    if (!Double.isFinite(range)) {
      throw new UnsuitableImageException("the image has values that are not finite");
    }
    if (range <= ROUNDING * Math.max(Math.abs(least), Math.abs(most))) {
      throw new UnsuitableImageException("the image is constant: there is no range to normalise");
    }
    float[] result = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      result[i] = (float) (((double) data[i] - least) / range);
    }
    return planes.with(result);
  }

  @Override
  public String toString() {
    return "min-max";
  }
}
