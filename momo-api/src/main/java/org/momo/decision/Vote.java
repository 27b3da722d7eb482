package org.momo.decision;

import java.util.Objects;

/**
 * One vote for one class.
 *
 * <p>This class is immutable.
 *
 * @param studyClass whom it is for
 * @param weight what it counts; finite and more than 0
 * @param evidence why it was cast
 */
public record Vote(StudyClass studyClass, double weight, Evidence evidence) {

  /**
   * Checks the parts.
   *
   * @param studyClass whom it is for
   * @param weight what it counts
   * @param evidence why it was cast
   * @throws NullPointerException if a part is null
   * @throws IllegalArgumentException if the weight is not finite or not more than 0
   */
  public Vote {
    Objects.requireNonNull(studyClass, "studyClass");
    Objects.requireNonNull(evidence, "evidence");
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("weight must be finite and more than 0: was " + weight);
    }
  }

  /**
   * This vote for another class.
   *
   * @param other whom it is for now
   * @return a new vote of the same weight and evidence
   */
  public Vote withClass(StudyClass other) {
    return new Vote(other, weight, evidence);
  }

  /**
   * This vote, counting more or less.
   *
   * @param factor finite and more than 0
   * @return a new vote of the weight times the factor
   */
  public Vote times(double factor) {
    return new Vote(studyClass, weight * factor, evidence);
  }
}
