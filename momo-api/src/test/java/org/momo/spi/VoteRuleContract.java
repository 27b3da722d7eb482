package org.momo.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.momo.decision.Ballot;
import org.momo.decision.Vote;

/**
 * What every vote rule promises. A plugin's author extends this class, gives the rule and some
 * ballots, and inherits the tests.
 */
public abstract class VoteRuleContract {

  /**
   * Makes the rule.
   *
   * @return a rule as the configuration would build it
   */
  protected abstract VoteRule rule();

  /**
   * Ballots to try the rule on: some that it changes, some that it leaves alone.
   *
   * @return the ballots
   */
  protected abstract List<Ballot> ballots();

  @Test
  @DisplayName("A rule leaves the empty ballot alone")
  void leavesEmptyAlone() {
    assertThat(rule().apply(Ballot.empty())).isEqualTo(Ballot.empty());
  }

  @Test
  @DisplayName("A rule gives the same ballot for the same ballot")
  void isDeterministic() {
    VoteRule rule = rule();
    for (Ballot ballot : ballots()) {
      assertThat(rule.apply(ballot)).isEqualTo(rule.apply(ballot));
    }
  }

  @Test
  @DisplayName("A rule makes no votes up: the weight on the ballot does not grow")
  void makesNoVotesUp() {
    VoteRule rule = rule();
    for (Ballot ballot : ballots()) {
      double before = weight(ballot);
      assertThat(weight(rule.apply(ballot))).isLessThanOrEqualTo(before * (1 + Ballot.TOLERANCE));
      assertThat(weight(ballot))
          .as("the ballot given is not changed")
          .isCloseTo(before, within(0.0));
    }
  }

  @Test
  @DisplayName("At least one of the ballots is changed, or these tests would see nothing")
  void changesSomething() {
    VoteRule rule = rule();
    assertThat(ballots()).anyMatch(ballot -> !rule.apply(ballot).equals(ballot));
  }

  @Test
  @DisplayName("A rule has a text for the trace")
  void hasText() {
    assertThat(rule().toString()).isNotBlank().doesNotContain("@").doesNotContain("$$Lambda");
  }

  private static double weight(Ballot ballot) {
    return ballot.votes().stream().mapToDouble(Vote::weight).sum() + ballot.blank();
  }
}
