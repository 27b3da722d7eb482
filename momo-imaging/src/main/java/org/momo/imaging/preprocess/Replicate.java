package org.momo.imaging.preprocess;

import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/** {@link Preprocessors#replicate}. This class is immutable. */
final class Replicate implements Preprocessor {
  private final int channels;

  Replicate(int channels) {
    this.channels = Preprocessors.atLeast(1, "channels", channels);
  }

  @Override
  public Tensor process(Tensor image) throws UnsuitableImageException {
    Planes planes = Planes.of(image);
    if (planes.channels() == channels) {
      return image;
    }
    if (planes.channels() != 1) {
      throw new UnsuitableImageException(
          "%s needs 1 or %d channels: were %d".formatted(this, channels, planes.channels()));
    }
    int size = planes.planeSize();
    float[] result = new float[Math.multiplyExact(channels, size)];
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(planes.data(), 0, result, channel * size, size);
    }
    return Tensor.of(result, channels, planes.rows(), planes.columns());
  }

  @Override
  public String toString() {
    return "replicate[" + channels + "]";
  }
}
