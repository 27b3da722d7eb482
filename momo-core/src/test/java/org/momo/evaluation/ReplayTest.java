package org.momo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.decision.Catalogue;
import org.momo.evaluation.report.ReplayReport;

class ReplayTest {
  private static final int STUDIES = 2000;
  private static final int CLASSES = 12;

  @TempDir Path folder;

  private final Catalogue catalogue = SyntheticStudies.catalogue(CLASSES);

  private Replay.Builder replay(Path where) {
    return Replay.builder(
        SyntheticStudies.subject("old", catalogue, CLASSES, 13),
        SyntheticStudies.subject("new", catalogue, CLASSES, 17),
        where);
  }

  /** What the synthetic classifier says of study i; -1 for nothing. */
  private static int said(int i, int wrong) {
    return i % 11 == 0 ? -1 : i % wrong == 0 ? (i + 4) % CLASSES : i % 7 == 0 ? 0 : i % CLASSES;
  }

  @Test
  void run_findsEveryChange_andJudgesTheLabelledOnes() throws Exception {
    ReplayResult result =
        replay(folder)
            .labels(SyntheticStudies.labels(STUDIES / 2, CLASSES))
            .threads(2)
            .build()
            .run(SyntheticStudies.studies(STUDIES));
    List<String> changed = new ArrayList<>();
    long fixed = 0;
    long broken = 0;
    for (int i = 0; i < STUDIES; i++) {
      int was = said(i, 13);
      int is = said(i, 17);
      if (was != is) {
        changed.add("2.25." + i);
        fixed += i < STUDIES / 2 && is == i % CLASSES ? 1 : 0;
        broken += i < STUDIES / 2 && was == i % CLASSES ? 1 : 0;
      }
    }
    List<String> found = new ArrayList<>();
    result.changes(change -> found.add(change.study()));
    assertThat(found).isEqualTo(changed).hasSizeGreaterThan(200);
    assertThat(result.effect().changed()).isEqualTo(changed.size());
    assertThat(result.effect().fixed()).isEqualTo(fixed).isPositive();
    assertThat(result.effect().broken()).isEqualTo(broken).isPositive();
    assertThat(result.comparison().onlyFirst()).isEqualTo(fixed);
    assertThat(result.tallyAfter().studies()).isEqualTo(STUDIES / 2);
    assertThat(result.tallyAfter().right() - result.tallyBefore().right())
        .isEqualTo(fixed - broken);
    assertThat(result.groups().stream().mapToLong(g -> g.effect().changed()).sum())
        .isEqualTo(changed.size());
    assertThat(result.moves().stream().mapToLong(ReplayResult.Move::studies).sum())
        .isEqualTo(changed.size());
    assertThat(result.groups().get(0).cause().where()).isEqualTo("metadata.words");
  }

  @Test
  void run_withTheSameConfigurationTwice_changesNothing() throws Exception {
    Subject subject = SyntheticStudies.subject("same", catalogue, CLASSES, 13);
    ReplayResult result =
        Replay.builder(subject, subject, folder).build().run(SyntheticStudies.studies(100));
    assertThat(result.effect()).isEqualTo(new ReplayResult.Effect(0, 0, 0, 0, 0, 0));
    assertThat(result.groups()).isEmpty();
    assertThat(ReplayReport.sentence(result)).startsWith("None of 100 studies changes its answer");
    assertThatThrownBy(result::comparison).isInstanceOf(IllegalStateException.class);
    ReplayReport.write(result, "Nothing", folder);
    assertThat(folder.resolve("replay.html")).content().contains("None of 100 studies");
  }

  @Test
  void run_goesOnWhereItWas_andEndsInTheSameReport() throws Exception {
    Path whole = folder.resolve("whole");
    ReplayReport.write(
        replay(whole).build().run(SyntheticStudies.studies(STUDIES)), "Replay", whole);
    Path part = Files.createDirectory(folder.resolve("part"));
    Files.copy(whole.resolve("replay.of"), part.resolve("replay.of"));
    List<String> lines = Files.readAllLines(whole.resolve("replay.jsonl"));
    Files.writeString(
        part.resolve("replay.jsonl"),
        String.join("\n", lines.subList(0, 900)) + "\n" + lines.get(900).substring(0, 30));
    List<Long> progress = new ArrayList<>();
    ReplayResult result =
        replay(part)
            .threads(2)
            .progress((done, total) -> progress.add(done), STUDIES)
            .build()
            .run(SyntheticStudies.studies(STUDIES));
    ReplayReport.write(result, "Replay", part);
    assertThat(progress.get(0)).isEqualTo(900);
    assertThat(reports(part)).isEqualTo(reports(whole));
    assertThat(reports(part)).containsKeys("replay.html", "replay.json", "changes.csv");
  }

  @Test
  void run_overADamagedStore_saysWhichLine() throws Exception {
    replay(folder).build().run(SyntheticStudies.studies(20));
    Path store = folder.resolve("replay.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(store));
    lines.set(6, "\0\0\0\0 A^Patient");
    Files.write(store, lines);
    assertThatThrownBy(() -> replay(folder).build().run(SyntheticStudies.studies(20)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 7 is damaged")
        .hasMessageNotContaining("Patient");
  }

  @Test
  void run_aClassifierThatThrows_isAChangeAndCostsNothingElse() throws Exception {
    Subject broken =
        new Subject(
            "broken",
            "",
            catalogue,
            study -> {
              throw new IllegalStateException("secret");
            });
    Subject old = SyntheticStudies.subject("old", catalogue, CLASSES, 13);
    ReplayResult result =
        Replay.builder(old, broken, folder).build().run(SyntheticStudies.studies(12));
    assertThat(result.effect().undecidedNow()).isEqualTo(10);
    assertThat(result.groups().get(0).cause().kind()).isEqualTo(Cause.Kind.FAILURE);
    ReplayReport.write(result, "Broken", folder);
    assertThat(folder.resolve("replay.html")).content().doesNotContain("secret");
  }

  private static TreeMap<String, String> reports(Path where) throws IOException {
    TreeMap<String, String> reports = new TreeMap<>();
    try (var files = Files.list(where)) {
      for (Path file : files.toList()) {
        reports.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return reports;
  }
}
