package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.momo.MomoConfig;
import org.momo.StepConfig;
import org.momo.StudyClassifier;
import org.momo.decision.Catalogue;
import org.momo.metadata.learned.LabelledText;
import org.momo.metadata.learned.ModelCard;
import org.momo.metadata.learned.TextModel;
import org.momo.metadata.learned.TextModelTrainer;

/**
 * Holds models against texts of sources that they were not trained on, alone and together with what
 * is recommended, each text as the description of a study of which nothing else is known.
 */
final class TextTrial {
  private static final String LAYER = "metadata.learned";
  private static final String ALONE = "learned alone";
  private static final int FOLDS = 5;

  private final Catalogue catalogue;
  private final TextModelTrainer trainer;
  private final ModelCard card;
  private final int threads;
  private final boolean compare;
  private final double least;
  private final TextScores scores = new TextScores();

  TextTrial(
      Catalogue catalogue,
      TextModelTrainer trainer,
      ModelCard card,
      int threads,
      boolean compare,
      double least) {
    this.catalogue = catalogue;
    this.trainer = trainer;
    this.card = card;
    this.threads = threads;
    this.compare = compare;
    this.least = least;
  }

  /** Tries each source on a model of the other folds' sources, or the given ones on one model. */
  void run(List<LabelledTexts.Row> rows, List<String> heldOut)
      throws IOException, InterruptedException {
    Map<String, Integer> folds = heldOut.isEmpty() ? folds(rows) : new TreeMap<>();
    heldOut.forEach(source -> folds.put(source, 0));
    for (int fold : new TreeSet<>(folds.values())) {
      List<LabelledText> rest = new ArrayList<>();
      List<LabelledTexts.Row> out = new ArrayList<>();
      for (LabelledTexts.Row row : rows) {
        if (folds.getOrDefault(row.text().source(), -1) == fold) {
          out.add(row);
        } else {
          rest.add(row.text());
        }
      }
      if (rest.isEmpty()) {
        throw new CommandException("Every source would be left out: nothing is left to train on.");
      }
      hold(trainer.train(rest, card, threads), out);
    }
  }

  private static Map<String, Integer> folds(List<LabelledTexts.Row> rows) {
    Map<String, Integer> sizes = new TreeMap<>();
    rows.forEach(row -> sizes.merge(row.text().source(), 1, Integer::sum));
    if (sizes.size() < 2) {
      throw new CommandException(
          "Accuracy on sources left out needs at least two sources in the column source.");
    }
    List<String> largest = new ArrayList<>(sizes.keySet());
    largest.sort(Comparator.comparingInt((String source) -> -sizes.getOrDefault(source, 0)));
    int[] filled = new int[Math.min(FOLDS, sizes.size())];
    Map<String, Integer> folds = new TreeMap<>();
    for (String source : largest) {
      int smallest = 0;
      for (int fold = 1; fold < filled.length; fold++) {
        smallest = filled[fold] < filled[smallest] ? fold : smallest;
      }
      filled[smallest] += sizes.getOrDefault(source, 0);
      folds.put(source, smallest);
    }
    return folds;
  }

  private void hold(TextModel model, List<LabelledTexts.Row> rows) throws IOException {
    Path file = Files.createTempFile("momo-text", ".model");
    try {
      model.write(file);
      Map<String, StudyClassifier> pipelines = pipelines(file);
      for (Map.Entry<String, StudyClassifier> pipeline : pipelines.entrySet()) {
        try (StudyClassifier classifier = pipeline.getValue()) {
          for (int i = 0; i < rows.size(); i++) {
            scores.count(
                pipeline.getKey(), rows.get(i), TextScores.verdict(classifier, rows.get(i), i));
          }
        }
      }
    } finally {
      Files.delete(file);
    }
  }

  private Map<String, StudyClassifier> pipelines(Path model) {
    Map<String, ?> options = Map.of("model", model.toString(), "abstain-below", least);
    Map<String, StudyClassifier> pipelines = new LinkedHashMap<>();
    pipelines.put(
        ALONE, StudyClassifier.builder().catalogue(catalogue).layer(LAYER, options).build());
    if (compare) {
      StudyClassifier.Builder followed = StudyClassifier.builder().catalogue(catalogue);
      MomoConfig.defaults().pipeline().forEach(followed::step);
      pipelines.put("recommended", StudyClassifier.builder().catalogue(catalogue).build());
      pipelines.put("then learned", followed.layer(LAYER, options).build());
      pipelines.put(
          "in one count",
          StudyClassifier.builder()
              .catalogue(catalogue)
              .layer("metadata.procedure-code")
              .layer("metadata.description-exact")
              .step(
                  StepConfig.Merge.of(
                          StepConfig.Layer.of("metadata.evidence").option("abstain-below", 0),
                          StepConfig.Layer.of(LAYER)
                              .option("model", model.toString())
                              .option("abstain-below", 0))
                      .threshold(0.5))
              .build());
    }
    return pipelines;
  }

  /** How many texts were right of how many, by the model alone. */
  int[] alone() {
    return scores.right("all", ALONE);
  }

  /** Prints a line for each group and pipeline; sources of few texts are left out. */
  void print(PrintWriter out) {
    scores.print(out, "left out of training");
  }
}
