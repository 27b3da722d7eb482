package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.outsidecd.OutsideCd;

class ClassifyCommandTest {
  @TempDir static Path folder;
  private static Path cd;

  @BeforeAll
  static void burn() throws Exception {
    cd = folder.resolve("cd");
    OutsideCd.write(cd);
  }

  @Test
  void jsonLinesHaveOneObjectForEachStudyAndNothingElse() {
    CommandRun run = CommandRun.of("classify", cd, "--format", "jsonl");
    assertThat(run.code()).isEqualTo(Momo.UNDECIDED);
    assertThat(run.lines()).hasSize(7).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    assertThat(run.lines().get(0))
        .startsWith("{\"study\":\"2.25.20261124.1\",\"source\":\"")
        .contains("\"decision\":\"decided\"")
        .contains("\"regions\":[\"CHEST\",\"ABDOMEN\"]")
        .contains("\"candidates\":[{\"code\":")
        .contains("\"trace\":[");
    assertThat(run.lines().get(6))
        .contains("\"decision\":\"undecided\"", "\"class\":null", "\"decidedBy\":null");
    assertThat(run.err()).contains("7 studies, 6 decided", "not DICOM", "there twice", "cut short");
  }

  @Test
  void whatIsSkippedIsCountedByReasonAndNamesNoFile() {
    CommandRun run = CommandRun.of("classify", cd);
    assertThat(run.err())
        .containsPattern("4 +not DICOM: This is not a DICOM file\\.")
        .containsPattern("1 +cut short: The file ends in the middle of an element\\.")
        .doesNotContain("AUTORUN", "BROKEN");
    assertThat(CommandRun.of("classify", cd, "--verbose").err()).contains("AUTORUN.INF");
  }

  @Test
  void anAddressIsThatOfADicomWebServer() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String uid = "\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2.3\"]}";
    server.createContext(
        "/dicom-web/studies",
        exchange -> {
          boolean more = String.valueOf(exchange.getRequestURI().getQuery()).contains("offset=0");
          String answer =
              exchange.getRequestURI().getPath().endsWith("/metadata")
                  ? "[{"
                      + uid
                      + ",\"00080060\":{\"vr\":\"CS\",\"Value\":[\"CT\"]}"
                      + ",\"00081030\":{\"vr\":\"LO\",\"Value\":[\"CT Thorax\"]}}]"
                  : more ? "[{" + uid + "}]" : "[]";
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      CommandRun run =
          CommandRun.of(
              "classify",
              "http://localhost:" + server.getAddress().getPort() + "/dicom-web",
              "--format",
              "jsonl");
      assertThat(run.lines()).singleElement().asString().contains("1.2.3", "CT_CHEST");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAddressThatHoldsCredentialsIsRefusedAndNotRepeated() {
    for (String address :
        new String[] {"https://user:secret@host/dicom-web", "http://host:secret port"}) {
      CommandRun run = CommandRun.of("classify", address);
      assertThat(run.code()).isEqualTo(Momo.ERROR);
      assertThat(run.err()).contains("address of a DICOMweb server").doesNotContain("secret");
    }
  }

  @Test
  void nothingThatIsPrintedNamesThePatient() {
    for (String command : new String[] {"classify", "explain"}) {
      CommandRun run = CommandRun.of(command, cd);
      assertThat(run.out() + run.err()).doesNotContain("Beispiel").doesNotContain("OUTSIDE-1");
    }
  }

  @Test
  void allStudiesDecidedIsZero() {
    CommandRun run = CommandRun.of("classify", cd.resolve("IMAGES"), "--format", "json");
    assertThat(run.code()).isEqualTo(Momo.DECIDED);
    assertThat(run.out()).startsWith("[\n{").endsWith("}\n]\n");
  }

  @Test
  void theTableNamesTheClass() {
    CommandRun run = CommandRun.of("classify", cd);
    assertThat(run.lines()).hasSize(8);
    assertThat(run.out()).contains("CT_CHEST_ABDOMEN", "MR_LEXT.KNEE", "no-evidence");
  }

  @Test
  void aSitesOwnTableWins() throws Exception {
    Path site = folder.resolve("site.csv");
    Files.writeString(site, "code,name,modality,regions\nMR_LEXT.KNEE,Our knees,MR,LEXT\n");
    CommandRun run = CommandRun.of("classify", cd, "--overlay", site);
    assertThat(run.out()).contains("Our knees");
  }

  @Test
  void explainSaysTheAnswerAndHowSure() {
    CommandRun run = CommandRun.of("explain", cd);
    assertThat(run.out()).containsPattern("Answer: \\S+ \\([^)]+\\), \\d+ % sure, by \\S+\\.");
  }

  @Test
  void whereNothingIsFoundTheReasonsAreSaid() throws Exception {
    Path zip = folder.resolve("slip.zip");
    try (ZipOutputStream entries = new ZipOutputStream(Files.newOutputStream(zip))) {
      entries.putNextEntry(new ZipEntry("../../outside.dcm"));
      entries.write(new byte[200]);
    }
    CommandRun run = CommandRun.of("classify", zip);
    assertThat(run.code()).isEqualTo(Momo.ERROR);
    assertThat(run.err()).contains("An entry's name leads out of the archive", "No DICOM study");
  }

  @Test
  void aZipGivesTheAnswersOfItsFolder() throws Exception {
    Path zip = folder.resolve("cd.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out);
        var files = Files.walk(cd)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new ZipEntry(cd.relativize(file).toString().replace('\\', '/')));
        entries.write(Files.readAllBytes(file));
      }
    }
    String fromFolder = CommandRun.of("classify", cd, "--format", "jsonl").out();
    String fromZip = CommandRun.of("classify", zip, "--format", "jsonl").out();
    assertThat(withoutSource(fromZip)).isEqualTo(withoutSource(fromFolder));
  }

  private static String withoutSource(String lines) {
    return lines.replaceAll("\"source\":\"[^\"]*\"", "");
  }

  @Test
  void whatCannotBeDoneIsOneClearSentence() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path config = Files.writeString(folder.resolve("bad.yaml"), "layers:\n  - {a: 1\n");
    Path text = Files.writeString(folder.resolve("letter.txt"), "Dear colleague");
    assertError("does not exist", "classify", folder.resolve("nowhere"));
    assertError("No DICOM study was found", "classify", empty);
    assertError("No DICOM study was found", "classify", text);
    assertError(
        "there is no preset nope; there are recommended", "classify", cd, "--preset", "nope");
    assertError("line", "classify", cd, "--config", config);
    assertError("--jobs must be 1 or more: was 0", "classify", cd, "--jobs", 0);
    assertError("Missing required parameter", "classify");
    assertError("networks", "classify", cd, "--preset", "merged-all");
    assertError("nowhere.csv", "classify", cd, "--catalogue", folder.resolve("nowhere.csv"));
  }

  private static void assertError(String sentence, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.ERROR);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).startsWith("momo: ").contains(sentence).doesNotContain("Exception");
  }
}
