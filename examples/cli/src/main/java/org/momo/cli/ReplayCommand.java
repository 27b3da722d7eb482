package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.momo.StudyClassifier;
import org.momo.evaluation.Labels;
import org.momo.evaluation.Replay;
import org.momo.evaluation.ReplayResult;
import org.momo.evaluation.report.ReplayReport;
import org.momo.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo replay}: which studies another configuration answers differently, and why. */
@Command(
    name = "replay",
    description = {
      "Runs two configurations over studies, and lists every study whose answer changes, by cause.",
      "STUDIES are best an archive that the command headers wrote. OLD and NEW are presets, such"
          + " as recommended or no-network@essen-76, or YAML files. A run that was interrupted goes"
          + " on where it was when the same command is given again."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 no answer changes, 2 some do, 1 error."})
final class ReplayCommand implements Callable<Integer> {
  private static final int MOST_LINES = 20;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD", description = "The configuration that was.")
  private String before;

  @Parameters(index = "1", paramLabel = "NEW", description = "The configuration that may be.")
  private String after;

  @Parameters(
      index = "2..*",
      paramLabel = "STUDIES",
      arity = "1..*",
      description = "Where the studies are: a path, or a DICOMweb address.")
  private List<String> paths;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "What is right, as for evaluate: then changes are told to be fixed or broken.")
  private @Nullable Path labels;

  @Option(
      names = "--report",
      required = true,
      paramLabel = "DIR",
      description = "Where the report is written, and what is done so far is kept.")
  private Path report;

  @Option(names = "--title", description = "The report's title.")
  private String title = "Replay";

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Studies at a time; as many as there are processors unless said.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Places places = new Places(paths);
    NamedConfiguration old = NamedConfiguration.of(before);
    NamedConfiguration other = NamedConfiguration.of(after);
    if (old.name().equals(other.name())) {
      old = new NamedConfiguration(before, old.config());
      other = new NamedConfiguration(after, other.config());
    }
    Labels truth = labels == null ? Labels.of(List.of()) : Labels.read(labels);
    ReplayResult result;
    try (StudyClassifier was = old.build();
        StudyClassifier is = other.build();
        Progress progress = Progress.start(err, "studies");
        Stream<Study> studies = places.studies(problem -> {})) {
      Iterator<Study> iterator = studies.iterator();
      if (!iterator.hasNext()) {
        throw places.nothingFound();
      }
      result =
          Replay.builder(old.subject(was), other.subject(is), report)
              .labels(truth)
              .threads(jobs)
              .progress(progress::at, truth.all().size())
              .build()
              .run(iterator);
    }
    ReplayReport.write(result, title, report);
    print(result, spec.commandLine().getOut());
    err.println(
        ReplayReport.sentence(result)
            + (places.skipped().isEmpty() ? "" : " Skipped: " + places.skipped() + ".")
            + " The report is "
            + report.resolve("replay.html"));
    return result.effect().changed() == 0 ? Momo.DECIDED : Momo.UNDECIDED;
  }

  static void print(ReplayResult result, PrintWriter out) {
    if (result.groups().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (ReplayResult.Group group : result.groups().stream().limit(MOST_LINES).toList()) {
      ReplayResult.Move move = group.moves().get(0);
      String words = group.cause().words();
      rows.add(
          List.of(
              Long.toString(group.effect().changed()),
              Long.toString(group.effect().fixed()),
              Long.toString(group.effect().broken()),
              move.from() + " > " + move.to(),
              group.cause().where()
                  + " "
                  + group.cause().kind().sentence()
                  + (words.isEmpty() ? "" : ": " + words)));
    }
    TextTable.print(out, List.of("studies", "fixed", "broken", "most often", "cause"), rows);
    if (result.groups().size() > MOST_LINES) {
      out.println("and " + (result.groups().size() - MOST_LINES) + " more causes");
    }
  }
}
