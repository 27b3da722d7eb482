package org.momo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.momo.StudyClassifier;
import org.momo.decision.Decision;
import org.momo.decision.Prediction;
import org.momo.study.ReadProblem;
import org.momo.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo classify}: every study below some paths, one answer each. */
@Command(
    name = "classify",
    description = {
      "Answers for every study below the paths: folders, files, archives, images of discs, DICOM"
          + " JSON, and addresses of DICOMweb servers, as http://localhost:8042/dicom-web.",
      "Servers are sent the environment variable MOMO_AUTHORIZATION as their Authorization."
    },
    mixinStandardHelpOptions = true)
final class ClassifyCommand implements Callable<Integer> {
  private static final int REASONS_SHOWN = 20;

  enum Format {
    TABLE,
    JSON,
    JSONL
  }

  @Spec private CommandSpec spec;
  @Mixin private ClassifierOptions classifier;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Where the studies are: a path, or a DICOMweb address.")
  private List<String> paths;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "One of table, json, jsonl (one object a line); default ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Studies at a time; as many as there are processors unless said.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--verbose", description = "Name each thing that is skipped on standard error.")
  private boolean verbose;

  @Override
  public Integer call() {
    if (jobs < 1) {
      throw new CommandException("--jobs must be 1 or more: was " + jobs + ".");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Places places = new Places(paths);
    long[] counts = new long[2];
    try (StudyClassifier momo = classifier.build();
        Progress progress = Progress.start(err, "studies");
        Stream<Study> studies = places.studies(problem -> tell(err, problem));
        Stream<Prediction> predictions = momo.classifyAll(studies, jobs)) {
      PredictionPrinter printer = PredictionPrinter.of(format, out);
      predictions.forEachOrdered(
          prediction -> {
            printer.print(prediction);
            counts[prediction.decision() instanceof Decision.Decided ? 0 : 1]++;
            progress.step();
          });
      printer.end();
    }
    return report(err, places, counts);
  }

  private int report(PrintWriter err, Places places, long[] counts) {
    long all = counts[0] + counts[1];
    if (all == 0) {
      throw new CommandException(
          "No DICOM study was found below "
              + String.join(", ", paths)
              + (places.skipped().isEmpty() ? "." : " (skipped: " + why(places) + ")."));
    }
    err.println(
        all
            + (all == 1 ? " study, " : " studies, ")
            + counts[0]
            + " decided"
            + (places.skipped().isEmpty() ? "" : "; skipped: " + places.skipped()));
    places.reasons().stream().limit(REASONS_SHOWN).forEach(err::println);
    if (places.reasons().size() > REASONS_SHOWN) {
      err.println("  and " + (places.reasons().size() - REASONS_SHOWN) + " more reasons");
    }
    return counts[1] == 0 ? Momo.DECIDED : Momo.UNDECIDED;
  }

  /** The only reason in full, so that it fits the sentence; of several, the counts. */
  private static String why(Places places) {
    return places.reasons().size() == 1
        ? places.reasons().get(0).strip().replaceAll(" +", " ").replaceAll("\\.$", "")
        : places.skipped();
  }

  private void tell(PrintWriter err, ReadProblem problem) {
    if (verbose) {
      err.println(problem);
    }
  }
}
