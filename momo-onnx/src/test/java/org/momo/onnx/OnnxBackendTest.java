package org.momo.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
  void two_backends_run_two_versions_of_a_model_at_once() throws Exception {
    ModelSpec first = model(WEIGHTS, List.of("KNEE", "SKULL"), 4);
    Path file = folder.resolve("second.onnx");
    Files.write(file, TinyOnnx.meansTimes(new float[] {0, 1, 1, 0, -1, 1}, 3, 4, 4));
    ModelSpec second =
        new ModelSpec("tiny", "2", file, 3, 4, 4, List.of("KNEE", "SKULL"), Map.of());
    float[] image = new float[48];
    Arrays.fill(image, 0, 16, 2f);
    Arrays.fill(image, 16, 32, 3f);
    Arrays.fill(image, 32, 48, 5f);
    Tensor batch = Tensor.of(image, 1, 3, 4, 4);
    try (InferenceBackend one = backend();
        InferenceBackend other =
            OnnxBackend.create(Options.of("other", Map.of("threads", 2, "spinning", true)));
        InferenceSession old = one.open(first);
        InferenceSession young = other.open(second);
        InferenceSession again = other.open(first)) {
      for (int i = 0; i < 3; i++) {
        assertThat(old.run(batch).data()).containsExactly(7, -2);
        assertThat(young.run(batch).data()).containsExactly(-2, 7);
        assertThat(again.run(batch).data()).containsExactly(7, -2);
      }
      old.close();
      assertThat(young.run(batch).data()).containsExactly(-2, 7);
      assertThat(again.run(batch).data()).containsExactly(7, -2);
    }
  }

  @Test
  void whole_batches_of_any_size_give_each_image_its_values() throws Exception {
    try (InferenceBackend backend = whole();
        InferenceSession session = backend.open(model())) {
      for (int count : new int[] {1, 5, 2}) {
        float[] images = new float[48 * count];
        float[] expected = new float[2 * count];
        for (int i = 0; i < count; i++) {
          Arrays.fill(images, 48 * i, 48 * i + 16, 2f + i);
          Arrays.fill(images, 48 * i + 16, 48 * i + 32, 3f);
          Arrays.fill(images, 48 * i + 32, 48 * i + 48, 5f);
          expected[2 * i] = 7 + i;
          expected[2 * i + 1] = -2;
        }
        Tensor scores = session.run(Tensor.of(images, count, 3, 4, 4));
        assertThat(scores.shape()).containsExactly(count, 2);
        assertThat(scores.data()).containsExactly(expected);
      }
    }
  }

  @Test
  void a_file_for_one_image_takes_no_whole_batches() throws Exception {
    Path file = folder.resolve("single.onnx");
    Files.write(file, TinyOnnx.forOneImage(WEIGHTS, 3, 4, 4));
    ModelSpec single =
        new ModelSpec("tiny", "1", file, 3, 4, 4, List.of("KNEE", "SKULL"), Map.of());
    try (InferenceBackend backend = backend();
        InferenceSession session = backend.open(single)) {
      assertThat(session.run(Tensor.of(new float[96], 2, 3, 4, 4)).shape()).containsExactly(2, 2);
    }
    try (InferenceBackend backend = whole()) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> backend.open(single))
          .withMessageContaining("it takes one image at a time; leave out 'batches: whole'");
    }
  }

  private static InferenceBackend whole() {
    return OnnxBackend.create(Options.of("onnx.runtime", Map.of("batches", "whole")));
  }

  @Test
  void a_network_whose_tensors_lie_elsewhere_is_refused() throws Exception {
    Path secret = Files.write(folder.resolve("secret"), new byte[24]);
    Path file = folder.resolve("elsewhere.onnx");
    for (String location : List.of("secret", "../secret", secret.toString())) {
      Files.write(file, TinyOnnx.withWeightsIn(location, 2, 3, 4, 4));
      assertRefused(file, "elsewhere.onnx keeps tensors in another file");
    }
  }

  @Test
  void a_network_that_ends_too_early_is_an_error_wherever_it_ends() throws Exception {
    byte[] whole = TinyOnnx.meansTimes(WEIGHTS, 3, 4, 4);
    Path file = folder.resolve("short.onnx");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(file, "Model tiny 1: ");
    }
  }

  @Test
  void a_damaged_network_is_an_error_or_another_network_and_never_ends_the_process()
      throws Exception {
    byte[] whole = TinyOnnx.meansTimes(WEIGHTS, 3, 4, 4);
    Path file = folder.resolve("damaged.onnx");
    Random random = new Random(11);
    int refused = 0;
    try (InferenceBackend backend = backend()) {
      for (int i = 0; i < 2000; i++) {
        byte[] damaged = whole.clone();
        for (int flips = 0; flips <= i % 4; flips++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        Files.write(file, damaged);
        try (InferenceSession session = backend.open(spec(file))) {
          session.run(Tensor.of(new float[48], 1, 3, 4, 4));
        } catch (InferenceException e) {
          refused++;
          assertThat(e).hasMessageStartingWith("Model tiny 1: ");
        }
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  @Test
  void graphs_in_graphs_have_a_limit() throws Exception {
    Path file = folder.resolve("deep.onnx");
    Files.write(file, TinyOnnx.nested(2000));
    assertRefused(file, "graphs lie in one another more than 32 deep");
    Files.write(file, TinyOnnx.nested(3));
    assertRefused(file, "ONNX Runtime cannot read");
  }

  @Test
  void a_file_of_another_kind_is_an_error_that_names_the_byte() throws Exception {
    Path file = folder.resolve("text.onnx");
    Files.writeString(file, "<html>not here</html>");
    assertRefused(file, "text.onnx is no ONNX file, or a damaged one: at byte 0 ");
    Files.write(file, new byte[0]);
    assertRefused(file, "text.onnx is no ONNX file: it has no graph");
  }

  private void assertRefused(Path file, String message) {
    try (InferenceBackend backend = backend()) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> backend.open(spec(file)).close())
          .withMessageContaining(message);
    }
  }

  private static ModelSpec spec(Path file) {
    return new ModelSpec("tiny", "1", file, 3, 4, 4, List.of("KNEE", "SKULL"), Map.of());
  }

  @Test
  void a_provider_that_is_not_there_is_an_error_unless_the_processor_will_do() throws Exception {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                OnnxBackend.create(Options.of("backend onnx.runtime", Map.of("provider", "rocm"))))
        .withMessageStartingWith(
            "backend onnx.runtime: this build of ONNX Runtime does not run on rocm but on cpu")
        .withMessageEndingWith("; say 'fallback: cpu' where the processor will do");
    Options options =
        Options.of("backend", Map.of("provider", "rocm", "fallback", "cpu", "threads", 1));
    try (InferenceBackend backend = OnnxBackend.create(options);
        InferenceSession session = backend.open(model())) {
      options.requireAllRead();
      assertThat(backend).hasToString("onnx.runtime[cpu, threads 1]");
      assertThat(session.run(Tensor.of(new float[48], 1, 3, 4, 4)).data()).containsExactly(0, 0);
    }
  }

  @Test
  void an_unknown_provider_lists_the_known_ones() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> OnnxBackend.create(Options.of("backend", Map.of("provider", "abacus"))))
        .withMessage(
            "backend: provider must be one of cpu, cuda, tensorrt, rocm, directml, openvino,"
                + " coreml, dnnl, xnnpack: was abacus");
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
