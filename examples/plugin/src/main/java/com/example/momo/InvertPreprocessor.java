package com.example.momo;

import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;

/** Turns white into black: takes and gives values from 0 to 1. */
record InvertPreprocessor() implements Preprocessor {
  @Override
  public Tensor process(Tensor image) {
    float[] inverted = image.data().clone();
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = 1 - inverted[i];
    }
    return Tensor.of(inverted, image.shape());
  }
}
