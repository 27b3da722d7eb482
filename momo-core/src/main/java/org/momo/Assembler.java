package org.momo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.momo.catalogue.Catalogues;
import org.momo.catalogue.internal.RuleText;
import org.momo.decision.Catalogue;
import org.momo.spi.BuildContext;
import org.momo.spi.ConfigurationException;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Factory;
import org.momo.spi.InferenceBackend;
import org.momo.spi.Options;
import org.momo.spi.PixelDecoder;
import org.momo.spi.Preprocessor;
import org.momo.spi.VoteRule;

/** Builds what a configuration names, so that all that can fail fails before the first study. */
final class Assembler implements BuildContext {
  private static final String NETWORK_LAYER = "imaging.network";
  private static final String MODELS = "models";

  private final MomoConfig config;
  private final Plugins plugins;
  private final Catalogue catalogue;
  private final List<PixelDecoder> decoders = new ArrayList<>();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private Assembler(MomoConfig config, Plugins plugins) {
    this.config = config;
    this.plugins = plugins;
    this.catalogue = catalogue(config);
  }

  /**
   * What was built.
   *
   * @param opened what must be closed, last opened first
   */
  record Built(Catalogue catalogue, Pipeline pipeline, Deque<AutoCloseable> opened) {}

  static Built build(MomoConfig config, Plugins plugins) {
    Assembler assembler = new Assembler(config, plugins);
    try {
      Pipeline pipeline = assembler.pipeline();
      return new Built(assembler.catalogue, pipeline, assembler.opened);
    } catch (RuntimeException | Error e) {
      close(assembler.opened, e);
      throw e;
    }
  }

  /** Closes all; what fails on the way is kept beside the cause. */
  static void close(Deque<AutoCloseable> opened, Throwable cause) {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        cause.addSuppressed(e);
      }
    }
  }

  private static Catalogue catalogue(MomoConfig config) {
    try {
      Catalogue base =
          config.catalogueInstance() != null
              ? config.catalogueInstance()
              : Catalogues.load(config.catalogue(), config.baseFolder());
      for (String overlay : config.overlays()) {
        base = Catalogues.overlay(base, config.baseFolder().resolve(overlay));
      }
      return base;
    } catch (IOException e) {
      throw new ConfigurationException(
          "the catalogue " + config.catalogue() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Pipeline pipeline() {
    config
        .decoders()
        .forEach(
            (name, values) ->
                decoders.add(
                    make(plugins.decoder(name, ""), Options.of("decoder " + name, values), name)));
    List<StepConfig> steps = present(config.pipeline());
    checkOptionNames(steps);
    checkNetworks(steps);
    List<Pipeline.Count> counts = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      String place = "layers[" + i + "]";
      counts.add(
          steps.get(i) instanceof StepConfig.Layer layer
              ? alone(layer, place)
              : merged((StepConfig.Merge) steps.get(i), place));
    }
    return new Pipeline(catalogue, counts);
  }

  /** The steps without what needs networks, where there are none. */
  private List<StepConfig> present(List<StepConfig> written) {
    List<StepConfig> steps = new ArrayList<>();
    for (StepConfig step : written) {
      if (step instanceof StepConfig.Layer layer) {
        if (stays(layer)) {
          steps.add(layer);
        }
      } else if (step instanceof StepConfig.Merge merge) {
        List<StepConfig.Layer> layers = merge.layers().stream().filter(this::stays).toList();
        if (!layers.isEmpty()) {
          steps.add(new StepConfig.Merge(layers, merge.rules(), merge.threshold()));
        }
      }
    }
    if (steps.isEmpty()) {
      throw new ConfigurationException(
          "no layer is left, since all want networks and none are configured");
    }
    return steps;
  }

  private boolean stays(StepConfig.Layer layer) {
    return !layer.whenNetworks() || !config.networks().isEmpty();
  }

  private static List<StepConfig.Layer> layers(List<StepConfig> steps) {
    List<StepConfig.Layer> layers = new ArrayList<>();
    for (StepConfig step : steps) {
      if (step instanceof StepConfig.Layer layer) {
        layers.add(layer);
      } else if (step instanceof StepConfig.Merge merge) {
        layers.addAll(merge.layers());
      }
    }
    return layers;
  }

  private void checkOptionNames(List<StepConfig> steps) {
    Set<String> names = new TreeSet<>();
    layers(steps).forEach(layer -> names.add(layer.name()));
    for (String name : config.options().keySet()) {
      if (!names.contains(name)) {
        throw new ConfigurationException(
            "there are options for the layer "
                + name
                + ", which the pipeline has not; it has "
                + String.join(", ", names));
      }
    }
  }

  private void checkNetworks(List<StepConfig> steps) {
    boolean asked = false;
    for (StepConfig.Layer layer : layers(steps)) {
      if (layer.name().equals(NETWORK_LAYER) && layer.instance() == null) {
        asked = true;
        if (config.networks().isEmpty() && !options(layer).containsKey(MODELS)) {
          throw new ConfigurationException(
              (config.preset() == null ? "the pipeline" : "the preset " + config.preset())
                  + " asks "
                  + NETWORK_LAYER
                  + ", and no networks are configured: name model packages under 'networks', or use"
                  + " the preset no-network or recommended");
        }
      }
    }
    if (!asked && !config.networks().isEmpty()) {
      throw new ConfigurationException(
          "networks are configured, and no layer "
              + NETWORK_LAYER
              + " asks them: add the layer, or leave the networks out");
    }
  }

  private Map<String, @Nullable Object> options(StepConfig.Layer layer) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(layer.options());
    values.putAll(config.options().getOrDefault(layer.name(), Map.of()));
    return values;
  }

  private Pipeline.Count alone(StepConfig.Layer layer, String place) {
    List<VoteRule> rules =
        rules(layer.rules() == null ? config.rules() : layer.rules(), place + " " + layer.name());
    double threshold = layer.threshold() == null ? config.threshold() : layer.threshold();
    Pipeline.Member member = member(layer, null, place);
    return new Pipeline.Count(layer.name(), List.of(member), rules, threshold, member.onFailure());
  }

  private Pipeline.Count merged(StepConfig.Merge merge, String place) {
    List<Pipeline.Member> members = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < merge.layers().size(); i++) {
      StepConfig.Layer layer = merge.layers().get(i);
      String inner = place + ".layers[" + i + "]";
      names.add(layer.name());
      members.add(
          member(
              layer,
              layer.rules() == null ? null : rules(layer.rules(), inner + " " + layer.name()),
              inner));
    }
    return new Pipeline.Count(
        String.join("+", names),
        members,
        rules(merge.rules() == null ? config.rules() : merge.rules(), place + " merge"),
        merge.threshold() == null ? config.threshold() : merge.threshold(),
        config.onFailure());
  }

  private Pipeline.Member member(
      StepConfig.Layer layer, @Nullable List<VoteRule> ownRules, String place) {
    DecisionLayer made;
    Map<String, @Nullable Object> values = options(layer);
    if (layer.instance() != null) {
      if (!values.isEmpty()) {
        throw new ConfigurationException(
            "the layer "
                + layer.name()
                + " was given as an object and takes no options: "
                + values.keySet());
      }
      made = layer.instance();
    } else {
      String where = place + " " + layer.name();
      if (layer.name().equals(NETWORK_LAYER) && !values.containsKey(MODELS)) {
        values.put(
            MODELS,
            config.networks().stream()
                .map(path -> config.baseFolder().resolve(path).toString())
                .toList());
      }
      made =
          make(plugins.layer(layer.name(), place + ": "), Options.of(where, values), layer.name());
      opened.push(made);
    }
    return new Pipeline.Member(
        layer.name(),
        made,
        layer.weight(),
        ownRules,
        layer.onFailure() == null ? config.onFailure() : layer.onFailure());
  }

  private List<VoteRule> rules(List<RuleConfig> entries, String place) {
    List<VoteRule> rules = new ArrayList<>();
    for (RuleConfig entry : entries) {
      if (entry.instance() != null) {
        rules.add(entry.instance());
      } else if (RuleText.looksLikeRule(entry.text())) {
        requireNoOptions(entry, place);
        rules.add(VoteRules.parse(entry.text(), catalogue));
      } else if (entry.text().contains(".")) {
        rules.add(
            make(
                plugins.rule(entry.text(), place + ": "),
                Options.of(place + " rule " + entry.text(), entry.options()),
                entry.text()));
      } else {
        requireNoOptions(entry, place);
        rules.addAll(ruleSet(entry.text(), place));
      }
    }
    return List.copyOf(rules);
  }

  private List<VoteRule> ruleSet(String name, String place) {
    List<String> texts = catalogue.ruleSets().get(name);
    if (texts == null) {
      // A catalogue without rules has the default set too: the empty one.
      if (name.equals(MomoConfig.DEFAULT_RULES)) {
        return List.of();
      }
      throw new ConfigurationException(
          place
              + ": the catalogue "
              + catalogue.name()
              + " has no rule set "
              + name
              + (catalogue.ruleSets().isEmpty()
                  ? "; it has none"
                  : "; it has " + String.join(", ", catalogue.ruleSets().keySet())));
    }
    return VoteRules.parse(texts, catalogue);
  }

  private static void requireNoOptions(RuleConfig entry, String place) {
    if (!entry.options().isEmpty()) {
      throw new ConfigurationException(
          place
              + ": the rule "
              + entry.text()
              + " takes no options, but has "
              + String.join(", ", entry.options().keySet()));
    }
  }

  private <T> T make(Factory<? extends T> factory, Options options, String name) {
    try {
      T made = factory.create(options, this);
      if (made == null) {
        throw new ConfigurationException(options.where() + ": " + name + " made nothing");
      }
      options.requireAllRead();
      return made;
    } catch (ConfigurationException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw new ConfigurationException(
          options.where() + " cannot be built: " + (e.getMessage() == null ? e : e.getMessage()),
          e);
    }
  }

  @Override
  public Catalogue catalogue() {
    return catalogue;
  }

  @Override
  public Path baseFolder() {
    return config.baseFolder();
  }

  @Override
  public Preprocessor preprocessor(String name, Options options) {
    return make(plugins.preprocessor(name, options.where() + ": "), options, name);
  }

  @Override
  public InferenceBackend backend(String name, Options options) {
    InferenceBackend backend = make(plugins.backend(name, options.where() + ": "), options, name);
    opened.push(backend);
    return backend;
  }

  @Override
  public List<PixelDecoder> decoders() {
    return List.copyOf(decoders);
  }
}
