package org.momo.metadata.words;

import java.util.Arrays;

/** The edges of a trie: (node, symbol) to node, in one open-addressing table. */
final class Transitions {
  private long[] keys = new long[1 << 10];
  private int[] values = new int[1 << 10];
  private int mask = keys.length - 1;
  private int size;
  private int nodes = 1;

  Transitions() {
    Arrays.fill(keys, -1);
  }

  int nodes() {
    return nodes;
  }

  int next(int node, int symbol) {
    long key = (long) node << 32 | symbol;
    int slot = slot(key);
    while (true) {
      long found = keys[slot];
      if (found == key) {
        return values[slot];
      }
      if (found == -1) {
        return -1;
      }
      slot = slot + 1 & mask;
    }
  }

  int grow(int node, int symbol) {
    int known = next(node, symbol);
    if (known >= 0) {
      return known;
    }
    if (++size * 2 > keys.length) {
      long[] oldKeys = keys;
      int[] oldValues = values;
      keys = new long[oldKeys.length * 2];
      values = new int[keys.length];
      mask = keys.length - 1;
      Arrays.fill(keys, -1);
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != -1) {
          place(oldKeys[i], oldValues[i]);
        }
      }
    }
    place((long) node << 32 | symbol, nodes);
    return nodes++;
  }

  private void place(long key, int value) {
    int slot = slot(key);
    while (keys[slot] != -1) {
      slot = slot + 1 & mask;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  private int slot(long key) {
    long h = key * 0x9E3779B97F4A7C15L;
    return (int) (h >>> 32) & mask;
  }
}
