package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real process midway and lets another go on. {@code -Dmomo.resume.studies=100000} makes it
 * the size of a large archive; the processes have 1 GB of heap in any case.
 */
class ResumeTest {
  private static final int STUDIES = Integer.getInteger("momo.resume.studies", 3000);
  private static final String[] WORDS = {
    "CT head", "CT Thorax nativ", "abdomen w contrast", "knee left", "unknown", "chest pelvis"
  };

  @TempDir Path folder;
  private Path studies;
  private Path labels;

  @BeforeEach
  void write() throws IOException {
    studies = folder.resolve("studies.jsonl");
    labels = folder.resolve("labels.csv");
    String[] regions = {"HEAD", "CHEST", "ABDOMEN", "LEXT", "NECK", "CHEST+PELVIS"};
    try (BufferedWriter out = Files.newBufferedWriter(studies);
        BufferedWriter right = Files.newBufferedWriter(labels)) {
      right.write("study,region\n");
      for (int i = 0; i < STUDIES; i++) {
        int kind = (i * 31 + i / 7) % WORDS.length;
        out.write(
            ("[{'0020000D':{'vr':'UI','Value':['2.25.%1$d']},"
                    + "'0020000E':{'vr':'UI','Value':['2.25.%1$d.1']},"
                    + "'00080018':{'vr':'UI','Value':['2.25.%1$d.1.1']},"
                    + "'00080060':{'vr':'CS','Value':['%2$s']},"
                    + "'00081030':{'vr':'LO','Value':['%3$s %4$d']}}]\n")
                .formatted(i, i % 3 == 0 ? "MR" : "CT", WORDS[kind], i % 50)
                .replace('\'', '"'));
        right.write("2.25." + i + "," + regions[(kind + (i % 17 == 0 ? 1 : 0)) % 6] + "\n");
      }
    }
  }

  @Test
  void aRunThatIsKilledMidway_endsInTheSameReportToTheByte() throws Exception {
    Path whole = folder.resolve("whole");
    finish(start(whole));
    Path part = killedMidway(Files.size(whole.resolve("answers.jsonl")) / 2);
    Path answers = part.resolve("answers.jsonl");
    assertThat(part.resolve("report.html")).doesNotExist();
    assertThat(count(answers)).isBetween(STUDIES / 4L, STUDIES - 1L);
    finish(start(part));
    assertThat(count(answers)).isEqualTo(STUDIES);
    assertThat(reports(part)).isEqualTo(reports(whole)).containsKey("report.html");
  }

  /** A run that was killed when half its answers were there; tried again where it was too quick. */
  private Path killedMidway(long half) throws Exception {
    for (int attempt = 0; ; attempt++) {
      Path part = folder.resolve("part" + attempt);
      Path answers = part.resolve("answers.jsonl");
      Process process = start(part);
      while (process.isAlive() && (!Files.exists(answers) || Files.size(answers) < half)) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
      process.destroyForcibly().waitFor();
      if (attempt == 9 || count(answers) < STUDIES) {
        return part;
      }
    }
  }

  private Process start(Path report) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Momo.class.getName(),
                "evaluate",
                studies.toString(),
                "--labels",
                labels.toString(),
                "--preset",
                "recommended",
                "--preset",
                "no-network@essen-76",
                "--report",
                report.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private void finish(Process process) throws Exception {
    int code = process.waitFor();
    assertThat(code).as(() -> log()).isEqualTo(Momo.DECIDED);
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long count(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  /** All but the answers, which hold how long each study took, and the times. */
  private static Map<String, String> reports(Path where) throws IOException {
    Map<String, String> reports = new TreeMap<>();
    try (Stream<Path> files = Files.walk(where)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = where.relativize(file).toString();
        if (!name.startsWith("answers") && !name.equals("times.csv")) {
          reports.put(name, Files.readString(file));
        }
      }
    }
    return reports;
  }
}
