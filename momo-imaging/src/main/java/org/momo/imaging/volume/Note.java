package org.momo.imaging.volume;

import java.util.Objects;

/**
 * One thing that was noticed, left out or repaired on the way from a series to a picture, for the
 * trace. Its text never holds anything of the patient.
 *
 * <p>This class is immutable.
 *
 * @param kind what sort of thing
 * @param text one sentence
 */
public record Note(Kind kind, String text) {

  /** The sorts of note. */
  public enum Kind {
    /** An object was left out: a localiser, a screenshot, a report, or something without pixels. */
    LEFT_OUT,
    /** Frames of another size than most were left out. */
    ODD_SIZE,
    /** The series holds several stacks; one was taken. */
    SPLIT,
    /** The series has a time axis; how it was read. */
    TIME,
    /** Slices are missing or unevenly spaced. */
    UNEVEN,
    /** Slices are in no spatial order that could be read. */
    UNORDERED,
    /** A frame could not be decoded. */
    UNREADABLE,
    /** Several slices were found in one frame. */
    MOSAIC,
    /** A limit was reached. */
    LIMIT
  }

  /**
   * Checks the parts.
   *
   * @param kind what sort of thing
   * @param text one sentence
   * @throws NullPointerException if a part is null
   */
  public Note {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
  }

  /** For instance {@code ODD_SIZE: 2 of 120 frames are not 512 x 512 and were left out}. */
  @Override
  public String toString() {
    return kind + ": " + text;
  }
}
