package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnCommandTest {
  @TempDir Path folder;
  private Path studies;
  private Path corrections;

  @BeforeEach
  void write() throws IOException {
    StringBuilder lines = new StringBuilder();
    String[] texts = {"Qpulmo nativ", "Qpulmo KM", "Head", "Qpulmo"};
    for (int i = 0; i < texts.length; i++) {
      lines.append(
          ("[{'0020000D':{'vr':'UI','Value':['2.25.%d']},'0020000E':{'vr':'UI','Value':['2.25.%d.1']},"
                  + "'00080018':{'vr':'UI','Value':['2.25.%d.1.1']},"
                  + "'00080060':{'vr':'CS','Value':['CT']},"
                  + "'00081030':{'vr':'LO','Value':['%s']}}]\n")
              .formatted(i, i, i, texts[i])
              .replace('\'', '"'));
    }
    studies = Files.writeString(folder.resolve("studies.jsonl"), lines);
    corrections =
        Files.writeString(
            folder.resolve("corrections.csv"), "study,class\n2.25.0,CT_CHEST\n2.25.1,CT_CHEST\n");
  }

  @Test
  void proposes_thenTriesWhatIsAccepted_thenWritesATableThatTeaches() throws IOException {
    Path report = folder.resolve("report");
    Path table = folder.resolve("site.csv");
    CommandRun first = CommandRun.of("learn", corrections, studies, "--report", report);
    assertThat(first.code()).as("%s", first).isEqualTo(Momo.DECIDED);
    assertThat(first.lines().get(1)).matches("yes +CT_CHEST +keyword +2 +2 +0 +0 +qpulmo");
    assertThat(first.err())
        .contains("Of 2 corrected studies, 2 are not answered as corrected today")
        .contains("With 1 entry: Of 4 studies, 3 change their answer");
    assertThat(report.resolve("learn.html")).content().contains("+qpulmo", "qpulmo");
    assertThat(table).doesNotExist();

    Path accepted = report.resolve("proposals.csv");
    CommandRun second =
        CommandRun.of(
            "learn",
            corrections,
            studies,
            "--report",
            report,
            "--accepted",
            accepted,
            "--write",
            table);
    assertThat(second.code()).as("%s", second).isEqualTo(Momo.DECIDED);
    assertThat(table).content().isEqualTo("code,descriptions,keywords\nCT_CHEST,,qpulmo\n");

    Path config = Files.writeString(folder.resolve("site.yaml"), "overlay: site.csv\n");
    CommandRun taught = CommandRun.of("classify", studies, "--config", config);
    assertThat(taught.lines()).filteredOn(line -> line.startsWith("CT_CHEST")).hasSize(3);
  }

  @Test
  void nothingIsWritten_withoutAPersonsYes() throws IOException {
    Path report = folder.resolve("report");
    assertError("--write needs --accepted", "--report", report, "--write", folder.resolve("t.csv"));
    Path there = Files.writeString(folder.resolve("there.csv"), "code\n");
    assertError(
        "exists: name a new file", "--report", report, "--accepted", there, "--write", there);
    assertThat(there).content().isEqualTo("code\n");
    Files.writeString(corrections, "study,class\n2.25.0,CT_NOWHERE\n");
    assertError("names CT_NOWHERE, which is no class", "--report", report);
    Files.writeString(corrections, "study,class\n1.2.3,CT_CHEST\n");
    assertError("None of the studies is corrected", "--report", report);
  }

  private void assertError(String sentence, Object... options) {
    CommandRun run =
        CommandRun.of(
            Stream.concat(Stream.of("learn", corrections, studies), Stream.of(options)).toArray());
    assertThat(run.code()).as("%s", run).isEqualTo(Momo.ERROR);
    assertThat(run.err()).startsWith("momo: ").contains(sentence).doesNotContain("Exception");
  }
}
