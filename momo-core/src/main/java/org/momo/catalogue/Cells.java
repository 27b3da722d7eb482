package org.momo.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Lists in one cell: parts between semicolons, with {@code \;} and {@code \\} inside a part. */
final class Cells {
  private Cells() {}

  static List<String> split(String cell) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      char next = i + 1 < cell.length() ? cell.charAt(i + 1) : 0;
      if (c == '\\' && (next == ';' || next == '\\')) {
        part.append(next);
        i++;
      } else if (c == ';') {
        add(parts, part);
      } else {
        part.append(c);
      }
    }
    add(parts, part);
    return parts;
  }

  private static void add(List<String> parts, StringBuilder part) {
    String text = part.toString().strip();
    if (!text.isEmpty()) {
      parts.add(text);
    }
    part.setLength(0);
  }

  static String join(Collection<?> parts) {
    StringBuilder cell = new StringBuilder();
    for (Object part : parts) {
      cell.append(cell.isEmpty() ? "" : ";")
          .append(part.toString().replace("\\", "\\\\").replace(";", "\\;"));
    }
    return cell.toString();
  }
}
