package org.momo.evaluation;

/** What an answer is worth, best first. */
public enum Verdict {
  /** It is one of the accepted answers. */
  RIGHT,
  /** It is correct but too general, or right in part. */
  MINOR,
  /** It is wrong. */
  MAJOR,
  /** There is none: the study came back undecided. */
  NONE
}
