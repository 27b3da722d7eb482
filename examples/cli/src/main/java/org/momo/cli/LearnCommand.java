package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.momo.MomoConfig;
import org.momo.StudyClassifier;
import org.momo.evaluation.Labels;
import org.momo.evaluation.Learning;
import org.momo.evaluation.Lessons;
import org.momo.evaluation.Proposal;
import org.momo.evaluation.Replay;
import org.momo.evaluation.ReplayResult;
import org.momo.evaluation.report.LearningReport;
import org.momo.evaluation.report.ReplayReport;
import org.momo.study.Study;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo learn}: table entries that corrections speak for, and what they would do. */
@Command(
    name = "learn",
    description = {
      "Proposes table entries from corrections, and shows their effect before anything is written.",
      "1. momo learn CORRECTIONS STUDIES --report DIR: look at DIR/learn.html, and say yes or no"
          + " in DIR/proposals.csv.",
      "2. The same with --accepted DIR/proposals.csv: look at the effect of your choice.",
      "3. The same with --write TABLE.csv: writes a table for the configuration's overlay."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 the report is written, 1 error."})
final class LearnCommand implements Callable<Integer> {
  private static final int MOST_LINES = 30;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "CORRECTIONS",
      description = "CSV, TSV or XLSX with the columns study and class.")
  private Path corrections;

  @Parameters(
      index = "1..*",
      paramLabel = "STUDIES",
      arity = "1..*",
      description = "The corrected studies and, so that conflicts show, others.")
  private List<String> paths;

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private @Nullable ConfigurationChoice configuration;

  @Option(
      names = "--catalogue",
      paramLabel = "NAME|FILE",
      description = "The study classes, where the configuration does not say.")
  private @Nullable String catalogue;

  @Option(
      names = "--support",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "How many corrected studies must share an entry; default ${DEFAULT-VALUE}. With 1, a"
              + " text that names a patient may be proposed.")
  private int support;

  @Option(
      names = "--accepted",
      paramLabel = "FILE",
      description =
          "proposals.csv as a person edited it; without it, what has no conflict is tried.")
  private @Nullable Path accepted;

  @Option(
      names = "--write",
      paramLabel = "TABLE",
      description = "Write the accepted entries as a new table; needs --accepted.")
  private @Nullable Path table;

  @Option(
      names = "--report",
      required = true,
      paramLabel = "DIR",
      description = "Where the report is written.")
  private Path report;

  @Option(names = "--title", description = "The report's title.")
  private String title = "Learning from corrections";

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Studies at a time; as many as there are processors unless said.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (table != null && accepted == null) {
      throw new CommandException(
          "--write needs --accepted FILE: say yes or no in proposals.csv first.");
    }
    if (table != null && Files.exists(table)) {
      throw new CommandException(table + " exists: name a new file, and merge them yourself.");
    }
    PrintWriter err = spec.commandLine().getErr();
    Places places = new Places(paths);
    Labels right = Labels.read(corrections);
    NamedConfiguration named = named();
    Path overlay = Files.createTempFile("momo-learn", ".csv");
    try (StudyClassifier today = named.build()) {
      Lessons lessons = lessons(named, today, right, places);
      List<Proposal> chosen =
          accepted == null
              ? lessons.proposals().stream().filter(Proposal::isClear).toList()
              : LearningReport.accepted(lessons, accepted);
      Lessons.writeOverlay(chosen, overlay);
      ReplayResult effect = effect(named, today, overlay, right, places);
      LearningReport.write(lessons, chosen, effect, title, report);
      print(lessons, chosen);
      err.println(LearningReport.sentence(lessons));
      err.println(
          "With "
              + chosen.size()
              + (chosen.size() == 1 ? " entry: " : " entries: ")
              + ReplayReport.sentence(effect));
      if (table != null) {
        Lessons.writeOverlay(chosen, table);
        err.println("Wrote " + table + "; name it under overlay: in the configuration.");
      }
      err.println("The report is " + report.resolve("learn.html"));
    } finally {
      Files.delete(overlay);
    }
    return Momo.DECIDED;
  }

  private NamedConfiguration named() throws IOException {
    return configuration == null
        ? NamedConfiguration.preset(MomoConfig.DEFAULT_PRESET, catalogue)
        : configuration.named(catalogue);
  }

  private Lessons lessons(
      NamedConfiguration named, StudyClassifier today, Labels right, Places places)
      throws IOException {
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "studies");
        Stream<Study> studies = places.studies(problem -> {})) {
      Iterator<Study> iterator = studies.iterator();
      if (!iterator.hasNext()) {
        throw places.nothingFound();
      }
      Lessons lessons =
          Learning.builder(named.subject(today), right)
              .support(support)
              .progress(progress::at, right.all().size())
              .build()
              .run(iterator);
      if (lessons.corrections() == 0) {
        throw new CommandException(
            "None of the studies is corrected by "
                + corrections
                + ": its column study must hold their UIDs or the names of their folders.");
      }
      return lessons;
    }
  }

  /** What the entries change, kept in no folder: they may be others the next time. */
  private ReplayResult effect(
      NamedConfiguration named, StudyClassifier today, Path overlay, Labels right, Places places)
      throws IOException, InterruptedException {
    Files.createDirectories(report);
    Files.deleteIfExists(report.resolve("replay.jsonl"));
    List<String> overlays = new ArrayList<>(named.config().overlays());
    overlays.add(overlay.toAbsolutePath().toString());
    NamedConfiguration taught =
        new NamedConfiguration(
            named.name() + " with the accepted entries", named.config().withOverlays(overlays));
    try (StudyClassifier then = taught.build();
        Progress progress = Progress.start(spec.commandLine().getErr(), "studies");
        Stream<Study> studies = places.studies(problem -> {})) {
      return Replay.builder(named.subject(today), taught.subject(then), report)
          .labels(right)
          .threads(jobs)
          .progress(progress::at, right.all().size())
          .build()
          .run(studies.iterator());
    }
  }

  private void print(Lessons lessons, List<Proposal> chosen) {
    if (lessons.proposals().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (Proposal each : lessons.proposals().stream().limit(MOST_LINES).toList()) {
      rows.add(
          List.of(
              chosen.contains(each) ? "yes" : "no",
              each.code(),
              each.kind().word(),
              Long.toString(each.support()),
              Long.toString(each.wrong()),
              Long.toString(each.against()),
              Long.toString(each.elsewhere()),
              each.text()));
    }
    PrintWriter out = spec.commandLine().getOut();
    TextTable.print(
        out,
        List.of("tried", "class", "as", "support", "wrong", "against", "elsewhere", "text"),
        rows);
    if (lessons.proposals().size() > MOST_LINES) {
      out.println("and " + (lessons.proposals().size() - MOST_LINES) + " more");
    }
  }
}
