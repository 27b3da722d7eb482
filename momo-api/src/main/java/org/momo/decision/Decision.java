package org.momo.decision;

import java.util.List;
import java.util.Objects;

/**
 * How it ended: with a class, or with a reason why there is none.
 *
 * <p>Implementations are immutable.
 */
public sealed interface Decision {

  /**
   * What could be said for each class in the last count.
   *
   * @return most weight first; never null
   */
  List<Candidate> candidates();

  /**
   * The study has a class.
   *
   * <p>This class is immutable.
   *
   * @param studyClass the answer
   * @param confidence how sure, 0 to 1: the share of the vote, or what the deciding layer stated
   * @param decidedBy the layer, or the layers joined by {@code +}, that decided
   * @param candidates the answer and the runners-up
   */
  record Decided(
      StudyClass studyClass, double confidence, String decidedBy, List<Candidate> candidates)
      implements Decision {
    /**
     * Checks and copies the parts.
     *
     * @param studyClass the answer
     * @param confidence how sure, 0 to 1: the share of the vote, or what the deciding layer stated
     * @param decidedBy the layer, or the layers joined by {@code +}, that decided
     * @param candidates the answer and the runners-up
     * @throws NullPointerException if a part is null
     * @throws IllegalArgumentException if the confidence is not between 0 and 1
     */
    public Decided {
      Objects.requireNonNull(studyClass, "studyClass");
      Objects.requireNonNull(decidedBy, "decidedBy");
      candidates = List.copyOf(candidates);
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("confidence must be between 0 and 1: was " + confidence);
      }
    }
  }

  /**
   * The study has no class; a person should look.
   *
   * <p>This class is immutable.
   *
   * @param reason why
   * @param detail the same in words
   * @param candidates the best of what there was, ranked
   */
  record Undecided(Reason reason, String detail, List<Candidate> candidates) implements Decision {
    /**
     * Checks and copies the parts.
     *
     * @param reason why
     * @param detail the same in words
     * @param candidates the best of what there was, ranked
     * @throws NullPointerException if a part is null
     */
    public Undecided {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(detail, "detail");
      candidates = List.copyOf(candidates);
    }
  }

  /** Why a study can stay without a class. */
  enum Reason {
    /** No layer had anything to say. */
    NO_EVIDENCE,
    /** Several classes lead with the same weight. */
    TIE,
    /** One class leads, but with less confidence than the configuration asks for. */
    BELOW_THRESHOLD,
    /** A layer failed, and the configuration does not allow to go on without it. */
    LAYER_FAILED
  }
}
