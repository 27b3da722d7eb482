package org.momo.dicom.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of an answer (RFC 2046 section 5.1), or all of it where it has no parts. */
final class Parts {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "boundary=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern SYNTAX =
      Pattern.compile("transfer-syntax=\"?([0-9.]{1,64})", Pattern.CASE_INSENSITIVE);
  private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
  private static final int MOST_PARTS = 1 << 16;

  private Parts() {}

  /**
   * One part.
   *
   * @param content its bytes
   * @param transferSyntax as the part or else the answer states it; empty where neither does
   */
  record Part(byte[] content, String transferSyntax) {}

  /** The parts in order; none where the answer is not what it says to be. */
  static List<Part> of(Http.Answer answer) {
    String type = answer.contentType();
    String syntax = syntax(type, "");
    byte[] bytes = answer.bytes();
    int length = answer.length();
    if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      return length == 0 ? List.of() : List.of(new Part(Arrays.copyOf(bytes, length), syntax));
    }
    Matcher boundary = BOUNDARY.matcher(type);
    if (!boundary.find()) {
      return List.of();
    }
    String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    byte[] mark = ("--" + text).getBytes(StandardCharsets.ISO_8859_1);
    byte[] end = ("\r\n--" + text).getBytes(StandardCharsets.ISO_8859_1);
    List<Part> parts = new ArrayList<>(1);
    int at = find(bytes, 0, length, mark);
    while (at >= 0 && parts.size() < MOST_PARTS) {
      int head = at + mark.length;
      if (head + 2 > length || bytes[head] == '-') {
        break;
      }
      // Behind the mark comes the end of its line, which is also that of an empty head.
      int blank = find(bytes, head, length, BLANK_LINE);
      int from = blank + BLANK_LINE.length;
      int to = blank < 0 ? -1 : find(bytes, from - 2, length, end);
      if (to < 0) {
        break;
      }
      String own = new String(bytes, head, blank - head, StandardCharsets.ISO_8859_1);
      parts.add(new Part(Arrays.copyOfRange(bytes, Math.min(from, to), to), syntax(own, syntax)));
      at = to + 2;
    }
    return parts;
  }

  private static String syntax(String type, String otherwise) {
    Matcher found = SYNTAX.matcher(type);
    return found.find() ? found.group(1) : otherwise;
  }

  private static int find(byte[] bytes, int from, int to, byte[] wanted) {
    for (int i = from; i <= to - wanted.length; i++) {
      int k = 0;
      while (k < wanted.length && bytes[i + k] == wanted[k]) {
        k++;
      }
      if (k == wanted.length) {
        return i;
      }
    }
    return -1;
  }
}
