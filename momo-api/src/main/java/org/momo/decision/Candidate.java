package org.momo.decision;

import java.util.Objects;

/**
 * A class and what it got in a count.
 *
 * <p>This class is immutable.
 *
 * @param studyClass the class
 * @param weight the sum of its votes' weights
 * @param share its weight as a part of all weight on the ballot, blank weight too; 0 to 1
 */
public record Candidate(StudyClass studyClass, double weight, double share) {
  /**
   * Checks the parts.
   *
   * @param studyClass the class
   * @param weight the sum of its votes' weights
   * @param share its weight as a part of all weight on the ballot, blank weight too
   * @throws NullPointerException if {@code studyClass} is null
   */
  public Candidate {
    Objects.requireNonNull(studyClass, "studyClass");
  }
}
