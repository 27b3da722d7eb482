package org.momo.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.spi.Tensor;

class NetworkTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"tiny.safetensors", "tiny.pth"})
  void loads_what_python_libraries_wrote(String name) throws IOException {
    Architecture plan = Architecture.named("resnet18-w1");
    try (Network read = Network.load(plan, Generated.unpack(name, folder));
        Network made = Generated.network("resnet18-w1")) {
      assertThat(read.channels()).isEqualTo(3);
      assertThat(read.classes()).isEqualTo(Generated.CLASSES);
      assertThat(read.run(Generated.pictures()).data())
          .isEqualTo(made.run(Generated.pictures()).data());
    }
  }

  @Test
  void loads_what_it_wrote() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Architecture plan = Architecture.named("densenet121-w1");
    try (Network network = Generated.network("densenet121-w1")) {
      network.writeWeights(file);
      try (Network again = Network.load(plan, file)) {
        assertThat(again.run(Generated.pictures()).data())
            .isEqualTo(network.run(Generated.pictures()).data());
      }
    }
  }

  @Test
  void another_last_layer_leaves_the_others_as_they_were() throws IOException {
    Path file = Generated.unpack("tiny.safetensors", folder);
    Architecture plan = Architecture.named("resnet18-w1");
    try (Network body = Network.pretrained(plan, file, 3, 42);
        Network same = Network.pretrained(plan, file, 3, 42);
        Network other = Network.pretrained(plan, file, 3, 43);
        Network whole = Network.load(plan, file)) {
      float[] logits = body.run(Generated.pictures()).data();
      assertThat(logits).hasSize(6).isEqualTo(same.run(Generated.pictures()).data());
      assertThat(logits).isNotEqualTo(other.run(Generated.pictures()).data());
      for (Layer layer : plan.layers(3, 3)) {
        for (Layer.Named each : layer.parameters()) {
          if (!each.name().startsWith("fc.")) {
            assertThat(body.values(each)).isEqualTo(whole.values(each));
          }
        }
      }
    }
  }

  @Test
  void a_picture_gets_the_same_bits_in_any_batch() throws IOException {
    try (Network network = Generated.network("resnet18-w2")) {
      Tensor pictures = Generated.pictures();
      float[] second =
          Arrays.copyOfRange(pictures.data(), pictures.data().length / 2, pictures.data().length);
      assertThat(network.run(Tensor.of(second, 1, 3, 64, 64)).data())
          .isEqualTo(Arrays.copyOfRange(network.run(pictures).data(), 7, 14));
    }
  }

  @Test
  void the_block_tells_shapes_and_parameters_as_torchvision_does() throws IOException {
    try (Network network = Generated.network("resnet50-w1")) {
      assertThat(network.block().getOutputShapes(new Shape[] {new Shape(4, 3, 64, 64)}))
          .containsExactly(new Shape(4, 7));
      assertThat(network.block().getParameters().keys())
          .containsExactlyElementsOf(network.architecture().parameters(3, 7).keySet())
          .contains("layer1.0.downsample.1.running_mean", "fc.bias");
    }
  }

  @Test
  void the_published_sizes_are_right() {
    // The numbers that torchvision documents for a thousand classes.
    assertThat(trained("resnet18")).isEqualTo(11_689_512);
    assertThat(trained("resnet34")).isEqualTo(21_797_672);
    assertThat(trained("resnet50")).isEqualTo(25_557_032);
    assertThat(trained("resnet101")).isEqualTo(44_549_160);
    assertThat(trained("resnet152")).isEqualTo(60_192_808);
    assertThat(trained("densenet121")).isEqualTo(7_978_856);
    assertThat(trained("densenet161")).isEqualTo(28_681_000);
    assertThat(trained("densenet169")).isEqualTo(14_149_480);
    assertThat(trained("densenet201")).isEqualTo(20_013_928);
  }

  private static long trained(String name) {
    return Architecture.named(name).parameters(3, 1000).entrySet().stream()
        .filter(each -> !each.getKey().contains("running_"))
        .mapToLong(each -> each.getValue().stream().reduce(1, (a, b) -> a * b))
        .sum();
  }

  @Test
  void weights_of_another_architecture_say_so() throws IOException {
    Path file = Generated.unpack("tiny.safetensors", folder);
    assertThatThrownBy(() -> Network.load(Architecture.named("resnet18"), file).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tiny.safetensors: conv1.weight has the shape [1, 3, 7, 7]")
        .hasMessageContaining("needs [64, 3, 7, 7]");
    assertThatThrownBy(() -> Network.load(Architecture.named("densenet121"), file).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no tensor classifier.weight");
  }

  @Test
  void an_unknown_architecture_lists_the_known_ones() {
    assertThatThrownBy(() -> Architecture.named("vgg16"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are resnet18, resnet34,");
  }

  @Test
  void a_picture_that_is_too_small_says_so() throws IOException {
    try (Network network = Generated.network("densenet121-w1")) {
      assertThatThrownBy(() -> network.run(Tensor.of(new float[3 * 16 * 16], 1, 3, 16, 16)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is too small");
    }
  }

  @Test
  void a_closed_network_says_so() throws IOException {
    Network network = Generated.network("resnet18-w1");
    network.close();
    network.close();
    assertThatThrownBy(() -> network.run(Generated.pictures()))
        .isInstanceOf(IllegalStateException.class);
  }
}
