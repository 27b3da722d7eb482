package org.momo.metadata.words;

/** Which side a text names. */
public enum Laterality {
  /** None. */
  UNSAID,
  /** The left. */
  LEFT,
  /** The right. */
  RIGHT,
  /** Both, or left and right. */
  BOTH
}
