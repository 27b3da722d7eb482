package org.momo.metadata.words;

import java.util.Objects;
import org.momo.decision.Concept;

/**
 * A concept that a text names.
 *
 * <p>This class is immutable.
 *
 * @param concept the concept
 * @param keyword the catalogue's term for it that matched, as the table writes it
 * @param from where it starts in the text
 * @param to where it ends in the text, exclusive
 * @param role what became of it
 * @param guessed whether a word was completed or mended to find it
 */
public record Finding(
    Concept concept, String keyword, int from, int to, Role role, boolean guessed) {

  /** What a finding does for the answer. */
  public enum Role {
    /** It is evidence of its regions, or says of contrast or side what it says. */
    COUNTED,
    /** A "without" or "not including" before it takes it out. */
    NEGATED,
    /** A more specific finding, or one of higher rank, speaks instead. */
    OUTRANKED,
    /** It is part of a finding that several words make together. */
    COMBINED,
    /** It never is evidence of a region: a function word, a disease, a device. */
    IGNORED
  }

  /**
   * Checks the parts.
   *
   * @param concept the concept
   * @param keyword the catalogue's term for it that matched, as the table writes it
   * @param from where it starts in the text
   * @param to where it ends in the text, exclusive
   * @param role what became of it
   * @param guessed whether a word was completed or mended to find it
   */
  public Finding {
    Objects.requireNonNull(concept, "concept");
    Objects.requireNonNull(keyword, "keyword");
    Objects.requireNonNull(role, "role");
  }
}
