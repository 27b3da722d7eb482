package org.momo.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Trace;
import org.momo.decision.Vote;

/**
 * Why two configurations answer a study differently: the first step at which their traces part. A
 * layer that abstains takes no part, whatever it says of its reasons.
 *
 * <p>This class is immutable.
 *
 * @param kind what differs
 * @param where the layer, the rule or the layers counted
 * @param words what the difference goes by: words and codes of the catalogue, with {@code +} before
 *     what only the second goes by and {@code -} before what only the first goes by; empty where
 *     that says nothing
 */
public record Cause(Kind kind, String where, String words) {

  /** What can differ. */
  public enum Kind {
    /** A layer answers that abstained before. */
    ANSWERS_NOW("answers where it abstained before"),
    /** A layer abstains that answered before. */
    ABSTAINS_NOW("abstains where it answered before"),
    /** A layer goes by other words or codes. */
    OTHER_WORDS("goes by other words"),
    /** A layer goes by the same words and arrives at other classes. */
    OTHER_CLASSES("takes the same words for other classes"),
    /** A layer weighs the same votes differently. */
    OTHER_WEIGHTS("weighs the same votes differently"),
    /** A layer answers that the first configuration does not have, or did not come to. */
    ONLY_AFTER("answers only in the second configuration"),
    /** A layer answered that the second configuration does not have, or does not come to. */
    ONLY_BEFORE("answers only in the first configuration"),
    /** A layer answers in place of another. */
    OTHER_LAYER("answers in place of another layer"),
    /** A rule applies that did not before. */
    RULE_APPLIES_NOW("is a rule that applies only now"),
    /** A rule applied that does not now. */
    RULE_APPLIED_BEFORE("is a rule that applied only before"),
    /** The same votes are counted to another end. */
    COUNT("counts the same votes to another end"),
    /** A layer or rule fails in one of the two. */
    FAILURE("fails in one of the two"),
    /** The traces do not say. */
    OTHER("differs in what the traces do not show");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }

    /**
     * The kind as a predicate that follows the place.
     *
     * @return for instance {@code answers where it abstained before}
     */
    public String sentence() {
      return sentence;
    }
  }

  /**
   * Checks the parts.
   *
   * @param kind what differs
   * @param where the layer, the rule or the layers counted
   * @param words what the difference goes by
   * @throws NullPointerException if a part is null
   */
  public Cause {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(words, "words");
  }

  /** What sets a trace apart from another. */
  static Cause of(Trace before, Trace after) {
    List<Trace.Step> first = telling(before);
    List<Trace.Step> second = telling(after);
    for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
      Trace.Step b = i < first.size() ? first.get(i) : null;
      Trace.Step a = i < second.size() ? second.get(i) : null;
      Cause cause = of(b, a, before, after);
      if (cause != null) {
        return cause;
      }
    }
    return new Cause(Kind.OTHER, "the pipeline", "");
  }

  private static List<Trace.Step> telling(Trace trace) {
    List<Trace.Step> steps = new ArrayList<>();
    for (Trace.Step step : trace.steps()) {
      if (!(step instanceof Trace.Asked asked && asked.opinion() instanceof Opinion.Abstain)) {
        steps.add(step);
      }
    }
    return steps;
  }

  private static @Nullable Cause of(
      Trace.@Nullable Step b, Trace.@Nullable Step a, Trace before, Trace after) {
    if (a instanceof Trace.Failed y) {
      return b instanceof Trace.Failed x && x.name().equals(y.name())
          ? null
          : new Cause(Kind.FAILURE, y.name(), "+failed");
    }
    if (b instanceof Trace.Failed x) {
      return new Cause(Kind.FAILURE, x.name(), "-failed");
    }
    Trace.Asked asked = b instanceof Trace.Asked x ? x : null;
    Trace.Asked asks = a instanceof Trace.Asked y ? y : null;
    if (asked != null && asks != null && asked.layer().equals(asks.layer())) {
      return opinions(asks.layer(), new View(asked.opinion()), new View(asks.opinion()));
    }
    if (asks != null && abstained(before, asks.layer())) {
      return new Cause(Kind.ANSWERS_NOW, asks.layer(), signed("+", new View(asks.opinion()).words));
    }
    if (asked != null && abstained(after, asked.layer())) {
      return new Cause(
          Kind.ABSTAINS_NOW, asked.layer(), signed("-", new View(asked.opinion()).words));
    }
    if (asked != null && asks != null) {
      return new Cause(Kind.OTHER_LAYER, asks.layer(), between(asked, asks));
    }
    if (asks != null) {
      return new Cause(Kind.ONLY_AFTER, asks.layer(), signed("+", new View(asks.opinion()).words));
    }
    if (asked != null) {
      return new Cause(
          Kind.ONLY_BEFORE, asked.layer(), signed("-", new View(asked.opinion()).words));
    }
    return uncast(b, a, before);
  }

  /** Of two steps that no layer took. */
  private static @Nullable Cause uncast(
      Trace.@Nullable Step b, Trace.@Nullable Step a, Trace before) {
    if (b instanceof Trace.RuleApplied x && a instanceof Trace.RuleApplied y) {
      if (x.rule().equals(y.rule())) {
        return null;
      }
      return applied(before, y.rule())
          ? new Cause(Kind.RULE_APPLIED_BEFORE, x.rule(), "")
          : new Cause(Kind.RULE_APPLIES_NOW, y.rule(), "");
    }
    if (a instanceof Trace.RuleApplied y) {
      return new Cause(Kind.RULE_APPLIES_NOW, y.rule(), "");
    }
    if (b instanceof Trace.RuleApplied x) {
      return new Cause(Kind.RULE_APPLIED_BEFORE, x.rule(), "");
    }
    if (b instanceof Trace.Counted x && a instanceof Trace.Counted y) {
      return x.layers().equals(y.layers()) && x.outcome().equals(y.outcome())
          ? null
          : new Cause(Kind.COUNT, y.layers(), "");
    }
    if (b instanceof Trace.Note x && a instanceof Trace.Note y) {
      return x.text().equals(y.text()) ? null : new Cause(Kind.OTHER, "the pipeline", "");
    }
    String where =
        a instanceof Trace.Counted y
            ? y.layers()
            : b instanceof Trace.Counted x ? x.layers() : "the pipeline";
    return new Cause(where.equals("the pipeline") ? Kind.OTHER : Kind.COUNT, where, "");
  }

  private static boolean abstained(Trace trace, String layer) {
    return trace.steps().stream()
        .anyMatch(
            step ->
                step instanceof Trace.Asked asked
                    && asked.layer().equals(layer)
                    && asked.opinion() instanceof Opinion.Abstain);
  }

  private static boolean applied(Trace trace, String rule) {
    return trace.steps().stream()
        .anyMatch(step -> step instanceof Trace.RuleApplied applied && applied.rule().equals(rule));
  }

  private static @Nullable Cause opinions(String layer, View b, View a) {
    if (!b.words.equals(a.words)) {
      return new Cause(Kind.OTHER_WORDS, layer, difference(b.words, a.words));
    }
    if (!b.weights.keySet().equals(a.weights.keySet())) {
      return new Cause(Kind.OTHER_CLASSES, layer, String.join(", ", a.words));
    }
    for (Map.Entry<String, Double> entry : a.weights.entrySet()) {
      double was = b.weights.getOrDefault(entry.getKey(), 0.0);
      if (Math.abs(was - entry.getValue()) > 1e-9) {
        return new Cause(Kind.OTHER_WEIGHTS, layer, String.join(", ", a.words));
      }
    }
    return null;
  }

  private static String between(Trace.Asked asked, Trace.Asked asks) {
    return difference(new View(asked.opinion()).words, new View(asks.opinion()).words);
  }

  private static String difference(Set<String> before, Set<String> after) {
    Set<String> parts = new LinkedHashSet<>();
    after.stream().filter(word -> !before.contains(word)).forEach(word -> parts.add("+" + word));
    before.stream().filter(word -> !after.contains(word)).forEach(word -> parts.add("-" + word));
    return String.join(", ", parts);
  }

  private static String signed(String sign, Set<String> words) {
    return String.join(", ", words.stream().map(word -> sign + word).toList());
  }

  /** What of an opinion counts: whom it names, how strongly, and by which words. */
  private static final class View {
    final TreeMap<String, Double> weights = new TreeMap<>();
    final TreeSet<String> words = new TreeSet<>();

    View(Opinion opinion) {
      if (opinion instanceof Opinion.Final answer) {
        add(answer.studyClass().code(), answer.confidence(), answer.evidence());
      } else if (opinion instanceof Opinion.Votes votes) {
        for (Vote vote : votes.ballot().votes()) {
          add(vote.studyClass().code(), vote.weight(), vote.evidence());
        }
        weights.put("", votes.ballot().blank());
      }
    }

    private void add(String code, double weight, Evidence evidence) {
      weights.merge(code, weight, Double::sum);
      if (!evidence.matched().isEmpty()) {
        words.add(evidence.matched());
      }
    }
  }
}
