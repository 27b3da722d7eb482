package org.momo.imaging.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.momo.spi.ConfigurationException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML as maps, lists and texts. Texts stay as they are written: a hash of digits is no
 * number, and version 1.10 is not 1.1.
 */
final class ManifestYaml {
  static final int MOST_BYTES = 1 << 20;
  private static final int MOST_NODES = 20_000;
  private static final int DEEPEST = 16;

  private final String where;
  private int nodes;

  private ManifestYaml(String where) {
    this.where = where;
  }

  static Map<String, Object> read(String where, String yaml) {
    return new ManifestYaml(where).read(yaml);
  }

  private Map<String, Object> read(String yaml) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(where)
            .setCodePointLimit(MOST_BYTES)
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(0)
            .build();
    try {
      Optional<Node> root =
          new Composer(settings, new ParserImpl(settings, new StreamReader(settings, yaml)))
              .getSingleNode();
      if (root.isEmpty() || !(root.get() instanceof MappingNode mapping)) {
        throw new ConfigurationException(where + " is no model manifest: it is no map of names");
      }
      return map(mapping, 1);
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

  private Map<String, Object> map(MappingNode node, int depth) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw wrong(node, "a name must be a text");
      }
      Object value = value(tuple.getValueNode(), depth);
      if (value != null && values.putIfAbsent(key.getValue(), value) != null) {
        throw wrong(key, "'" + key.getValue() + "' is there twice");
      }
    }
    return values;
  }

  private @Nullable Object value(Node node, int depth) {
    if (++nodes > MOST_NODES || depth > DEEPEST) {
      throw wrong(node, "the manifest is larger or deeper than any manifest needs to be");
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue();
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> values = new ArrayList<>();
      for (Node each : sequence.getValue()) {
        Object value = value(each, depth + 1);
        if (value == null) {
          throw wrong(each, "a list has an empty entry");
        }
        values.add(value);
      }
      return values;
    }
    if (node instanceof MappingNode mapping) {
      return map(mapping, depth + 1);
    }
    throw wrong(node, node instanceof AnchorNode ? "aliases are not read" : "not understood");
  }

  private ConfigurationException wrong(Node node, String what) {
    String line = node.getStartMark().map(Mark::getLine).map(l -> " line " + (l + 1)).orElse("");
    return new ConfigurationException(where + line + ": " + what);
  }
}
