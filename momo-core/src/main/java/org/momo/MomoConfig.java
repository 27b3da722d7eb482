package org.momo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.spi.ConfigurationException;

/**
 * All that can be said of a classifier before it is built: what the builder collects and what a
 * YAML file holds.
 *
 * <pre>
 * catalogue: default            # a name, or the path of a table or of a folder of tables
 * overlay: site.csv             # a site's own table, laid over it; or a list of such
 * preset: recommended           # a named pipeline; or, in its place:
 * layers:                       # asked in this order
 *   - metadata.procedure-code
 *   - metadata.description-partial: {misspellings: true, threshold: 0.6}
 *   - merge:                    # counted together
 *       rules: default
 *       threshold: 0.4
 *       layers:
 *         - metadata.series-vote: {weight: 1.5, on-failure: undecided}
 *         - imaging.network: {rules: none, when: networks}
 * options:                      # for layers of the preset, by name
 *   metadata.series-vote: {misspellings: true}
 * networks: [models/ct, models/mr]
 * rules: ["CTT+CTAB=CTTA", vendor.drop-rare: {many: 4}]   # for steps that do not say
 * threshold: 0.5                # for steps that do not say
 * on-failure: continue          # or undecided
 * decoders: [imaging.jpeg]
 * </pre>
 *
 * <p>Paths are meant against the folder of the file. A layer's own options stand beside {@code
 * weight}, {@code rules}, {@code threshold}, {@code on-failure} and {@code when}, which are the
 * engine's. Rules are {@code none}, one name or rule, or a list as {@link RuleConfig} reads it.
 *
 * <p>This class is immutable.
 *
 * @param catalogue a shipped catalogue's name, or a path
 * @param catalogueInstance the catalogue where it is given as such, else null
 * @param overlays tables that are laid over the catalogue, in order
 * @param preset the name of a shipped pipeline, or null where {@code steps} says it all
 * @param steps the pipeline; empty where a preset is named
 * @param networks the paths of model packages
 * @param options options that are added to those of the layers of that name
 * @param rules the vote rules for steps that name none of their own
 * @param threshold the share that decides, for steps that name none of their own; 0 to 1
 * @param onFailure what happens when a layer fails, where it does not say itself
 * @param decoders the pixel decoders to use, by full name, in order, with their options
 * @param baseFolder what relative paths are meant against
 */
public record MomoConfig(
    String catalogue,
    @Nullable Catalogue catalogueInstance,
    List<String> overlays,
    @Nullable String preset,
    List<StepConfig> steps,
    List<String> networks,
    Map<String, Map<String, @Nullable Object>> options,
    List<RuleConfig> rules,
    double threshold,
    OnFailure onFailure,
    Map<String, Map<String, @Nullable Object>> decoders,
    Path baseFolder) {

  /** The catalogue that is used where a configuration names none. */
  public static final String DEFAULT_CATALOGUE = "default";

  /** The pipeline that is used where a configuration names none. */
  public static final String DEFAULT_PRESET = "recommended";

  /** The rule set that every catalogue has; empty where its tables hold none of that name. */
  public static final String DEFAULT_RULES = "default";

  /**
   * Checks and copies the parts.
   *
   * @param catalogue a shipped catalogue's name, or a path
   * @param catalogueInstance the catalogue where it is given as such, else null
   * @param overlays tables that are laid over the catalogue, in order
   * @param preset the name of a shipped pipeline, or null
   * @param steps the pipeline; empty where a preset is named
   * @param networks the paths of model packages
   * @param options options that are added to those of the layers of that name
   * @param rules the vote rules for steps that name none of their own
   * @param threshold the share that decides, for steps that name none of their own
   * @param onFailure what happens when a layer fails, where it does not say itself
   * @param decoders the pixel decoders to use, in order, with their options
   * @param baseFolder what relative paths are meant against
   * @throws ConfigurationException if the threshold is out of range, or there are both a preset and
   *     steps
   */
  public MomoConfig {
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(onFailure, "onFailure");
    Objects.requireNonNull(baseFolder, "baseFolder");
    overlays = List.copyOf(overlays);
    steps = List.copyOf(steps);
    networks = List.copyOf(networks);
    rules = List.copyOf(rules);
    options = copy(options);
    decoders = copy(decoders);
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new ConfigurationException("threshold must be between 0 and 1: was " + threshold);
    }
    if (preset != null && !steps.isEmpty()) {
      throw new ConfigurationException(
          "the configuration names the preset " + preset + " and layers: leave one of them out");
    }
  }

  private static Map<String, Map<String, @Nullable Object>> copy(
      Map<String, Map<String, @Nullable Object>> options) {
    Map<String, Map<String, @Nullable Object>> copy = new LinkedHashMap<>();
    options.forEach(
        (name, values) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
    return Collections.unmodifiableMap(copy);
  }

  /**
   * The configuration that says nothing: the default catalogue, the recommended preset.
   *
   * @return the configuration, with paths meant against the working folder
   */
  public static MomoConfig defaults() {
    return new MomoConfig(
        DEFAULT_CATALOGUE,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        0,
        OnFailure.CONTINUE,
        Map.of(),
        Path.of(""));
  }

  /**
   * Reads a YAML file.
   *
   * @param file the file; relative paths in it are meant against its folder
   * @return the configuration
   * @throws ConfigurationException if it is no YAML, or says something that there is not; the
   *     message names file and line
   * @throws IOException if the file cannot be read
   */
  public static MomoConfig read(Path file) throws IOException {
    return ConfigReader.read(file);
  }

  /**
   * Reads YAML text.
   *
   * @param where how messages name the text
   * @param yaml the text
   * @param baseFolder what relative paths are meant against
   * @return the configuration
   * @throws ConfigurationException if it is no YAML, or says something that there is not; the
   *     message names the line
   */
  public static MomoConfig parse(String where, String yaml, Path baseFolder) {
    return ConfigReader.parse(where, yaml, baseFolder);
  }

  /**
   * The names of the shipped pipelines.
   *
   * @return the names, the recommended one first
   */
  public static List<String> presets() {
    return Presets.NAMES;
  }

  /**
   * The steps of the pipeline: those that are written, or those of the preset.
   *
   * @return at least one step
   * @throws ConfigurationException if there is no preset of the name; the message lists those that
   *     there are
   */
  public List<StepConfig> pipeline() {
    if (!steps.isEmpty()) {
      return steps;
    }
    return Presets.steps(preset == null ? DEFAULT_PRESET : preset);
  }

  /**
   * This configuration as YAML, which reads as an equal one.
   *
   * @return the text
   * @throws ConfigurationException if it holds a layer, a rule or a catalogue that was given as
   *     such, since these cannot be written
   */
  public String toYaml() {
    return ConfigWriter.write(this);
  }

  /**
   * This configuration with another catalogue.
   *
   * @param nameOrPath a shipped catalogue's name, or a path
   * @return a new configuration
   */
  public MomoConfig withCatalogue(String nameOrPath) {
    return with(
        draft -> {
          draft.catalogue = nameOrPath;
          draft.catalogueInstance = null;
        });
  }

  /**
   * This configuration with another catalogue.
   *
   * @param instance the catalogue
   * @return a new configuration
   */
  public MomoConfig withCatalogue(Catalogue instance) {
    return with(
        draft -> {
          draft.catalogue = instance.name();
          draft.catalogueInstance = instance;
        });
  }

  /**
   * This configuration with other tables laid over the catalogue.
   *
   * @param paths the tables, in order
   * @return a new configuration
   */
  public MomoConfig withOverlays(List<String> paths) {
    return with(draft -> draft.overlays = paths);
  }

  /**
   * This configuration with a shipped pipeline in place of its own.
   *
   * @param name the preset's name
   * @return a new configuration
   */
  public MomoConfig withPreset(String name) {
    return with(
        draft -> {
          draft.preset = name;
          draft.steps = List.of();
        });
  }

  /**
   * This configuration with other steps, in place of its own or its preset.
   *
   * @param pipeline the steps
   * @return a new configuration
   */
  public MomoConfig withSteps(List<StepConfig> pipeline) {
    return with(
        draft -> {
          draft.preset = null;
          draft.steps = pipeline;
        });
  }

  /**
   * This configuration with other networks.
   *
   * @param paths the paths of model packages
   * @return a new configuration
   */
  public MomoConfig withNetworks(List<String> paths) {
    return with(draft -> draft.networks = paths);
  }

  /**
   * This configuration with options for the layers of a name, in place of those that it has for
   * them.
   *
   * @param layer the layer's full name
   * @param values options that are added to those of the pipeline; they win
   * @return a new configuration
   */
  public MomoConfig withOptions(String layer, Map<String, ? extends @Nullable Object> values) {
    Map<String, Map<String, @Nullable Object>> more = new LinkedHashMap<>(options);
    more.put(layer, new LinkedHashMap<>(values));
    return with(draft -> draft.options = more);
  }

  /**
   * This configuration with vote rules for the steps that name none of their own.
   *
   * @param entries the rules
   * @return a new configuration
   */
  public MomoConfig withRules(List<RuleConfig> entries) {
    return with(draft -> draft.rules = entries);
  }

  /**
   * This configuration with a share that decides.
   *
   * @param share for steps that name none of their own; 0 to 1
   * @return a new configuration
   * @throws ConfigurationException if the share is out of range
   */
  public MomoConfig withThreshold(double share) {
    return with(draft -> draft.threshold = share);
  }

  /**
   * This configuration with what happens when a layer fails.
   *
   * @param action for layers that do not say themselves
   * @return a new configuration
   */
  public MomoConfig withOnFailure(OnFailure action) {
    return with(draft -> draft.onFailure = action);
  }

  /**
   * This configuration with a pixel decoder more.
   *
   * @param name its full name
   * @param values its options
   * @return a new configuration
   */
  public MomoConfig withDecoder(String name, Map<String, ? extends @Nullable Object> values) {
    Map<String, Map<String, @Nullable Object>> more = new LinkedHashMap<>(decoders);
    more.put(name, new LinkedHashMap<>(values));
    return with(draft -> draft.decoders = more);
  }

  /**
   * This configuration with relative paths meant against another folder.
   *
   * @param folder the folder
   * @return a new configuration
   */
  public MomoConfig withBaseFolder(Path folder) {
    return with(draft -> draft.baseFolder = folder);
  }

  private MomoConfig with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  /** A configuration that is being changed in one point. */
  private static final class Draft {
    private String catalogue;
    private @Nullable Catalogue catalogueInstance;
    private List<String> overlays;
    private @Nullable String preset;
    private List<StepConfig> steps;
    private List<String> networks;
    private Map<String, Map<String, @Nullable Object>> options;
    private List<RuleConfig> rules;
    private double threshold;
    private OnFailure onFailure;
    private Map<String, Map<String, @Nullable Object>> decoders;
    private Path baseFolder;

    Draft(MomoConfig of) {
      catalogue = of.catalogue;
      catalogueInstance = of.catalogueInstance;
      overlays = of.overlays;
      preset = of.preset;
      steps = of.steps;
      networks = of.networks;
      options = of.options;
      rules = of.rules;
      threshold = of.threshold;
      onFailure = of.onFailure;
      decoders = of.decoders;
      baseFolder = of.baseFolder;
    }

    MomoConfig finished() {
      return new MomoConfig(
          catalogue,
          catalogueInstance,
          overlays,
          preset,
          steps,
          networks,
          options,
          rules,
          threshold,
          onFailure,
          decoders,
          baseFolder);
    }
  }
}
