package org.momo.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.momo.evaluation.Calibration;
import org.momo.evaluation.EvaluationResult.SubjectResult;
import org.momo.evaluation.Interval;
import org.momo.evaluation.Proportion;
import org.momo.evaluation.RiskCoverage;
import org.momo.evaluation.Tally;
import org.momo.evaluation.Verdict;

/** The drawings of a report. Narrow enough to be read on a telephone without shrinking much. */
final class Charts {
  private static final double WIDTH = 520;

  private Charts() {}

  /** Accuracy of all studies with its interval, a row for each configuration. */
  static Svg forest(List<SubjectResult> subjects) {
    double row = 38;
    double height = subjects.size() * row + 34;
    double low = 1;
    for (SubjectResult subject : subjects) {
      low = Math.min(low, subject.all().accuracyOfAll().interval().low());
    }
    double from = Math.max(0, Math.floor(low * 10) / 10);
    Svg svg = new Svg(WIDTH, height, "Right answers of all studies, with 95 % intervals");
    double left = 20;
    double right = WIDTH - 24;
    double step = 1 - from > 0.55 ? 0.2 : 0.1;
    for (double tick = Math.ceil(from / step - 1e-9) * step; tick <= 1 + 1e-9; tick += step) {
      double x = left + (right - left) * (tick - from) / (1 - from);
      svg.line(x, 4, x, height - 26, "grid");
      svg.text(x, height - 10, "middle", "t", Math.round(100 * tick) + " %");
    }
    for (int i = 0; i < subjects.size(); i++) {
      SubjectResult subject = subjects.get(i);
      Proportion share = subject.all().accuracyOfAll();
      if (share.of() == 0) {
        continue;
      }
      Interval interval = share.interval();
      double y = i * row + 28;
      double x = left + (right - left) * (share.value() - from) / (1 - from);
      svg.text(left, y - 12, "start", "b", Page.cut(subject.name(), 60));
      svg.line(
          left + (right - left) * (interval.low() - from) / (1 - from),
          y,
          left + (right - left) * (interval.high() - from) / (1 - from),
          y,
          "whisker");
      svg.circle(x, y, 4.5, "dot", subject.name() + ": " + Page.percent(share.value()));
    }
    return svg;
  }

  /** Groups as stacked bars whose length is their number of studies. */
  static Svg stacks(Map<String, Tally> groups, String title) {
    double row = 42;
    long most = 1;
    for (Tally tally : groups.values()) {
      most = Math.max(most, tally.studies());
    }
    Svg svg = new Svg(WIDTH, groups.size() * row + 4, title + ": " + summary(groups));
    int i = 0;
    for (Map.Entry<String, Tally> group : groups.entrySet()) {
      Tally tally = group.getValue();
      double y = i++ * row;
      svg.text(0, y + 14, "start", "", Page.cut(group.getKey(), 62));
      svg.text(WIDTH, y + 14, "end", "t", Page.count(tally.studies()));
      double x = 0;
      for (Verdict verdict : Verdict.values()) {
        long count = count(tally, verdict);
        double width = WIDTH * count / most;
        String style = verdict.name().toLowerCase(Locale.ROOT);
        if (count > 0) {
          svg.rect(
              x, y + 20, width, 16, style, group.getKey() + ": " + count + " " + words(verdict));
          if (width > 9 + 7 * Page.count(count).length()) {
            svg.text(x + width / 2, y + 32, "middle", "on" + style, Page.count(count));
          }
        }
        x += width;
      }
    }
    return svg;
  }

  private static String summary(Map<String, Tally> groups) {
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (name, tally) ->
            text.append(text.isEmpty() ? "" : "; ").append(name).append(' ').append(words(tally)));
    return text.toString();
  }

  /** One tally as a thin bar, for a cell of a table. */
  static Svg strip(Tally tally) {
    Svg svg = new Svg(110, 12, words(tally));
    double x = 0;
    for (Verdict verdict : Verdict.values()) {
      double width = 110.0 * count(tally, verdict) / Math.max(1, tally.studies());
      if (width > 0) {
        svg.rect(x, 0, width, 12, verdict.name().toLowerCase(Locale.ROOT), words(tally));
      }
      x += width;
    }
    return svg;
  }

  static long count(Tally tally, Verdict verdict) {
    return switch (verdict) {
      case RIGHT -> tally.right();
      case MINOR -> tally.minor();
      case MAJOR -> tally.major();
      case NONE -> tally.none();
    };
  }

  static String words(Verdict verdict) {
    return switch (verdict) {
      case RIGHT -> "right";
      case MINOR -> "minor error";
      case MAJOR -> "major error";
      case NONE -> "undecided";
    };
  }

  private static String words(Tally tally) {
    return tally.right()
        + " right, "
        + tally.minor()
        + " minor, "
        + tally.major()
        + " major, "
        + tally.none()
        + " undecided";
  }

  /** The reliability diagram over a histogram of the confidences. */
  static Svg reliability(Calibration calibration) {
    double size = 330;
    double left = 58;
    double top = 8;
    Svg svg = new Svg(left + size + 26, top + size + 110, "Reliability diagram");
    for (int tick = 0; tick <= 10; tick += 2) {
      double d = size * tick / 10;
      svg.line(left, top + size - d, left + size, top + size - d, "grid");
      svg.line(left + d, top, left + d, top + size, "grid");
      svg.text(left - 6, top + size - d + 4, "end", "t", tick * 10 + " %");
      svg.text(left + d, top + size + 86, "middle", "t", tick * 10 + " %");
    }
    svg.line(left, top + size, left + size, top, "ideal");
    long most = 1;
    for (Calibration.Bin bin : calibration.bins()) {
      most = Math.max(most, bin.right().of());
    }
    List<double[]> curve = new ArrayList<>();
    for (Calibration.Bin bin : calibration.bins()) {
      if (bin.right().of() == 0) {
        continue;
      }
      double x = left + size * bin.meanConfidence();
      double y = top + size * (1 - bin.right().value());
      Interval interval = bin.right().interval();
      svg.line(
          x, top + size * (1 - interval.low()), x, top + size * (1 - interval.high()), "whisker");
      svg.circle(
          x,
          y,
          4.5,
          "dot",
          String.format(
              Locale.ROOT,
              "confidence %.2f, right %d of %d",
              bin.meanConfidence(),
              bin.right().count(),
              bin.right().of()));
      curve.add(new double[] {x, y});
      double height = 58.0 * bin.right().of() / most;
      svg.rect(
          left + size * bin.low() + 1,
          top + size + 70 - height,
          size * (bin.high() - bin.low()) - 2,
          height,
          "bar",
          bin.right().of() + " answers");
    }
    svg.path(column(curve, 0), column(curve, 1), "curve");
    svg.line(left, top + size + 70, left + size, top + size + 70, "axis");
    svg.text(left + size / 2, top + size + 104, "middle", "t", "stated confidence");
    svg.upright(13, top + size / 2, "middle", "t", "answers that are right");
    return svg;
  }

  /** A threshold that a person can write down; cut, since rounding up would lose answers. */
  static String threshold(RiskCoverage.Point point) {
    return String.format(Locale.ROOT, "%.3f", Math.floor(point.threshold() * 1000) / 1000);
  }

  /** How many answers are wrong when only the surest are given. */
  static Svg riskCoverage(RiskCoverage curve, Optional<RiskCoverage.Point> pick) {
    double left = 58;
    double width = WIDTH - left - 20;
    double height = 240;
    double top = 10;
    double most = 0.02;
    for (RiskCoverage.Point point : curve.points()) {
      most = Math.max(most, point.wrong().value());
    }
    double scale = Math.min(1, Math.ceil(most * 20 + 1e-9) / 20);
    Svg svg = new Svg(WIDTH, top + height + 44, "Errors against coverage");
    for (int tick = 0; tick <= 5; tick++) {
      double y = top + height * (1 - tick / 5.0);
      svg.line(left, y, left + width, y, "grid");
      svg.text(
          left - 6,
          y + 4,
          "end",
          "t",
          String.format(Locale.ROOT, "%.0f %%", 100 * scale * tick / 5));
      double x = left + width * tick / 5;
      svg.text(x, top + height + 18, "middle", "t", tick * 20 + " %");
    }
    List<double[]> points = new ArrayList<>();
    int skip = Math.max(1, curve.points().size() / 400);
    for (int i = 0; i < curve.points().size(); i++) {
      if (i % skip == 0 || i == curve.points().size() - 1) {
        RiskCoverage.Point point = curve.points().get(i);
        points.add(
            new double[] {
              left + width * point.answered().value(),
              top + height * (1 - point.wrong().value() / scale)
            });
      }
    }
    svg.path(column(points, 0), column(points, 1), "curve");
    if (points.size() < 40) {
      points.forEach(point -> svg.circle(point[0], point[1], 3, "dot", ""));
    }
    if (pick.isPresent()) {
      RiskCoverage.Point point = pick.get();
      double x = left + width * point.answered().value();
      double y = top + height * (1 - point.wrong().value() / scale);
      svg.line(x, top, x, top + height, "pick");
      svg.circle(x, y, 5, "picked", "threshold " + threshold(point));
      boolean late = point.answered().value() > 0.5;
      svg.text(
          late ? x - 8 : x + 8,
          top + 14,
          late ? "end" : "start",
          "b",
          "threshold " + threshold(point));
    }
    svg.line(left, top + height, left + width, top + height, "axis");
    svg.text(left + width / 2, top + height + 38, "middle", "t", "studies that are answered");
    svg.upright(13, top + height / 2, "middle", "t", "answers that are wrong");
    return svg;
  }

  /** Curves over the number of series, one for each accuracy, named where they begin. */
  static Svg curves(
      List<String> names, List<double[]> values, double from, String title, String across) {
    double left = 46;
    double top = 10;
    double width = WIDTH - left - 112;
    double height = 260;
    Svg svg = new Svg(WIDTH, top + height + 44, title);
    int steps = (int) Math.round((1 - from) * 10);
    for (int tick = 0; tick <= steps; tick++) {
      double y = top + height * (1 - (double) tick / steps);
      svg.line(left, y, left + width, y, "grid");
      svg.text(left - 6, y + 4, "end", "t", Math.round(100 * from) + tick * 10L + " %");
    }
    int n = values.get(0).length;
    for (int i = 0; i < n; i++) {
      double x = left + width * i / Math.max(1, n - 1);
      svg.text(x, top + height + 18, "middle", "t", Integer.toString(i + 1));
    }
    String[] styles = {"curve", "curve second", "curve third", "curve fourth", "curve fifth"};
    double[] ends = new double[values.size()];
    for (int k = 0; k < values.size(); k++) {
      double[] x = new double[n];
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = left + width * i / Math.max(1, n - 1);
        y[i] = top + height * (1 - (values.get(k)[i] - from) / (1 - from));
      }
      svg.path(x, y, styles[k % styles.length]);
      ends[k] = y[n - 1];
    }
    // Names that would lie on each other are moved apart, in the order of their curves' ends.
    List<Integer> order = new ArrayList<>();
    for (int k = 0; k < ends.length; k++) {
      order.add(k);
    }
    order.sort((a, b) -> Double.compare(ends[a], ends[b]));
    double last = -100;
    for (int k : order) {
      double y = Math.max(ends[k], last + 14);
      last = y;
      svg.text(left + width + 8, y + 4, "start", "", names.get(k));
    }
    svg.line(left, top + height, left + width, top + height, "axis");
    svg.text(left + width / 2, top + height + 38, "middle", "t", across);
    return svg;
  }

  private static double[] column(List<double[]> rows, int index) {
    return rows.stream().mapToDouble(row -> row[index]).toArray();
  }
}
