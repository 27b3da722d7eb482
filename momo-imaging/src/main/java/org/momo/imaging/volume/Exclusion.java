package org.momo.imaging.volume;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.momo.study.Header;
import org.momo.study.Tag;

/** Objects that carry pixels but are no examination: localisers, screenshots, reports, maps. */
final class Exclusion {
  /** The published words; a description that holds one of them, anywhere, is left out. */
  static final List<String> WORDS =
      List.of(
          "localizer",
          "patient",
          "protocol",
          "dosis",
          "report",
          "topogram",
          "scout",
          "screen",
          "save",
          "scoring",
          "evidence",
          "document",
          "result",
          "text");

  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";
  private static final Map<String, String> OBJECTS =
      Map.of(
          "481.2", "a dose grid",
          "66.4", "a segmentation",
          "66.5", "a surface segmentation",
          "66", "raw data",
          "104.1", "an encapsulated document",
          "104.2", "an encapsulated document",
          "77.1.5.3", "a stereometric relation",
          "11.1", "a presentation state",
          "7.1", "a screenshot of one bit");

  private static final Map<String, String> IMAGE_TYPES =
      Map.ofEntries(
          Map.entry("LOCALIZER", "a localiser"),
          Map.entry("SCOUT", "a localiser"),
          Map.entry("TOPOGRAM", "a localiser"),
          Map.entry("SCREEN SAVE", "a screenshot"),
          Map.entry("SCREENSAVE", "a screenshot"),
          Map.entry("SCREENSHOT", "a screenshot"),
          Map.entry("REPORT", "a report"),
          Map.entry("DOSE_INFO", "a dose report"),
          Map.entry("DOSE INFO", "a dose report"),
          Map.entry("CSA REPORT", "a report"),
          Map.entry("PATIENT_INFO", "a page of patient data"),
          Map.entry("REF_SURVIEW", "a localiser"),
          Map.entry("SURVIEW", "a localiser"),
          Map.entry("PROTOCOL", "a protocol page"));

  private Exclusion() {}

  /** Why an instance does not count, or empty. */
  static Optional<String> ofInstance(Header header) {
    String sopClass = header.string(Tag.SOP_CLASS_UID).orElse("");
    if (sopClass.startsWith(STORAGE)) {
      String object = OBJECTS.get(sopClass.substring(STORAGE.length()));
      if (object != null) {
        return Optional.of(object);
      }
      if (sopClass.startsWith(STORAGE + "88.")) {
        return Optional.of("a structured report");
      }
    }
    for (String value : header.strings(Tag.IMAGE_TYPE)) {
      String what = IMAGE_TYPES.get(value.toUpperCase(Locale.ROOT));
      if (what != null) {
        return Optional.of(what);
      }
    }
    return Optional.empty();
  }

  /** The first of some lower-case words that the series' description holds, or empty. */
  static Optional<String> wordOf(Header header, List<String> words) {
    String description = header.string(Tag.SERIES_DESCRIPTION).orElse("").toLowerCase(Locale.ROOT);
    return words.stream().filter(description::contains).findFirst();
  }
}
