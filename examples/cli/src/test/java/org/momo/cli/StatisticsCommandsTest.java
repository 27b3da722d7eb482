package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsCommandsTest {
  @TempDir Path folder;

  @Test
  void kappa_twoRaters_agreeWhenTheyShareALabel() throws IOException {
    Path a = Files.writeString(folder.resolve("a.csv"), "study,class\n1,X\n2,Y\n3,X|Y\n4,X\n5,X\n");
    Path b = Files.writeString(folder.resolve("b.csv"), "study,class\n1,X\n2,Y\n3,Y\n4,Y\n6,X\n");
    CommandRun run = CommandRun.of("kappa", a, b, "--list");
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.DECIDED);
    assertThat(run.lines().get(1)).matches("at least one label in common +4 +75.0 .*");
    // Three with one label each, two of them agreed on: chance 4/9, so (2/3 - 4/9) / (1 - 4/9).
    assertThat(run.lines().get(2)).matches("one label each +3 +66.7 .* 44.4 +0.400 .*");
    assertThat(run.lines().get(5)).matches("4 +X +Y");
    assertThat(run.err()).contains("4 studies labelled by both; by A alone: 1, by B alone: 1");
  }

  @Test
  void kappa_nothingInCommon_isAnError() throws IOException {
    Path a = Files.writeString(folder.resolve("a.csv"), "study,class\n1,X\n");
    Path b = Files.writeString(folder.resolve("b.csv"), "study,class\n2,X\n");
    CommandRun run = CommandRun.of("kappa", a, b);
    assertThat(run.code()).isEqualTo(Momo.ERROR);
    assertThat(run.err()).contains("label no study in common");
  }

  @Test
  void montecarlo_writesThePublishedFigures() throws IOException {
    Path csv = folder.resolve("figures.csv");
    CommandRun run = CommandRun.of("montecarlo", "--studies=200", "--repeats=2", "--csv", csv);
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.DECIDED);
    assertThat(run.lines()).hasSize(12);
    assertThat(run.lines().get(0)).startsWith("series  p=0.50").endsWith("p=0.95");
    assertThat(Files.readAllLines(csv)).hasSize(201);
    assertThat(CommandRun.of("montecarlo", "--studies=200", "--repeats=2", "--jobs=3").out())
        .isEqualTo(run.out());
  }

  @Test
  void montecarlo_reportsWhatLiesBeyond() {
    CommandRun run = CommandRun.of("montecarlo", "--studies=50", "--repeats=1", "--report", folder);
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.DECIDED);
    assertThat(folder.resolve("montecarlo.html")).content().contains("<svg");
    assertThat(folder.resolve("montecarlo.csv")).content().contains("label_share");
    CommandRun wrong = CommandRun.of("montecarlo", "--studies=0");
    assertThat(wrong.code()).isEqualTo(Momo.ERROR);
    assertThat(wrong.err().strip().lines()).hasSize(1);
  }
}
