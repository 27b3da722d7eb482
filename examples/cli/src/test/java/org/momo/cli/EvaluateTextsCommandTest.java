package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTextsCommandTest {
  @TempDir private Path folder;

  private Path labelled() throws IOException {
    StringBuilder rows =
        new StringBuilder("source\tlanguage\ttext\tmodality\tregion\tindependence\n");
    for (int i = 0; i < 20; i++) {
      rows.append("clinic-a\ten\tCT CHEST ").append(i).append("\tCT\tCHEST\tindependent\n");
      rows.append("clinic-b\tde\tKnie links ").append(i).append("\tDX\tLEXT\tmanual\n");
    }
    rows.append("clinic-c\tde\tSchulter\tDX\tLEXT\tmanual\n");
    rows.append("clinic-c\tde\tirgendwas\tDX\t*\tmanual\n");
    return Files.writeString(folder.resolve("names.tsv"), rows);
  }

  @Test
  void reports_each_source_and_those_never_looked_at() throws IOException {
    CommandRun run = CommandRun.of("evaluate-texts", labelled(), "--looked-at", "clinic-a,x*");
    assertThat(run.code()).isZero();
    List<String> lines = run.lines();
    assertThat(lines.get(1)).matches("all +words +41 +100.00 +97.56 +0.00 +2.44");
    assertThat(lines)
        .anyMatch(line -> line.matches("source clinic-a +words +20 +100.00 +100.00 .*"))
        .anyMatch(line -> line.matches("language de +words +21 .*"))
        .anyMatch(line -> line.matches("modality DX +words +21 .*"))
        .anyMatch(line -> line.matches("sources never looked at +words +21 .*"))
        .noneMatch(line -> line.startsWith("source clinic-c"));
    assertThat(run.err())
        .contains("never looked at: clinic-b, clinic-c")
        .contains("1 rows without");
  }

  @Test
  void reads_one_kind_of_label_alone_where_asked_to() throws IOException {
    CommandRun run = CommandRun.of("evaluate-texts", labelled(), "--labels", "independent");
    assertThat(run.lines().get(1)).matches("all +words +20 .*");
    CommandRun none = CommandRun.of("evaluate-texts", labelled(), "--labels", "quux");
    assertThat(none.code()).isNotZero();
    assertThat(none.err()).contains("no labelled row of the kind quux");
  }
}
