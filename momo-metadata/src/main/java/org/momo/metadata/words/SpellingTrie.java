package org.momo.metadata.words;

import java.util.Arrays;

/**
 * The words by their letters: a trie whose nodes lie level by level, those of one parent side by
 * side, first its letters from a to z and then others, each in their order.
 *
 * <p>A node is two numbers, which letters lead on from it and where the first of them leads. So a
 * step costs one place in memory, a search around a word stays in few, and both cost the same
 * however many other words there are; a hash table would spread each word over the whole of it.
 *
 * <p>This class is immutable and safe for use by multiple threads.
 */
final class SpellingTrie {
  /** The node of no letters. */
  static final int ROOT = 0;

  /** Says that letters beyond z lead on, or such as come before a. */
  private static final int OTHERS = 1 << 26;

  private static final int LETTERS = OTHERS - 1;

  /** For each node its letters, then the first of its children. */
  private final int[] edges;

  /** For each node the letter that leads to it. */
  private final char[] letters;

  /** For each node the word that ends there, or −1. */
  private final int[] words;

  private SpellingTrie(int[] edges, char[] letters, int[] words) {
    this.edges = edges;
    this.letters = letters;
    this.words = words;
  }

  /**
   * The trie of some words.
   *
   * @param spellings all words by their numbers
   * @param members the numbers of those that are wanted, no word twice; sorted here in place
   */
  static SpellingTrie of(String[] spellings, Integer[] members) {
    Arrays.sort(members, (a, b) -> compare(spellings[a], spellings[b]));
    int most = 1;
    for (int i = 0; i < members.length; i++) {
      String word = spellings[members[i]];
      most += word.length() - (i == 0 ? 0 : common(spellings[members[i - 1]], word));
    }
    // One more, which tells where the children of the last node end.
    int[] edges = new int[2 * most + 2];
    char[] letters = new char[most];
    int[] words = new int[most];
    // The words below a node are a range of the sorted ones, and of two neighbours on a level the
    // second begins where the first ends, or later.
    int[] from = new int[most];
    int[] to = new int[most];
    to[ROOT] = members.length;
    int nodes = 1;
    int node = 0;
    for (int depth = 0; node < nodes; depth++) {
      for (int level = nodes; node < level; node++) {
        int at = from[node];
        words[node] = -1;
        if (at < to[node] && spellings[members[at]].length() == depth) {
          words[node] = members[at++];
        }
        edges[2 * node + 1] = nodes;
        while (at < to[node]) {
          char letter = spellings[members[at]].charAt(depth);
          edges[2 * node] |= isPlain(letter) ? 1 << letter - 'a' : OTHERS;
          letters[nodes] = letter;
          from[nodes] = at;
          do {
            at++;
          } while (at < to[node] && spellings[members[at]].charAt(depth) == letter);
          to[nodes++] = at;
        }
      }
    }
    edges[2 * nodes + 1] = nodes;
    return new SpellingTrie(edges, letters, words);
  }

  /** The node that a letter leads to, or −1; −1 also from −1. */
  int next(int node, char letter) {
    if (node < 0) {
      return -1;
    }
    int mask = edges[2 * node];
    if (isPlain(letter)) {
      int bit = 1 << letter - 'a';
      return (mask & bit) == 0 ? -1 : edges[2 * node + 1] + Integer.bitCount(mask & bit - 1);
    }
    if ((mask & OTHERS) == 0) {
      return -1;
    }
    int low = edges[2 * node + 1] + Integer.bitCount(mask & LETTERS);
    int found = Arrays.binarySearch(letters, low, edges[2 * node + 3], letter);
    return found < 0 ? -1 : found;
  }

  /** The letters from a to z that lead on from a node, a bit each. */
  int branches(int node) {
    return edges[2 * node] & LETTERS;
  }

  /** The node that the first of {@link #branches} leads to; the others follow it. */
  int firstChild(int node) {
    return edges[2 * node + 1];
  }

  /** The number of the word that ends at a node, or −1. */
  int word(int node) {
    return words[node];
  }

  private static boolean isPlain(char letter) {
    return letter >= 'a' && letter <= 'z';
  }

  private static int compare(String one, String other) {
    int common = common(one, other);
    if (common == one.length() || common == other.length()) {
      return one.length() - other.length();
    }
    char a = one.charAt(common);
    char b = other.charAt(common);
    return isPlain(a) == isPlain(b) ? a - b : isPlain(a) ? -1 : 1;
  }

  private static int common(String one, String other) {
    int most = Math.min(one.length(), other.length());
    int i = 0;
    while (i < most && one.charAt(i) == other.charAt(i)) {
      i++;
    }
    return i;
  }
}
