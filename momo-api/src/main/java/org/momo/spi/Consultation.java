package org.momo.spi;

import org.momo.decision.Ballot;

/**
 * What a layer may know of the count that it takes part in.
 *
 * <p>Implementations need not be thread-safe; a consultation ends with the call that it was given
 * to.
 */
public interface Consultation {

  /**
   * The votes that the earlier layers of the same count have cast, after the rules.
   *
   * @return the ballot; empty for a layer that is counted alone or comes first
   */
  Ballot soFar();

  /**
   * What the weights of this layer's votes are multiplied by before they join the ballot.
   *
   * @return more than 0
   */
  default double weight() {
    return 1;
  }

  /**
   * The share of all weight that the leader of the count needs.
   *
   * @return 0 to 1
   */
  default double threshold() {
    return 0;
  }

  /**
   * Whether the count follows directly: no rule rewrites this layer's votes, and no other layer of
   * the same count is asked after it. A layer for which that is so may leave out work that cannot
   * change the outcome.
   *
   * @return false where that is not so, or not known
   */
  default boolean countsDirectly() {
    return false;
  }

  /**
   * Adds a line to the trace.
   *
   * @param text in words; nothing of the patient
   */
  void note(String text);
}
