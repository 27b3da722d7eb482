package org.momo.metadata.words;

/**
 * The words that one slip of the fingers makes a token of: a letter too many, one too few, two in
 * the wrong order, or one for another that sounds or lies close to it. The first letter is taken as
 * right, and what was left out or replaced as a letter from a to z.
 *
 * <p>Walks the trie of spellings, and at each letter only the branches that are there: the cost
 * grows with the token's length and not with the number of words.
 *
 * <p>This class is immutable and safe for use by multiple threads.
 */
final class Slips {
  /** The shortest token that may be a slip. */
  static final int SHORTEST = 6;

  /** The fewest letters of a word that a slip is looked for in: shorter ones are too much alike. */
  private static final int WORD = 7;

  /** The same where one letter stands for another, which other words do most often. */
  private static final int WORD_REPLACED = 8;

  private static final String VOWELS = "aeiouy";

  /**
   * For each letter from a to z, those beside, above and below it where z and y stand either way.
   */
  private static final String[] NEIGHBOURS =
      ("qwszy vghn xdfv ersfxc wsdr rtdgcv tyfhvbz ugjbnyz uojk hknmui jlmio kop njk bhjm ipkl ol was"
              + " etdf awedzxy rfgyz yzihj cfgb qeasd zsdcy tughxas tuxashg")
          .split(" ");

  private final SpellingTrie spelling;

  Slips(SpellingTrie spelling) {
    this.spelling = spelling;
  }

  /**
   * The ends of all words that are one slip away from a token.
   *
   * @param text holds the token from {@code from} to {@code to}
   * @param into receives nodes of the trie, each once or more; some of them end no word
   * @return how many; {@code into.length + 1} where there are more than fit
   */
  int find(char[] text, int from, int to, int[] into) {
    int count = 0;
    int length = to - from;
    int node = spelling.next(SpellingTrie.ROOT, text[from]);
    for (int i = from + 1; i <= to && node >= 0; i++) {
      if (i < to && length > WORD) {
        count = follow(node, text, i + 1, to, into, count);
      }
      if (i + 1 < to && text[i] != text[i + 1] && length >= WORD) {
        int swapped = spelling.next(spelling.next(node, text[i + 1]), text[i]);
        count = follow(swapped, text, i + 2, to, into, count);
      }
      int child = spelling.firstChild(node);
      for (int rest = spelling.branches(node); rest != 0; rest &= rest - 1, child++) {
        char letter = (char) ('a' + Integer.numberOfTrailingZeros(rest));
        count = follow(child, text, i, to, into, count);
        if (i < to && length >= WORD_REPLACED && isMistakenFor(letter, text[i])) {
          count = follow(child, text, i + 1, to, into, count);
        }
      }
      node = i < to ? spelling.next(node, text[i]) : -1;
    }
    return count;
  }

  /** Whether one letter is easily written for another: both vowels, or neighbours on a keyboard. */
  private static boolean isMistakenFor(char letter, char written) {
    if (written < 'a' || written > 'z' || letter == written) {
      return false;
    }
    return VOWELS.indexOf(letter) >= 0 && VOWELS.indexOf(written) >= 0
        || NEIGHBOURS[letter - 'a'].indexOf(written) >= 0;
  }

  private int follow(int node, char[] text, int from, int to, int[] into, int count) {
    for (int i = from; i < to && node >= 0; i++) {
      node = spelling.next(node, text[i]);
    }
    if (node < 0 || count > into.length) {
      return count;
    }
    if (count < into.length) {
      into[count] = node;
    }
    return count + 1;
  }
}
