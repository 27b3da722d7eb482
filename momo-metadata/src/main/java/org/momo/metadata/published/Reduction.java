package org.momo.metadata.published;

import java.util.List;
import java.util.Locale;

/**
 * Brings a text into the form in which the published system compares texts: umlauts written out, a
 * few words of joining dropped, lower case, letters and digits alone, and without the words of a
 * blacklist.
 *
 * <p>Blanks are dropped too, so a reduced text has no word boundaries.
 *
 * <p>This class is immutable.
 */
public final class Reduction {
  /** The published blacklist. */
  public static final List<String> BLACKLIST =
      List.of(
          "untersuchung", "planungs", "craniospinaleachse", "ueberpruefung", "kontrolle", "befund");

  private static final int LONGEST = 1024;
  private static final List<String> JOINING =
      List.of(" und ", " and ", " der ", " des ", " of the ");

  private final List<String> blacklist;

  /**
   * A reduction with a blacklist.
   *
   * @param blacklist words to delete from reduced texts, in order, themselves in reduced form
   */
  public Reduction(List<String> blacklist) {
    this.blacklist = List.copyOf(blacklist);
  }

  /**
   * Reduces a text. What follows its first 1,024 characters is not read.
   *
   * @param text a text
   * @return its reduced form; may be empty
   */
  public String reduce(String text) {
    String reduced = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    reduced =
        reduced
            .replace("ä", "ae")
            .replace("ö", "oe")
            .replace("ü", "ue")
            .replace("Ä", "AE")
            .replace("Ö", "OE")
            .replace("Ü", "UE")
            .replace("ß", "ss")
            .toLowerCase(Locale.ROOT);
    for (String word : JOINING) {
      reduced = reduced.replace(word, " ");
    }
    StringBuilder kept = new StringBuilder(reduced.length());
    for (int i = 0; i < reduced.length(); i++) {
      char c = reduced.charAt(i);
      if (Character.isLetterOrDigit(c) || c == ';') {
        kept.append(c);
      }
    }
    reduced = kept.toString();
    for (String word : blacklist) {
      reduced = reduced.replace(word, "");
    }
    return reduced;
  }
}
