package org.momo.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.spi.Tensor;

class OnnxWriterTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18",
        "resnet50",
        "resnet152",
        "densenet121",
        "densenet161",
        "resnet18-w2",
        "resnet50-w1",
        "densenet121-w1"
      })
  void the_block_gives_what_torchvision_gives_and_onnx_runtime_what_the_block_gives(
      String architecture) throws Exception {
    Path file = folder.resolve("model.onnx");
    Tensor pictures = Generated.pictures();
    try (Network network = Generated.network(architecture)) {
      Tensor block = network.run(pictures);
      assertThat(block.shape()).containsExactly(2, Generated.CLASSES);
      assertThat(Generated.worst(block.data(), Generated.torchvision(architecture)))
          .isLessThan(1e-4f);
      network.writeOnnx(file, Generated.SIZE, Generated.SIZE);
      assertThat(Generated.worst(runtime(file, pictures), block.data())).isLessThan(1e-4f);
    }
  }

  @Test
  void the_batch_is_free_and_the_rest_is_said() throws Exception {
    Path file = folder.resolve("model.onnx");
    try (Network network = Generated.network("resnet18-w2")) {
      network.writeOnnx(file, 64, 96);
    }
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
      assertThat(session.getInputNames()).containsExactly("image");
      assertThat(session.getOutputNames()).containsExactly("scores");
      assertThat(shape(session.getInputInfo().get("image").getInfo()))
          .containsExactly(-1, 3, 64, 96);
      assertThat(shape(session.getOutputInfo().get("scores").getInfo())).containsExactly(-1, 7);
    }
  }

  @Test
  void a_normalisation_behind_a_convolution_is_part_of_it() throws Exception {
    Path file = folder.resolve("model.onnx");
    try (Network network = Generated.network("resnet50-w1")) {
      network.writeOnnx(file, 64, 64);
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertThat(text).contains("Conv").doesNotContain("BatchNormalization");
  }

  @Test
  void the_same_network_gives_the_same_bytes() throws Exception {
    Path one = folder.resolve("one.onnx");
    Path two = folder.resolve("two.onnx");
    try (Network network = Generated.network("densenet121-w1")) {
      network.writeOnnx(one, 64, 64);
      network.writeOnnx(two, 64, 64);
    }
    assertThat(Files.mismatch(one, two)).isEqualTo(-1);
  }

  private static long[] shape(Object info) {
    return ((TensorInfo) info).getShape();
  }

  static float[] runtime(Path file, Tensor pictures) throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = Arrays.stream(pictures.shape()).asLongStream().toArray();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor in =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(pictures.data()), shape);
        OrtSession.Result out = session.run(Map.of("image", in))) {
      FloatBuffer values = ((OnnxTensor) out.get(0)).getFloatBuffer();
      float[] copy = new float[values.remaining()];
      values.get(copy);
      return copy;
    }
  }
}
