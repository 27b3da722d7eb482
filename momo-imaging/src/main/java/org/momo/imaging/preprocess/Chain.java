package org.momo.imaging.preprocess;

import java.util.List;
import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/** {@link Preprocessors#chain}. This class is immutable. */
final class Chain implements Preprocessor {
  private final List<Preprocessor> steps;

  Chain(List<Preprocessor> steps) {
    this.steps = List.copyOf(steps);
  }

  @Override
  public Tensor process(Tensor image) throws UnsuitableImageException {
    Tensor current = image;
    for (Preprocessor step : steps) {
      current = step.process(current);
    }
    return current;
  }

  @Override
  public String toString() {
    return "chain" + steps;
  }
}
