package org.momo.evaluation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.momo.evaluation.Calibration;
import org.momo.evaluation.EvaluationResult;
import org.momo.evaluation.EvaluationResult.Comparison;
import org.momo.evaluation.EvaluationResult.ErrorCase;
import org.momo.evaluation.EvaluationResult.SubjectResult;
import org.momo.evaluation.PairedComparison;
import org.momo.evaluation.RiskCoverage;
import org.momo.evaluation.Tally;
import org.momo.evaluation.Verdict;

/**
 * Writes what an evaluation found: {@code report.html}, one page that needs nothing else, and the
 * same figures as {@code report.json} and as tables in CSV.
 *
 * <p>The same answers give the same bytes. Times differ from run to run, so they are in {@code
 * times.csv} alone.
 *
 * <p>This class is thread-safe.
 */
public final class EvaluationReport {
  private static final int MOST_GROUPS = 200;
  private static final int MOST_ERRORS = 200;
  private static final String KEY =
      "<p class=\"soft\"><span class=\"key right\"></span>right <span class=\"key minor\"></span>"
          + "minor error <span class=\"key major\"></span>major error <span class=\"key"
          + " none\"></span>undecided</p>";

  private EvaluationReport() {}

  /**
   * Writes the report.
   *
   * @param result what was found
   * @param title the page's title
   * @param folder where to; made if it is not there, files of the same names are replaced
   * @throws IOException if the folder cannot be written, or the run's folder not be read
   */
  public static void write(EvaluationResult result, String title, Path folder) throws IOException {
    Files.createDirectories(folder);
    EvaluationTables.write(result, folder);
    page(result, title).write(folder.resolve("report.html"));
  }

  private static Page page(EvaluationResult result, String title) throws IOException {
    Page page = new Page(title);
    page.raw(
        String.format(
            Locale.ROOT,
            "<p class=\"soft\">%s labelled cases in %s studies%s%s</p>",
            Page.count(result.cases()),
            Page.count(result.studies()),
            result.unlabelled() == 0
                ? ""
                : "; " + Page.count(result.unlabelled()) + " studies have no label",
            result.missing().isEmpty()
                ? ""
                : "; " + Page.count(result.missing().size()) + " labels have no study"));
    boolean several = result.subjects().size() > 1;
    page.raw(
        "<nav><a href=\"#result\">Result</a>"
            + (several ? "<a href=\"#comparison\">Comparison</a>" : "")
            + "<a href=\"#details\">In detail</a><a href=\"#method\">How to read this</a></nav>");
    result(page, result);
    if (several) {
      comparison(page, result);
    }
    page.heading("details", "In detail");
    Map<String, Map<Verdict, List<ErrorCase>>> errors = errors(result);
    boolean first = true;
    for (SubjectResult subject : result.subjects()) {
      if (several) {
        page.raw("<details class=\"conf\"" + (first ? " open" : "") + "><summary>");
        page.raw(Page.escape(subject.name()) + "</summary>");
      }
      details(page, subject, errors.getOrDefault(subject.name(), Map.of()));
      if (several) {
        page.raw("</details>");
      }
      first = false;
    }
    method(page);
    return page;
  }

  private static void result(Page page, EvaluationResult result) {
    page.heading("result", "Result");
    SubjectResult best = best(result);
    Tally all = best.all();
    page.raw("<p class=\"lead\">" + Page.escape(sentence(best)) + "</p>");
    page.raw("<div class=\"cards\">");
    card(page, Page.percent(all.predictivePower().value()), "of the studies are answered");
    card(page, Page.percent(all.accuracyOfDecided().value()), "of the answers are right");
    card(page, Page.percent(all.accuracyOfAll().value()), "of all studies are answered rightly");
    card(page, Page.percent(all.majorOfDecided().value()), "of the answers are wrong (major)");
    page.raw("</div>");
    List<List<String>> rows = new ArrayList<>();
    for (SubjectResult subject : result.subjects()) {
      Tally tally = subject.all();
      rows.add(
          List.of(
              Page.escape(subject.name()),
              Page.count(tally.decided()),
              Page.count(tally.right()),
              Page.count(tally.minor()),
              Page.count(tally.major()),
              Page.count(tally.none()),
              Page.withInterval(tally.accuracyOfDecided()),
              Page.withInterval(tally.accuracyOfAll()),
              network(subject),
              Charts.strip(tally).toString()));
    }
    page.table(
        List.of(
            "Configuration",
            "answered",
            "right",
            "minor",
            "major",
            "undecided",
            "right of answers",
            "right of all",
            "with network",
            ""),
        rows);
    page.raw(KEY);
    if (result.subjects().size() > 1) {
      page.figure(
          Charts.forest(result.subjects()),
          "Right answers of all studies. The line is the range that the true share lies in with"
              + " 95 % confidence. Overlapping lines do not mean that two configurations are"
              + " equal: they answered the same studies, and the comparison below takes that into"
              + " account.");
    }
  }

  private static String network(SubjectResult subject) {
    return subject.withNetwork().decided() == 0
        ? "–"
        : Page.percent((double) subject.withNetwork().decided() / subject.all().decided());
  }

  private static SubjectResult best(EvaluationResult result) {
    SubjectResult best = result.subjects().get(0);
    for (SubjectResult subject : result.subjects()) {
      if (subject.all().right() > best.all().right()) {
        best = subject;
      }
    }
    return best;
  }

  private static String sentence(SubjectResult subject) {
    Tally all = subject.all();
    return String.format(
        Locale.ROOT,
        "Of %s labelled studies, %s answers %s. %s of these answers are right (%s; 95 %% interval"
            + " %s %%), %s too general or right in part, and %s wrong.",
        Page.count(all.studies()),
        subject.name(),
        Page.count(all.decided()),
        Page.count(all.right()),
        Page.percent(all.accuracyOfDecided().value()),
        Page.range(all.accuracyOfDecided().interval()),
        Page.count(all.minor()),
        Page.count(all.major()));
  }

  private static void card(Page page, String figure, String words) {
    page.raw(
        "<div class=\"card\"><b>" + figure + "</b><span>" + Page.escape(words) + "</span></div>");
  }

  private static void comparison(Page page, EvaluationResult result) {
    page.heading("comparison", "Is one better than another?");
    page.paragraph(
        "All configurations answered the same studies, so each pair is compared study by study."
            + " The difference is in right answers of all studies, in percentage points; p is that"
            + " of McNemar’s exact test, and adjusted for the number of comparisons (Holm)."
            + " Below 0.05 the difference is unlikely to be chance.");
    List<List<String>> rows = new ArrayList<>();
    for (Comparison comparison : result.comparisons()) {
      PairedComparison right = comparison.right();
      PairedComparison major = comparison.major();
      rows.add(
          List.of(
              Page.escape(comparison.first()),
              "<span class=\"l\">" + Page.escape(comparison.second()) + "</span>",
              Page.count(right.onlyFirst()),
              Page.count(right.onlySecond()),
              Page.points(right.difference())
                  + "<small>"
                  + Page.points(right.interval().low())
                  + " to "
                  + Page.points(right.interval().high())
                  + "</small>",
              p(right.pValue()),
              p(comparison.adjusted()),
              Page.points(major.difference()) + "<small>p " + p(major.pValue()) + "</small>"));
    }
    page.table(
        List.of(
            "First",
            "second",
            "only first right",
            "only second right",
            "difference",
            "p",
            "p adjusted",
            "major errors"),
        rows);
  }

  private static String p(double value) {
    return value < 0.001 ? "&lt; 0.001" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static void details(
      Page page, SubjectResult subject, Map<Verdict, List<ErrorCase>> errors) {
    page.paragraph(sentence(subject));
    page.subheading("Which layer decided");
    page.figure(
        Charts.stacks(byCount(subject.groups().getOrDefault("layer", Map.of())), "Layers"),
        "Studies by the layer, or the layers counted together, that decided; last, why studies"
            + " stayed undecided. The number at the end of each row is its number of studies.");
    page.raw(KEY);
    groups(page, subject, "modality", "By modality");
    groups(page, subject, "language", "By language");
    groups(page, subject, "tag", "By what the headers say");
    groups(page, subject, "class", "By label");
    page.subheading("What is taken for what");
    page.figure(
        Charts.confusion(subject.confusions()),
        "Labels down, answers across; each cell is how many studies. A study with several accepted"
            + " labels stands in the row of the one that was answered, or of the first.");
    mostFrequent(page, subject);
    page.raw("<div class=\"two\"><div>");
    calibration(page, subject);
    page.raw("</div><div>");
    abstention(page, subject);
    page.raw("</div></div>");
    errors(page, errors);
  }

  private static Map<String, Tally> byCount(Map<String, Tally> groups) {
    List<Map.Entry<String, Tally>> entries = new ArrayList<>(groups.entrySet());
    entries.sort(
        (a, b) -> {
          boolean lastA = a.getKey().startsWith("undecided");
          boolean lastB = b.getKey().startsWith("undecided");
          return lastA != lastB
              ? Boolean.compare(lastA, lastB)
              : Long.compare(b.getValue().studies(), a.getValue().studies());
        });
    Map<String, Tally> sorted = new LinkedHashMap<>();
    entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private static void groups(Page page, SubjectResult subject, String kind, String heading) {
    Map<String, Tally> groups = subject.groups().get(kind);
    if (groups == null) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, Tally> group : groups.entrySet()) {
      Tally tally = group.getValue();
      if (rows.size() < MOST_GROUPS) {
        rows.add(
            List.of(
                Page.escape(Charts.cut(group.getKey(), 60)),
                Page.count(tally.studies()),
                Page.percent(tally.predictivePower().value()),
                Page.withInterval(tally.accuracyOfDecided()),
                Page.withInterval(tally.accuracyOfAll()),
                Page.count(tally.minor()),
                Page.count(tally.major()),
                Charts.strip(tally).toString()));
      }
    }
    page.subheading(heading);
    page.table(
        List.of(
            "", "studies", "answered", "right of answers", "right of all", "minor", "major", ""),
        rows);
    if (groups.size() > MOST_GROUPS) {
      page.paragraph("The other " + (groups.size() - MOST_GROUPS) + " are in groups.csv.");
    }
  }

  private static void mostFrequent(Page page, SubjectResult subject) {
    List<List<String>> rows = new ArrayList<>();
    for (EvaluationResult.Confusion confusion : subject.confusions()) {
      if (confusion.verdict() == Verdict.MINOR || confusion.verdict() == Verdict.MAJOR) {
        rows.add(
            List.of(
                Page.escape(confusion.label()),
                "<span class=\"l\">" + Page.escape(confusion.answer()) + "</span>",
                Charts.words(confusion.verdict()),
                Page.count(confusion.count())));
      }
      if (rows.size() == 15) {
        break;
      }
    }
    if (!rows.isEmpty()) {
      page.raw("<p>The most frequent errors:</p>");
      page.table(List.of("Label", "answered as", "", "studies"), rows);
    }
  }

  private static void calibration(Page page, SubjectResult subject) {
    Calibration calibration = subject.calibration();
    page.subheading("Does the stated confidence hold?");
    page.figure(
        Charts.reliability(calibration),
        "On the dashed line, of the answers given with 80 % confidence 80 % are right. Below it the"
            + " system is surer than it should be. The bars show how many answers have which"
            + " confidence.");
    page.table(
        List.of("Measure", ""),
        List.of(
            List.of("calibration error, 10 bins (ECE)", figure(calibration.expectedError())),
            List.of(
                "calibration error, 15 bins", figure(subject.fineCalibration().expectedError())),
            List.of("largest gap of a bin", figure(calibration.largestGap())),
            List.of("Brier score (0 is perfect)", figure(calibration.brier()))));
  }

  private static String figure(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static void abstention(Page page, SubjectResult subject) {
    RiskCoverage curve = subject.riskCoverage();
    page.subheading("What would abstaining more often buy?");
    if (curve.points().isEmpty()) {
      page.paragraph("Nothing was answered.");
      return;
    }
    page.figure(
        Charts.riskCoverage(curve),
        "If only answers from a certain confidence on are given, fewer studies are answered (left)"
            + " and fewer answers are wrong (down). Minor errors count as wrong here.");
    List<List<String>> rows = new ArrayList<>();
    for (double aim : new double[] {0.9, 0.95, 0.98, 0.99, 1}) {
      rows.add(
          curve
              .thresholdFor(aim)
              .map(
                  point ->
                      List.of(
                          "at least " + Math.round(100 * aim) + " % right",
                          String.format(Locale.ROOT, "%.3f", point.threshold()),
                          Page.percent(point.answered().value()),
                          Page.percent(1 - point.wrong().value())))
              .orElse(List.of("at least " + Math.round(100 * aim) + " % right", "none", "–", "–")));
    }
    page.table(List.of("Aim", "threshold", "answered", "right of answers"), rows);
  }

  private static Map<String, Map<Verdict, List<ErrorCase>>> errors(EvaluationResult result)
      throws IOException {
    Map<String, Map<Verdict, List<ErrorCase>>> errors = new LinkedHashMap<>();
    result.errors(
        error -> {
          List<ErrorCase> list =
              errors
                  .computeIfAbsent(error.subject(), s -> new TreeMap<>())
                  .computeIfAbsent(error.verdict(), v -> new ArrayList<>());
          if (list.size() < MOST_ERRORS) {
            list.add(error);
          }
        });
    return errors;
  }

  private static void errors(Page page, Map<Verdict, List<ErrorCase>> errors) {
    page.subheading("Every error, and how it came about");
    if (errors.isEmpty()) {
      page.paragraph("There is none.");
      return;
    }
    page.raw("<p class=\"soft\">Open a line to see what each layer said. ");
    page.raw(
        "At most "
            + MOST_ERRORS
            + " of each kind are shown; errors.csv lists all, answers.jsonl holds their"
            + " traces.</p>");
    for (Verdict verdict : List.of(Verdict.MAJOR, Verdict.MINOR, Verdict.NONE)) {
      for (ErrorCase error : errors.getOrDefault(verdict, List.of())) {
        page.raw(
            "<details><summary><span class=\"v "
                + verdict.name().toLowerCase(Locale.ROOT)
                + "\">"
                + verdict.name().toLowerCase(Locale.ROOT).replace("none", "undecided")
                + "</span> "
                + Page.escape(error.key())
                + ": "
                + Page.escape(error.truth())
                + (verdict == Verdict.NONE
                    ? ""
                    : String.format(
                        Locale.ROOT,
                        ", answered <b>%s</b> with %.2f",
                        Page.escape(error.answer()),
                        error.confidence()))
                + " <span class=\"soft\">"
                + Page.escape(error.layer())
                + "</span></summary><pre>"
                + Page.escape(String.join("\n", error.trace()))
                + "</pre></details>");
      }
    }
  }

  private static void method(Page page) {
    page.heading("method", "How to read this");
    page.raw(
        """
        <p><b>Answered</b> (predictive power): studies that got a class; the others came back
        undecided, for a person to look at. <b>Right of answers</b> is the accuracy that the
        published evaluation states; <b>right of all</b> counts undecided studies as not right, and
        is the figure to compare configurations by.</p>
        <p><b>Minor error</b>: correct but too general, by the catalogue’s parents; for labels that
        are regions, an answer that shares a region with the label or is its general form.
        <b>Major error</b>: every other wrong answer.</p>
        <p><b>Intervals</b> are Wilson’s, at 95 %. Those of differences come from 10 000 paired
        bootstrap samples with a fixed seed.</p>
        <p><b>With network</b>: answers for which a network’s vote was among those counted.</p>
        <p>A label that several studies bear is one case, as good as the worst of them. The times
        that studies took differ from run to run; they are in times.csv.</p>""");
  }
}
