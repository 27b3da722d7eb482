package org.momo;

import java.util.ArrayList;
import java.util.List;
import org.momo.catalogue.internal.RuleText;
import org.momo.decision.Ballot;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;
import org.momo.spi.ConfigurationException;
import org.momo.spi.VoteRule;

/**
 * Vote rules in the published syntax.
 *
 * <pre>
 * rule     = become | prefer | elect
 * become   = code { sign code } "=" code
 * prefer   = code "&gt;" code
 * elect    = code "!" { sign code }
 * sign     = "+" | "-"
 * code     = bare | '"' any '"' | "'" any "'"
 * bare     = one or more letters, digits, "_" and "."
 * </pre>
 *
 * <p>Blanks may stand between the parts. A code with {@code -} in it is written in quotes, since
 * {@code -} is a sign.
 *
 * <ul>
 *   <li>{@code a+b-d=c}: where each class with {@code +} (and the first) has a vote, and none with
 *       {@code -} has one, the votes of those that must have one become votes for {@code c}. A
 *       class with {@code -} is a condition alone: it never loses or gets a vote.
 *   <li>{@code a>b}: where both have votes, those for {@code b} become votes for {@code a}.
 *   <li>{@code a!+b-c}: where {@code a} and each class with {@code +} have a vote, and none with
 *       {@code -} has one, {@code a} is elected, whatever the weights say. No later rule is
 *       applied, and no later layer is asked.
 * </ul>
 *
 * <p>Weights and evidence stay with their votes: no rule changes the weight on the ballot. Rules
 * are applied once each, in the order in which they are written, each to what the one before left.
 *
 * <p>This class is thread-safe.
 */
public final class VoteRules {
  private VoteRules() {}

  /**
   * Makes a rule.
   *
   * @param text a rule in the published syntax
   * @param catalogue the classes that the rule may name
   * @return the rule; immutable, and its {@code toString} is the text
   * @throws ConfigurationException if the text is no rule (the message names the position), or
   *     names a class that the catalogue lacks
   */
  public static VoteRule parse(String text, Catalogue catalogue) {
    RuleText rule = RuleText.parse(text);
    for (String code : rule.codes()) {
      if (catalogue.find(code).isEmpty()) {
        throw new ConfigurationException(
            "vote rule \""
                + text
                + "\" names the class "
                + code
                + ", which the catalogue "
                + catalogue.name()
                + " lacks");
      }
    }
    return new Published(rule, catalogue.find(rule.target()).orElseThrow());
  }

  /**
   * Makes the rules of a list.
   *
   * @param texts rules in the published syntax
   * @param catalogue the classes that the rules may name
   * @return the rules in the same order
   * @throws ConfigurationException if one is no rule, or names a class that the catalogue lacks
   */
  public static List<VoteRule> parse(List<String> texts, Catalogue catalogue) {
    List<VoteRule> rules = new ArrayList<>(texts.size());
    texts.forEach(text -> rules.add(parse(text, catalogue)));
    return List.copyOf(rules);
  }

  /**
   * Applies rules in order, until one elects.
   *
   * @param rules the rules
   * @param ballot the votes
   * @return what the rules leave; the ballot itself where none applies
   */
  public static Ballot apply(List<VoteRule> rules, Ballot ballot) {
    Ballot now = ballot;
    for (VoteRule rule : rules) {
      if (now.absolute().isPresent()) {
        return now;
      }
      now = rule.apply(now);
    }
    return now;
  }

  private record Published(RuleText rule, StudyClass target) implements VoteRule {
    @Override
    public Ballot apply(Ballot ballot) {
      if (!rule.present().stream().allMatch(ballot::has)) {
        return ballot;
      }
      return switch (rule.kind()) {
        case PREFER ->
            ballot.has(rule.absent().get(0)) ? ballot.give(rule.absent(), target) : ballot;
        case BECOME -> {
          boolean changes = !rule.present().equals(List.of(rule.target()));
          yield changes && rule.absent().stream().noneMatch(ballot::has)
              ? ballot.give(rule.present(), target)
              : ballot;
        }
        case ELECT -> rule.absent().stream().noneMatch(ballot::has) ? ballot.elect(target) : ballot;
      };
    }

    @Override
    public String toString() {
      return rule.text();
    }
  }
}
