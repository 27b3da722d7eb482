package org.momo.metadata.words;

/** How firmly a text speaks for a class, from firm to loose. */
public enum Strength {
  /** Words that the catalogue knows name all that the class covers, and nothing else. */
  STRONG,
  /**
   * The class fits, but by a guess: an abbreviation or truncated word, words that count only where
   * nothing else is said, or a set of regions for which the catalogue has no class of its own.
   */
  WEAK,
  /** The class would be correct but too general. */
  GENERAL
}
