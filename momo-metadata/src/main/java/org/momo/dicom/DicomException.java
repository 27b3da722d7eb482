package org.momo.dicom;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.momo.study.ReadProblem;

/**
 * Content that cannot be read as DICOM. The message names the file, and offset and tag where they
 * apply.
 */
public final class DicomException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient ReadProblem problem;

  /**
   * An exception that tells of a problem.
   *
   * @param problem what is wrong, and where
   * @throws NullPointerException if {@code problem} is null
   */
  public DicomException(ReadProblem problem) {
    this(problem, null);
  }

  /**
   * An exception that tells of a problem, with what brought it to light.
   *
   * @param problem what is wrong, and where
   * @param cause what brought it to light, or null
   * @throws NullPointerException if {@code problem} is null
   */
  public DicomException(ReadProblem problem, @Nullable Throwable cause) {
    super(problem.toString(), cause);
    this.problem = problem;
  }

  /**
   * What is wrong, as a value.
   *
   * @return the problem; never null
   */
  public ReadProblem problem() {
    if (problem == null) {
      String message = getMessage();
      return ReadProblem.of(ReadProblem.Kind.MALFORMED, "", message == null ? "" : message);
    }
    return problem;
  }

  /**
   * The sort of problem.
   *
   * @return the kind; never null
   */
  public ReadProblem.Kind kind() {
    return problem().kind();
  }

  /**
   * The file, entry or address.
   *
   * @return the place; never null
   */
  public String source() {
    return problem().source();
  }

  /**
   * The byte offset in the file.
   *
   * @return the offset, where one applies
   */
  public OptionalLong offset() {
    return problem().offset();
  }

  /**
   * The attribute.
   *
   * @return group and element, where one applies
   */
  public OptionalInt tag() {
    return problem().tag();
  }
}
