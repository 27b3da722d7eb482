package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldsCommandTest {
  @TempDir Path folder;

  @Test
  void accuracyIsPrintedInThePublishedForm() throws IOException {
    StringBuilder table = new StringBuilder("modality,network,fold,class,answer,confidence\n");
    int[] right = {9, 8, 7};
    for (int fold = 0; fold < right.length; fold++) {
      for (int i = 0; i < 10; i++) {
        table.append("MR,N,").append(fold).append(i < right[fold] ? ",A,A,0.8\n" : ",A,B,0.8\n");
      }
    }
    Path file = Files.writeString(folder.resolve("series.csv"), table);
    Path report = folder.resolve("report");
    CommandRun run = CommandRun.of("folds", file, "--report", report);
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.DECIDED);
    assertThat(run.lines().get(1)).matches("MR +N +3 +30 +80.0 % \\(64.0–96.0\\) +0.000");
    assertThat(report.resolve("networks.html")).content().contains("80.0");
  }

  @Test
  void whatCannotBeDoneIsOneClearSentence() throws IOException {
    Path file =
        Files.writeString(folder.resolve("series.csv"), "modality,network,fold,class,answer\n");
    CommandRun run = CommandRun.of("folds", file);
    assertThat(run.code()).isEqualTo(Momo.ERROR);
    assertThat(run.err()).startsWith("momo: ").contains("has no row with a class");
  }
}
