package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.outsidecd.OutsideCd;

class ReplayCommandTest {
  @TempDir static Path folder;
  private static Path cd;
  private static Path archive;

  @BeforeAll
  static void burn() throws Exception {
    cd = folder.resolve("cd");
    OutsideCd.write(cd);
    archive = folder.resolve("archive/headers.jsonl");
    CommandRun run = CommandRun.of("headers", cd, "--out", archive);
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.DECIDED);
    assertThat(run.err()).contains("Wrote the headers of 7 studies");
  }

  @Test
  void anArchiveGivesTheAnswersOfTheStudies() throws IOException {
    for (String preset : List.of("recommended", "no-network")) {
      assertThat(answers(archive, preset)).isEqualTo(answers(cd, preset)).hasSize(7);
    }
    assertThat(Files.readString(archive)).doesNotContain("Mustermann").doesNotContain("00100010");
    assertThat(archive.resolveSibling("headers.jsonl.part")).doesNotExist();
  }

  @Test
  void anArchiveOfRealStudiesGivesTheirAnswers() {
    Path real = shared().resolve("data/studies");
    Assumptions.assumeTrue(Files.isDirectory(real), "skipped: there is no shared/data/studies");
    Path file = folder.resolve("real.jsonl");
    assertThat(CommandRun.of("headers", real, "--out", file).code()).isEqualTo(Momo.DECIDED);
    Map<String, String> classes = classes(real);
    assertThat(classes(file)).containsAllEntriesOf(classes);
    assertThat(classes).hasSizeGreaterThan(80);
  }

  /**
   * The classes by study, but for studies that are known by the patient's name to be of no patient:
   * an archive holds no names.
   */
  private static Map<String, String> classes(Path studies) {
    Map<String, String> classes = new TreeMap<>();
    for (String line : answers(studies, "recommended")) {
      if (!line.contains("the patient is named as a phantom")) {
        classes.put(
            line.replaceAll("^.*?\"study\":\"([^\"]*)\".*$", "$1"),
            line.replaceAll("^.*?\"class\":(null|\\{[^}]*\\}).*$", "$1"));
      }
    }
    return classes;
  }

  private static Path shared() {
    String told = System.getProperty("momo.shared", System.getenv("momo.shared"));
    if (told != null) {
      return Path.of(told);
    }
    Path dir = Path.of("").toAbsolutePath();
    while (dir.getParent() != null && !Files.isDirectory(dir.resolve("shared/data"))) {
      dir = dir.getParent();
    }
    return dir.resolve("shared");
  }

  /**
   * Everything that is said of each study but the place that it came from, and that a medium held
   * some object twice, which an archive of its studies does not.
   */
  private static List<String> answers(Path studies, String preset) {
    return CommandRun.of("classify", studies, "--format", "jsonl", "--preset", preset)
        .lines()
        .stream()
        .map(line -> line.replaceAll("\"source\":\"[^\"]*\"", ""))
        .map(
            line ->
                line.replaceAll("\\{\"step\":\"note\",\"text\":\"\\d+ duplicates [^\"]*\"\\},", ""))
        .sorted()
        .toList();
  }

  @Test
  void changesAreListedByCause_andJudgedByLabels() throws IOException {
    Path labels =
        Files.writeString(folder.resolve("labels.csv"), "study,region\n2.25.20261124.2,LEXT\n");
    Path report = folder.resolve("report");
    CommandRun run =
        CommandRun.of(
            "replay", "no-network", "recommended", archive, "--labels", labels, "--report", report);
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.UNDECIDED);
    assertThat(run.lines().get(0)).startsWith("studies  fixed  broken");
    assertThat(run.err()).contains("Of 7 studies").contains("with a label");
    assertThat(report.resolve("replay.html")).content().contains("Why answers change");
    assertThat(report.resolve("changes.csv")).content().contains("2.25.20261124.");
    assertThat(report.resolve("replay.json")).content().contains("\"before\" : \"no-network\"");
  }

  @Test
  void theSameConfigurationChangesNothing() {
    CommandRun run =
        CommandRun.of(
            "replay", "recommended", "recommended", archive, "--report", folder.resolve("same"));
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.DECIDED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("None of 7 studies changes its answer");
  }

  @Test
  void whatCannotBeDoneIsOneClearSentence() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path out = folder.resolve("none.jsonl");
    assertError("No DICOM study was found", "headers", empty, "--out", out);
    assertThat(out).doesNotExist();
    assertError("Missing required", "replay", "recommended", "--report", folder.resolve("r"));
    assertError(
        "there is no preset x",
        "replay",
        "x",
        "recommended",
        archive,
        "--report",
        folder.resolve("r"));
    assertError(
        "No DICOM study was found",
        "replay",
        "recommended",
        "no-network",
        empty,
        "--report",
        folder.resolve("r"));
  }

  private static void assertError(String sentence, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.ERROR);
    assertThat(run.err()).startsWith("momo: ").contains(sentence).doesNotContain("Exception");
  }
}
