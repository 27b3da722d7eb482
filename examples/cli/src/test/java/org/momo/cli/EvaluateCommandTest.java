package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.outsidecd.OutsideCd;

class EvaluateCommandTest {
  @TempDir static Path folder;
  private static Path cd;
  private static Path labels;

  @BeforeAll
  static void burn() throws Exception {
    cd = folder.resolve("cd");
    OutsideCd.write(cd);
    labels =
        Files.writeString(
            folder.resolve("labels.csv"),
            "study,region,modality,language,reader\n"
                + "2.25.20261124.1,CHEST+ABDOMEN,CT,de,a\n"
                + "2.25.20261124.2,LEXT,MR,fr,a\n"
                + "2.25.20261124.3,HEAD,XR,en,a\n"
                + "2.25.20261124.4,ABDOMEN|ABDOMEN+PELVIS,US,it,b\n"
                + "2.25.20261124.5,WHOLEBODY,PT,de,b\n"
                + "2.25.20261124.7,HEAD,CT,,b\n"
                + "2.25.20261124.99,HEAD,CT,,b\n");
  }

  @Test
  void oneConfigurationIsAnExternalTest() {
    Path report = folder.resolve("one");
    CommandRun run = CommandRun.of("evaluate", cd, "--labels", labels, "--report", report);
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.DECIDED);
    assertThat(run.lines()).hasSize(2);
    assertThat(run.lines().get(1)).matches("recommended +6 +5 +4 +0 +1 +1 +80.0 \\(.*\\) +66.7 .*");
    assertThat(run.err())
        .contains("6 labelled cases in 7 studies; without label: 1")
        .contains("labels without study: 2.25.20261124.99");
    assertThat(report.resolve("report.html")).content().contains("2.25.20261124.3");
    assertThat(report.resolve("groups.csv")).content().contains("recommended,language,fr,1,1,1");
  }

  @Test
  void severalAreAnAblation_inTheOrderGiven() throws IOException {
    Path config = Files.writeString(folder.resolve("strict.yaml"), "threshold: 0.9\n");
    CommandRun run =
        CommandRun.of(
            "evaluate",
            cd,
            "--labels",
            labels,
            "--preset",
            "no-network@essen-76",
            "--config",
            config,
            "--preset",
            "recommended",
            "--report",
            folder.resolve("ablation"));
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.DECIDED);
    assertThat(run.lines().stream().limit(4).map(line -> line.split(" ")[0]))
        .containsExactly("configuration", "no-network@essen-76", "strict", "recommended");
    assertThat(run.lines()).hasSize(9);
  }

  @Test
  void onlySomeLabelsAreRead() {
    CommandRun run =
        CommandRun.of(
            "evaluate",
            cd,
            "--labels",
            labels,
            "--where",
            "reader=a",
            "--report",
            folder.resolve("a"));
    assertThat(run.lines().get(1)).startsWith("recommended    3 ");
  }

  @Test
  void anInterruptedRunGoesOn_andEndsInTheSameReport() throws IOException {
    Path whole = folder.resolve("whole");
    Object[] command = {"evaluate", cd, "--labels", labels, "--report", whole};
    assertThat(CommandRun.of(command).code()).isEqualTo(Momo.DECIDED);
    Path part = Files.createDirectory(folder.resolve("part"));
    Files.copy(whole.resolve("answers.of"), part.resolve("answers.of"));
    List<String> rows = Files.readAllLines(whole.resolve("answers.jsonl"));
    Files.writeString(
        part.resolve("answers.jsonl"), rows.get(0) + "\n" + rows.get(1).substring(0, 20));
    command[5] = part;
    assertThat(CommandRun.of(command).code()).isEqualTo(Momo.DECIDED);
    assertThat(reports(part)).isEqualTo(reports(whole)).containsKey("report.html");
  }

  private static Map<String, String> reports(Path where) throws IOException {
    Map<String, String> reports = new TreeMap<>();
    try (Stream<Path> files = Files.list(where)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith("answers") && !name.equals("times.csv")) {
          reports.put(name, Files.readString(file));
        }
      }
    }
    return reports;
  }

  @Test
  void whatCannotBeDoneIsOneClearSentence() throws IOException {
    Path report = folder.resolve("errors");
    Path other = Files.writeString(folder.resolve("other.csv"), "study,region\n1.2.3,HEAD\n");
    Path bad = Files.writeString(folder.resolve("bad.csv"), "study,region\n1.2.3,KNEE\n");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertError("Missing required option", cd, "--report", report);
    assertError("does not exist", cd, "--labels", folder.resolve("no.csv"), "--report", report);
    assertError("\"KNEE\" is no region", cd, "--labels", bad, "--report", report);
    assertError(
        "has no column colour", cd, "--labels", labels, "--report", report, "--where=colour=x");
    assertError("None of the 7 studies has a label", cd, "--labels", other, "--report", report);
    assertError("belongs to a run with other labels", cd, "--labels", labels, "--report", report);
    assertError("No DICOM study", empty, "--labels", labels, "--report", folder.resolve("e"));
    assertError("there is no preset x", cd, "--labels", labels, "--report", report, "--preset=x");
    assertError("networks", cd, "--labels", labels, "--report", report, "--preset", "merged-all");
    assertError(
        "Two configurations are named no-network",
        cd,
        "--labels",
        labels,
        "--report",
        report,
        "--preset=no-network",
        "--preset=no-network");
  }

  private static void assertError(String sentence, Object... arguments) {
    Object[] all = Stream.concat(Stream.of("evaluate"), Stream.of(arguments)).toArray();
    CommandRun run = CommandRun.of(all);
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.ERROR);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).startsWith("momo: ").contains(sentence).doesNotContain("Exception");
  }
}
