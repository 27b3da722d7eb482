package org.momo.metadata;

import org.jspecify.annotations.Nullable;
import org.momo.decision.Evidence;
import org.momo.decision.StudyClass;

/**
 * What one attribute of a study says of its class, and how far to trust it.
 *
 * <p>This class is immutable.
 *
 * @param studyClass the class that it speaks for
 * @param family what it depends on: statements of one family tend to repeat each other
 * @param weight the logarithm of its odds of being right, alone
 * @param evidence what it says
 */
record Statement(StudyClass studyClass, Family family, double weight, Evidence evidence) {

  /** Sources that do not depend on each other much. */
  enum Family {
    /** Words and codes that describe the examination as a whole. */
    STUDY,
    /** Words that describe a series: its description, its protocol. */
    SERIES,
    /** The body part that was chosen at the machine. */
    BODY_PART,
    /** How the images were made. */
    ACQUISITION,
    /** What studies of the modality are when nothing is said. */
    USUAL
  }

  /** The logarithm of the odds of a probability. */
  static double logOdds(double probability) {
    return Math.log(probability / (1 - probability));
  }

  /**
   * The attribute that speaks, whichever item of its sequence it stands in; empty where none does.
   */
  String attribute() {
    return evidence
        .attribute()
        .map(
            path ->
                path.steps().stream()
                        .map(step -> step.sequenceTag() + "/")
                        .reduce("", String::concat)
                    + path.tag())
        .orElse("");
  }

  @Nullable String seriesUid() {
    return evidence.seriesUid();
  }
}
