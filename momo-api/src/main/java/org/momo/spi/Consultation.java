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
   * Adds a line to the trace.
   *
   * @param text in words; nothing of the patient
   */
  void note(String text);
}
