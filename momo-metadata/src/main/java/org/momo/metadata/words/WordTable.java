package org.momo.metadata.words;

import java.util.Arrays;

/** Words to numbers: an open-addressing table that is asked with a span of letters. */
final class WordTable {
  private char[] letters = new char[1 << 12];
  private int[] offset = new int[1 << 9];
  private int size;
  private int[] slots = new int[1 << 10];
  private int mask = slots.length - 1;

  WordTable() {
    Arrays.fill(slots, -1);
  }

  int size() {
    return size;
  }

  int length(int word) {
    return offset[word + 1] - offset[word];
  }

  char charAt(int word, int i) {
    return letters[offset[word] + i];
  }

  String word(int word) {
    return new String(letters, offset[word], length(word));
  }

  int find(char[] text, int from, int to) {
    int slot = hash(text, from, to) & mask;
    while (true) {
      int word = slots[slot];
      if (word < 0) {
        return -1;
      }
      if (same(word, text, from, to)) {
        return word;
      }
      slot = slot + 1 & mask;
    }
  }

  int add(char[] text, int from, int to) {
    int known = find(text, from, to);
    if (known >= 0) {
      return known;
    }
    if (size + 2 >= offset.length) {
      offset = Arrays.copyOf(offset, offset.length * 2);
    }
    if (offset[size] + to - from >= letters.length) {
      letters = Arrays.copyOf(letters, Math.max(letters.length * 2, offset[size] + to - from + 1));
    }
    System.arraycopy(text, from, letters, offset[size], to - from);
    offset[size + 1] = offset[size] + to - from;
    size++;
    if (size * 2 > slots.length) {
      slots = new int[slots.length * 2];
      mask = slots.length - 1;
      Arrays.fill(slots, -1);
      for (int w = 0; w < size; w++) {
        place(w);
      }
    } else {
      place(size - 1);
    }
    return size - 1;
  }

  private void place(int word) {
    int slot = hash(letters, offset[word], offset[word + 1]) & mask;
    while (slots[slot] >= 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = word;
  }

  private boolean same(int word, char[] text, int from, int to) {
    int at = offset[word];
    if (offset[word + 1] - at != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text[i] != letters[at++]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(char[] text, int from, int to) {
    int h = 0;
    for (int i = from; i < to; i++) {
      h = h * 31 + text[i];
    }
    return h ^ h >>> 15;
  }
}
