package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.momo.StudyClassifier;
import org.momo.evaluation.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo evaluate-texts}: how well descriptions are read, source by source. */
@Command(
    name = "evaluate-texts",
    description = {
      "Holds what is read from labelled descriptions against their labels: all, by the kind of"
          + " label, by language, by modality and by source.",
      "FILE is TSV with the columns source, text, modality and region, and, where they are there,"
          + " language and independence."
    },
    mixinStandardHelpOptions = true)
final class EvaluateTextsCommand implements Callable<Integer> {
  private static final String PIPELINE = "words";

  @Spec private CommandSpec spec;

  @Mixin private ClassifierOptions classifierOptions;

  @Parameters(paramLabel = "FILE", description = "The labelled descriptions.")
  private Path file;

  @Option(
      names = "--labels",
      paramLabel = "KIND",
      description = "Only rows whose column independence says so, such as independent.")
  private @Nullable String labels;

  @Option(
      names = "--looked-at",
      split = ",",
      paramLabel = "SOURCE",
      description =
          "Sources whose texts the table's authors have seen; * at the end stands for any. The"
              + " others are summed up on a line of their own.")
  private List<String> lookedAt = List.of();

  @Override
  public Integer call() throws IOException {
    TextScores scores = new TextScores();
    Set<String> unseen = new TreeSet<>();
    int unlabelled;
    try (StudyClassifier classifier = classifierOptions.build()) {
      LabelledTexts texts = LabelledTexts.read(file, classifier.catalogue());
      unlabelled = texts.unlabelled();
      int number = 0;
      for (LabelledTexts.Row row : texts.rows()) {
        if (labels != null && !labels.equals(row.independence())) {
          continue;
        }
        Verdict verdict = TextScores.verdict(classifier, row, number++);
        scores.count(PIPELINE, row, verdict);
        scores.count("modality " + row.modality(), PIPELINE, verdict);
        if (!lookedAt.isEmpty()) {
          boolean seen = isSeen(row.text().source());
          scores.count("sources " + (seen ? "looked at" : "never looked at"), PIPELINE, verdict);
          if (!seen) {
            unseen.add(row.text().source());
          }
        }
      }
      if (number == 0) {
        throw new CommandException(file + " has no labelled row of the kind " + labels + ".");
      }
    }
    scores.print(spec.commandLine().getOut(), "group");
    PrintWriter err = spec.commandLine().getErr();
    if (unlabelled > 0) {
      err.println(unlabelled + " rows without label or modality");
    }
    if (!unseen.isEmpty()) {
      err.println("never looked at: " + unseen.stream().collect(Collectors.joining(", ")));
    }
    return Momo.DECIDED;
  }

  private boolean isSeen(String source) {
    return lookedAt.stream()
        .anyMatch(
            name ->
                name.endsWith("*")
                    ? source.startsWith(name.substring(0, name.length() - 1))
                    : source.equals(name));
  }
}
