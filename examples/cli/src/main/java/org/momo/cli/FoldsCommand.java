package org.momo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.momo.evaluation.NetworkAccuracy;
import org.momo.evaluation.report.NetworkReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo folds}: how well networks name single series, over the folds of a training. */
@Command(
    name = "folds",
    description = {
      "Says how well networks name single series, over the folds of a cross-validation.",
      "RESULTS has a row for each tested series, with the columns modality, network, fold, class,"
          + " answer and, where it is known, confidence."
    },
    mixinStandardHelpOptions = true)
final class FoldsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RESULTS", description = "CSV, TSV or XLSX.")
  private Path results;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write a page with classes, confusions and calibration.")
  private @Nullable Path report;

  @Option(names = "--title", description = "The report's title.")
  private String title = "Networks on single series";

  @Override
  public Integer call() throws IOException {
    List<NetworkAccuracy> networks = NetworkAccuracy.of(NetworkAccuracy.read(results));
    if (networks.isEmpty()) {
      throw new CommandException(results + " has no row with a class.");
    }
    List<List<String>> rows = new ArrayList<>();
    for (NetworkAccuracy each : networks) {
      rows.add(
          List.of(
              each.modality(),
              each.network(),
              Integer.toString(each.folds().folds().size()),
              Long.toString(each.all().of()),
              NetworkReport.share(each.folds()).replace('\u00A0', ' '),
              each.calibration()
                  .map(c -> String.format(Locale.ROOT, "%.3f", c.expectedError()))
                  .orElse("-")));
    }
    TextTable.print(
        spec.commandLine().getOut(),
        List.of("modality", "network", "folds", "series", "accuracy (1.96 SD of folds)", "ECE"),
        rows);
    if (report != null) {
      NetworkReport.write(networks, title, report);
      spec.commandLine().getErr().println("Wrote " + report.resolve("networks.html"));
    }
    return Momo.DECIDED;
  }
}
