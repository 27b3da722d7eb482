package org.momo.spi;

import org.momo.decision.Ballot;

/**
 * Rewrites a ballot before it is counted.
 *
 * <p>The trace writes a rule as its {@link Object#toString} does.
 *
 * <p>Implementations must be thread-safe, and depend on the ballot alone.
 */
@FunctionalInterface
public interface VoteRule {

  /**
   * Applies the rule.
   *
   * @param ballot the votes as the rules before left them
   * @return the ballot itself where the rule does not apply, else a new one; never null
   */
  Ballot apply(Ballot ballot);
}
