package com.example.momo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceBackendContract;
import org.momo.spi.ModelSpec;

class BrightnessBackendTest extends InferenceBackendContract {
  @TempDir Path folder;

  @Override
  protected InferenceBackend backend() {
    return new BrightnessBackend();
  }

  @Override
  protected ModelSpec model() throws Exception {
    Path file = Files.writeString(folder.resolve("model.txt"), "brightness 2");
    return new ModelSpec("bright", "1", file, 3, 4, 4, List.of("A", "B"), Map.of());
  }
}
