package org.momo.imaging.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.spi.ConfigurationException;

class ModelPackageTest {
  @TempDir Path folder;
  private Path place;

  @BeforeEach
  void write() throws IOException {
    Map<String, String> network = new LinkedHashMap<>();
    network.put("CTT", "1 0 0 0");
    network.put("CTAB", "0 1 0 0.25");
    place =
        Workshop.write(
            folder,
            "ct",
            "CT",
            network,
            """
            output: logits
            temperature: 2
            minimum-confidence: 0.3
            attributes: {architecture: means}
            preprocessors: [imaging.min-max, {imaging.resize: {rows: 16, columns: 16}}]
            """);
  }

  @Test
  void reads_all_that_the_manifest_says() throws Exception {
    try (ModelPackage files = ModelPackage.open(place)) {
      ModelManifest manifest = files.manifest();
      assertThat(manifest).hasToString("ct 1.10");
      assertThat(manifest.modality()).isEqualTo("CT");
      assertThat(manifest.classes()).containsExactly("CTT", "CTAB");
      assertThat(manifest.picture().size()).isEqualTo(16);
      assertThat(manifest.temperature()).isEqualTo(2);
      assertThat(manifest.minimumConfidence()).hasValue(0.3);
      assertThat(manifest.accuracy()).isEqualTo(new ModelManifest.Accuracy(0.5, 2, "a coin"));
      assertThat(manifest.preprocessors())
          .containsExactly(
              new ModelManifest.Step("imaging.min-max", Map.of()),
              new ModelManifest.Step("imaging.resize", Map.of("rows", "16", "columns", "16")));
      assertThat(files.spec().attributes()).containsEntry("architecture", "means");
      assertThat(files.spec().file()).isRegularFile().isAbsolute();
    }
  }

  @Test
  void the_backend_follows_from_the_file_name() {
    String manifest =
        Workshop.manifest("x", "CT", List.of("A", "B"), "0".repeat(64)) + "output: logits\n";
    String without = manifest.replace("backend: test.means\n", "");
    assertThat(ModelManifest.parse("m", without.replace("net.txt", "a/b.onnx")).backend())
        .isEqualTo("onnx.runtime");
    assertThat(ModelManifest.parse("m", without.replace("net.txt", "b.pt")).backend())
        .isEqualTo("djl.pytorch");
    assertRefused(without, "say the backend that runs net.txt");
    for (String parameters : new String[] {"b.safetensors", "b.pth"}) {
      String named = without.replace("net.txt", parameters);
      assertRefused(named, parameters + " holds parameters alone; say whose");
      assertThat(
              ModelManifest.parse("m", named + "attributes: {architecture: resnet152}\n").backend())
          .isEqualTo("djl.pytorch");
    }
  }

  @Test
  void the_documented_manifest_is_one() throws Exception {
    String source =
        Files.readString(Path.of("src/main/java/org/momo/imaging/model/ModelManifest.java"));
    int from = source.indexOf("<pre>{@code") + "<pre>{@code".length();
    String example =
        source.substring(from, source.indexOf("}</pre>", from)).replaceAll("(?m)^ \\* ?", "");
    ModelManifest manifest =
        ModelManifest.parse("documented", example.replace("3f0c…", "0".repeat(64)));
    assertThat(manifest).hasToString("ct-body 2026.2");
    assertThat(manifest.preprocessors()).hasSize(2);
    assertThat(manifest.backend()).isEqualTo("onnx.runtime");
  }

  @Test
  void a_zip_reads_as_its_folder_and_leaves_nothing_behind() throws Exception {
    for (String top : new String[] {"", "ct/"}) {
      Path zip = zip(top, Map.of());
      Path unpacked;
      try (ModelPackage files = ModelPackage.open(zip)) {
        unpacked = files.spec().file();
        assertThat(unpacked).hasSameBinaryContentAs(place.resolve("net.txt"));
        assertThat(files.manifest().classes()).containsExactly("CTT", "CTAB");
        assertThat(ModelPackage.manifestOf(zip)).hasToString("ct 1.10");
      }
      assertThat(unpacked).doesNotExist();
      assertThat(unpacked.getParent()).doesNotExist();
    }
  }

  @Test
  void what_a_zip_holds_besides_is_not_unpacked() throws Exception {
    Path zip = zip("", Map.of("../escape.txt", "x", "other.txt", "y"));
    try (ModelPackage files = ModelPackage.open(zip)) {
      assertThat(files.spec().file().getParent()).isDirectoryContaining("glob:**net.txt");
      try (var all = Files.list(files.spec().file().getParent())) {
        assertThat(all).hasSize(1);
      }
    }
  }

  @Test
  void a_zip_that_grows_beyond_measure_is_refused() throws Exception {
    String zeros = "0".repeat(50_000_000);
    Files.writeString(place.resolve("net.txt"), zeros);
    Files.writeString(
        place.resolve("model.yaml"),
        Workshop.manifest("ct", "CT", List.of("A", "B"), Workshop.sha256(zeros))
            + "output: logits\n");
    Path zip = zip("", Map.of());
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ModelPackage.open(zip))
        .withMessageContaining("net.txt is larger than a model package may be");
  }

  @Test
  void a_changed_file_is_refused_with_both_hashes() throws Exception {
    String was = Workshop.sha256(Files.readString(place.resolve("net.txt")));
    Files.writeString(place.resolve("net.txt"), "other");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ModelPackage.open(place))
        .withMessageContaining("net.txt has the SHA-256 " + Workshop.sha256("other"))
        .withMessageContaining("the manifest says " + was);
    Path zip = zip("", Map.of());
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ModelPackage.open(zip))
        .withMessageContaining("the manifest says " + was);
  }

  @Test
  void what_is_missing_is_named() throws Exception {
    Files.delete(place.resolve("net.txt"));
    assertOpening(place, "has no file net.txt, which its manifest names");
    assertOpening(zip("", Map.of()), "has no file net.txt, which its manifest names");
    assertOpening(folder, "is no model package: it has no model.yaml");
    assertOpening(folder.resolve("nowhere"), "there is no model package");
    assertOpening(place.resolve("model.yaml"), "it is neither a folder nor a zip");
  }

  @Test
  void a_link_that_leads_out_is_refused() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "1 0 0 0\n0 1 0 0.25\n");
    Files.delete(place.resolve("net.txt"));
    Files.createSymbolicLink(place.resolve("net.txt"), secret);
    assertOpening(place, "net.txt is a link that leads out of the package");
  }

  @Test
  void a_zip_that_is_cut_short_or_damaged_is_one_sentence() throws Exception {
    byte[] whole = Files.readAllBytes(zip("", Map.of()));
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] bytes =
          java.util.Arrays.copyOf(whole, i < 100 ? random.nextInt(whole.length) : whole.length);
      if (i >= 100) {
        for (int k = 0; k < 3; k++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      Path damaged = Files.write(folder.resolve("damaged.zip"), bytes);
      try (ModelPackage files = ModelPackage.open(damaged)) {
        assertThat(files.manifest().files()).isNotEmpty();
      } catch (ConfigurationException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void a_manifest_that_is_wrong_says_where() {
    String good = Workshop.manifest("x", "CT", List.of("A", "B"), "0".repeat(64));
    String full = good + "output: logits\n";
    assertRefused(good, "m needs the option 'output'");
    assertRefused(good + "output: stars\n", "output must be one of logits, probabilities");
    assertRefused(good + "output: logits\ncolour: red\n", "does not know the option colour");
    assertRefused(good + "output: logits\nname: y\n", "m line 15");
    assertRefused(full.replace("[A, B]", "[A, A]"), "classes names A twice");
    assertRefused(full.replace("[A, B]", "[A]"), "classes must name between 2");
    assertRefused(full.replace("format: 1", "format: 2"), "format must be 1");
    assertRefused(full.replace("height: 16", "height: 0"), "height must be between 1 and 4096");
    assertRefused(full.replace("nchw", "nhwc"), "layout must be one of nchw: was nhwc");
    assertRefused(full.replace("{net.txt:", "{../net.txt:"), "files of the package only");
    assertRefused(full.replace("{net.txt:", "{/etc/x:"), "files of the package only");
    assertRefused(full.replace("0".repeat(64), "abc"), "must be a SHA-256");
    assertRefused(full.replace("licence: CC0\n", ""), "needs the option 'licence'");
    assertRefused(full.replace("value: 0.5", "value: 50"), "value must be between 0.0 and 1.0");
    assertRefused(
        full.replace("{net.txt:", "{other.txt:"), "files has no SHA-256 of the network net.txt");
    assertRefused("- a list", "it is no map of names");
    assertRefused("a: &x [1]\nb: [*x, *x]", "aliases");
    assertRefused("[".repeat(100_000), "");
    assertRefused("\u0000", "");
  }

  private static void assertRefused(String manifest, String message) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ModelManifest.parse("m", manifest))
        .withMessageContaining(message);
  }

  private static void assertOpening(Path place, String message) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ModelPackage.open(place))
        .withMessageContaining(message);
  }

  private Path zip(String top, Map<String, String> more) throws IOException {
    Path zip = folder.resolve("package" + top.length() + ".zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out);
        var files = Files.list(place)) {
      for (Path file : files.sorted().toList()) {
        entries.putNextEntry(new ZipEntry(top + file.getFileName()));
        entries.write(Files.readAllBytes(file));
      }
      for (Map.Entry<String, String> each : more.entrySet()) {
        entries.putNextEntry(new ZipEntry(top + each.getKey()));
        entries.write(each.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return zip;
  }
}
