package org.momo.imaging.preprocess;

import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/** Subtracts a mean from each channel and divides by a deviation. This class is immutable. */
final class Standardise implements Preprocessor {
  /** What rounding may add to the range. */
  private static final float SLACK = 1e-3f;

  private final String name;
  private final double[] mean;
  private final double[] deviation;

  Standardise(String name, double[] mean, double[] deviation) {
    this.name = name;
    this.mean = mean.clone();
    this.deviation = deviation.clone();
  }

  @Override
  public Tensor process(Tensor image) throws UnsuitableImageException {
    Planes planes = Planes.of(image);
    if (planes.channels() != mean.length) {
      throw new UnsuitableImageException(
          "%s needs %d channels: were %d".formatted(name, mean.length, planes.channels()));
    }
    float[] data = planes.data();
    checkRange(data);
    float[] result = new float[data.length];
    int size = planes.planeSize();
    for (int i = 0; i < data.length; i++) {
      int channel = i / size;
      result[i] = (float) ((data[i] - mean[channel]) / deviation[channel]);
    }
    return planes.with(result);
  }

  /** Raw units would pass for a picture, and give probabilities that mean nothing. */
  private void checkRange(float[] data) throws UnsuitableImageException {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : data) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (!(least >= -SLACK && most <= 1 + SLACK)) {
      throw new UnsuitableImageException(
          "%s takes values between 0 and 1: were %s to %s; a step before it must normalise them"
              .formatted(name, least, most));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
