package org.momo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.djl.Architecture;
import org.momo.djl.ModelPackageWriter;
import org.momo.djl.Network;
import org.momo.imaging.model.ModelPackage;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Tensor;

/** Our backends against each other, as plugins and with real model packages. */
class BackendsTest {
  private static final List<String> CLASSES = List.of("CTAB", "CTT", "CTH");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"resnet18-w8", "resnet50-w4", "densenet121-w4"})
  void a_package_that_was_written_from_djl_gives_in_onnx_runtime_what_djl_gives(String name)
      throws Exception {
    Architecture architecture = Architecture.named(name);
    Path weights = folder.resolve("weights.safetensors");
    try (Network network = Network.untrained(architecture, 3, 3, 5)) {
      network.writeWeights(weights);
      packageOf(network, 64);
    }
    Tensor pictures = Inference.pictures(3, 3, 64, 64);
    ModelSpec parameters =
        new ModelSpec("t", "1", weights, 3, 64, 64, CLASSES, Map.of("architecture", name));
    try (ModelPackage files = ModelPackage.open(folder);
        InferenceBackend onnx = Inference.backend(files.manifest().backend(), Map.of());
        InferenceBackend djl = Inference.backend("djl.pytorch", Map.of());
        InferenceSession served = onnx.open(files.spec());
        InferenceSession trained = djl.open(parameters)) {
      assertThat(files.manifest().classes()).isEqualTo(CLASSES);
      float[] a = served.run(pictures).data();
      float[] b = trained.run(pictures).data();
      float largest = 1;
      for (float each : b) {
        largest = Math.max(largest, Math.abs(each));
      }
      for (int i = 0; i < a.length; i++) {
        assertThat(Math.abs(a[i] - b[i])).isLessThan(1e-4f * largest);
      }
    }
  }

  @Test
  void onnx_runtime_gives_the_same_bits_with_any_number_of_threads_and_in_any_batch()
      throws Exception {
    try (Network network = Network.untrained(Architecture.named("resnet18-w16"), 3, 3, 5)) {
      packageOf(network, 96);
    }
    int size = 3 * 96 * 96;
    Tensor pictures = Inference.pictures(4, 3, 96, 96);
    Tensor third = Tensor.of(Arrays.copyOfRange(pictures.data(), 2 * size, 3 * size), 1, 3, 96, 96);
    try (ModelPackage files = ModelPackage.open(folder)) {
      float[] expected = null;
      for (int threads : new int[] {1, 2, 3, 8}) {
        try (InferenceBackend backend =
                Inference.backend("onnx.runtime", Map.of("threads", threads));
            InferenceSession session = backend.open(files.spec())) {
          float[] values = session.run(pictures).data();
          expected = expected == null ? values : expected;
          assertThat(values).isEqualTo(expected);
          assertThat(session.run(third).data()).isEqualTo(Arrays.copyOfRange(values, 6, 9));
        }
      }
    }
  }

  private void packageOf(Network network, int size) throws Exception {
    new ModelPackageWriter("bench", "1", "CT", CLASSES)
        .input(size, size)
        .licence("Apache-2.0")
        .trainingData("none: the weights are random")
        .accuracy(0.33, 3, "nothing: it guesses")
        .write(network, folder);
  }
}
