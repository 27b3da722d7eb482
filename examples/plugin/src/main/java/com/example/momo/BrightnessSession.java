package com.example.momo;

import java.util.stream.IntStream;
import org.momo.spi.InferenceSession;
import org.momo.spi.Tensor;

/** Gives logits that step down from the mean brightness of each image. */
record BrightnessSession(float gain, int classes) implements InferenceSession {
  @Override
  public Tensor run(Tensor batch) {
    float[] logits = new float[batch.dimension(0) * classes];
    int size = batch.data().length / batch.dimension(0);
    for (int i = 0; i < logits.length; i++) {
      int from = i / classes * size;
      double sum = IntStream.range(from, from + size).mapToDouble(p -> batch.data()[p]).sum();
      logits[i] = (float) (gain * sum / size - i % classes);
    }
    return Tensor.of(logits, batch.dimension(0), classes);
  }

  @Override
  public void close() {}
}
