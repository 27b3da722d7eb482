package org.momo.imaging.preprocess;

import java.util.Arrays;
import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/** {@link Preprocessors#percentileClip}. This class is immutable. */
final class PercentileClip implements Preprocessor {
  private final double lower;
  private final double upper;

  PercentileClip(double lower, double upper) {
    if (!(lower >= 0 && lower < upper && upper <= 100)) {
      throw new IllegalArgumentException(
          "percentiles must be between 0 and 100, the lower first: were "
              + lower
              + " and "
              + upper);
    }
    this.lower = lower;
    this.upper = upper;
  }

  @Override
  public Tensor process(Tensor image) throws UnsuitableImageException {
    Planes planes = Planes.of(image);
    float[] data = planes.data();
    float[] sorted = data.clone();
    Arrays.sort(sorted);
    float least = percentile(sorted, lower);
    float most = percentile(sorted, upper);
    float[] result = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      result[i] = Math.max(least, Math.min(most, data[i]));
    }
    return planes.with(result);
  }

  private static float percentile(float[] sorted, double percent) {
    double at = percent / 100 * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    double part = at - below;
    return (float) ((1 - part) * sorted[below] + part * sorted[above]);
  }

  @Override
  public String toString() {
    return "percentile-clip[%s to %s]".formatted(lower, upper);
  }
}
