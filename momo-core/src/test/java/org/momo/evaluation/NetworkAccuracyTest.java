package org.momo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.evaluation.NetworkAccuracy.SeriesResult;
import org.momo.evaluation.report.NetworkReport;

class NetworkAccuracyTest {
  @TempDir Path folder;

  /** The published ResNet for MR: five folds of 210 series. */
  private static List<SeriesResult> published() {
    int[] right = {167, 167, 178, 160, 170};
    List<SeriesResult> series = new ArrayList<>();
    for (int fold = 0; fold < right.length; fold++) {
      for (int i = 0; i < 210; i++) {
        String answer = i < right[fold] ? "MRL" : "MRB";
        series.add(
            new SeriesResult("MR", "ResNet-152", "" + (fold + 8), "MRL", answer, Double.NaN));
      }
    }
    return series;
  }

  @Test
  void of_givesThePublishedForm_whateverTheOrder() {
    List<SeriesResult> series = published();
    Collections.shuffle(series, new Random(1));
    NetworkAccuracy network = NetworkAccuracy.of(series).get(0);
    assertThat(network.folds().folds().get(2)).isCloseTo(178 / 210.0, within(1e-12));
    assertThat(NetworkReport.share(network.folds())).isEqualTo("80.2\u00A0% (74.8–85.6)");
    assertThat(network.all()).isEqualTo(new Proportion(842, 1050));
    assertThat(network.classes()).containsEntry("MRL", new Proportion(842, 1050));
    assertThat(network.calibration()).isEmpty();
    assertThat(network.confusions())
        .extracting(EvaluationResult.Confusion::count)
        .containsExactly(842L, 208L);
  }

  @Test
  void read_takesATable_andTheReportNamesEachNetwork() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("series.csv"),
            "modality;network;fold;class;answer;confidence\n"
                + "CT;DenseNet-161;1;CTS;CTS;0.9\nCT;DenseNet-161;2;CTS;CTT;0.6\n"
                + "CT;ResNet-152;1;CTS;CTS;\nMR;ResNet-152;1;MRL;;\n");
    List<NetworkAccuracy> networks = NetworkAccuracy.of(NetworkAccuracy.read(file));
    assertThat(networks).extracting(NetworkAccuracy::modality).containsExactly("CT", "CT", "MR");
    assertThat(networks.get(0).calibration().orElseThrow().brier())
        .isCloseTo((0.01 + 0.36) / 2, within(1e-12));
    assertThat(networks.get(2).confusions().get(0).verdict()).isEqualTo(Verdict.NONE);
    NetworkReport.write(networks, "Networks <1>", folder);
    assertThat(folder.resolve("networks.html"))
        .content()
        .contains("Networks &lt;1&gt;", "DenseNet-161", "ResNet-152")
        .doesNotContain("http", "src=");
    assertThat(folder.resolve("networks.csv")).content().contains("CT,DenseNet-161,2,2,1,0.500000");
    assertThat(folder.resolve("networks.json")).content().contains("\"folds\" : [ 1.0, 0.0 ]");
  }

  @Test
  void read_faults_nameFileAndRow() throws IOException {
    Path file = folder.resolve("series.csv");
    Files.writeString(file, "modality,network,fold,class\n");
    assertThatThrownBy(() -> NetworkAccuracy.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no column answer");
    Files.writeString(file, "modality,network,fold,class,answer,confidence\nCT,N,1,A,A,1.2\n");
    assertThatThrownBy(() -> NetworkAccuracy.read(file))
        .hasMessageEndingWith("row 2: confidence must be between 0 and 1: was 1.2");
  }
}
