package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.momo.MomoConfig;
import org.momo.StudyClassifier;
import org.momo.evaluation.Evaluation;
import org.momo.evaluation.EvaluationResult;
import org.momo.evaluation.EvaluationResult.Comparison;
import org.momo.evaluation.EvaluationResult.SubjectResult;
import org.momo.evaluation.Interval;
import org.momo.evaluation.Labels;
import org.momo.evaluation.Proportion;
import org.momo.evaluation.Tally;
import org.momo.evaluation.report.EvaluationReport;
import org.momo.study.Study;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code momo evaluate}: how good the answers are on labelled studies; several make an ablation.
 */
@Command(
    name = "evaluate",
    description = {
      "Holds answers against labels, and writes a report.",
      "Several --preset and --config answer the same studies and are compared. A run that was"
          + " interrupted goes on where it was when the same command is given again."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 the report is written, 1 error."})
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "STUDIES",
      arity = "1..*",
      description = "Where the studies are: a path, or a DICOMweb address.")
  private List<String> paths;

  @Option(
      names = "--labels",
      required = true,
      paramLabel = "FILE",
      description =
          "CSV, TSV or XLSX with a column study (UID or name of the study's folder) and a column"
              + " class or region; | separates accepted answers, + joins regions.")
  private Path labels;

  @Option(
      names = "--where",
      paramLabel = "COLUMN=VALUE",
      description = "Read only the labels that have this value in this column.")
  private Map<String, String> where = new TreeMap<>();

  @ArgGroup(exclusive = true, multiplicity = "0..*")
  private List<ConfigurationChoice> configurations = new ArrayList<>();

  @Option(
      names = "--catalogue",
      paramLabel = "NAME|FILE",
      description = "The study classes for all configurations that do not say @CATALOGUE.")
  private @Nullable String catalogue;

  @Option(
      names = "--report",
      required = true,
      paramLabel = "DIR",
      description = "Where the report is written, and what is done so far is kept.")
  private Path report;

  @Option(names = "--title", description = "The report's title.")
  private String title = "Evaluation";

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Studies at a time; as many as there are processors unless said.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (jobs < 1) {
      throw new CommandException("--jobs must be 1 or more: was " + jobs + ".");
    }
    PrintWriter err = spec.commandLine().getErr();
    Places places = new Places(paths);
    Labels truth = Labels.read(labels, where);
    List<StudyClassifier> classifiers = new ArrayList<>();
    EvaluationResult result;
    try (Progress progress = Progress.start(err, "studies", truth.all().size());
        Stream<Study> studies = places.studies(problem -> {})) {
      Evaluation.Builder evaluation =
          Evaluation.builder(truth, report)
              .threads(jobs)
              .progress(progress::at, truth.all().size());
      for (NamedConfiguration named : named()) {
        StudyClassifier classifier = named.build();
        classifiers.add(classifier);
        evaluation.subject(named.subject(classifier));
      }
      Iterator<Study> iterator = studies.iterator();
      if (!iterator.hasNext()) {
        throw places.nothingFound();
      }
      result = evaluation.build().run(iterator);
    } finally {
      classifiers.forEach(StudyClassifier::close);
    }
    if (result.cases() == 0) {
      throw new CommandException(
          "None of the "
              + result.studies()
              + " studies has a label in "
              + labels
              + ": its column study must hold their UIDs or the names of their folders.");
    }
    EvaluationReport.write(result, title, report);
    print(result);
    err.println(
        result.cases()
            + " labelled cases in "
            + result.studies()
            + " studies"
            + (result.unlabelled() == 0 ? "" : "; without label: " + result.unlabelled())
            + (result.missing().isEmpty() ? "" : "; labels without study: " + missing(result))
            + (places.skipped().isEmpty() ? "" : "; skipped: " + places.skipped())
            + "; the report is "
            + report.resolve("report.html"));
    return Momo.DECIDED;
  }

  private static String missing(EvaluationResult result) {
    List<String> missing = result.missing();
    return missing.size() <= 5 ? String.join(", ", missing) : Integer.toString(missing.size());
  }

  private List<NamedConfiguration> named() throws IOException {
    List<NamedConfiguration> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ConfigurationChoice each : configurations) {
      NamedConfiguration named = each.named(catalogue);
      if (!names.add(named.name())) {
        throw new CommandException(
            "Two configurations are named " + named.name() + ": rename a file, or leave one out.");
      }
      all.add(named);
    }
    if (all.isEmpty()) {
      all.add(NamedConfiguration.preset(MomoConfig.DEFAULT_PRESET, catalogue));
    }
    return all;
  }

  private void print(EvaluationResult result) {
    PrintWriter out = spec.commandLine().getOut();
    List<List<String>> rows = new ArrayList<>();
    for (SubjectResult subject : result.subjects()) {
      Tally all = subject.all();
      rows.add(
          List.of(
              subject.name(),
              Long.toString(all.studies()),
              Long.toString(all.decided()),
              Long.toString(all.right()),
              Long.toString(all.minor()),
              Long.toString(all.major()),
              Long.toString(all.none()),
              share(all.accuracyOfDecided()),
              share(all.accuracyOfAll()),
              String.format(
                  Locale.ROOT,
                  "%.1f (%.1f)",
                  1000 * subject.times().median(),
                  1000 * subject.times().percentile95())));
    }
    TextTable.print(
        out,
        List.of(
            "configuration",
            "cases",
            "answered",
            "right",
            "minor",
            "major",
            "undecided",
            "right of answers",
            "right of all",
            "ms, median (95 %)"),
        rows);
    if (!result.comparisons().isEmpty()) {
      out.println();
      List<List<String>> pairs = new ArrayList<>();
      for (Comparison pair : result.comparisons()) {
        Interval interval = pair.right().interval();
        pairs.add(
            List.of(
                pair.first(),
                pair.second(),
                Long.toString(pair.right().onlyFirst()),
                Long.toString(pair.right().onlySecond()),
                String.format(
                    Locale.ROOT,
                    "%+.1f (%+.1f to %+.1f)",
                    100 * pair.right().difference(),
                    100 * interval.low(),
                    100 * interval.high()),
                String.format(Locale.ROOT, "%.4f", pair.adjusted())));
      }
      TextTable.print(
          out,
          List.of(
              "first", "second", "only first right", "only second right", "difference", "p (Holm)"),
          pairs);
    }
  }

  private static String share(Proportion share) {
    if (share.of() == 0) {
      return "-";
    }
    Interval interval = share.interval();
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f-%.1f)",
        100 * share.value(),
        100 * interval.low(),
        100 * interval.high());
  }
}
