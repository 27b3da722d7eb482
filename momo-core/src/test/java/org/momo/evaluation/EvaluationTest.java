package org.momo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.decision.Catalogue;
import org.momo.evaluation.report.EvaluationReport;
import org.momo.study.Study;

class EvaluationTest {
  private static final int STUDIES = 2000;
  private static final int CLASSES = 12;

  @TempDir Path folder;

  private final Catalogue catalogue = SyntheticStudies.catalogue(CLASSES);
  private final Labels labels = SyntheticStudies.labels(STUDIES, CLASSES);

  private Evaluation evaluation(Path where, int threads) {
    return Evaluation.builder(labels, where)
        .subject(SyntheticStudies.subject("first", catalogue, CLASSES, 13))
        .subject(SyntheticStudies.subject("second", catalogue, CLASSES, 17))
        .threads(threads)
        .build();
  }

  @Test
  void run_countsWhatIsKnownBeforehand() throws Exception {
    EvaluationResult result = evaluation(folder, 2).run(SyntheticStudies.studies(STUDIES));
    Tally expected = Tally.EMPTY;
    for (int i = 0; i < STUDIES; i++) {
      int truth = i % CLASSES;
      int said = i % 13 == 0 ? (i + 4) % CLASSES : i % 7 == 0 ? 0 : truth;
      expected =
          expected.plus(
              i % 11 == 0
                  ? Verdict.NONE
                  : said == truth ? Verdict.RIGHT : said == 0 ? Verdict.MINOR : Verdict.MAJOR);
    }
    EvaluationResult.SubjectResult first = result.subjects().get(0);
    assertThat(first.all()).isEqualTo(expected);
    assertThat(first.groups().keySet())
        .containsExactly("modality", "class", "layer", "language", "tag");
    assertThat(first.groups().get("modality").keySet()).containsExactly("CT", "DX", "MR", "US");
    assertThat(first.groups().get("layer").keySet())
        .containsExactly("metadata.series-vote", "metadata.words", "undecided: tie");
    assertThat(first.groups().get("tag").get("without StudyDescription").studies()).isEqualTo(667);
    long confused = first.confusions().stream().mapToLong(c -> c.count()).sum();
    assertThat(confused).isEqualTo(STUDIES);
    assertThat(first.withNetwork().studies()).isPositive();
    List<EvaluationResult.ErrorCase> errors = new ArrayList<>();
    result.errors(errors::add);
    assertThat(errors.stream().filter(e -> e.subject().equals("first")).count())
        .isEqualTo(STUDIES - expected.right());
    assertThat(errors.get(0).trace()).first().asString().startsWith("metadata.code: abstains");
    EvaluationResult.Comparison comparison = result.comparisons().get(0);
    assertThat(comparison.right().onlySecond() - comparison.right().onlyFirst())
        .isEqualTo(result.subjects().get(1).all().right() - expected.right());
    assertThat(comparison.adjusted()).isEqualTo(comparison.right().pValue());
  }

  @Test
  void run_interruptedAndResumed_givesTheSameReportToTheByte() throws Exception {
    Path whole = folder.resolve("whole");
    EvaluationReport.write(
        evaluation(whole, 1).run(SyntheticStudies.studies(STUDIES)), "Report", whole);

    Path parts = folder.resolve("parts");
    assertThatThrownBy(() -> evaluation(parts, 2).run(failingAfter(777)))
        .hasMessage("the power is off");
    Path rows = parts.resolve("answers.jsonl");
    // What a killed process leaves: half a line.
    Files.writeString(rows, "{\"study\":\"2.25.9", StandardOpenOption.APPEND);
    long kept;
    try (var lines = Files.lines(rows)) {
      kept = lines.count() - 1;
    }
    assertThat(kept).isBetween(700L, 777L);
    EvaluationReport.write(
        evaluation(parts, 2).run(SyntheticStudies.studies(STUDIES)), "Report", parts);

    assertThat(reports(parts)).isEqualTo(reports(whole));
    assertThat(reports(whole))
        .containsKeys(
            "report.html", "report.json", "errors.csv", "errors/configuration1-major-1.html");
  }

  private static TreeMap<String, String> reports(Path where) throws IOException {
    TreeMap<String, String> reports = new TreeMap<>();
    try (var files = Files.walk(where)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = where.relativize(file).toString();
        if (!name.equals("times.csv") && !name.startsWith("answers")) {
          reports.put(name, Files.readString(file));
        }
      }
    }
    return reports;
  }

  private static Iterator<Study> failingAfter(int n) {
    Iterator<Study> studies = SyntheticStudies.studies(n);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Study next() {
        if (!studies.hasNext()) {
          throw new IllegalStateException("the power is off");
        }
        return studies.next();
      }
    };
  }

  @Test
  void run_refusesAnotherRunsFolder_andOtherStudies() throws Exception {
    evaluation(folder, 1).run(SyntheticStudies.studies(10));
    Evaluation other =
        Evaluation.builder(labels, folder)
            .subject(SyntheticStudies.subject("third", catalogue, CLASSES, 13))
            .build();
    assertThatThrownBy(() -> other.run(SyntheticStudies.studies(10)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("belongs to a run with other labels or configurations");
    assertThatThrownBy(() -> evaluation(folder, 1).run(SyntheticStudies.studies(5)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("from number 6 on");
  }

  @Test
  void run_severalStudiesOfOneLabel_areAsGoodAsTheWorst() throws Exception {
    Labels one =
        Labels.of(
            List.of(new Label("S1", Truth.ofClasses(List.of(SyntheticStudies.code(1))), "", "")));
    Iterator<Study> two =
        List.of(1, 2, 13).stream()
            .map(SyntheticStudies::study)
            .flatMap(
                study ->
                    Study.group(List.of(study.series().get(0).instances().get(0).from("in/S1/a")))
                        .stream())
            .iterator();
    EvaluationResult result =
        Evaluation.builder(one, folder)
            .subject(SyntheticStudies.subject("first", catalogue, CLASSES, 100))
            .build()
            .run(two);
    assertThat(result.studies()).isEqualTo(3);
    assertThat(result.subjects().get(0).all()).isEqualTo(new Tally(0, 0, 1, 0));
  }

  @Test
  void run_labelsWithoutStudies_areNamed() throws Exception {
    Labels missing = Labels.of(List.of(new Label("nobody", Truth.ofClasses(List.of("A")), "", "")));
    EvaluationResult result =
        Evaluation.builder(missing, folder)
            .subject(SyntheticStudies.subject("first", catalogue, CLASSES, 13))
            .build()
            .run(SyntheticStudies.studies(3));
    assertThat(result.cases()).isZero();
    assertThat(result.unlabelled()).isEqualTo(3);
    assertThat(result.missing()).containsExactly("nobody");
    EvaluationReport.write(result, "Nothing", folder.resolve("report"));
  }

  @Test
  void run_aClassifierThatThrows_costsTheStudyAlone() throws Exception {
    Subject broken =
        new Subject(
            "broken",
            "",
            catalogue,
            study -> {
              throw new IllegalStateException("secret");
            });
    EvaluationResult result =
        Evaluation.builder(labels, folder).subject(broken).build().run(SyntheticStudies.studies(4));
    assertThat(result.subjects().get(0).all()).isEqualTo(new Tally(0, 0, 0, 4));
    assertThat(Files.readString(folder.resolve("answers.jsonl"))).doesNotContain("secret");
  }

  @Test
  void report_isOnePage_thatNeedsNothingElse() throws Exception {
    EvaluationReport.write(
        evaluation(folder, 1).run(SyntheticStudies.studies(500)), "A <report>", folder);
    String html = Files.readString(folder.resolve("report.html"));
    assertThat(html)
        .contains("A &lt;report&gt;", "prefers-color-scheme:dark", "@media print", "<svg")
        .doesNotContain("src=", "http:", "https:", "@import", "url(", "word <");
  }

  @Test
  void tally_givesThePublishedShares() {
    Tally best = new Tally(776, 22, 39, 6);
    assertThat(best.studies()).isEqualTo(843);
    assertThat(100 * best.accuracyOfDecided().value()).isBetween(92.705, 92.715);
    assertThat(100 * best.accuracyOfAll().value()).isBetween(92.045, 92.055);
    assertThat(100 * best.minorOfDecided().value()).isBetween(2.625, 2.635);
    assertThat(100 * best.majorOfDecided().value()).isBetween(4.655, 4.665);
    assertThat(best.predictivePower()).isEqualTo(new Proportion(837, 843));
  }
}
