package org.momo.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.djl.TrainingReport.Epoch;
import org.momo.spi.Tensor;

class TrainingTest {
  private static final int SIZE = 32;

  @TempDir Path folder;

  /** Noise in which one of three channels is brighter. */
  private record Colours(int size, long seed) implements LabelledPictures {
    @Override
    public Tensor picture(int index) {
      Random random = new Random(seed * 1_000_003 + index);
      float[] data = new float[3 * SIZE * SIZE];
      for (int i = 0; i < data.length; i++) {
        float colour = i / (SIZE * SIZE) == label(index) ? 1 : 0;
        data[i] = colour + 0.5f * (float) random.nextGaussian();
      }
      return Tensor.of(data, 3, SIZE, SIZE);
    }

    @Override
    public int label(int index) {
      return index % 3;
    }
  }

  private static Training.Builder quick() {
    return Training.builder().augmentation(0).learningRate(3e-3).batch(16).epochs(8);
  }

  private static Network network() {
    return Network.untrained(Architecture.named("resnet18-w4"), 3, 3, 1);
  }

  @Test
  void learns_what_the_pictures_show_and_serves_it_as_onnx() throws Exception {
    Colours test = new Colours(30, 3);
    Path file = folder.resolve("model.onnx");
    List<Epoch> told = new ArrayList<>();
    try (Network network = network()) {
      TrainingReport report =
          quick().onEpoch(told::add).build().fit(network, new Colours(48, 1), new Colours(15, 2));
      assertThat(report.epochs()).isEqualTo(told).hasSizeBetween(1, 8);
      assertThat(report.kept().validationLoss())
          .isEqualTo(report.epochs().stream().mapToDouble(Epoch::validationLoss).min().orElse(0));
      assertThat(report.kept().trainingLoss()).isLessThan(report.epochs().get(0).trainingLoss());

      network.writeOnnx(file, SIZE, SIZE);
      int right = 0;
      for (int i = 0; i < test.size(); i++) {
        Tensor picture = test.picture(i).reshape(1, 3, SIZE, SIZE);
        float[] logits = OnnxWriterTest.runtime(file, picture);
        assertThat(Generated.worst(logits, network.run(picture).data())).isLessThan(1e-4f);
        right += largest(logits) == test.label(i) ? 1 : 0;
      }
      assertThat(right).isGreaterThanOrEqualTo(27);
    }
  }

  @Test
  void what_is_reported_is_what_the_network_gives_afterwards() throws IOException {
    Colours validation = new Colours(12, 2);
    try (Network network = network()) {
      TrainingReport report = quick().build().fit(network, new Colours(24, 1), validation);
      double loss = 0;
      int right = 0;
      for (int i = 0; i < validation.size(); i++) {
        float[] logits = network.run(validation.picture(i).reshape(1, 3, SIZE, SIZE)).data();
        double sum = 0;
        for (float each : logits) {
          sum += Math.exp(each);
        }
        loss += Math.log(sum) - logits[validation.label(i)];
        right += largest(logits) == validation.label(i) ? 1 : 0;
      }
      assertThat(report.kept().validationLoss()).isCloseTo(loss / 12, within(1e-5));
      assertThat(report.kept().validationAccuracy()).isCloseTo(right / 12.0, within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18-w4", "densenet121-w2"})
  void the_first_layers_stay_to_the_last_bit_and_the_last_are_trained(String name)
      throws IOException {
    Architecture plan = Architecture.named(name);
    try (Network network = Network.untrained(plan, 3, 3, 1)) {
      Map<String, float[]> before = parameters(network);
      Training.builder()
          .epochs(1)
          .batch(4)
          .build()
          .fit(network, new Colours(5, 1), new Colours(2, 2));
      String last = name.startsWith("resnet") ? "layer4." : "features.denseblock4.denselayer16.";
      boolean trained = false;
      for (Map.Entry<String, float[]> each : parameters(network).entrySet()) {
        trained |= each.getKey().startsWith(last);
        if (trained) {
          assertThat(each.getValue()).as(each.getKey()).isNotEqualTo(before.get(each.getKey()));
        } else {
          assertThat(each.getValue()).as(each.getKey()).isEqualTo(before.get(each.getKey()));
        }
      }
      assertThat(trained).isTrue();
    }
  }

  @Test
  void the_same_seed_gives_the_same_network_with_and_without_room_to_keep() throws IOException {
    Map<String, float[]> first = fitted(quick().epochs(2).seed(5).cache(1 << 30));
    assertThat(fitted(quick().epochs(2).seed(5).cache(0)).get("fc.weight"))
        .isEqualTo(first.get("fc.weight"));
    assertThat(fitted(quick().epochs(2).seed(6)).get("fc.weight"))
        .isNotEqualTo(first.get("fc.weight"));
  }

  private static Map<String, float[]> fitted(Training.Builder with) throws IOException {
    try (Network network = network()) {
      with.build().fit(network, new Colours(17, 1), new Colours(3, 2));
      return parameters(network);
    }
  }

  @Test
  void stops_when_the_loss_no_longer_falls() throws IOException {
    try (Network network = network()) {
      TrainingReport report =
          Training.builder()
              .trainFrom("fc")
              .learningRate(1e-12)
              .patience(2)
              .build()
              .fit(network, new Colours(6, 1), new Colours(3, 2));
      assertThat(report.epochs()).hasSize(4);
      assertThat(report.stoppedEarly()).isTrue();
    }
  }

  @Test
  void a_whole_network_can_be_trained() throws IOException {
    try (Network network = Network.untrained(Architecture.named("resnet18-w1"), 3, 3, 1)) {
      float[] before = parameters(network).get("conv1.weight");
      quick().trainFrom("").epochs(1).build().fit(network, new Colours(9, 1), new Colours(3, 2));
      assertThat(parameters(network).get("conv1.weight")).isNotEqualTo(before);
    }
  }

  @Test
  void what_does_not_fit_says_so() {
    try (Network network = Network.untrained(Architecture.named("resnet18-w1"), 3, 2, 1)) {
      assertThatThrownBy(() -> quick().build().fit(network, new Colours(6, 1), new Colours(6, 2)))
          .hasMessage("labels must be between 0 and 1: was 2");
      assertThatThrownBy(() -> quick().build().fit(network, new Colours(1, 1), new Colours(6, 2)))
          .hasMessageContaining("training needs two pictures or more");
      assertThatThrownBy(
              () ->
                  Training.builder()
                      .trainFrom("layer9")
                      .build()
                      .fit(network, new Colours(2, 1), new Colours(1, 2)))
          .hasMessage("there is no layer layer9 to train from");
    }
    assertThatThrownBy(() -> Training.builder().batch(1))
        .hasMessage("batch must be 2 or more: was 1");
    assertThatThrownBy(() -> Training.builder().augmentation(1.2))
        .hasMessage("augmentation must be between 0.0 and 1.0: was 1.2");
  }

  @Test
  void pictures_are_turned_and_mirrored_as_pictures_are() {
    // a b    turned counter-clockwise   b d    mirrored   d b
    // c d                               a c               c a
    Tensor square = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2);
    assertThat(new Alteration(1, false).of(square).data()).containsExactly(2, 4, 1, 3, 6, 8, 5, 7);
    assertThat(new Alteration(1, true).of(square).data()).containsExactly(4, 2, 3, 1, 8, 6, 7, 5);
    assertThat(new Alteration(2, false).of(square).data()).containsExactly(4, 3, 2, 1, 8, 7, 6, 5);
    assertThat(new Alteration(3, false).of(square).data()).containsExactly(3, 1, 4, 2, 7, 5, 8, 6);
    assertThat(new Alteration(0, true).of(square).data()).containsExactly(2, 1, 4, 3, 6, 5, 8, 7);
    Tensor wide = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);
    assertThat(new Alteration(1, false).of(wide)).isSameAs(wide);
    assertThat(new Alteration(3, false).of(wide).data()).containsExactly(6, 5, 4, 3, 2, 1);
  }

  @Test
  void a_fifth_is_altered_when_a_fifth_is_asked_for() {
    Random random = new Random(1);
    int[] quarters = new int[4];
    int mirrored = 0;
    for (int i = 0; i < 100_000; i++) {
      Alteration drawn = Alteration.draw(random, 0.2);
      quarters[drawn.quarters()]++;
      mirrored += drawn.mirrored() ? 1 : 0;
    }
    assertThat(mirrored).isBetween(19_500, 20_500);
    assertThat(quarters[0]).isBetween(79_500, 80_500);
    assertThat(Arrays.stream(quarters).min().orElse(0)).isGreaterThan(6_300);
  }

  @Test
  void writes_a_package_that_says_what_must_be_said() throws Exception {
    ModelPackageWriter writer =
        new ModelPackageWriter("knees \"and\" more", "2026.1", "CR", List.of("KNEE", "HAND", "no"))
            .input(SIZE, SIZE)
            .picture("convention", "published")
            .preprocessor("imaging.window", new HashMap<>(Map.of("width", "400", "centre", "40")))
            .preprocessor("imaging.imagenet", Map.of())
            .temperature(1.5)
            .minimumConfidence(0.2);
    try (Network network = network()) {
      assertThatThrownBy(() -> writer.write(network, folder))
          .hasMessage("a model package says its licence, its training data and its accuracy");
      writer
          .licence("Apache-2.0")
          .trainingData("colours:\nmade up")
          .accuracy(0.9, 30, "other colours")
          .write(network, folder);
      byte[] onnx = Files.readAllBytes(folder.resolve("model.onnx"));
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(onnx));
      assertThat(folder.resolve("model.yaml"))
          .hasContent(
              """
              format: 1
              name: "knees \\"and\\" more"
              version: "2026.1"
              modality: "CR"
              network: model.onnx
              classes: ["KNEE", "HAND", "no"]
              input: {channels: 3, height: 32, width: 32, layout: nchw}
              picture: {"convention": "published"}
              preprocessors: [{"imaging.window": {"centre": "40", "width": "400"}}, "imaging.imagenet"]
              output: logits
              temperature: 1.5
              minimum-confidence: 0.2
              licence: "Apache-2.0"
              training-data: "colours:\\u000amade up"
              accuracy: {value: 0.9, samples: 30, measured-on: "other colours"}
              files: {model.onnx: "%s"}
              """
                  .formatted(hash));
      assertThatThrownBy(
              () ->
                  new ModelPackageWriter("x", "1", "CR", List.of("A", "B")).write(network, folder))
          .hasMessage("the network has 3 classes, and the package names 2");
    }
  }

  private static Map<String, float[]> parameters(Network network) {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    for (Layer layer : network.architecture().layers(3, network.classes())) {
      for (Layer.Named each : layer.parameters()) {
        parameters.put(each.name(), network.values(each));
      }
    }
    return parameters;
  }

  private static int largest(float[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }
}
