package org.momo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.momo.spi.VoteRule;

/**
 * One entry of a list of vote rules: a rule in the published syntax, the name of a rule set of the
 * catalogue, the full name of a plugin's rule, or a rule itself.
 *
 * <p>Which of the first three a text is can be read off it: a rule has {@code =}, {@code >} or
 * {@code !} in it; a plugin's rule has a {@code .}; a set has neither.
 *
 * <p>This class is immutable.
 *
 * @param text the rule, set or name; for a rule that is given as such, how messages name it
 * @param options the options of a plugin's rule; empty for all others
 * @param instance the rule where it is given as such, else null
 */
public record RuleConfig(
    String text, Map<String, @Nullable Object> options, @Nullable VoteRule instance) {
  /**
   * Copies the options.
   *
   * @param text the rule, set or name
   * @param options the options of a plugin's rule
   * @param instance the rule where it is given as such, else null
   * @throws NullPointerException if {@code text} or {@code options} is null
   */
  public RuleConfig {
    Objects.requireNonNull(text, "text");
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /**
   * A rule in the published syntax, a set of the catalogue, or a plugin's rule without options.
   *
   * @param text the rule, set or name
   * @return the entry
   */
  public static RuleConfig of(String text) {
    return new RuleConfig(text, Map.of(), null);
  }

  /**
   * A plugin's rule.
   *
   * @param name its full name, such as {@code vendor.drop-rare}
   * @param options its options
   * @return the entry
   */
  public static RuleConfig of(String name, Map<String, ? extends @Nullable Object> options) {
    return new RuleConfig(name, new LinkedHashMap<>(options), null);
  }

  /** Entries of a list of one or more. */
  static List<RuleConfig> of(String first, String... more) {
    List<RuleConfig> entries = new ArrayList<>();
    entries.add(of(first));
    for (String text : more) {
      entries.add(of(text));
    }
    return List.copyOf(entries);
  }

  /**
   * A rule itself.
   *
   * @param rule the rule
   * @return the entry
   */
  public static RuleConfig of(VoteRule rule) {
    return new RuleConfig(rule.toString(), Map.of(), rule);
  }
}
