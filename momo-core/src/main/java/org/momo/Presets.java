package org.momo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.momo.spi.ConfigurationException;

/** The shipped pipelines: one YAML resource each, in the folder {@code presets}. */
final class Presets {
  static final List<String> NAMES =
      List.of(
          "recommended",
          "nwe-layer-5",
          "nwe-layer-4",
          "nwe-layer-3",
          "nwe-layer-2",
          "merged-series-nwe",
          "merged-all",
          "network-only",
          "no-network");

  private Presets() {}

  static List<StepConfig> steps(String name) {
    if (!NAMES.contains(name)) {
      throw new ConfigurationException(
          "there is no preset " + name + "; there are " + String.join(", ", NAMES));
    }
    return MomoConfig.parse("preset " + name, text(name), Path.of("")).steps();
  }

  private static String text(String name) {
    try (@Nullable InputStream in =
        Presets.class.getResourceAsStream("presets/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("the preset " + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
