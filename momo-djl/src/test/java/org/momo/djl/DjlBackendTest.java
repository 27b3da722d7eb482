package org.momo.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceBackendContract;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Tensor;

/** The contract with TorchScript, and what is said of files that do not fit. */
class DjlBackendTest extends InferenceBackendContract {
  static final List<String> CLASSES = List.of("A", "B", "C", "D", "E", "F", "G");

  @TempDir Path folder;

  @Override
  protected InferenceBackend backend() {
    return new DjlBackend();
  }

  @Override
  protected ModelSpec model() throws Exception {
    Path file = folder.resolve("resnet18-w2.pt");
    return spec(Files.exists(file) ? file : Generated.unpack("resnet18-w2.pt", folder), Map.of());
  }

  static ModelSpec spec(Path file, Map<String, String> attributes) {
    return new ModelSpec("narrow", "1", file, 3, 64, 64, CLASSES, attributes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18-w2", "resnet50-w1", "densenet121-w1"})
  void torch_script_parameters_and_onnx_agree(String architecture) throws Exception {
    Path script = Generated.unpack(architecture + ".pt", folder);
    Path weights = folder.resolve("weights.safetensors");
    Path onnx = folder.resolve("model.onnx");
    try (Network network = Generated.network(architecture)) {
      network.writeWeights(weights);
      network.writeOnnx(onnx, 64, 64);
    }
    float[] expected = Generated.torchvision(architecture);
    Tensor pictures = Generated.pictures();
    try (InferenceBackend backend = backend();
        InferenceSession traced = backend.open(spec(script, Map.of()));
        InferenceSession loaded =
            backend.open(spec(weights, Map.of("architecture", architecture)))) {
      assertThat(Generated.worst(traced.run(pictures).data(), expected)).isLessThan(1e-4f);
      assertThat(Generated.worst(loaded.run(pictures).data(), expected)).isLessThan(1e-4f);
      assertThat(Generated.worst(OnnxWriterTest.runtime(onnx, pictures), expected))
          .isLessThan(1e-4f);
    }
  }

  @Test
  void a_picture_gets_the_same_bits_in_any_batch_and_every_run() throws Exception {
    Tensor pictures = Generated.pictures();
    int half = pictures.data().length / 2;
    Tensor second = Tensor.of(Arrays.copyOfRange(pictures.data(), half, 2 * half), 1, 3, 64, 64);
    try (InferenceBackend backend = backend();
        InferenceSession session = backend.open(model())) {
      float[] first = session.run(pictures).data();
      for (int i = 0; i < 20; i++) {
        assertThat(session.run(pictures).data()).isEqualTo(first);
        assertThat(session.run(second).data()).isEqualTo(Arrays.copyOfRange(first, 7, 14));
      }
    }
  }

  @Test
  void two_versions_of_a_model_are_open_at_once() throws Exception {
    Path one = folder.resolve("one.safetensors");
    Path two = folder.resolve("two.safetensors");
    Architecture plan = Architecture.named("resnet18-w1");
    Map<String, String> attributes = Map.of("architecture", plan.name());
    Tensor pictures = Generated.pictures();
    try (Network first = Network.untrained(plan, 3, 7, 1);
        Network second = Network.untrained(plan, 3, 7, 2)) {
      first.writeWeights(one);
      second.writeWeights(two);
      try (InferenceBackend backend = backend();
          InferenceBackend another = backend();
          InferenceSession a = backend.open(spec(one, attributes));
          InferenceSession b = another.open(spec(two, attributes))) {
        for (int i = 0; i < 3; i++) {
          assertThat(a.run(pictures).data()).isEqualTo(first.run(pictures).data());
          assertThat(b.run(pictures).data()).isEqualTo(second.run(pictures).data());
        }
        a.close();
        assertThat(b.run(pictures).data()).isEqualTo(second.run(pictures).data());
      }
    }
  }

  @Test
  void parameters_need_the_name_of_their_architecture() throws Exception {
    Path file = Generated.unpack("tiny.safetensors", folder);
    assertRefused(spec(file, Map.of()), "must name its architecture");
    assertRefused(spec(file, Map.of("architecture", "vgg16")), "no architecture named vgg16");
    assertRefused(
        spec(file, Map.of("architecture", "resnet50-w1")), "Model narrow 1: " + file + ": ");
  }

  @Test
  void a_manifest_with_other_channels_or_classes_is_refused() throws Exception {
    Path file = Generated.unpack("tiny.safetensors", folder);
    Map<String, String> plan = Map.of("architecture", "resnet18-w1");
    assertRefused(
        new ModelSpec("narrow", "1", file, 1, 64, 64, CLASSES, plan),
        "it takes 3 channels and gives 7 values an image, and its manifest says 1 and 7.");
    assertRefused(
        new ModelSpec("narrow", "1", file, 3, 64, 64, List.of("A", "B"), plan),
        "it takes 3 channels and gives 7 values an image, and its manifest says 3 and 2.");
    ModelSpec script = model();
    assertRefused(
        new ModelSpec("narrow", "1", script.file(), 3, 64, 64, List.of("A", "B"), Map.of()),
        "it gives 7 values an image, and its manifest names 2 classes.");
    assertRefused(
        new ModelSpec("narrow", "1", script.file(), 1, 64, 64, CLASSES, Map.of()),
        "the run failed");
  }

  @Test
  void a_network_that_gives_no_numbers_is_refused_at_opening() throws Exception {
    Path file = folder.resolve("nan.safetensors");
    Architecture plan = Architecture.named("resnet18-w1");
    try (Network network =
        Network.filled(
            plan,
            3,
            7,
            parameter -> {
              float[] values = Generated.parameter(parameter);
              if (parameter.name().equals("fc.bias")) {
                values[3] = Float.NaN;
              }
              return values;
            })) {
      network.writeWeights(file);
    }
    assertRefused(
        spec(file, Map.of("architecture", plan.name())), "it gave a value that is not finite.");
  }

  @Test
  void a_state_dict_that_is_called_torch_script_says_what_it_is() throws Exception {
    Path file = Files.move(Generated.unpack("tiny.pth", folder), folder.resolve("tiny.pt"));
    assertRefused(spec(file, Map.of()), "is no TorchScript but, it seems, a state dict");
  }

  @Test
  void torch_script_that_is_called_a_state_dict_says_what_it_is() throws Exception {
    Path file = Files.copy(model().file(), folder.resolve("script.pth"));
    assertRefused(
        spec(file, Map.of("architecture", "resnet18-w2")), "it is TorchScript and no state dict");
  }

  @Test
  void damaged_torch_script_is_an_error_and_never_ends_the_process() throws Exception {
    byte[] sound = Files.readAllBytes(model().file());
    Path file = folder.resolve("damaged.pt");
    Random random = new Random(5);
    try (InferenceBackend backend = backend()) {
      for (int i = 0; i < 150; i++) {
        byte[] damaged =
            i % 3 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
        for (int flips = 0; i % 3 != 0 && flips <= i % 7; flips++) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, damaged);
        try {
          // A flip may hit padding between the entries, which means nothing.
          backend.open(spec(file, Map.of())).close();
        } catch (InferenceException e) {
          assertThat(e).hasMessageStartingWith("Model narrow 1: ");
        }
      }
    }
  }

  @Test
  void a_closed_session_says_so() throws Exception {
    try (InferenceBackend backend = backend()) {
      InferenceSession session = backend.open(model());
      session.close();
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> session.run(Generated.pictures()))
          .withMessage("Model narrow 1: its session is closed.");
    }
  }

  private void assertRefused(ModelSpec model, String message) {
    try (InferenceBackend backend = backend()) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> backend.open(model).close())
          .withMessageContaining(message);
    }
  }

  /** The contract with parameters of a known architecture. */
  @Nested
  class Parameters extends InferenceBackendContract {
    @TempDir Path folder;

    @Override
    protected InferenceBackend backend() {
      return new DjlBackend();
    }

    @Override
    protected ModelSpec model() throws Exception {
      Path file = folder.resolve("tiny.safetensors");
      return spec(
          Files.exists(file) ? file : Generated.unpack("tiny.safetensors", folder),
          Map.of("architecture", "resnet18-w1"));
    }
  }
}
