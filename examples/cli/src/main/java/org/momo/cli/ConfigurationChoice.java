package org.momo.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options {@code --preset} and {@code --config}, of which a command takes one at a time. */
final class ConfigurationChoice {
  @Option(
      names = "--preset",
      paramLabel = "NAME[@CATALOGUE]",
      description = "A named pipeline, such as recommended or no-network@essen-76.")
  private @Nullable String preset;

  @Option(names = "--config", paramLabel = "FILE", description = "A pipeline written as YAML.")
  private @Nullable Path config;

  /** What was chosen, on a catalogue unless it says itself on which. */
  NamedConfiguration named(@Nullable String catalogue) throws IOException {
    return config != null
        ? NamedConfiguration.file(config, catalogue)
        : NamedConfiguration.preset(String.valueOf(preset), catalogue);
  }
}
