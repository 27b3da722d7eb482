package org.momo.catalogue;

import java.util.Objects;

/**
 * Something in a catalogue that a person should look at.
 *
 * <p>This class is immutable.
 *
 * @param severity how bad it is
 * @param subject the class code, the concept id or the rule that it is about
 * @param message one clear sentence
 */
public record LintFinding(Severity severity, String subject, String message) {

  /** How bad a finding is. */
  public enum Severity {
    /** It cannot work as it is meant. */
    ERROR,
    /** It is likely a mistake. */
    WARNING,
    /** It may be meant so. */
    NOTE
  }

  /**
   * Checks the parts.
   *
   * @param severity how bad it is
   * @param subject what it is about
   * @param message one clear sentence
   * @throws NullPointerException if a part is null
   */
  public LintFinding {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(message, "message");
  }

  /** Severity, subject and message in one line. */
  @Override
  public String toString() {
    return severity + " " + subject + ": " + message;
  }
}
