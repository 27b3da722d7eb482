package org.momo.cli;

import java.io.PrintWriter;
import java.util.List;

/** Columns as wide as their widest cell, two blanks apart. */
final class TextTable {
  private TextTable() {}

  static void print(PrintWriter out, List<String> head, List<List<String>> rows) {
    int[] widths = new int[head.size()];
    measure(widths, head);
    rows.forEach(row -> measure(widths, row));
    line(out, widths, head);
    rows.forEach(row -> line(out, widths, row));
  }

  private static void measure(int[] widths, List<String> row) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], row.get(i).length());
    }
  }

  private static void line(PrintWriter out, int[] widths, List<String> row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      text.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    out.println(text.toString().stripTrailing());
  }
}
