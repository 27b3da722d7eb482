package org.momo.evaluation;

import java.util.Locale;
import java.util.Objects;

/**
 * An entry of a catalogue's table that corrections speak for. Whether it is right, a person says.
 *
 * <p>This class is immutable.
 *
 * @param kind where in the table it belongs
 * @param code the class that it would lead to
 * @param text the description or keyword, as it was typed most often
 * @param support corrected studies of that class that have the text
 * @param wrong of these, those that are not answered so today
 * @param against corrected studies of another class, in the same modality, that have the text
 * @param elsewhere studies without correction, in the same modality, that have the text and are
 *     answered with another class today
 */
public record Proposal(
    Kind kind, String code, String text, long support, long wrong, long against, long elsewhere) {

  /** Where in the table an entry belongs. */
  public enum Kind {
    /** The whole of a study description. */
    DESCRIPTION,
    /** Words that any text may hold. */
    KEYWORD;

    /**
     * The kind in lower case.
     *
     * @return {@code description} or {@code keyword}
     */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the parts.
   *
   * @param kind where in the table it belongs
   * @param code the class that it would lead to
   * @param text the description or keyword
   * @param support corrected studies of that class that have the text
   * @param wrong of these, those that are not answered so today
   * @param against corrected studies of another class that have the text
   * @param elsewhere studies without correction that have the text and another answer
   * @throws NullPointerException if a part is null
   */
  public Proposal {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(text, "text");
  }

  /**
   * Whether no study speaks against it.
   *
   * @return true if neither a correction nor another study's answer of today does
   */
  public boolean isClear() {
    return against == 0 && elsewhere == 0;
  }
}
