package org.momo.evaluation.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.momo.evaluation.MonteCarlo;
import org.momo.evaluation.MonteCarlo.Cell;
import org.momo.evaluation.Scenario;

/**
 * Writes what the simulated vote found: the published experiment and what lies beyond it.
 *
 * <p>This class is thread-safe.
 */
public final class MonteCarloReport {
  private static final int SERIES = 10;
  private static final double ACCURACY = 0.8;

  private MonteCarloReport() {}

  /** A question, with the scenarios that answer it. */
  private record Question(
      String heading, String caption, double from, Map<String, List<Scenario>> curves) {}

  /**
   * The scenarios that a report shows: the published ones, then those beyond.
   *
   * @return what to simulate
   */
  public static List<Scenario> scenarios() {
    List<Scenario> all = new ArrayList<>(MonteCarlo.published());
    for (Question question : questions()) {
      question.curves().values().forEach(all::addAll);
    }
    return all.stream().distinct().toList();
  }

  /**
   * Writes cells in the form of the published experiment's reference.
   *
   * @param cells what was simulated
   * @param file where to
   * @throws IOException if the file cannot be written
   */
  public static void writeCsv(List<Cell> cells, Path file) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(file)) {
      csv.writeRecord(
          "kind", "series_per_study", "p_series", "study_accuracy_mean", "std_over_repeats");
      for (Cell cell : cells) {
        Scenario s = cell.scenario();
        csv.writeRecord(
            kind(s),
            Integer.toString(s.series()),
            EvaluationTables.decimal(s.accuracy()),
            EvaluationTables.decimal(cell.accuracy()),
            EvaluationTables.decimal(cell.standardDeviation()));
      }
    }
  }

  private static String kind(Scenario s) {
    if (s.equals(Scenario.uncorrelated(s.series(), s.accuracy()))) {
      return "uncorr";
    }
    if (s.equals(Scenario.worstCase(s.series(), s.accuracy()))) {
      return "worst";
    }
    return String.format(
        Locale.ROOT,
        "classes=%d same_error=%.2f common_cause=%.2f label_share=%.2f skew=%.2f combined=%.2f"
            + " rules=%b text=%.2f text_accuracy=%.2f text_weight=%.2f",
        s.classes(),
        s.sameError(),
        s.commonCause(),
        s.labelShare(),
        s.skew(),
        s.combinedShare(),
        s.rules(),
        s.textShare(),
        s.textAccuracy(),
        s.textWeight());
  }

  /**
   * Writes {@code montecarlo.html} and {@code montecarlo.csv}.
   *
   * @param cells what came of {@link #scenarios}
   * @param folder where to; made if it is not there
   * @throws IOException if the folder cannot be written
   * @throws IllegalArgumentException if a scenario is missing
   */
  public static void write(List<Cell> cells, Path folder) throws IOException {
    Files.createDirectories(folder);
    writeCsv(cells, folder.resolve("montecarlo.csv"));
    Map<Scenario, Cell> byScenario = new LinkedHashMap<>();
    cells.forEach(cell -> byScenario.put(cell.scenario(), cell));
    Page page = new Page("How well a vote over the series of a study does");
    Cell first = cells.get(0);
    page.raw(
        "<p class=\"soft\">Simulation of "
            + Page.count(first.right().of())
            + " studies for each point, in "
            + first.repeats().size()
            + " repeats</p>");
    page.heading("published", "The published experiment");
    page.paragraph(
        "Every series of a study votes for a class with its confidence as weight, and is right with"
            + " the same probability. Many weak votes make a strong one, as long as the errors fall"
            + " on different classes (first figure). When all errors of a class fall on the same"
            + " other class, the vote gains less (second figure).");
    page.raw("<div class=\"two\">");
    for (boolean worst : new boolean[] {false, true}) {
      Map<String, List<Scenario>> curves = new LinkedHashMap<>();
      for (double p : new double[] {0.9, 0.8, 0.7, 0.6, 0.5}) {
        List<Scenario> curve = new ArrayList<>();
        for (int n = 1; n <= SERIES; n++) {
          curve.add(worst ? Scenario.worstCase(n, p) : Scenario.uncorrelated(n, p));
        }
        curves.put("series " + Math.round(100 * p) + " %", curve);
      }
      figure(
          page,
          byScenario,
          new Question(
              worst ? "Maximally correlated errors" : "Uncorrelated errors",
              worst
                  ? "Share of studies whose class the vote finds, when each class is mistaken for"
                      + " one other alone."
                  : "Share of studies whose class the vote finds, when errors fall on any of 11"
                      + " other classes.",
              0.5,
              curves));
    }
    page.raw("</div>");
    page.heading("beyond", "Beyond the published experiment");
    page.paragraph(
        "All with series that are right in 80 % of cases. What differs is how reality departs from"
            + " the assumption that series err for themselves and bear their study’s label.");
    page.raw("<div class=\"two\">");
    for (Question question : questions()) {
      figure(page, byScenario, question);
    }
    page.raw("</div>");
    page.heading("all", "All figures of the published experiment");
    for (boolean worst : new boolean[] {false, true}) {
      page.subheading(worst ? "Maximally correlated errors" : "Uncorrelated errors");
      List<String> headings = new ArrayList<>(List.of("series"));
      List<List<String>> rows = new ArrayList<>();
      for (int n = 1; n <= SERIES; n++) {
        List<String> row = new ArrayList<>(List.of(Integer.toString(n)));
        for (int step = 10; step < 20; step++) {
          double p = step / 20.0;
          if (n == 1) {
            headings.add(Math.round(100 * p) + " %");
          }
          Scenario s = worst ? Scenario.worstCase(n, p) : Scenario.uncorrelated(n, p);
          row.add(String.format(Locale.ROOT, "%.4f", cell(byScenario, s).accuracy()));
        }
        rows.add(row);
      }
      page.table(worst ? "Maximally correlated errors" : "Uncorrelated errors", headings, rows);
    }
    page.write(folder.resolve("montecarlo.html"));
  }

  private static Cell cell(Map<Scenario, Cell> cells, Scenario scenario) {
    Cell cell = cells.get(scenario);
    if (cell == null) {
      throw new IllegalArgumentException("the report needs a cell for " + scenario);
    }
    return cell;
  }

  private static void figure(Page page, Map<Scenario, Cell> cells, Question question) {
    page.raw("<div>");
    page.subheading(question.heading());
    List<double[]> values = new ArrayList<>();
    for (List<Scenario> curve : question.curves().values()) {
      values.add(curve.stream().mapToDouble(s -> cell(cells, s).accuracy()).toArray());
    }
    page.figure(
        Charts.curves(
            List.copyOf(question.curves().keySet()),
            values,
            question.from(),
            question.heading(),
            "series in a study"),
        question.caption());
    page.raw("</div>");
  }

  private interface Variant {
    Scenario of(Scenario start);
  }

  private static List<Scenario> curve(Variant variant) {
    List<Scenario> curve = new ArrayList<>();
    for (int n = 1; n <= SERIES; n++) {
      curve.add(variant.of(Scenario.uncorrelated(n, ACCURACY)));
    }
    return curve;
  }

  private static List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    Map<String, List<Scenario>> curves = new LinkedHashMap<>();
    for (int share : new int[] {0, 50, 80, 100}) {
      curves.put(share + " % same", curve(s -> s.withSameError(share / 100.0)));
    }
    questions.add(
        new Question(
            "Errors that fall on the same class",
            "From the published uncorrelated case (0\u00a0%) to its worst case (100\u00a0%).",
            0.7,
            curves));
    curves = new LinkedHashMap<>();
    for (int share : new int[] {0, 30, 60, 100}) {
      curves.put(share + " % together", curve(s -> s.withCommonCause(share / 100.0)));
    }
    questions.add(
        new Question(
            "Series that are right or wrong together",
            "When a study’s series share the cause of their errors, a rare anatomy or a foreign"
                + " scanner, more series do not help. This lies below the published worst case, and"
                + " is the likelier reason for what networks lose on external studies.",
            0.7,
            curves));
    curves = new LinkedHashMap<>();
    for (int share : new int[] {100, 80, 60, 40}) {
      curves.put(share + " % fit", curve(s -> s.withLabelShare(share / 100.0)));
    }
    questions.add(
        new Question(
            "Fuzzy labels",
            "A study’s label holds for a share of its series only; the others show something else,"
                + " and are read rightly as that.",
            0.3,
            curves));
    curves = new LinkedHashMap<>();
    for (int skew : new int[] {0, 1, 2}) {
      curves.put("skew " + skew, curve(s -> s.withSkew(skew)));
    }
    questions.add(
        new Question(
            "Unequal classes",
            "The k-th most frequent class has a share proportional to 1 / k to the power of the"
                + " skew, and errors fall on frequent classes as often as studies do.",
            0.7,
            curves));
    curves = new LinkedHashMap<>();
    curves.put("rules, 30 %", curve(s -> s.withCombined(0.3, true)));
    curves.put("no rules, 30 %", curve(s -> s.withCombined(0.3, false)));
    curves.put("rules, 5 %", curve(s -> s.withCombined(0.05, true)));
    curves.put("no rules, 5 %", curve(s -> s.withCombined(0.05, false)));
    questions.add(
        new Question(
            "Rules for combined examinations",
            "30 % or 5 % of the studies are combined: each series shows one of two parts. A rule"
                + " that makes votes for both parts a vote for their combination finds them, and"
                + " makes simple studies with one stray vote combined: worth it only where combined"
                + " studies are frequent.",
            0.3,
            curves));
    curves = new LinkedHashMap<>();
    curves.put("no text", curve(s -> s.withSameError(1)));
    curves.put("text 90 %, 1.5 n", curve(s -> s.withSameError(1).withText(0.8, 0.9, 1.5)));
    curves.put("text 90 %, 0.5 n", curve(s -> s.withSameError(1).withText(0.8, 0.9, 0.5)));
    curves.put("text 70 %, 0.5 n", curve(s -> s.withSameError(1).withText(0.8, 0.7, 0.5)));
    questions.add(
        new Question(
            "A text that votes too",
            "Worst-case errors, and 80 % of the studies have a text that is right with the stated"
                + " probability and counts as much as the stated multiple of the series. A heavy"
                + " text decides alone: then the vote is as good as the text, not better.",
            0.7,
            curves));
    return questions;
  }
}
