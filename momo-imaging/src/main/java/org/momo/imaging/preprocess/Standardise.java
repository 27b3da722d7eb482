package org.momo.imaging.preprocess;

import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/** Subtracts a mean from each channel and divides by a deviation. This class is immutable. */
final class Standardise implements Preprocessor {
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
    float[] result = new float[data.length];
    int size = planes.planeSize();
    for (int i = 0; i < data.length; i++) {
      int channel = i / size;
      result[i] = (float) ((data[i] - mean[channel]) / deviation[channel]);
    }
    return planes.with(result);
  }

  @Override
  public String toString() {
    return name;
  }
}
