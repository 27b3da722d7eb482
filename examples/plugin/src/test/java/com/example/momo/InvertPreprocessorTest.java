package com.example.momo;

import org.momo.spi.Preprocessor;
import org.momo.spi.PreprocessorContract;

class InvertPreprocessorTest extends PreprocessorContract {
  @Override
  protected Preprocessor preprocessor() {
    return new InvertPreprocessor();
  }
}
