package org.momo.metadata.learned;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.momo.metadata.words.Folding;

/**
 * Turns a text into hashed features: its words, pairs of neighbouring words, runs of two to five
 * letters within words, and the modality group, alone and with each word.
 *
 * <p>This class is immutable.
 */
final class Features {
  static final int LONGEST_TEXT = 512;

  private static final int SHORTEST_RUN = 2;
  private static final int LONGEST_RUN = 5;
  private static final int MOST = 4096;
  private static final int WORD = 0x9E3779B9;
  private static final int PAIR = 0x85EBCA6B;
  private static final int RUN = 0xC2B2AE35;
  private static final int GROUP = 0x27D4EB2F;
  private static final int WORD_IN_GROUP = 0x165667B1;

  private final Folding folding = new Folding();
  private final int shift;

  /** Features for a table of 2^{@code bits} rows. */
  Features(int bits) {
    shift = 32 - bits;
  }

  /** The rows of a text, each once, ascending; empty where the text has no token. */
  int[] of(String text, @Nullable String group) {
    List<String> words = folding.tokens(text, LONGEST_TEXT);
    if (words.isEmpty()) {
      return new int[0];
    }
    int[] rows = new int[64];
    int used = 0;
    int groupHash = group == null ? GROUP : hash(GROUP, group, 0, group.length());
    String before = "^";
    for (int i = 0; i <= words.size(); i++) {
      String word = i < words.size() ? words.get(i) : "$";
      int runs = i < words.size() ? Math.max(0, word.length() + 2) * LONGEST_RUN : 0;
      if (used + runs + 4 > MOST) {
        break;
      }
      if (used + runs + 4 > rows.length) {
        rows = Arrays.copyOf(rows, Math.max(rows.length * 2, used + runs + 4));
      }
      int pair = hash(hash(PAIR, before, 0, before.length()) * 31, word, 0, word.length());
      rows[used++] = row(pair);
      if (i < words.size()) {
        rows[used++] = row(hash(WORD, word, 0, word.length()));
        rows[used++] = row(hash(WORD_IN_GROUP ^ groupHash, word, 0, word.length()));
        used = runs(word, rows, used);
      }
      before = word;
    }
    rows[used++] = row(groupHash);
    Arrays.sort(rows, 0, used);
    int distinct = 0;
    for (int i = 0; i < used; i++) {
      if (i == 0 || rows[i] != rows[i - 1]) {
        rows[distinct++] = rows[i];
      }
    }
    return Arrays.copyOf(rows, distinct);
  }

  private int runs(String word, int[] rows, int start) {
    int used = start;
    String marked = '^' + word + '$';
    for (int length = SHORTEST_RUN; length <= LONGEST_RUN; length++) {
      for (int at = 0; at + length <= marked.length(); at++) {
        rows[used++] = row(hash(RUN, marked, at, at + length));
      }
    }
    return used;
  }

  private static int hash(int seed, String text, int from, int to) {
    int hash = seed;
    for (int i = from; i < to; i++) {
      hash = (hash ^ text.charAt(i)) * 0x01000193;
    }
    return hash;
  }

  /** The upper bits of a well mixed hash. */
  private int row(int hash) {
    int mixed = hash;
    mixed = (mixed ^ mixed >>> 16) * 0x7FEB352D;
    mixed = (mixed ^ mixed >>> 15) * 0x846CA68B;
    return (mixed ^ mixed >>> 16) >>> shift;
  }
}
