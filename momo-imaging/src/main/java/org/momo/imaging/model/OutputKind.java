package org.momo.imaging.model;

/** What a network gives. This class is immutable. */
public enum OutputKind {
  /** Numbers of any size; a softmax makes probabilities of them. */
  LOGITS,
  /** Numbers of 0 or more that sum to 1. */
  PROBABILITIES
}
