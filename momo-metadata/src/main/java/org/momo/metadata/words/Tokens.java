package org.momo.metadata.words;

import java.util.Arrays;

/** The tokens of one text: folded letters in one buffer, and where each came from. */
final class Tokens {
  /** What stands before a token. */
  static final byte GLUED = 0;

  static final byte SPACE = 1;

  /** A hyphen, slash, underscore, dot, apostrophe. */
  static final byte JOINED = 2;

  /** A plus or an ampersand. */
  static final byte PLUS = 3;

  /** A comma, colon, semicolon, bracket: what was said is over. */
  static final byte BREAK = 4;

  /** The caret that parts a protocol's folder from what was done. */
  static final byte CARET = 5;

  char[] chars;
  int used;
  int count;
  int[] start;
  int[] end;
  int[] from;
  int[] to;
  byte[] gap;
  boolean[] upper;

  Tokens(int length) {
    int capacity = length + 16;
    chars = new char[capacity + capacity / 2];
    upper = new boolean[chars.length];
    int most = length / 2 + 8;
    start = new int[most];
    end = new int[most];
    from = new int[most];
    to = new int[most];
    gap = new byte[most];
  }

  void append(char c, boolean isUpper) {
    if (used == chars.length) {
      chars = Arrays.copyOf(chars, used * 2);
      upper = Arrays.copyOf(upper, used * 2);
    }
    upper[used] = isUpper;
    chars[used++] = c;
  }

  void add(int first, int last, int origin, int originEnd, byte before) {
    if (count == start.length) {
      int more = count * 2;
      start = Arrays.copyOf(start, more);
      end = Arrays.copyOf(end, more);
      from = Arrays.copyOf(from, more);
      to = Arrays.copyOf(to, more);
      gap = Arrays.copyOf(gap, more);
    }
    start[count] = first;
    end[count] = last;
    from[count] = origin;
    to[count] = originEnd;
    gap[count++] = before;
  }

  String word(int i) {
    return new String(chars, start[i], end[i] - start[i]);
  }
}
