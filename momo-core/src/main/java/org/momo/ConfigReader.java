package org.momo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.momo.spi.ConfigurationException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads configurations. Nothing but plain data is made of the YAML; each fault names its line. */
final class ConfigReader {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_NODES = 100_000;
  private static final int DEEPEST = 32;

  /** What stands beside a layer's own options and is not one of them. */
  static final List<String> ENGINES_OPTIONS =
      List.of("weight", "rules", "threshold", "on-failure", "when");

  private final String where;
  private final Path baseFolder;
  private int nodes;

  private ConfigReader(String where, Path baseFolder) {
    this.where = where;
    this.baseFolder = baseFolder;
  }

  static MomoConfig read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw new ConfigurationException(
          file + " is too large for a configuration: " + size + " bytes, at most " + MOST_BYTES);
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(file + " is not UTF-8: save it in the encoding UTF-8", e);
    }
    return parse(file.toString(), text, folder == null ? Path.of("") : folder);
  }

  static MomoConfig parse(String where, String yaml, Path baseFolder) {
    return new ConfigReader(where, baseFolder).parse(yaml);
  }

  private MomoConfig parse(String yaml) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(where)
            .setSchema(new CoreSchema())
            .setCodePointLimit(MOST_BYTES)
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(50)
            .build();
    try {
      Optional<Node> root =
          new Composer(settings, new ParserImpl(settings, new StreamReader(settings, yaml)))
              .getSingleNode();
      return root.isEmpty() || isNull(root.get())
          ? MomoConfig.defaults().withBaseFolder(baseFolder)
          : config(root.get());
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
      throw new ConfigurationException(where + line + ": " + sentence(e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw new ConfigurationException(where + " is no YAML: " + sentence(e.getMessage()), e);
    } catch (StackOverflowError e) {
      throw new ConfigurationException(where + " is nested too deeply", e);
    }
  }

  private static String sentence(@Nullable String text) {
    return text == null ? "not understood" : text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }

  private MomoConfig config(Node root) {
    MomoConfig config = MomoConfig.defaults().withBaseFolder(baseFolder);
    Map<String, Node> entries = map(root, "the configuration", 0);
    List<StepConfig> steps = List.of();
    for (Map.Entry<String, Node> entry : entries.entrySet()) {
      Node value = entry.getValue();
      MomoConfig before = config;
      config =
          switch (entry.getKey()) {
            case "catalogue" -> config.withCatalogue(text(value, "catalogue"));
            case "overlay" -> config.withOverlays(texts(value, "overlay"));
            case "preset" -> config.withPreset(text(value, "preset"));
            case "layers" -> {
              steps = steps(value);
              yield before;
            }
            case "networks" -> config.withNetworks(texts(value, "networks"));
            case "options" -> options(config, value);
            case "rules" -> config.withRules(rules(value));
            case "threshold" -> at(value, () -> before.withThreshold(share(value)));
            case "on-failure" -> config.withOnFailure(onFailure(value));
            case "decoders" -> decoders(config, value);
            default ->
                throw wrong(
                    value,
                    "there is no '"
                        + entry.getKey()
                        + "' in a configuration; there are catalogue, overlay, preset, layers,"
                        + " options, networks, rules, threshold, on-failure and decoders");
          };
    }
    if (!steps.isEmpty()) {
      if (config.preset() != null) {
        throw wrong(
            root, "a configuration has a preset or layers, not both: leave one of them out");
      }
      config = config.withSteps(steps);
    }
    return config;
  }

  private MomoConfig options(MomoConfig config, Node node) {
    MomoConfig more = config;
    for (Map.Entry<String, Node> entry : map(node, "options", 1).entrySet()) {
      more = more.withOptions(entry.getKey(), values(entry.getValue(), entry.getKey(), 2));
    }
    return more;
  }

  private MomoConfig decoders(MomoConfig config, Node node) {
    MomoConfig more = config;
    for (Node each : list(node, "decoders")) {
      Named named = named(each, "a decoder");
      if (more.decoders().containsKey(named.name)) {
        throw wrong(each, "the decoder " + named.name + " is there already");
      }
      more = more.withDecoder(named.name, values(named, 2));
    }
    return more;
  }

  private List<StepConfig> steps(Node node) {
    List<StepConfig> steps = new ArrayList<>();
    for (Node each : list(node, "layers")) {
      Named named = named(each, "a layer");
      steps.add(named.name.equals("merge") ? merge(each, named) : layer(named));
    }
    if (steps.isEmpty()) {
      throw wrong(node, "layers must name at least one layer");
    }
    return steps;
  }

  private StepConfig.Merge merge(Node node, Named named) {
    if (named.body == null) {
      throw wrong(node, "merge needs layers");
    }
    List<StepConfig.Layer> layers = new ArrayList<>();
    @Nullable List<RuleConfig> rules = null;
    @Nullable Double threshold = null;
    for (Map.Entry<String, Node> entry : map(named.body, "merge", 2).entrySet()) {
      switch (entry.getKey()) {
        case "layers" -> {
          for (Node each : list(entry.getValue(), "layers")) {
            layers.add(layer(named(each, "a layer")));
          }
        }
        case "rules" -> rules = rules(entry.getValue());
        case "threshold" -> threshold = share(entry.getValue());
        default ->
            throw wrong(
                entry.getValue(),
                "there is no '"
                    + entry.getKey()
                    + "' in merge; there are layers, rules and threshold");
      }
    }
    @Nullable List<RuleConfig> groupRules = rules;
    @Nullable Double groupThreshold = threshold;
    return at(node, () -> new StepConfig.Merge(layers, groupRules, groupThreshold));
  }

  private StepConfig.Layer layer(Named named) {
    if (named.body == null) {
      return StepConfig.Layer.of(named.name);
    }
    StepConfig.Layer layer = StepConfig.Layer.of(named.name);
    for (Map.Entry<String, Node> entry : map(named.body, named.name, 2).entrySet()) {
      Node value = entry.getValue();
      StepConfig.Layer before = layer;
      layer =
          switch (entry.getKey()) {
            case "weight" -> at(value, () -> before.weight(number(value, "weight")));
            case "rules" -> layer.rules(rules(value));
            case "threshold" -> layer.threshold(share(value));
            case "on-failure" -> layer.onFailure(onFailure(value));
            case "when" -> {
              if (!text(value, "when").equals("networks")) {
                throw wrong(value, "when must be networks: was " + text(value, "when"));
              }
              yield layer.onlyWithNetworks();
            }
            default -> {
              Map<String, @Nullable Object> more = new LinkedHashMap<>(layer.options());
              more.put(entry.getKey(), value(value, entry.getKey(), 3));
              yield new StepConfig.Layer(
                  before.name(),
                  more,
                  null,
                  before.weight(),
                  before.rules(),
                  before.threshold(),
                  before.onFailure(),
                  before.whenNetworks());
            }
          };
    }
    return layer;
  }

  private List<RuleConfig> rules(Node node) {
    if (node instanceof ScalarNode) {
      String text = text(node, "rules");
      return text.equals("none") ? List.of() : List.of(RuleConfig.of(text));
    }
    List<RuleConfig> rules = new ArrayList<>();
    for (Node each : list(node, "rules")) {
      Named named = named(each, "a rule");
      rules.add(RuleConfig.of(named.name, values(named, 2)));
    }
    return rules;
  }

  private double share(Node node) {
    double share = number(node, "threshold");
    if (!(share >= 0 && share <= 1)) {
      throw wrong(node, "threshold must be between 0 and 1: was " + share);
    }
    return share;
  }

  private OnFailure onFailure(Node node) {
    return switch (text(node, "on-failure")) {
      case "continue" -> OnFailure.CONTINUE;
      case "undecided" -> OnFailure.UNDECIDED;
      default ->
          throw wrong(
              node, "on-failure must be continue or undecided: was " + text(node, "on-failure"));
    };
  }

  /** A name, alone or with what is said of it: {@code x} or {@code x: {...}}. */
  private record Named(String name, @Nullable Node body) {}

  private Named named(Node node, String what) {
    if (node instanceof ScalarNode) {
      return new Named(text(node, what), null);
    }
    Map<String, Node> entries = map(node, what, 1);
    if (entries.size() != 1) {
      throw wrong(
          node,
          what + " is a name, or one name with its options, but here are " + entries.keySet());
    }
    Map.Entry<String, Node> only = entries.entrySet().iterator().next();
    return new Named(only.getKey(), isNull(only.getValue()) ? null : only.getValue());
  }

  private Map<String, @Nullable Object> values(Named named, int depth) {
    return named.body == null ? Map.of() : values(named.body, named.name, depth);
  }

  private Map<String, @Nullable Object> values(Node node, String what, int depth) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    map(node, what, depth).forEach((key, value) -> values.put(key, value(value, key, depth + 1)));
    return values;
  }

  private @Nullable Object value(Node node, String what, int depth) {
    visit(node, depth);
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (node instanceof SequenceNode sequence) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Node each : sequence.getValue()) {
        values.add(value(each, what, depth + 1));
      }
      return values;
    }
    return values(node, what, depth);
  }

  private @Nullable Object scalar(ScalarNode node) {
    String text = node.getValue();
    if (node.getTag().equals(Tag.NULL)) {
      return null;
    }
    try {
      if (node.getTag().equals(Tag.BOOL)) {
        return text.toLowerCase(Locale.ROOT).equals("true");
      }
      if (node.getTag().equals(Tag.INT)) {
        return Long.valueOf(text);
      }
      if (node.getTag().equals(Tag.FLOAT)) {
        return decimal(text);
      }
    } catch (NumberFormatException e) {
      return text;
    }
    if (!node.getTag().equals(Tag.STR)) {
      throw wrong(node, "a configuration holds plain data, not " + node.getTag().getValue());
    }
    return text;
  }

  private static double decimal(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case ".nan" -> Double.NaN;
      case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
      case "-.inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private Map<String, Node> map(Node node, String what, int depth) {
    visit(node, depth);
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(node, what + " must be a map of names to values");
    }
    Map<String, Node> entries = new LinkedHashMap<>();
    Set<String> seen = new LinkedHashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = text(tuple.getKeyNode(), "a name");
      if (!seen.add(key)) {
        throw wrong(tuple.getKeyNode(), "'" + key + "' is there twice");
      }
      entries.put(key, tuple.getValueNode());
    }
    return entries;
  }

  private List<Node> list(Node node, String what) {
    visit(node, 1);
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong(node, what + " must be a list");
    }
    return sequence.getValue();
  }

  private List<String> texts(Node node, String what) {
    if (node instanceof ScalarNode) {
      return List.of(text(node, what));
    }
    List<String> texts = new ArrayList<>();
    for (Node each : list(node, what)) {
      texts.add(text(each, what));
    }
    return texts;
  }

  private String text(Node node, String what) {
    visit(node, 0);
    if (!(node instanceof ScalarNode scalar) || isNull(node) || scalar.getValue().isBlank()) {
      throw wrong(node, what + " must be a text");
    }
    return scalar.getValue();
  }

  private double number(Node node, String what) {
    try {
      return Double.parseDouble(text(node, what));
    } catch (NumberFormatException e) {
      throw wrong(node, what + " must be a number: was \"" + text(node, what) + "\"");
    }
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
  }

  private void visit(Node node, int depth) {
    if (++nodes > MOST_NODES) {
      throw wrong(node, "the configuration has more than " + MOST_NODES + " parts");
    }
    if (depth > DEEPEST) {
      throw wrong(node, "the configuration is nested more than " + DEEPEST + " deep");
    }
  }

  private <T> T at(Node node, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw wrong(node, String.valueOf(e.getMessage()));
    }
  }

  private ConfigurationException wrong(Node node, String what) {
    String line = node.getStartMark().map(Mark::getLine).map(l -> " line " + (l + 1)).orElse("");
    return new ConfigurationException(where + line + ": " + what);
  }
}
