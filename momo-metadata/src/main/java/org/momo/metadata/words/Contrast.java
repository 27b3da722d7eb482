package org.momo.metadata.words;

/** What a text says of contrast medium. */
public enum Contrast {
  /** Nothing. */
  UNSAID,
  /** It was given. */
  WITH,
  /** It was not given. */
  WITHOUT,
  /** There are images without and with it. */
  BOTH
}
