package org.momo.snippets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.momo.djl.Architecture;
import org.momo.djl.LabelledPictures;
import org.momo.djl.ModelPackageWriter;
import org.momo.djl.Network;
import org.momo.djl.Training;
import org.momo.djl.TrainingReport;

/** What the Javadoc of {@code org.momo.djl} shows, method by method. */
final class NetworkSnippets {
  private NetworkSnippets() {}

  static void fromTrainingToServing(
      LabelledPictures training, LabelledPictures validation, List<String> codes)
      throws IOException {
    Architecture plan = Architecture.named("resnet152");
    try (Network network = Network.pretrained(plan, Path.of("resnet152.safetensors"), 12, 7)) {
      Training.builder().seed(7).build().fit(network, training, validation);
      new ModelPackageWriter("ct-body", "2026.2", "CT", codes)
          .input(224, 224)
          .licence("Apache-2.0")
          .trainingData("12,000 series of one hospital")
          .accuracy(0.86, 1200, "300 studies of another hospital")
          .write(network, Path.of("ct-body"));
    }
  }

  static void onnx() throws IOException {
    Architecture plan = Architecture.named("densenet161");
    try (Network network = Network.load(plan, Path.of("densenet161.safetensors"))) {
      network.writeOnnx(Path.of("model.onnx"), 224, 224);
    }
  }

  static TrainingReport train(
      Network network, LabelledPictures training, LabelledPictures validation) throws IOException {
    TrainingReport report =
        Training.builder().epochs(50).seed(7).build().fit(network, training, validation);
    return report;
  }

  static void writePackage(Network network) throws IOException {
    new ModelPackageWriter("ct-body", "2026.2", "CT", List.of("CTAB", "CTB", "CTT"))
        .input(224, 224)
        .preprocessor("imaging.window", Map.of("centre", "40", "width", "400"))
        .licence("Apache-2.0")
        .trainingData("12,000 series of one hospital, 2015 to 2024")
        .accuracy(0.86, 1200, "300 studies of another hospital")
        .write(network, Path.of("ct-body"));
  }
}
