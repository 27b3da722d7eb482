package org.momo.study;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Something that was skipped while reading, and why.
 *
 * <p>This class is immutable.
 *
 * @param kind what sort of problem it is
 * @param source the file, entry or address
 * @param offset the byte offset in it, where one applies
 * @param tag the attribute, where one applies
 * @param message one clear sentence that says what is wrong and what to do; nothing of the patient
 */
public record ReadProblem(
    Kind kind, String source, OptionalLong offset, OptionalInt tag, String message) {

  /** The sorts of problem. */
  public enum Kind {
    /** The file is no DICOM object: a viewer, a document, a picture. */
    NOT_DICOM,
    /** The file ends before its content does. */
    TRUNCATED,
    /** The content contradicts the standard so that it cannot be read on. */
    MALFORMED,
    /** A length, count, depth or time exceeds the limit that was set. */
    LIMIT_EXCEEDED,
    /** The object uses something that this reader does not know. */
    UNSUPPORTED,
    /** The instance was there already. */
    DUPLICATE,
    /**
     * The object is read but carries no image evidence: a report, a presentation state, an index.
     */
    NOT_AN_IMAGE,
    /** The place cannot be opened or read: permissions, a link in a circle, a lost connection. */
    UNREADABLE
  }

  /**
   * Checks the parts.
   *
   * @param kind what sort of problem it is
   * @param source the file, entry or address
   * @param offset the byte offset in it, where one applies
   * @param tag the attribute, where one applies
   * @param message one clear sentence that says what is wrong and what to do
   * @throws NullPointerException if a part is null
   */
  public ReadProblem {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(offset, "offset");
    Objects.requireNonNull(tag, "tag");
    Objects.requireNonNull(message, "message");
  }

  /**
   * A problem of a whole file.
   *
   * @param kind what sort of problem it is
   * @param source the file, entry or address
   * @param message one clear sentence
   * @return the problem
   */
  public static ReadProblem of(Kind kind, String source, String message) {
    return new ReadProblem(kind, source, OptionalLong.empty(), OptionalInt.empty(), message);
  }

  /**
   * A problem at one place of a file.
   *
   * @param kind what sort of problem it is
   * @param source the file, entry or address
   * @param offset the byte offset, 0 or more
   * @param tag the attribute
   * @param message one clear sentence
   * @return the problem
   */
  public static ReadProblem at(Kind kind, String source, long offset, int tag, String message) {
    return new ReadProblem(kind, source, OptionalLong.of(offset), OptionalInt.of(tag), message);
  }

  /** Source, offset, tag and message in one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(source);
    offset.ifPresent(o -> text.append(", byte ").append(o));
    tag.ifPresent(t -> text.append(", ").append(Tag.format(t)));
    return text.append(": ").append(message).toString();
  }
}
