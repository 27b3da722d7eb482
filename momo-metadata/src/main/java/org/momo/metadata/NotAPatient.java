package org.momo.metadata;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

/** Recognises studies that are no person's examination: phantoms, quality checks, animals. */
final class NotAPatient {
  private static final Pattern PHANTOM =
      Pattern.compile(
          "(?<![\\p{L}])(ph?[ah]ntom[es]?|fantom[ea]?|fant[oô]mes?|qc|qa|quality (control|assurance)"
              + "|qualit[aä]tssicherung\\w*|konstanzpr[uü]fung\\w*|kalibri\\w*|calibration|smpte"
              + "|test ?(image|pattern|bild)s?|daily check|bottle)(?![\\p{L}])");
  private static final Pattern TEST =
      Pattern.compile("(?<![\\p{L}])([Tt]est(?!\\p{Ll})|TEST(?!\\p{L}))");
  private static final Pattern HUMAN =
      Pattern.compile("human|homo sapiens|mensch|homme|humain|337915000|l-85b00");
  private static final int LONGEST = 512;

  private NotAPatient() {}

  /** Why a study is no person's, or empty where nothing says so. */
  static Optional<String> reason(Study study) {
    int images = 0;
    int phantoms = 0;
    for (Series series : study.series()) {
      Header header = series.header();
      if (isAnimal(header)) {
        return Optional.of("the species or breed says that the patient is an animal");
      }
      if (says(header, Tag.STUDY_DESCRIPTION)
          || says(header, Tag.PERFORMED_PROCEDURE_STEP_DESCRIPTION)) {
        return Optional.of("the description of the study speaks of a phantom or a quality check");
      }
      images++;
      phantoms +=
          says(header, Tag.SERIES_DESCRIPTION)
                  || says(header, Tag.PROTOCOL_NAME)
                  || says(header, Tag.BODY_PART_EXAMINED)
              ? 1
              : 0;
    }
    return phantoms > 0 && phantoms * 2 >= images
        ? Optional.of("the series speak of a phantom or a quality check")
        : Optional.empty();
  }

  /** Whether the study is called a test, so that what is usual proves nothing. */
  static boolean isTest(Study study) {
    return study.series().stream()
        .map(series -> bounded(series.header().string(Tag.STUDY_DESCRIPTION).orElse("")))
        .anyMatch(text -> TEST.matcher(text).find());
  }

  private static boolean isAnimal(Header header) {
    String species = header.string(Tag.PATIENT_SPECIES_DESCRIPTION).orElse("");
    for (Header item : header.items(Tag.PATIENT_SPECIES_CODE_SEQUENCE)) {
      species += ' ' + item.string(Tag.CODE_VALUE).orElse("");
      species += ' ' + item.string(Tag.CODE_MEANING).orElse("");
    }
    if (!species.isBlank()) {
      return !HUMAN.matcher(bounded(species).toLowerCase(Locale.ROOT)).find();
    }
    return header.string(Tag.PATIENT_BREED_DESCRIPTION).isPresent()
        || !header.codes(Tag.PATIENT_BREED_CODE_SEQUENCE).isEmpty();
  }

  private static boolean says(Header header, int tag) {
    String text = bounded(header.string(tag).orElse(""));
    return PHANTOM.matcher(text.toLowerCase(Locale.ROOT).replace('_', ' ')).find();
  }

  private static String bounded(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
