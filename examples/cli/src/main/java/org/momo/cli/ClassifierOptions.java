package org.momo.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.momo.StudyClassifier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a command's classifier is made; the same options for every command that needs one. */
final class ClassifierOptions {
  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private @Nullable Pipeline pipeline;

  @Option(
      names = "--catalogue",
      paramLabel = "NAME|FILE",
      description =
          "The study classes: default, essen-76, a CSV or XLSX table, or a folder of tables.")
  private @Nullable String catalogue;

  @Option(
      names = "--overlay",
      paramLabel = "FILE",
      description =
          "A site's own table, laid over the catalogue; its entries win. May be repeated.")
  private List<Path> overlays = List.of();

  @Option(
      names = "--network",
      paramLabel = "DIR",
      description =
          "A model package to ask, in place of those of the configuration. May be repeated.")
  private List<Path> networks = List.of();

  private static final class Pipeline {
    @Option(
        names = "--preset",
        paramLabel = "NAME",
        description = "A named pipeline, for instance recommended, no-network or nwe-layer-5.")
    private @Nullable String preset;

    @Option(names = "--config", paramLabel = "FILE", description = "A pipeline written as YAML.")
    private @Nullable Path config;
  }

  StudyClassifier build() {
    StudyClassifier.Builder builder = StudyClassifier.builder();
    if (pipeline != null && pipeline.config != null) {
      builder.config(pipeline.config);
    }
    if (pipeline != null && pipeline.preset != null) {
      builder.preset(pipeline.preset);
    }
    if (catalogue != null) {
      builder.catalogue(catalogue);
    }
    overlays.forEach(builder::overlay);
    if (!networks.isEmpty()) {
      builder.networks(networks.toArray(Path[]::new));
    }
    return builder.build();
  }
}
