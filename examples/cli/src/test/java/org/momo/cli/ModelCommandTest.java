package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.outsidecd.OutsideCd;

class ModelCommandTest {
  /** The means of three channels of 16 by 16, of which two are the scores of two classes. */
  private static final byte[] NETWORK =
      Base64.getDecoder()
          .decode(
              "CAg6ywESBXNtYWxsWiAKBWltYWdlEhcKFQgBEhEKAxIBbgoCCAMKAggQCgIIEGIZCgZzY29yZXMSDwoNCAES"
                  + "CQoDEgFuCgIIAiopCAMIAhABQgd3ZWlnaHRzShgAAIA/AAAAAAAAAAAAAIA/AAAAAAAAAAAKIQoFaW1h"
                  + "Z2USBW1lYW5zIhFHbG9iYWxBdmVyYWdlUG9vbAoWCgVtZWFucxIEZmxhdCIHRmxhdHRlbgofCgRmbGF0"
                  + "Cgd3ZWlnaHRzEgZzY29yZXMiBk1hdE11bEIECgAQDQ==");

  @TempDir Path folder;
  private Path place;

  @BeforeEach
  void write() throws Exception {
    place = write("ct", "CT_CHEST, CT_ABDOMEN");
  }

  private Path write(String name, String classes) throws Exception {
    Path here = Files.createDirectories(folder.resolve(name));
    Files.write(here.resolve("model.onnx"), NETWORK);
    Files.writeString(
        here.resolve("model.yaml"),
        """
        format: 1
        name: %s
        version: 2026.1
        modality: CT
        network: model.onnx
        classes: [%s]
        input: {channels: 3, height: 16, width: 16}
        preprocessors: [{imaging.window: {centre: 40, width: 400}}, imaging.min-max]
        output: logits
        temperature: 1.4
        minimum-confidence: 0.2
        licence: CC0
        training-data: none
        accuracy: {value: 0.5, samples: 2, measured-on: a coin}
        files: {model.onnx: %s}
        """
            .formatted(
                name,
                classes,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(NETWORK))));
    return here;
  }

  @Test
  void showPrintsWhatAPackageSaysOfItself() {
    CommandRun run = CommandRun.of("model", "show", place);
    assertThat(run.code()).isEqualTo(Momo.DECIDED);
    assertThat(run.lines())
        .contains(
            "model       ct 2026.1",
            "modality    CT",
            "classes     2: CT_CHEST, CT_ABDOMEN",
            "network     model.onnx, run by onnx.runtime",
            "input       [n, 3, 16, 16]",
            "  then      imaging.window {centre=40, width=400}",
            "  then      imaging.min-max",
            "output      logits at the temperature 1.4, votes from a confidence of 0.2 on",
            "accuracy    50.0 % of 2, measured on a coin",
            "licence     CC0");
  }

  @Test
  void checkRunsTheNetworkOnce() {
    CommandRun run = CommandRun.of("model", "check", place);
    assertThat(run.out())
        .isEqualToNormalizingNewlines(place + ": good; ct 2026.1 tells 2 classes of CT apart\n");
    assertThat(run.code()).isEqualTo(Momo.DECIDED);
  }

  @Test
  void checkSaysWhatIsWrongWithEach() throws Exception {
    Path other = write("other", "CT_CHEST, CT_ABDOMEN");
    Files.write(other.resolve("model.onnx"), new byte[5]);
    CommandRun run = CommandRun.of("model", "check", other, place);
    assertThat(run.code()).isEqualTo(Momo.ERROR);
    assertThat(run.lines()).hasSize(2);
    assertThat(run.lines().get(0)).contains("other: cannot be used;", "model.onnx has the SHA-256");
    assertThat(run.lines().get(1)).contains("ct: good;");

    run = CommandRun.of("model", "check", place, "--catalogue", "essen-76");
    assertThat(run.out()).contains("the catalogue essen-76 has no class CT_CHEST");
    assertThat(run.code()).isEqualTo(Momo.ERROR);
  }

  @Test
  void checkSaysWhetherNetworksGoTogether() throws Exception {
    CommandRun run = CommandRun.of("model", "check", place, write("second", "CT_CHEST, CT_HEAD"));
    assertThat(run.code()).isEqualTo(Momo.ERROR);
    assertThat(run.lines()).hasSize(3);
    assertThat(run.lines().get(2))
        .startsWith("together: cannot be used; ")
        .contains("must tell the same classes apart");
  }

  @Test
  void whatIsNoPackageIsOneSentence() {
    assertThat(CommandRun.of("model", "show", folder).err())
        .isEqualToNormalizingNewlines(
            "momo: " + folder + " is no model package: it has no model.yaml.\n");
    assertThat(CommandRun.of("model", "check").err())
        .contains("momo: ")
        .contains("See 'momo model check --help'.");
    assertThat(CommandRun.of("model").code()).isEqualTo(Momo.ERROR);
  }

  @Test
  void classifyAsksTheNetworksThatItIsGiven() throws IOException {
    Path cd = folder.resolve("cd");
    OutsideCd.write(cd);
    CommandRun without = CommandRun.of("classify", cd, "--format", "jsonl");
    CommandRun with = CommandRun.of("classify", cd, "--network", place, "--format", "jsonl");
    assertThat(with.out()).contains("imaging.network");
    assertThat(without.out()).doesNotContain("imaging.network");
    assertThat(CommandRun.of("classify", cd, "--preset", "no-network", "--network", place).err())
        .contains("networks are configured, and no layer imaging.network asks them");
  }
}
