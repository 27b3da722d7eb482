package org.momo.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.spi.ConfigurationException;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceBackendContract;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Options;
import org.momo.spi.Tensor;

class OnnxBackendTest extends InferenceBackendContract {
  private static final float[] WEIGHTS = {1, 0, 0, 1, 1, -1};

  @TempDir Path folder;

  @Override
  protected InferenceBackend backend() {
    return OnnxBackend.create(Options.none("test"));
  }

  @Override
  protected ModelSpec model() throws Exception {
    return model(WEIGHTS, List.of("KNEE", "SKULL"), 4);
  }

  @Test
  void gives_what_the_network_computes() throws Exception {
    float[] two = new float[2 * 3 * 4 * 4];
    Arrays.fill(two, 0, 16, 2f);
    Arrays.fill(two, 16, 32, 3f);
    Arrays.fill(two, 32, 48, 5f);
    Arrays.fill(two, 48, 64, 1f);
    try (InferenceBackend backend = backend();
        InferenceSession session = backend.open(model())) {
      Tensor scores = session.run(Tensor.of(two, 2, 3, 4, 4));
      assertThat(scores.shape()).containsExactly(2, 2);
      assertThat(scores.data()).containsExactly(7, -2, 1, 0);
    }
  }

  @Test
  void an_image_gets_the_same_bits_in_any_batch() throws Exception {
    float[] images = new float[7 * 48];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) Math.sin(i);
    }
    try (InferenceBackend backend = backend();
        InferenceSession session = backend.open(model())) {
      float[] together = session.run(Tensor.of(images, 7, 3, 4, 4)).data();
      float[] last =
          session.run(Tensor.of(Arrays.copyOfRange(images, 6 * 48, 7 * 48), 1, 3, 4, 4)).data();
      assertThat(last).containsExactly(together[12], together[13]);
    }
  }

  @Test
  void refuses_a_class_list_that_does_not_fit_at_opening() throws Exception {
    ModelSpec model = model(WEIGHTS, List.of("KNEE"), 4);
    try (InferenceBackend backend = backend()) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> backend.open(model))
          .withMessage(
              "Model tiny 1: it gives 2 values an image, and its manifest names 1 classes.");
    }
  }

  @Test
  void refuses_a_shape_that_does_not_fit_at_opening() throws Exception {
    ModelSpec model = model(WEIGHTS, List.of("KNEE", "SKULL"), 5);
    try (InferenceBackend backend = backend()) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> backend.open(model))
          .withMessageContaining("its manifest says float images of [1, 3, 5, 5]");
    }
  }

  @Test
  void refuses_a_network_that_gives_no_numbers_at_opening() throws Exception {
    float[] infinite = WEIGHTS.clone();
    infinite[0] = Float.POSITIVE_INFINITY;
    ModelSpec model = model(infinite, List.of("KNEE", "SKULL"), 4);
    try (InferenceBackend backend = backend()) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> backend.open(model))
          .withMessage("Model tiny 1: it gave a value that is not finite.");
    }
  }

  @Test
  void a_closed_session_says_so() throws Exception {
    try (InferenceBackend backend = backend()) {
      InferenceSession session = backend.open(model());
      session.close();
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> session.run(Tensor.of(new float[48], 1, 3, 4, 4)))
          .withMessage("Model tiny 1: its session is closed.");
    }
  }

  @Test
  void a_batch_of_another_shape_says_what_fits() throws Exception {
    try (InferenceBackend backend = backend();
        InferenceSession session = backend.open(model())) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> session.run(Tensor.of(new float[16], 1, 1, 4, 4)))
          .withMessage("Model tiny 1: it takes [n, 3, 4, 4]: was [1, 1, 4, 4].");
    }
  }

  @Test
  void threads_have_a_range() {
    Options options = Options.of("backend onnx.runtime", Map.of("threads", 0));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> OnnxBackend.create(options))
        .withMessage("backend onnx.runtime: threads must be between 1 and 1024: was 0");
  }

  private ModelSpec model(float[] weights, List<String> classes, int side) throws Exception {
    Path file = folder.resolve("tiny.onnx");
    Files.write(file, TinyOnnx.meansTimes(weights, 3, 4, 4));
    return new ModelSpec("tiny", "1", file, 3, side, side, classes, Map.of());
  }
}
