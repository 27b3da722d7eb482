package org.momo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.momo.spi.ConfigurationException;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes configurations as YAML. */
final class ConfigWriter {
  private ConfigWriter() {}

  static String write(MomoConfig config) {
    if (config.catalogueInstance() != null) {
      throw unwritable("catalogue", config.catalogue());
    }
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("catalogue", config.catalogue());
    if (!config.overlays().isEmpty()) {
      root.put("overlay", config.overlays());
    }
    if (config.preset() != null) {
      root.put("preset", config.preset());
    }
    if (!config.steps().isEmpty()) {
      root.put("layers", config.steps().stream().map(ConfigWriter::step).toList());
    }
    if (!config.options().isEmpty()) {
      root.put("options", config.options());
    }
    if (!config.networks().isEmpty()) {
      root.put("networks", config.networks());
    }
    if (!config.rules().isEmpty()) {
      root.put("rules", rules(config.rules()));
    }
    if (config.threshold() != 0) {
      root.put("threshold", config.threshold());
    }
    if (config.onFailure() != OnFailure.CONTINUE) {
      root.put("on-failure", name(config.onFailure()));
    }
    if (!config.decoders().isEmpty()) {
      List<Object> decoders = new ArrayList<>();
      config.decoders().forEach((name, options) -> decoders.add(named(name, options)));
      root.put("decoders", decoders);
    }
    DumpSettings settings =
        DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDefaultFlowStyle(FlowStyle.AUTO)
            .setWidth(120)
            .setDereferenceAliases(true)
            .build();
    return new Dump(settings).dumpToString(root);
  }

  private static Object step(StepConfig step) {
    if (step instanceof StepConfig.Layer layer) {
      return layer(layer);
    }
    StepConfig.Merge merge = (StepConfig.Merge) step;
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    if (merge.rules() != null) {
      body.put("rules", rules(merge.rules()));
    }
    if (merge.threshold() != null) {
      body.put("threshold", merge.threshold());
    }
    body.put("layers", merge.layers().stream().map(ConfigWriter::layer).toList());
    return named("merge", body);
  }

  private static Object layer(StepConfig.Layer layer) {
    if (layer.instance() != null) {
      throw unwritable("layer", layer.name());
    }
    for (String taken : ConfigReader.ENGINES_OPTIONS) {
      if (layer.options().containsKey(taken)) {
        throw new ConfigurationException(
            "the layer "
                + layer.name()
                + " has an option '"
                + taken
                + "' of its own, which cannot be written as YAML: the name is the engine's there");
      }
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>(layer.options());
    if (layer.weight() != 1) {
      body.put("weight", layer.weight());
    }
    if (layer.rules() != null) {
      body.put("rules", rules(layer.rules()));
    }
    if (layer.threshold() != null) {
      body.put("threshold", layer.threshold());
    }
    if (layer.onFailure() != null) {
      body.put("on-failure", name(layer.onFailure()));
    }
    if (layer.whenNetworks()) {
      body.put("when", "networks");
    }
    return named(layer.name(), body);
  }

  private static Object rules(List<RuleConfig> rules) {
    List<Object> written = new ArrayList<>();
    for (RuleConfig rule : rules) {
      if (rule.instance() != null) {
        throw unwritable("rule", rule.text());
      }
      written.add(named(rule.text(), rule.options()));
    }
    return written;
  }

  private static Object named(String name, Map<String, @Nullable Object> body) {
    return body.isEmpty() ? name : Map.of(name, body);
  }

  private static String name(OnFailure action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  private static ConfigurationException unwritable(String what, String name) {
    return new ConfigurationException(
        "the " + what + " " + name + " was given as an object and cannot be written as YAML");
  }
}
