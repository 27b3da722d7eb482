package org.momo.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.momo.evaluation.EvaluationResult.Confusion;
import org.momo.evaluation.Verdict;

/**
 * The drawing of a confusion: labels down, answers across. With many classes it grows instead of
 * shrinking, is scrolled, names its rows and columns at both ends, and leaves out the classes that
 * were never confused.
 */
final class Confusions {
  private static final String UNDECIDED = "undecided";
  private static final int MANY = 40;
  private static final int LONGEST = 30;

  private final List<String> rows;
  private final List<String> columns;
  private final Map<String, TreeMap<Verdict, Long>> cells;
  private final int leftOut;
  private final double cell;
  private final double letter;
  private final String font;

  private Confusions(List<Confusion> confusions) {
    TreeSet<String> labels = new TreeSet<>();
    TreeSet<String> answers = new TreeSet<>();
    TreeSet<String> confused = new TreeSet<>();
    cells = new TreeMap<>();
    for (Confusion confusion : confusions) {
      labels.add(confusion.label());
      if (confusion.verdict() != Verdict.NONE) {
        answers.add(confusion.answer());
      }
      if (confusion.verdict() != Verdict.RIGHT) {
        confused.add(confusion.label());
        confused.add(confusion.answer());
      }
      cells
          .computeIfAbsent(cell(confusion.label(), confusion.answer()), k -> new TreeMap<>())
          .merge(confusion.verdict(), confusion.count(), Long::sum);
    }
    int all = labels.size();
    boolean many = Math.max(labels.size(), answers.size()) > MANY;
    if (many) {
      labels.retainAll(confused);
      answers.retainAll(confused);
    }
    leftOut = all - labels.size();
    rows = List.copyOf(labels);
    columns = new ArrayList<>(answers);
    columns.remove(UNDECIDED);
    columns.add(UNDECIDED);
    int most = Math.max(rows.size(), columns.size());
    cell = most <= 16 ? 27 : most <= MANY ? 20 : 16;
    font = most <= 16 ? "" : most <= MANY ? "s" : "xs";
    letter = most <= 16 ? 8.3 : most <= MANY ? 6.6 : 6.2;
  }

  /** The cell of a label and an answer, as a key. */
  static String cell(String label, String answer) {
    return label + "\t" + answer;
  }

  /** The drawing; links lead from cells to anchors on the page. */
  static String drawing(List<Confusion> confusions, Map<String, String> links) {
    Confusions drawing = new Confusions(confusions);
    String note =
        drawing.leftOut == 0
            ? ""
            : "<p class=\"soft\">"
                + Page.count(drawing.leftOut)
                + " classes that were never confused are left out.</p>";
    return drawing.rows.isEmpty() ? note : note + drawing.draw(links);
  }

  private String draw(Map<String, String> links) {
    boolean both = Math.max(rows.size(), columns.size()) > 16;
    double left = 12 + letter * longest(rows);
    double top = 12 + letter * longest(columns);
    double inner = columns.size() * cell;
    double width = left + inner + (both ? left : 12);
    double height = top + rows.size() * cell + (both ? top : 12);
    Svg svg = new Svg(width, height, title());
    for (int c = 0; c < columns.size(); c++) {
      double x = left + c * cell + cell / 2 + cell * 0.16;
      String name = Page.cut(columns.get(c), LONGEST);
      if (c % 2 == 0) {
        svg.rect(left + c * cell, top, cell, rows.size() * cell, "panel", "");
      }
      svg.upright(x, top - 5, "start", font, name);
      if (both) {
        svg.upright(x, top + rows.size() * cell + 5, "end", font, name);
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      double y = top + r * cell;
      String name = Page.cut(rows.get(r), LONGEST);
      svg.text(left - 5, y + cell * 0.68, "end", font, name);
      svg.line(left, y, left + inner, y, "grid");
      if (both) {
        svg.text(left + inner + 5, y + cell * 0.68, "start", font, name);
      }
      for (int c = 0; c < columns.size(); c++) {
        TreeMap<Verdict, Long> found = cells.get(cell(rows.get(r), columns.get(c)));
        if (found != null) {
          draw(svg, found, left + c * cell, y, r, c, links);
        }
      }
    }
    // Its own width, never scaled down: the labels stay legible and the page scrolls.
    return "<div style=\"min-width:" + Svg.number(Math.min(width, 4000)) + "px\">" + svg + "</div>";
  }

  private void draw(
      Svg svg,
      TreeMap<Verdict, Long> found,
      double x,
      double y,
      int row,
      int column,
      Map<String, String> links) {
    Verdict verdict = found.lastKey();
    long count = found.values().stream().mapToLong(Long::longValue).sum();
    String style = verdict.name().toLowerCase(Locale.ROOT);
    String link = links.get(cell(rows.get(row), columns.get(column)));
    if (link != null) {
      svg.raw("<a href=\"#" + link + "\">");
    }
    svg.rect(
        x + 1,
        y + 1,
        cell - 2,
        cell - 2,
        style,
        rows.get(row)
            + " answered as "
            + columns.get(column)
            + ": "
            + count
            + ", "
            + Charts.words(verdict));
    String text = count > 999 ? count / 1000 + "k" : Long.toString(count);
    if (text.length() * letter * 0.82 <= cell) {
      svg.text(
          x + cell / 2,
          y + cell * 0.68,
          "middle",
          font + " on" + style + (link == null ? "" : " link"),
          text);
    }
    if (link != null) {
      svg.raw("</a>");
    }
  }

  private String title() {
    long wrong =
        cells.values().stream()
            .filter(found -> found.lastKey() == Verdict.MINOR || found.lastKey() == Verdict.MAJOR)
            .count();
    return "Confusion of "
        + rows.size()
        + " labels and "
        + (columns.size() - 1)
        + " answers; "
        + wrong
        + " pairs are errors, the most frequent of which the table below lists";
  }

  private static int longest(List<String> texts) {
    int longest = 4;
    for (String text : texts) {
      longest = Math.max(longest, Math.min(LONGEST, text.length()));
    }
    return longest;
  }
}
