package org.momo.imaging.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Tensor;

class LoadedModelTest {
  private static final String FIT = "output: logits\n";

  @TempDir Path folder;
  private final Workshop workshop = new Workshop();

  @Test
  void gives_calibrated_probabilities_of_logits() throws Exception {
    // The picture's means are 2, 1 and 0: logits 2 and 1, halved 1 and 0.5.
    try (LoadedModel model =
        load("CT", Map.of("CTT", "1 0 0 0", "CTAB", "0 1 0 0"), FIT + "temperature: 2\n")) {
      assertThat(model.modalityGroup()).isEqualTo("CT");
      double[] p = model.probabilities(model.prepare(picture(2, 1, 0)));
      double expected = 1 / (1 + Math.exp(-0.5));
      int t = model.manifest().classes().indexOf("CTT");
      assertThat(p[t]).isCloseTo(expected, within(1e-12));
      assertThat(p[0] + p[1]).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void gives_calibrated_probabilities_of_probabilities() throws Exception {
    // 0.8 and 0.2 at temperature 0.5 are 0.64 and 0.04, over their sum.
    try (LoadedModel model =
        load(
            "CT",
            ordered("CTT", "0 0 0 0.8", "CTAB", "0 0 0 0.2"),
            "output: probabilities\ntemperature: 0.5\n")) {
      double[] p = model.probabilities(model.prepare(picture(2, 1, 0)));
      assertThat(p[0]).isCloseTo(0.64 / 0.68, within(1e-6));
    }
  }

  @Test
  void a_dicom_modality_stands_for_its_group() throws Exception {
    try (LoadedModel model = load("DX", ordered("KTH", "0 0 0 0", "KAB", "0 0 0 3"), FIT)) {
      assertThat(model.modalityGroup()).isEqualTo("CR");
    }
  }

  @Test
  void what_does_not_fit_is_said_at_once() {
    assertRefused(
        ordered("CTT", "0 0 0 0", "CTX", "0 0 0 3"),
        FIT,
        "the catalogue small has no class CTX, which the network gives");
    assertRefused(
        ordered("CTT", "0 0 0 0", "MRS", "0 0 0 3"),
        FIT,
        "the class MRS is of the modality MR, and the network judges CT");
    assertRefused(
        ordered("CTT", "0 0 0 0.5", "CTAB", "0 0 0 0.5"), FIT, "say 'output: probabilities'");
    assertRefused(
        ordered("CTT", "0 0 0 0.5", "CTAB", "0 0 0 3"),
        "output: probabilities\n",
        "is negative or does not sum to 1");
    assertRefused(ordered("CTT", "0 0 0 0", "CTAB", "0 0 0 NaN"), FIT, "value that is not finite");
    assertRefused(
        ordered("CTT", "0 0 0 0", "CTAB", "0 0 0 3"),
        FIT + "preprocessors: [{imaging.resize: {rows: 8, columns: 16}}]\n",
        "the preprocessors make Tensor[3, 8, 16], and the network takes [3, 16, 16]");
    assertRefused(
        ordered("CTT", "0 0 0 0", "CTAB", "0 0 0 3"),
        FIT + "preprocessors: [imaging.blur]\n",
        "there is no preprocessor imaging.blur");
    assertRefused(
        ordered("CTT", "0 0 0 0", "CTAB", "0 0 0 3"),
        FIT + "preprocessors: [{imaging.min-max: {speed: 3}}]\n",
        "preprocessors[0] imaging.min-max does not know the option speed");
    assertRefused(ordered("CTT", "what", "CTAB", "0 0 0 3"), FIT, "it cannot be read");
  }

  private void assertRefused(Map<String, String> network, String more, String message) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> load("CT", network, more))
        .withMessageContaining(message);
  }

  private LoadedModel load(String modality, Map<String, String> network, String more)
      throws IOException {
    return LoadedModel.load(
        ModelPackage.open(Workshop.write(folder, "m", modality, network, more)),
        new MeansBackend(),
        workshop);
  }

  static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static Tensor picture(float... means) {
    float[] values = new float[3 * 256];
    for (int i = 0; i < values.length; i++) {
      values[i] = means[i / 256];
    }
    return Tensor.of(values, 3, 16, 16);
  }
}
