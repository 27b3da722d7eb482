package org.momo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.momo.spi.DecisionLayer;

/**
 * One step of a pipeline: a layer that is counted alone, or several that are counted together.
 *
 * <p>Implementations are immutable.
 */
public sealed interface StepConfig {

  /**
   * A layer.
   *
   * <p>Null stands for what the configuration does not say: the pipeline's own value is used then.
   *
   * <p>This class is immutable.
   *
   * @param name the layer's full name, such as {@code metadata.series-vote}
   * @param options the layer's own options
   * @param instance the layer where it is given as such, else null; who gives it closes it
   * @param weight what its votes are multiplied with; finite and more than 0
   * @param rules the vote rules for its votes, empty for none, or null
   * @param threshold the share of the count, or the stated confidence, that it needs to decide; 0
   *     to 1, or null; not for a layer of a merged group, whose group has one
   * @param onFailure what happens when it fails, or null
   * @param whenNetworks whether it is left out where the configuration names no networks
   */
  record Layer(
      String name,
      Map<String, @Nullable Object> options,
      @Nullable DecisionLayer instance,
      double weight,
      @Nullable List<RuleConfig> rules,
      @Nullable Double threshold,
      @Nullable OnFailure onFailure,
      boolean whenNetworks)
      implements StepConfig {
    /**
     * Checks and copies the parts.
     *
     * @param name the layer's full name
     * @param options the layer's own options
     * @param instance the layer where it is given as such, else null
     * @param weight what its votes are multiplied with
     * @param rules the vote rules for its votes, empty for none, or null
     * @param threshold the share that it needs to decide, or null
     * @param onFailure what happens when it fails, or null
     * @param whenNetworks whether it is left out where the configuration names no networks
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Layer {
      Objects.requireNonNull(name, "name");
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      rules = rules == null ? null : List.copyOf(rules);
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("weight must be finite and more than 0: was " + weight);
      }
      requireShare(threshold);
    }

    /**
     * A layer as its plugin offers it.
     *
     * @param name its full name
     * @return the step
     */
    public static Layer of(String name) {
      return new Layer(name, Map.of(), null, 1, null, null, null, false);
    }

    /**
     * A layer given as such.
     *
     * @param name how the trace names it
     * @param layer the layer; who gives it closes it
     * @return the step
     */
    public static Layer of(String name, DecisionLayer layer) {
      return new Layer(name, Map.of(), layer, 1, null, null, null, false);
    }

    /**
     * This layer with an option.
     *
     * @param option the option's name
     * @param value a string, number, boolean, list or map
     * @return a new step
     */
    public Layer option(String option, Object value) {
      Map<String, @Nullable Object> more = new LinkedHashMap<>(options);
      more.put(option, value);
      return new Layer(name, more, instance, weight, rules, threshold, onFailure, whenNetworks);
    }

    /**
     * This layer, its votes counting more or less.
     *
     * @param factor finite and more than 0
     * @return a new step
     */
    public Layer weight(double factor) {
      return new Layer(name, options, instance, factor, rules, threshold, onFailure, whenNetworks);
    }

    /**
     * This layer with vote rules for its votes.
     *
     * @param first a rule, set or name as {@link RuleConfig#of(String)} reads it
     * @param more further ones
     * @return a new step
     */
    public Layer rules(String first, String... more) {
      return rules(RuleConfig.of(first, more));
    }

    /**
     * This layer, its votes touched by no rule.
     *
     * @return a new step
     */
    public Layer withoutRules() {
      return rules(List.of());
    }

    /**
     * This layer with vote rules for its votes.
     *
     * @param entries the rules; an empty list for votes that no rule touches
     * @return a new step
     */
    public Layer rules(List<RuleConfig> entries) {
      return new Layer(
          name, options, instance, weight, entries, threshold, onFailure, whenNetworks);
    }

    /**
     * This layer with a share that it needs to decide.
     *
     * @param share 0 to 1
     * @return a new step
     */
    public Layer threshold(double share) {
      return new Layer(name, options, instance, weight, rules, share, onFailure, whenNetworks);
    }

    /**
     * This layer with what happens when it fails.
     *
     * @param action what happens
     * @return a new step
     */
    public Layer onFailure(OnFailure action) {
      return new Layer(name, options, instance, weight, rules, threshold, action, whenNetworks);
    }

    /**
     * This layer, left out where the configuration names no networks.
     *
     * @return a new step
     */
    public Layer onlyWithNetworks() {
      return new Layer(name, options, instance, weight, rules, threshold, onFailure, true);
    }
  }

  /**
   * Layers that are counted together.
   *
   * <p>The rules of the group are applied to the votes of all its layers that have no rules of
   * their own, each time one more of them has voted. A layer with rules of its own (or with an
   * empty list of them) is outside that scope: its votes get its own rules alone. A rule that
   * elects ends the count before the next layer is asked.
   *
   * <p>This class is immutable.
   *
   * @param layers the layers in the order in which they are asked; at least one
   * @param rules the group's vote rules, empty for none, or null
   * @param threshold the share of the count that decides; 0 to 1, or null
   */
  record Merge(List<Layer> layers, @Nullable List<RuleConfig> rules, @Nullable Double threshold)
      implements StepConfig {
    /**
     * Checks and copies the parts.
     *
     * @param layers the layers in the order in which they are asked
     * @param rules the group's vote rules, empty for none, or null
     * @param threshold the share of the count that decides, or null
     * @throws IllegalArgumentException if there are no layers, the threshold is out of range, or a
     *     layer has a threshold of its own
     */
    public Merge {
      layers = List.copyOf(layers);
      rules = rules == null ? null : List.copyOf(rules);
      requireShare(threshold);
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("a merged group needs at least one layer");
      }
      for (Layer layer : layers) {
        if (layer.threshold() != null) {
          throw new IllegalArgumentException(
              "layer "
                  + layer.name()
                  + " is counted with others: the threshold belongs to their group");
        }
      }
    }

    /**
     * Layers that are counted together, with the pipeline's rules and threshold.
     *
     * @param layers at least one
     * @return the step
     */
    public static Merge of(Layer... layers) {
      return new Merge(List.of(layers), null, null);
    }

    /**
     * This group with vote rules.
     *
     * @param first a rule, set or name as {@link RuleConfig#of(String)} reads it
     * @param more further ones
     * @return a new step
     */
    public Merge rules(String first, String... more) {
      return new Merge(layers, RuleConfig.of(first, more), threshold);
    }

    /**
     * This group with a share that decides.
     *
     * @param share 0 to 1
     * @return a new step
     */
    public Merge threshold(double share) {
      return new Merge(layers, rules, share);
    }
  }

  private static void requireShare(@Nullable Double share) {
    if (share != null && !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("threshold must be between 0 and 1: was " + share);
    }
  }
}
