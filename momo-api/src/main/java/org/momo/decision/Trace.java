package org.momo.decision;

import java.util.List;
import java.util.Objects;

/**
 * Everything that happened on the way to a decision, in order.
 *
 * <p>This class is immutable.
 *
 * @param steps what happened, first to last
 */
public record Trace(List<Step> steps) {

  /**
   * Copies the steps.
   *
   * @param steps what happened, first to last
   * @throws NullPointerException if {@code steps} is null or holds null
   */
  public Trace {
    steps = List.copyOf(steps);
  }

  /** One thing that happened. */
  public sealed interface Step {}

  /**
   * A layer was asked, and answered.
   *
   * <p>This class is immutable.
   *
   * @param layer the layer's name
   * @param opinion what it said
   */
  public record Asked(String layer, Opinion opinion) implements Step {
    /**
     * Checks the parts.
     *
     * @param layer the layer's name
     * @param opinion what it said
     * @throws NullPointerException if a part is null
     */
    public Asked {
      Objects.requireNonNull(layer, "layer");
      Objects.requireNonNull(opinion, "opinion");
    }
  }

  /**
   * A rule changed the ballot.
   *
   * <p>This class is immutable.
   *
   * @param rule the rule as it is written
   * @param before the ballot that it found
   * @param after the ballot that it left
   */
  public record RuleApplied(String rule, Ballot before, Ballot after) implements Step {
    /**
     * Checks the parts.
     *
     * @param rule the rule as it is written
     * @param before the ballot that it found
     * @param after the ballot that it left
     * @throws NullPointerException if a part is null
     */
    public RuleApplied {
      Objects.requireNonNull(rule, "rule");
      Objects.requireNonNull(before, "before");
      Objects.requireNonNull(after, "after");
    }
  }

  /**
   * The votes were counted.
   *
   * <p>This class is immutable.
   *
   * @param layers the layer, or the layers joined by {@code +}, whose votes were counted
   * @param candidates the count, most weight first
   * @param outcome what came of it, in words
   */
  public record Counted(String layers, List<Candidate> candidates, String outcome) implements Step {
    /**
     * Checks and copies the parts.
     *
     * @param layers the layer, or the layers joined by {@code +}, whose votes were counted
     * @param candidates the count, most weight first
     * @param outcome what came of it, in words
     * @throws NullPointerException if a part is null
     */
    public Counted {
      Objects.requireNonNull(layers, "layers");
      Objects.requireNonNull(outcome, "outcome");
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * A layer or a rule failed.
   *
   * <p>This class is immutable.
   *
   * @param name the layer's name, or the rule as it is written
   * @param cause what happened, in words; nothing of the patient
   */
  public record Failed(String name, String cause) implements Step {
    /**
     * Checks the parts.
     *
     * @param name the layer's name, or the rule as it is written
     * @param cause what happened, in words
     * @throws NullPointerException if a part is null
     */
    public Failed {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(cause, "cause");
    }
  }

  /**
   * Something worth knowing.
   *
   * <p>This class is immutable.
   *
   * @param text in words; nothing of the patient
   */
  public record Note(String text) implements Step {
    /**
     * Checks the text.
     *
     * @param text in words
     * @throws NullPointerException if {@code text} is null
     */
    public Note {
      Objects.requireNonNull(text, "text");
    }
  }
}
