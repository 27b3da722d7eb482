package org.momo.evaluation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.momo.evaluation.Calibration;
import org.momo.evaluation.EvaluationResult;
import org.momo.evaluation.EvaluationResult.Comparison;
import org.momo.evaluation.EvaluationResult.ErrorCase;
import org.momo.evaluation.EvaluationResult.SubjectResult;
import org.momo.evaluation.PairedComparison;
import org.momo.evaluation.Proportion;
import org.momo.evaluation.RiskCoverage;
import org.momo.evaluation.Tally;
import org.momo.evaluation.Verdict;

/**
 * Writes what an evaluation found: {@code report.html}, one page that needs nothing else, and the
 * same figures as {@code report.json} and as tables in CSV. Where there are more errors than a page
 * should hold, the folder {@code errors} has them all, on further pages.
 *
 * <p>The same answers give the same bytes. Times differ from run to run, so they are in {@code
 * times.csv} alone.
 *
 * <p>This class is thread-safe.
 */
public final class EvaluationReport {
  /** The shares of right answers that thresholds are looked for. */
  static final double[] AIMS = {0.9, 0.95, 0.98, 0.99};

  private static final double RECOMMENDED_AIM = 0.95;
  private static final int MOST_GROUPS = 200;
  private static final int MOST_ERRORS = 100;
  private static final String KEY =
      """
      <p class="soft keys"><span><i class="key right"></i>right</span><span><i class="key minor"></i>\
      minor error</span><span><i class="key major"></i>major error</span><span><i \
      class="key none"></i>undecided</span></p>""";

  private final EvaluationResult result;
  private final Page page;
  private final Map<String, Map<Verdict, List<Shown>>> errors = new LinkedHashMap<>();
  private final Map<String, Map<Verdict, Long>> counts = new TreeMap<>();
  private final Map<String, Map<String, Map<String, Long>>> takenFor = new TreeMap<>();

  /** An error and the anchor that it stands at. */
  private record Shown(String id, ErrorCase error) {}

  private EvaluationReport(EvaluationResult result, Page page) {
    this.result = result;
    this.page = page;
  }

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
    EvaluationReport report = new EvaluationReport(result, new Page(title));
    report.collectErrors();
    ErrorPages.write(result, report::onPages, title, folder.resolve("errors"));
    report.write();
    report.page.write(folder.resolve("report.html"));
  }

  private void write() {
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
        "<nav aria-label=\"Sections\"><a href=\"#result\">Result</a>"
            + "<a href=\"#layers\">What decided</a>"
            + (several ? "<a href=\"#comparison\">Comparison</a>" : "")
            + "<a href=\"#details\">In detail</a><a href=\"#method\">How to read this</a></nav>");
    summary();
    layers();
    if (several) {
      comparison();
    }
    page.heading("details", "In detail");
    for (int i = 0; i < result.subjects().size(); i++) {
      SubjectResult subject = result.subjects().get(i);
      if (several) {
        page.raw("<details class=\"conf\"" + (subject == best() ? " open" : "") + "><summary>");
        page.raw(Page.escape(subject.name()) + "</summary>");
      }
      details(subject, i);
      if (several) {
        page.raw("</details>");
      }
    }
    method();
  }

  private void summary() {
    page.heading("result", "Result");
    SubjectResult best = best();
    Tally all = best.all();
    page.raw("<p class=\"lead\">" + Page.escape(sentence(best)) + "</p>");
    lead(best).ifPresent(page::paragraph);
    page.cards(
        Page.card(Page.percent(all.predictivePower().value()), "of the studies are answered"),
        Page.card(Page.percent(all.accuracyOfDecided().value()), "of the answers are right"),
        Page.card(Page.percent(all.accuracyOfAll().value()), "of all studies are answered rightly"),
        Page.card(Page.percent(all.majorOfDecided().value()), "of the answers are major errors"));
    List<List<String>> rows = new ArrayList<>();
    for (SubjectResult subject : result.subjects()) {
      Tally tally = subject.all();
      String name = Page.escape(subject.name());
      rows.add(
          List.of(
              subject == best && result.subjects().size() > 1 ? "<b>" + name + "</b>" : name,
              Page.withInterval(tally.predictivePower()),
              Page.withInterval(tally.accuracyOfDecided()),
              Page.withInterval(tally.accuracyOfAll()),
              Page.withInterval(tally.minorOfDecided()),
              Page.withInterval(tally.majorOfDecided()),
              Page.count(tally.right()),
              Page.count(tally.minor()),
              Page.count(tally.major()),
              Page.count(tally.none())));
    }
    page.table(
        "Configurations",
        List.of(
            "Configuration",
            "answered",
            "right of answers",
            "right of all",
            "minor",
            "major",
            "right, n",
            "minor, n",
            "major, n",
            "undecided, n"),
        rows);
    if (result.subjects().size() > 1) {
      Map<String, Tally> outcomes = new LinkedHashMap<>();
      result.subjects().forEach(subject -> outcomes.put(subject.name(), subject.all()));
      page.raw("<div class=\"two\"><div>");
      page.figure(
          Charts.forest(result.subjects()),
          "Right answers of all studies. The line is the range that the true share lies in with"
              + " 95 % confidence. Overlapping lines do not mean that two configurations are"
              + " equal: they answered the same studies, and the comparison below takes that into"
              + " account.");
      page.raw("</div><div>");
      page.figure(
          Charts.stacks(outcomes, "Outcomes of each configuration"), "All studies by outcome.");
      page.raw(KEY + "</div></div>");
    }
  }

  private SubjectResult best() {
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
    if (all.decided() == 0) {
      return quoted(subject) + " answers none of " + Page.count(all.studies()) + " studies.";
    }
    return String.format(
        Locale.ROOT,
        "Of %s labelled studies, %s answers %s. Of these answers %s are right (%s; 95\u00A0%% interval"
            + " %s\u00A0%%), %s %s too general or right in part, and %s %s wrong.",
        Page.count(all.studies()),
        quoted(subject),
        Page.count(all.decided()),
        Page.count(all.right()),
        Page.percent(all.accuracyOfDecided().value()),
        Page.range(all.accuracyOfDecided().interval()),
        Page.count(all.minor()),
        all.minor() == 1 ? "is" : "are",
        Page.count(all.major()),
        all.major() == 1 ? "is" : "are");
  }

  private static String quoted(SubjectResult subject) {
    return "“" + subject.name() + "”";
  }

  /** Whether the best is shown to be better than the next, in words. */
  private Optional<String> lead(SubjectResult best) {
    Optional<SubjectResult> next =
        result.subjects().stream()
            .filter(subject -> subject != best)
            .max(Comparator.comparingLong(subject -> subject.all().right()));
    if (next.isEmpty()) {
      return Optional.empty();
    }
    for (Comparison each : result.comparisons()) {
      boolean forward = each.first().equals(best.name()) && each.second().equals(next.get().name());
      boolean backward =
          each.second().equals(best.name()) && each.first().equals(next.get().name());
      if (forward || backward) {
        int sign = forward ? 1 : -1;
        PairedComparison pair = each.right();
        double low = forward ? pair.interval().low() : -pair.interval().high();
        double high = forward ? pair.interval().high() : -pair.interval().low();
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s of the next best, %s: %s points of right answers on the same studies (95 %%"
                    + " interval %s to %s; p %s, adjusted for %s).",
                each.adjusted() < 0.05
                    ? quoted(best) + " is ahead"
                    : quoted(best) + " is not shown to be ahead",
                quoted(next.get()),
                Page.points(sign * pair.difference()),
                Page.points(low),
                Page.points(high),
                each.adjusted() < 0.001
                    ? "< 0.001"
                    : String.format(Locale.ROOT, "= %.3f", each.adjusted()),
                result.comparisons().size() == 1
                    ? "one comparison"
                    : result.comparisons().size() + " comparisons"));
      }
    }
    return Optional.empty();
  }

  private void layers() {
    page.heading("layers", "What decided");
    page.paragraph(
        "Studies by the layer, or the layers counted together, that decided; last, why studies"
            + " stayed undecided. The number at the end of a row is its number of studies.");
    page.raw(KEY);
    page.raw("<div class=\"two\">");
    for (SubjectResult subject : result.subjects()) {
      page.raw("<div>");
      if (result.subjects().size() > 1) {
        page.subsubheading(subject.name());
      }
      page.figure(
          Charts.stacks(
              byCount(subject.groups().getOrDefault("layer", Map.of())),
              "Layers that decided, " + subject.name()),
          "");
      page.raw("</div>");
    }
    page.raw("</div>");
    if (result.subjects().stream().anyMatch(s -> s.withNetwork().decided() > 0)) {
      networks();
    }
  }

  private void networks() {
    page.subheading("What networks took part in");
    List<List<String>> rows = new ArrayList<>();
    for (SubjectResult subject : result.subjects()) {
      Tally with = subject.withNetwork();
      Tally all = subject.all();
      Tally without = minus(all, with);
      rows.add(
          List.of(
              Page.escape(subject.name()),
              Page.count(with.decided()),
              all.decided() == 0
                  ? "–"
                  : Page.percent((double) with.decided() / Math.max(1, all.decided())),
              Page.withInterval(with.accuracyOfDecided()),
              Page.withInterval(without.accuracyOfDecided())));
    }
    page.table(
        "Answers with and without a network’s vote",
        List.of(
            "Configuration",
            "answers with network",
            "of all answers",
            "right with",
            "right without"),
        rows);
    page.paragraph(
        "Networks are asked where metadata cannot decide, so the two shares are of different"
            + " studies. What networks add is the difference between two configurations on the"
            + " same studies, below.");
  }

  private static Tally minus(Tally all, Tally part) {
    return new Tally(
        all.right() - part.right(),
        all.minor() - part.minor(),
        all.major() - part.major(),
        all.none() - part.none());
  }

  private void comparison() {
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
              Page.words(comparison.second()),
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
        "Comparisons of two configurations",
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

  private void details(SubjectResult subject, int number) {
    page.paragraph(sentence(subject));
    groups(subject, "modality", "By modality");
    groups(subject, "language", "By language");
    tags(subject);
    labels(subject);
    page.subheading("What is taken for what");
    Map<Verdict, List<Shown>> shown = errors.getOrDefault(subject.name(), Map.of());
    page.figure(
        Confusions.drawing(subject.confusions(), links(shown)),
        "Labels down, answers across; each cell is how many studies. A study with several accepted"
            + " labels stands in the row of the one that was answered, or of the first. A cell that"
            + " is underlined leads to its first study and to how the answer came about.");
    mostFrequent(subject);
    page.raw("<div class=\"two\"><div>");
    calibration(subject);
    page.raw("</div><div>");
    abstention(subject);
    page.raw("</div></div>");
    errors(subject, number, shown);
  }

  private static Map<String, String> links(Map<Verdict, List<Shown>> shown) {
    Map<String, String> links = new TreeMap<>();
    for (List<Shown> list : shown.values()) {
      for (Shown each : list) {
        links.putIfAbsent(Confusions.cell(each.error().row(), each.error().answer()), each.id());
      }
    }
    return links;
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

  private void groups(SubjectResult subject, String kind, String heading) {
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
                Page.escape(Page.cut(group.getKey(), 60)),
                Charts.strip(tally).toString(),
                Page.count(tally.studies()),
                Page.percent(tally.predictivePower().value()),
                Page.withInterval(tally.accuracyOfDecided()),
                Page.withInterval(tally.accuracyOfAll()),
                Page.count(tally.minor()),
                Page.count(tally.major())));
      }
    }
    page.subheading(heading);
    page.table(
        heading,
        List.of(
            "", "", "studies", "answered", "right of answers", "right of all", "minor", "major"),
        rows);
    if (groups.size() > MOST_GROUPS) {
      page.paragraph("The other " + (groups.size() - MOST_GROUPS) + " are in groups.csv.");
    }
  }

  private void labels(SubjectResult subject) {
    Map<String, Tally> groups = subject.groups().getOrDefault("class", Map.of());
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, Tally> group : groups.entrySet()) {
      Tally tally = group.getValue();
      if (rows.size() < MOST_GROUPS) {
        rows.add(
            List.of(
                Page.escape(Page.cut(group.getKey(), 44)),
                Charts.strip(tally).toString(),
                Page.count(tally.studies()),
                Page.percent(tally.predictivePower().value()),
                Page.withInterval(tally.accuracyOfAll()),
                Page.words(taken(subject, group.getKey()))));
      }
    }
    page.subheading("By label");
    page.table(
        "By label",
        List.of("Label", "", "studies", "answered", "right of all", "most often taken for"),
        rows);
    if (groups.size() > MOST_GROUPS) {
      page.paragraph("The other " + (groups.size() - MOST_GROUPS) + " are in groups.csv.");
    }
  }

  /** The wrong answers that a label gets most often. */
  private String taken(SubjectResult subject, String label) {
    return takenFor
        .getOrDefault(subject.name(), Map.of())
        .getOrDefault(label, Map.of())
        .entrySet()
        .stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(3)
        .map(entry -> Page.cut(entry.getKey(), 30) + " " + Page.count(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void tags(SubjectResult subject) {
    Map<String, Tally> groups = subject.groups().getOrDefault("tag", Map.of());
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, Tally> group : groups.entrySet()) {
      if (group.getKey().startsWith("with ")) {
        String tag = group.getKey().substring(5);
        rows.add(tagRow(tag, group.getValue(), groups.getOrDefault("without " + tag, Tally.EMPTY)));
      } else if (!groups.containsKey(group.getKey().replace("without ", "with "))) {
        String tag = group.getKey().substring(8);
        rows.add(tagRow(tag, minus(subject.all(), group.getValue()), group.getValue()));
      }
    }
    page.subheading("By what the headers say");
    page.table(
        "Studies with and without each attribute",
        List.of(
            "Attribute", "with", "answered", "right of all", "without", "answered", "right of all"),
        rows);
  }

  private static List<String> tagRow(String tag, Tally with, Tally without) {
    return List.of(
        Page.escape(tag),
        Page.count(with.studies()),
        Page.percent(with.predictivePower().value()),
        Page.withInterval(with.accuracyOfAll()),
        Page.count(without.studies()),
        Page.percent(without.predictivePower().value()),
        Page.withInterval(without.accuracyOfAll()));
  }

  private void mostFrequent(SubjectResult subject) {
    List<List<String>> rows = new ArrayList<>();
    for (EvaluationResult.Confusion confusion : subject.confusions()) {
      if (confusion.verdict() == Verdict.MINOR || confusion.verdict() == Verdict.MAJOR) {
        rows.add(
            List.of(
                Page.escape(confusion.label()),
                Page.words(confusion.answer()),
                Charts.words(confusion.verdict()),
                Page.count(confusion.count())));
      }
      if (rows.size() == 15) {
        break;
      }
    }
    if (!rows.isEmpty()) {
      page.raw("<p>The most frequent errors:</p>");
      page.table(
          "The most frequent errors", List.of("Label", "answered as", "kind", "studies"), rows);
    }
  }

  private void calibration(SubjectResult subject) {
    Calibration calibration = subject.calibration();
    page.subheading("Does the stated confidence hold?");
    if (subject.all().decided() == 0) {
      page.paragraph("Nothing was answered.");
      return;
    }
    page.figure(
        Charts.reliability(calibration),
        "On the dashed line, of the answers given with 80\u00A0% confidence 80\u00A0% are right. Below it the"
            + " system is surer than it should be. The bars show how many answers have which"
            + " confidence.");
    page.table(
        "Calibration",
        List.of("Measure", "value"),
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

  private void abstention(SubjectResult subject) {
    RiskCoverage curve = subject.riskCoverage();
    page.subheading("From which confidence on should answers be given?");
    if (curve.points().isEmpty()) {
      page.paragraph("Nothing was answered.");
      return;
    }
    Optional<RiskCoverage.Point> pick = curve.assuredThresholdFor(RECOMMENDED_AIM);
    boolean assured = pick.isPresent();
    if (!assured) {
      pick = curve.thresholdFor(RECOMMENDED_AIM);
    }
    page.figure(
        Charts.riskCoverage(curve, pick),
        "If only answers from a certain confidence on are given, fewer studies are answered (left)"
            + " and fewer answers are wrong (down). Minor errors count as wrong here.");
    page.paragraph(recommendation(curve, pick, assured));
    List<List<String>> rows = new ArrayList<>();
    for (double aim : AIMS) {
      List<String> row = new ArrayList<>(List.of(Math.round(100 * aim) + " % right"));
      threshold(row, curve.thresholdFor(aim));
      threshold(row, curve.assuredThresholdFor(aim));
      rows.add(row);
    }
    page.table(
        "Thresholds",
        List.of("Aim", "observed from", "answered", "assured from", "answered"),
        rows);
    page.paragraph(
        "“Observed”: on these studies the answers from this confidence on reach the aim."
            + " “Assured”: they reach it with 95 % confidence, which few answers cannot. A threshold"
            + " that was chosen on these studies should be checked on others.");
  }

  private static String recommendation(
      RiskCoverage curve, Optional<RiskCoverage.Point> pick, boolean assured) {
    if (pick.isEmpty()) {
      return "No threshold makes 95 % of the answers right on these studies.";
    }
    RiskCoverage.Point point = pick.get();
    boolean all = point.equals(curve.points().get(curve.points().size() - 1));
    return String.format(
        Locale.ROOT,
        "%s: with the threshold %s, %s of the studies are answered and %s of these answers are right"
            + " (95\u00A0%% interval %s\u00A0%%).%s",
        all ? "No higher threshold is needed for 95 % right answers" : "For 95 % right answers",
        Charts.threshold(point),
        Page.percent(point.answered().value()),
        Page.percent(1 - point.wrong().value()),
        Page.range(
            new Proportion(point.wrong().of() - point.wrong().count(), point.wrong().of())
                .interval()),
        assured ? "" : " There are too few studies to assure that.");
  }

  private static void threshold(List<String> row, Optional<RiskCoverage.Point> point) {
    row.add(point.map(Charts::threshold).orElse("none"));
    row.add(point.map(p -> Page.percent(p.answered().value())).orElse("–"));
  }

  private void collectErrors() throws IOException {
    int[] next = new int[1];
    result.errors(
        error -> {
          List<Shown> list =
              errors
                  .computeIfAbsent(error.subject(), s -> new TreeMap<>())
                  .computeIfAbsent(error.verdict(), v -> new ArrayList<>());
          counts
              .computeIfAbsent(error.subject(), s -> new TreeMap<>())
              .merge(error.verdict(), 1L, Long::sum);
          if (error.verdict() != Verdict.NONE) {
            takenFor
                .computeIfAbsent(error.subject(), s -> new TreeMap<>())
                .computeIfAbsent(error.truth(), t -> new TreeMap<>())
                .merge(error.answer(), 1L, Long::sum);
          }
          if (list.size() < MOST_ERRORS) {
            list.add(new Shown("e" + ++next[0], error));
          }
        });
  }

  private long count(SubjectResult subject, Verdict verdict) {
    return counts.getOrDefault(subject.name(), Map.of()).getOrDefault(verdict, 0L);
  }

  private boolean onPages(int subject, Verdict verdict) {
    return count(result.subjects().get(subject), verdict) > MOST_ERRORS;
  }

  private void errors(SubjectResult subject, int number, Map<Verdict, List<Shown>> shown) {
    page.subheading("Every error, and how it came about");
    if (shown.isEmpty()) {
      page.paragraph("There is none.");
      return;
    }
    page.raw("<p class=\"soft\">Open a line to see what each layer said.</p>");
    for (Verdict verdict : List.of(Verdict.MAJOR, Verdict.MINOR, Verdict.NONE)) {
      for (Shown each : shown.getOrDefault(verdict, List.of())) {
        page.raw(line(each.id(), each.error()));
      }
      if (onPages(number, verdict)) {
        page.raw(
            "<p>These are the first "
                + MOST_ERRORS
                + " of "
                + Page.count(count(subject, verdict))
                + ": <a href=\"errors/"
                + ErrorPages.name(number, verdict, 1)
                + "\">"
                + (verdict == Verdict.NONE ? "all undecided studies" : "all " + plural(verdict))
                + "</a>.</p>");
      }
    }
  }

  static String plural(Verdict verdict) {
    return switch (verdict) {
      case RIGHT -> "right answers";
      case MINOR -> "minor errors";
      case MAJOR -> "major errors";
      case NONE -> "undecided studies";
    };
  }

  /** An error as a line that opens. */
  static String line(String id, ErrorCase error) {
    String verdict = error.verdict().name().toLowerCase(Locale.ROOT);
    return "<details id=\""
        + id
        + "\"><summary><span class=\"v "
        + verdict
        + "\">"
        + verdict.replace("none", "undecided")
        + "</span> "
        + Page.escape(error.key())
        + ": "
        + Page.escape(error.truth())
        + (error.verdict() == Verdict.NONE
            ? ""
            : String.format(
                Locale.ROOT,
                ", answered <b>%s</b> with %.2f",
                Page.escape(error.answer()),
                error.confidence()))
        + " <span class=\"soft\">"
        + Page.escape(error.layer())
        + "</span></summary>"
        + Page.trace(error.trace())
        + "</details>";
  }

  private void method() {
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
        <p>A label that several studies bear is one case, as good as the worst of them. Studies are
        named by the keys of the label file. The times that studies took differ from run to run;
        they are in times.csv.</p>""");
  }
}
