package org.momo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.momo.StudyClassifier;
import org.momo.decision.Decision;
import org.momo.decision.Prediction;
import org.momo.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo explain}: the answer for each study, with everything that led to it. */
@Command(
    name = "explain",
    description = "Says for every study below a path what each layer found, and why.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClassifierOptions classifier;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Where the studies are: a path, or a DICOMweb address.")
  private List<String> paths = List.of();

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "A description to read, in place of studies: shows what its words mean.")
  private @Nullable String text;

  @Option(
      names = "--modality",
      paramLabel = "MODALITY",
      description = "With --text: the DICOM Modality of its study.")
  private @Nullable String modality;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (text != null) {
      try (StudyClassifier momo = classifier.build()) {
        out.print(TextExplanation.of(text, modality, momo.catalogue()));
      }
      return Momo.DECIDED;
    }
    if (paths.isEmpty()) {
      throw new CommandException("Say a PATH, or a --text.");
    }
    PrintWriter err = spec.commandLine().getErr();
    Places places = new Places(paths);
    int all = 0;
    int decided = 0;
    try (StudyClassifier momo = classifier.build();
        Stream<Study> studies = places.studies(err::println)) {
      for (Study study : (Iterable<Study>) studies::iterator) {
        Prediction prediction = momo.classify(study);
        out.print(all == 0 ? "" : "\n" + "-".repeat(72) + "\n\n");
        out.print(Explanation.of(prediction));
        all++;
        decided += prediction.decision() instanceof Decision.Decided ? 1 : 0;
      }
    }
    if (all == 0) {
      throw new CommandException(
          "No DICOM study was found"
              + (places.skipped().isEmpty() ? "." : " (skipped: " + places.skipped() + ")."));
    }
    return decided == all ? Momo.DECIDED : Momo.UNDECIDED;
  }
}
