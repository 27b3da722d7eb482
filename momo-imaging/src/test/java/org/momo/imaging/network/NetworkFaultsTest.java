package org.momo.imaging.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.OnFailure;
import org.momo.StepConfig;
import org.momo.StudyClassifier;
import org.momo.decision.Decision;
import org.momo.decision.Prediction;
import org.momo.decision.Trace;
import org.momo.imaging.plugin.ImagingPlugin;
import org.momo.metadata.MetadataPlugin;
import org.momo.spi.ConfigurationException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Plugin;
import org.momo.spi.Registry;
import org.momo.spi.Tensor;
import org.momo.study.Study;

/** What a damaged or wrong model costs: a clear error when building, or one layer of one study. */
class NetworkFaultsTest {
  private static final List<String> CODES = List.of("CTT", "CTAB");

  @TempDir Path folder;
  private byte[] network;
  private Path place;

  @BeforeEach
  void write() throws IOException {
    network = new TrainedNetwork(3, 0, 1).onnx();
    place = TrainedNetwork.write(folder, "ct", "CT", CODES, network, "");
  }

  @Test
  void a_file_that_is_not_what_its_hash_says_is_refused() throws IOException {
    byte[] changed = network.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(place.resolve("model.onnx"), changed);
    assertRefused("model.onnx has the SHA-256 ", place);
  }

  @Test
  void a_file_that_is_cut_short_or_no_network_is_refused() throws IOException {
    Random random = new Random(8);
    byte[] garbage = new byte[5000];
    random.nextBytes(garbage);
    for (byte[] wrong :
        List.of(new byte[0], new byte[1000], garbage, Arrays.copyOf(network, network.length / 2))) {
      assertRefused("Model ct 1.0: ", written(wrong, CODES));
    }
  }

  @Test
  void damage_to_any_byte_is_an_error_or_a_network_and_never_the_end_of_the_process()
      throws IOException {
    Random random = new Random(9);
    for (int i = 0; i < 60; i++) {
      byte[] damaged =
          i % 3 == 0 ? Arrays.copyOf(network, random.nextInt(network.length)) : network.clone();
      // Most of the file is weights: what is around them is more delicate.
      for (int k = 0; k < 4 && damaged.length > 0; k++) {
        int reach = Math.min(damaged.length, i % 2 == 0 ? 200 : damaged.length);
        damaged[random.nextInt(reach)] = (byte) random.nextInt();
      }
      try (StudyClassifier classifier = builder(written(damaged, CODES)).build()) {
        assertThat(classifier.classify(study(700)).decision()).isNotNull();
      } catch (ConfigurationException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void other_shapes_than_the_manifest_says_are_refused() throws IOException {
    assertRefused("it takes", written(means(new OnnxFile(3, 16, 16, 2), 3), CODES));
    assertRefused("it takes", written(means(new OnnxFile(1, 32, 32, 2), 1), CODES));
  }

  @Test
  void classes_that_do_not_fit_are_refused() throws IOException {
    assertRefused("2 ", written(network, List.of("CTT", "CTAB", "CTS")));
    assertRefused("has no class CTX", written(network, List.of("CTT", "CTX")));
    assertRefused("is of the modality MR", written(network, List.of("CTT", "MRS")));
  }

  @Test
  void a_network_that_gives_no_numbers_is_refused() throws IOException {
    byte[] nan =
        new OnnxFile(3, 32, 32, 2)
            .constant("weights", new float[] {Float.NaN, 0, 0, 1, 0, 0}, 3, 2)
            .node("GlobalAveragePool", "means", "image")
            .node("Flatten", "flat", "means")
            .node("MatMul", "scores", "flat", "weights")
            .bytes();
    assertRefused("not finite", written(nan, CODES));
  }

  @Test
  void a_backend_that_is_not_there_is_named_with_its_module() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                builder(place)
                    .discovery(false)
                    .plugin(new ImagingPlugin())
                    .plugin(new MetadataPlugin())
                    .build())
        .withMessageContaining(place.resolve("model.yaml").toString())
        .withMessageContaining("there is no backend onnx.runtime")
        .withMessageContaining("momo-onnx");
  }

  @Test
  void a_native_library_that_is_missing_is_an_error_wherever_it_is_first_needed()
      throws IOException {
    Path manifest = place.resolve("model.yaml");
    Files.writeString(manifest, Files.readString(manifest) + "backend: chip.driver\n");
    for (String when : List.of("create", "open", "run")) {
      AtomicBoolean missing = new AtomicBoolean(!when.equals("run"));
      StudyClassifier.Builder builder = builder(place).plugin(new ChipPlugin(when, missing));
      if (when.equals("run")) {
        try (StudyClassifier classifier = builder.build()) {
          missing.set(true);
          Prediction prediction = classifier.classify(study(700));
          assertThat(prediction.trace().steps())
              .contains(new Trace.Failed("imaging.network", "java.lang.UnsatisfiedLinkError"));
          assertThat(prediction.decision()).isInstanceOf(Decision.Decided.class);
        }
      } else {
        assertThatExceptionOfType(ConfigurationException.class)
            .isThrownBy(() -> builder.build().close())
            .withMessageContaining("imaging.network")
            .withMessageContaining("no chip in java.library.path");
      }
    }
  }

  /** Offers a backend whose native library is found missing at some step. */
  private record ChipPlugin(String when, AtomicBoolean missing) implements Plugin {
    @Override
    public String name() {
      return "chip";
    }

    @Override
    public void contribute(Registry registry) {
      registry.backend(
          "driver",
          (options, context) -> {
            load("create");
            return this::open;
          });
    }

    private InferenceSession open(ModelSpec model) {
      load("open");
      return new InferenceSession() {
        @Override
        public Tensor run(Tensor batch) {
          load("run");
          return Tensor.of(new float[] {2, -1}, 1, 2);
        }

        @Override
        public void close() {}
      };
    }

    private void load(String now) {
      if (missing.get() && now.equals(when)) {
        throw new UnsatisfiedLinkError("no chip in java.library.path");
      }
    }
  }

  @Test
  void a_network_that_fails_on_a_study_leaves_it_to_the_configuration() throws IOException {
    // The root of a channel's mean: no number where the mean is negative.
    byte[] root =
        new OnnxFile(3, 32, 32, 2)
            .constant("weights", new float[] {1, 0, 0, 1, 0, 0}, 3, 2)
            .node("GlobalAveragePool", "means", "image")
            .node("Flatten", "flat", "means")
            .node("Sqrt", "roots", "flat")
            .node("MatMul", "scores", "roots", "weights")
            .bytes();
    Path model = written(root, CODES);
    Files.writeString(
        model.resolve("model.yaml"),
        Files.readString(model.resolve("model.yaml"))
            .replace("preprocessors: [{imaging.min-max: {}}]\n", ""));

    for (OnFailure action : OnFailure.values()) {
      try (StudyClassifier classifier = builder(model).onFailure(action).build()) {
        assertThat(classifier.classify(study(700)).decision())
            .isInstanceOfSatisfying(
                Decision.Decided.class,
                decided -> assertThat(decided.decidedBy()).isEqualTo("imaging.network"));

        Prediction prediction = classifier.classify(study(-700));

        assertThat(prediction.trace().steps())
            .filteredOn(Trace.Failed.class::isInstance)
            .singleElement()
            .satisfies(
                step -> {
                  assertThat(((Trace.Failed) step).name()).isEqualTo("imaging.network");
                  assertThat(((Trace.Failed) step).cause())
                      .contains("Model ct 1.0")
                      .contains("not finite");
                });
        if (action == OnFailure.UNDECIDED) {
          assertThat(prediction.decision())
              .isInstanceOfSatisfying(
                  Decision.Undecided.class,
                  undecided ->
                      assertThat(undecided.reason()).isEqualTo(Decision.Reason.LAYER_FAILED));
        } else {
          assertThat(prediction.decision())
              .isInstanceOfSatisfying(
                  Decision.Decided.class,
                  decided ->
                      assertThat(decided.decidedBy()).isEqualTo("metadata.description-partial"));
        }
        assertThat(classifier.classify(study(700)).decision()).isInstanceOf(Decision.Decided.class);
      }
    }
  }

  private static byte[] means(OnnxFile file, int channels) {
    return file.constant("weights", new float[2 * channels], channels, 2)
        .node("GlobalAveragePool", "means", "image")
        .node("Flatten", "flat", "means")
        .node("MatMul", "scores", "flat", "weights")
        .bytes();
  }

  private Path written(byte[] bytes, List<String> codes) throws IOException {
    return TrainedNetwork.write(folder, "ct", "CT", codes, bytes, "");
  }

  private static Study study(int value) {
    return new Crafted("Thorax nativ").series("CT", "a", value, value - 100, value + 100).study();
  }

  private static StudyClassifier.Builder builder(Path model) {
    return StudyClassifier.builder()
        .catalogue("essen-76")
        .step(StepConfig.Layer.of("imaging.network"))
        .step(StepConfig.Layer.of("metadata.description-partial").option("matcher", "published"))
        .networks(model);
  }

  private static void assertRefused(String message, Path model) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> builder(model).build().close())
        .withMessageContaining(model.toString())
        .withMessageContaining(message);
  }
}
