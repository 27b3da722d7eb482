package org.momo.metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.momo.decision.Opinion;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

/*
 * Names and identifiers of patients are looked at for what a technician types when nobody lies in
 * the machine. They go no further than that: the reasons given here repeat nothing of them.
 */
/** Recognises studies that are no person's examination: phantoms, quality checks, animals. */
final class NotAPatient {
  private static final Pattern PHANTOM =
      words(
          "ph?[ah]ntom[es]?|fantom[ea]?|fant[oô]mes?|qc|qa|quality (control|assurance)"
              + "|qualit[aä]tssicherung\\w*|konstanzpr[uü]fung\\w*|kwaliteitscontrole"
              + "|contr[oô]le (de )?qualit[eé]|control de calidad|controle de qualidade"
              + "|controllo (di )?qualit[aà]|kvalitetskontroll?\\w*|kontrola jako[sś]ci"
              + "|kalibri\\w*|calibration|calibrage|smpte|tg ?18|tg ?270"
              + "|test ?(image|pattern|bild|object|phantom)s?|daily (check|cal)|bottle"
              + "|acr (phantom|accreditation|test|weekly)|catphan|jaszczak|gammex|nema (iq|nu ?[24])"
              + "|(air|water) cal(ibration)?|(tube )?warm ?up|blank scan"
              + "|flood (field|source)|(intrinsic|extrinsic) flood|uniformity (check|test)");

  /** What a name holds where the patient is a thing, wherever in the name it stands. */
  private static final Pattern THING =
      words(
          "ph?[ah]ntom[es]?|fantom[ea]?|qc|qa|quality (control|assurance)|calibration|kalibri\\w*"
              + "|test ?patient\\w*|patient ?test|test ?object|acr phantom|catphan|jaszczak"
              + "|acrylic|plexiglas+|pmma|plastic|dummy|mannequin|z{3,}\\p{L}*");

  /** A part of a name that says test and nothing else; as one word among others it is a name. */
  private static final Pattern TEST_NAME =
      Pattern.compile("(test|tests|teszt|prueba|prova|essai)[ 0-9]*");

  private static final Pattern TEST_ID =
      Pattern.compile("(test|qa|qc|phantom|acr|catphan)[ -]?[0-9]*");
  private static final Pattern TEST =
      Pattern.compile("(?<![\\p{L}])([Tt]est(?!\\p{Ll})|TEST(?!\\p{L}))");
  private static final Pattern HUMAN =
      Pattern.compile("human|homo sapiens|mensch|homme|humain|337915000|l-85b00");
  private static final Pattern AGE = Pattern.compile("[0-9]{3}[DWMY]");
  private static final Pattern NAME_PARTS = Pattern.compile("[\\^=\\\\]");
  private static final int LONGEST = 512;
  private static final int[] OF_STUDY = {
    Tag.STUDY_DESCRIPTION,
    Tag.PERFORMED_PROCEDURE_STEP_DESCRIPTION,
    Tag.REQUESTED_PROCEDURE_DESCRIPTION
  };
  private static final int[] OF_SERIES = {
    Tag.SERIES_DESCRIPTION, Tag.PROTOCOL_NAME, Tag.BODY_PART_EXAMINED
  };

  private NotAPatient() {}

  private static Pattern words(String alternatives) {
    return Pattern.compile("(?<![\\p{L}])(" + alternatives + ")(?![\\p{L}])");
  }

  /** Why a study is no person's, or empty where nothing says so. */
  static Optional<String> reason(Study study) {
    int images = 0;
    int phantoms = 0;
    Map<String, Boolean> known = new HashMap<>();
    Set<List<String>> named = new HashSet<>();
    for (Series series : study.series()) {
      Header header = series.header();
      if (isAnimal(header)) {
        return Optional.of("the species or breed says that the patient is an animal");
      }
      if (isYes(header, Tag.QUALITY_CONTROL_IMAGE) || isYes(header, Tag.CALIBRATION_IMAGE)) {
        return Optional.of("the images are marked as made for quality control or calibration");
      }
      if (isNamedAsThing(header, named)) {
        return Optional.of("the patient is named as a phantom or a test");
      }
      if (says(header, known, OF_STUDY)) {
        return Optional.of("the description of the study speaks of a phantom or a quality check");
      }
      images++;
      phantoms += says(header, known, OF_SERIES) ? 1 : 0;
    }
    if (phantoms > 0 && phantoms * 2 >= images) {
      return Optional.of("the series speak of a phantom or a quality check");
    }
    return isTestFirst(study) && study.series().stream().noneMatch(s -> tellsOfPerson(s.header()))
        ? Optional.of("the study is called a test, and nothing is told of a person")
        : Optional.empty();
  }

  /**
   * What a layer says that was asked to judge patients only.
   *
   * @return the opinion, or an abstention where the study is no person's
   */
  static Opinion ofPatient(Opinion opinion, Study study) {
    return opinion instanceof Opinion.Abstain
        ? opinion
        : reason(study).<Opinion>map(Opinion::abstain).orElse(opinion);
  }

  /** Whether a header holds a sex or an age, or says that the identity was removed. */
  private static boolean tellsOfPerson(Header header) {
    String sex = header.string(Tag.PATIENT_SEX).orElse("");
    return sex.equals("M")
        || sex.equals("F")
        || AGE.matcher(header.string(Tag.PATIENT_AGE).orElse("")).matches()
        || isYes(header, Tag.PATIENT_IDENTITY_REMOVED);
  }

  /** Whether the study is called a test, so that what is usual proves nothing. */
  static boolean isTest(Study study) {
    return study.series().stream()
        .map(series -> bounded(series.header().string(Tag.STUDY_DESCRIPTION).orElse("")))
        .anyMatch(text -> TEST.matcher(text).find());
  }

  /** Whether the study is called a test before anything else, which no stress test is. */
  private static boolean isTestFirst(Study study) {
    return study.series().stream()
        .map(series -> bounded(series.header().string(Tag.STUDY_DESCRIPTION).orElse("")))
        .anyMatch(text -> TEST.matcher(text.strip()).lookingAt());
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

  /** Whether the patient is a thing by name; names that were looked at are not looked at again. */
  private static boolean isNamedAsThing(Header header, Set<List<String>> seen) {
    List<String> names = new ArrayList<>(header.strings(Tag.PATIENT_NAME));
    names.addAll(header.strings(Tag.PATIENT_ID));
    if (names.isEmpty() || !seen.add(names)) {
      return false;
    }
    String name = lower(header.string(Tag.PATIENT_NAME).orElse(""));
    String id = lower(header.string(Tag.PATIENT_ID).orElse("")).strip();
    if (THING.matcher(name).find() || THING.matcher(id).find()) {
      return true;
    }
    if (isYes(header, Tag.PATIENT_IDENTITY_REMOVED)) {
      return false;
    }
    if (TEST_ID.matcher(id).matches()) {
      return true;
    }
    for (String part : NAME_PARTS.split(name)) {
      if (TEST_NAME.matcher(part.strip()).matches()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isYes(Header header, int tag) {
    return header.string(tag).orElse("").equals("YES");
  }

  /** Whether a text speaks of a phantom; each text of a study is looked at once. */
  private static boolean says(Header header, Map<String, Boolean> known, int... tags) {
    for (int tag : tags) {
      String text = header.string(tag).orElse("");
      if (!text.isEmpty() && known.computeIfAbsent(text, t -> PHANTOM.matcher(lower(t)).find())) {
        return true;
      }
    }
    return false;
  }

  private static String lower(String text) {
    return bounded(text).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String bounded(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
