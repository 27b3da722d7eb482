package org.momo.decision;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * What a layer says of a study: nothing, the answer, or votes.
 *
 * <p>Implementations are immutable.
 */
public sealed interface Opinion {

  /**
   * The layer has nothing to say.
   *
   * <p>This class is immutable.
   *
   * @param reason why, in words for the trace; nothing of the patient
   */
  record Abstain(String reason) implements Opinion {
    /**
     * Checks the reason.
     *
     * @param reason why, in words for the trace
     * @throws NullPointerException if {@code reason} is null
     */
    public Abstain {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * The layer knows: no other is asked.
   *
   * <p>This class is immutable.
   *
   * @param studyClass the answer
   * @param confidence how sure, 0 to 1
   * @param evidence why
   */
  record Final(StudyClass studyClass, double confidence, Evidence evidence) implements Opinion {
    /**
     * Checks the parts.
     *
     * @param studyClass the answer
     * @param confidence how sure, 0 to 1
     * @param evidence why
     * @throws NullPointerException if a part is null
     * @throws IllegalArgumentException if the confidence is not between 0 and 1
     */
    public Final {
      Objects.requireNonNull(studyClass, "studyClass");
      Objects.requireNonNull(evidence, "evidence");
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("confidence must be between 0 and 1: was " + confidence);
      }
    }
  }

  /**
   * The layer votes.
   *
   * <p>This class is immutable.
   *
   * @param ballot its votes, in a fixed order, and the weight that it keeps from all classes
   */
  record Votes(Ballot ballot) implements Opinion {
    /**
     * Checks the ballot.
     *
     * @param ballot its votes, in a fixed order, and the weight that it keeps from all classes
     * @throws NullPointerException if {@code ballot} is null
     */
    public Votes {
      Objects.requireNonNull(ballot, "ballot");
    }
  }

  /**
   * Says nothing.
   *
   * @param reason why, in words for the trace; nothing of the patient
   * @return the opinion
   */
  static Opinion abstain(String reason) {
    return new Abstain(reason);
  }

  /**
   * Gives the answer.
   *
   * @param studyClass the answer
   * @param confidence how sure, 0 to 1
   * @param evidence why
   * @return the opinion
   */
  static Opinion decide(StudyClass studyClass, double confidence, Evidence evidence) {
    return new Final(studyClass, confidence, evidence);
  }

  /**
   * Votes.
   *
   * @param votes in a fixed order
   * @return the opinion; an abstention where there are no votes
   */
  static Opinion votes(Collection<Vote> votes) {
    return votes.isEmpty()
        ? new Abstain("nothing matched")
        : new Votes(Ballot.of(List.copyOf(votes)));
  }
}
