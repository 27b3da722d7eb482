package com.example.momo;

import java.io.IOException;
import java.nio.file.Files;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;

/** Stands for a vendor's own runtime: its models are one line, {@code brightness GAIN}. */
record BrightnessBackend() implements InferenceBackend {
  @Override
  public InferenceSession open(ModelSpec model) throws InferenceException {
    try {
      String[] words = Files.readString(model.file()).strip().split(" ");
      if (words.length == 2 && words[0].equals("brightness")) {
        return new BrightnessSession(Float.parseFloat(words[1]), model.classes().size());
      }
    } catch (IOException | NumberFormatException e) {
      throw new InferenceException("model " + model.name() + " cannot be read", e);
    }
    throw new InferenceException("model " + model.name() + " is no brightness model");
  }
}
