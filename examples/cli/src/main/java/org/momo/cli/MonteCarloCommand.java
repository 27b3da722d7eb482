package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.momo.evaluation.MonteCarlo;
import org.momo.evaluation.MonteCarlo.Cell;
import org.momo.evaluation.Scenario;
import org.momo.evaluation.report.MonteCarloReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code momo montecarlo}: how well a vote over a study's series does, by simulation. */
@Command(
    name = "montecarlo",
    description = "Simulates votes over the series of studies: the published experiment and more.",
    mixinStandardHelpOptions = true)
final class MonteCarloCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write the published experiment's 200 figures to a table.")
  private @Nullable Path csv;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write a page with figures, also of what lies beyond the published experiment.")
  private @Nullable Path report;

  @Option(names = "--studies", description = "Studies in a repeat; default ${DEFAULT-VALUE}.")
  private int studies = 6000;

  @Option(names = "--repeats", description = "Repeats; default ${DEFAULT-VALUE}.")
  private int repeats = 10;

  @Option(names = "--seed", description = "Fixes the random numbers; default ${DEFAULT-VALUE}.")
  private long seed = MonteCarlo.DEFAULT_SEED;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Threads; as many as there are processors unless said. Changes no figure.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<Scenario> scenarios =
        report == null ? MonteCarlo.published() : MonteCarloReport.scenarios();
    List<Cell> cells;
    try (Progress progress = Progress.start(err, "runs", (long) scenarios.size() * repeats)) {
      cells =
          MonteCarlo.builder()
              .studies(studies)
              .repeats(repeats)
              .seed(seed)
              .threads(jobs)
              .progress(progress::at)
              .build()
              .run(scenarios);
    }
    List<Cell> published = cells.subList(0, MonteCarlo.published().size());
    if (csv != null) {
      MonteCarloReport.writeCsv(published, csv);
      err.println("Wrote " + csv);
    }
    if (report != null) {
      MonteCarloReport.write(cells, report);
      err.println("Wrote " + report.resolve("montecarlo.html"));
    }
    print(out, published);
    return Momo.DECIDED;
  }

  /** Series down, accuracies across, uncorrelated and worst case in each cell. */
  private static void print(PrintWriter out, List<Cell> cells) {
    List<String> head = new ArrayList<>(List.of("series"));
    List<List<String>> rows = new ArrayList<>();
    int half = cells.size() / 2;
    int accuracies = half / 10;
    for (int i = 0; i < accuracies; i++) {
      head.add(String.format(Locale.ROOT, "p=%.2f", cells.get(i).scenario().accuracy()));
    }
    for (int series = 0; series < 10; series++) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(series + 1)));
      for (int i = 0; i < accuracies; i++) {
        int at = series * accuracies + i;
        row.add(
            String.format(
                Locale.ROOT,
                "%.3f/%.3f",
                cells.get(at).accuracy(),
                cells.get(half + at).accuracy()));
      }
      rows.add(row);
    }
    TextTable.print(out, head, rows);
    out.println("Right studies: uncorrelated errors / worst case.");
  }
}
