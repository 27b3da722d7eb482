package org.momo.decision;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.momo.study.TagPath;

/**
 * Why a vote was cast.
 *
 * <p>Evidence names tag, series and matched words. It never holds the whole of a text, since texts
 * may name the patient.
 *
 * <p>This class is immutable.
 *
 * @param kind how the class was arrived at
 * @param tag the attribute that spoke, or null where none did
 * @param seriesUid the series that spoke, or null where the study did
 * @param matched the code, keyword or model that matched; words of the catalogue, not of the object
 * @param note what else a person should know, in words; an empty string where nothing
 */
public record Evidence(
    Kind kind, @Nullable TagPath tag, @Nullable String seriesUid, String matched, String note) {

  /** How a class can be arrived at. */
  public enum Kind {
    /** A code said so. */
    DECLARED,
    /** Text said so. */
    MATCHED,
    /** A model said so. */
    INFERRED
  }

  /**
   * Checks the parts.
   *
   * @param kind how the class was arrived at
   * @param tag the attribute that spoke, or null where none did
   * @param seriesUid the series that spoke, or null where the study did
   * @param matched the code, keyword or model that matched
   * @param note what else a person should know, in words
   * @throws NullPointerException if {@code kind}, {@code matched} or {@code note} is null
   */
  public Evidence {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(matched, "matched");
    Objects.requireNonNull(note, "note");
  }

  /**
   * A code in an attribute said so.
   *
   * @param tag the attribute
   * @param seriesUid the series, or null where the study as a whole spoke
   * @param code the code that matched
   * @return the evidence
   */
  public static Evidence declared(TagPath tag, @Nullable String seriesUid, String code) {
    return new Evidence(Kind.DECLARED, tag, seriesUid, code, "");
  }

  /**
   * Words in an attribute said so.
   *
   * @param tag the attribute
   * @param seriesUid the series, or null where the study as a whole spoke
   * @param keyword the catalogue's keyword that matched
   * @return the evidence
   */
  public static Evidence matched(TagPath tag, @Nullable String seriesUid, String keyword) {
    return new Evidence(Kind.MATCHED, tag, seriesUid, keyword, "");
  }

  /**
   * A model said so.
   *
   * @param seriesUid the series that it looked at, or null for the study as a whole
   * @param model the model's name and version
   * @param note what it gave, for instance its probability
   * @return the evidence
   */
  public static Evidence inferred(@Nullable String seriesUid, String model, String note) {
    return new Evidence(Kind.INFERRED, null, seriesUid, model, note);
  }

  /**
   * The attribute that spoke.
   *
   * @return the attribute, or empty where none did
   */
  public Optional<TagPath> attribute() {
    return Optional.ofNullable(tag);
  }

  /**
   * The series that spoke.
   *
   * @return its UID, or empty where the study did
   */
  public Optional<String> series() {
    return Optional.ofNullable(seriesUid);
  }
}
