package org.momo.metadata;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Tag;

/**
 * How much a series speaks for its study: images that were made for the diagnosis in full, scouts
 * and what was derived from others less, and documents hardly.
 */
final class SeriesRole {
  static final double FULL = 1;
  static final double DERIVED = 0.6;
  static final double SCOUT = 0.35;
  static final double DOCUMENT = 0.15;

  private static final Pattern SCOUT_WORDS =
      Pattern.compile(
          "(?<![a-z])(locali[sz]er|localisateur|scout|topogram\\w*|surview|survey|scanogram\\w*"
              + "|pilot|loc|rep[eé]rage|3[- ]?plane|smart ?prep|bolus ?track\\w*|care ?bolus"
              + "|premonitoring|monitoring|test ?bolus)(?![a-z])");
  private static final Pattern DOCUMENT_WORDS =
      Pattern.compile(
          "(?<![a-z])(patient protocol|protocol|dosis\\w*|dose|dose (report|info\\w*)|report"
              + "|screen ?(save|shot|capture)?|evidence|document|result\\w*|summary|exam summary"
              + "|patient info\\w*)(?![a-z])");

  /** Secondary capture images of one and of many frames. */
  private static final String SECONDARY_CAPTURE_CLASSES = "1.2.840.10008.5.1.4.1.1.7";

  private SeriesRole() {}

  /** The factor for what a series says. */
  static double of(Series series) {
    Header header = series.header();
    List<String> imageType = header.strings(Tag.IMAGE_TYPE);
    String description =
        header.string(Tag.SERIES_DESCRIPTION).orElse("").toLowerCase(Locale.ROOT).replace('_', ' ');
    String shown = description.length() > 256 ? description.substring(0, 256) : description;
    if (imageType.contains("LOCALIZER") || SCOUT_WORDS.matcher(shown).find()) {
      return SCOUT;
    }
    if (imageType.contains("PATIENT_INFO") || DOCUMENT_WORDS.matcher(shown).find()) {
      return DOCUMENT;
    }
    boolean derived =
        imageType.size() > 1
            && imageType.get(0).equals("DERIVED")
            && imageType.get(1).equals("SECONDARY");
    boolean captured =
        header.string(Tag.SOP_CLASS_UID).orElse("").startsWith(SECONDARY_CAPTURE_CLASSES);
    return derived || captured ? DERIVED : FULL;
  }
}
