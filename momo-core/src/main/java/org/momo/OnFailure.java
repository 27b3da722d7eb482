package org.momo;

/** What becomes of a study when a layer fails on it. */
public enum OnFailure {
  /** The trace tells, and the study goes on as if the layer had abstained. */
  CONTINUE,
  /** The study stays undecided, so that a person looks at it. */
  UNDECIDED
}
