package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.momo.MomoConfig;
import org.momo.StepConfig;
import org.momo.StudyClassifier;
import org.momo.decision.Catalogue;
import org.momo.decision.Decision;
import org.momo.evaluation.Truth;
import org.momo.evaluation.Verdict;
import org.momo.metadata.learned.LabelledText;
import org.momo.metadata.learned.ModelCard;
import org.momo.metadata.learned.TextModel;
import org.momo.metadata.learned.TextModelTrainer;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * Holds models against texts of sources that they were not trained on, alone and together with what
 * is recommended, each text as the description of a study of which nothing else is known.
 */
final class TextTrial {
  private static final String LAYER = "metadata.learned";
  private static final String ALONE = "learned alone";
  private static final int FOLDS = 5;
  private static final int FEW = 20;

  private final Catalogue catalogue;
  private final TextModelTrainer trainer;
  private final ModelCard card;
  private final int threads;
  private final boolean compare;
  private final double least;
  private final Map<String, Map<String, Map<Verdict, Integer>>> counts = new LinkedHashMap<>();

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
            count(pipeline.getKey(), rows.get(i), verdict(classifier, rows.get(i), i));
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

  private Verdict verdict(StudyClassifier classifier, LabelledTexts.Row row, int number) {
    Map<Integer, String> values =
        Map.of(
            Tag.STUDY_INSTANCE_UID, "2.25." + number,
            Tag.SERIES_INSTANCE_UID, "2.25." + number + ".1",
            Tag.SOP_INSTANCE_UID, "2.25." + number + ".2",
            Tag.MODALITY, row.modality(),
            Tag.STUDY_DESCRIPTION, row.text().text());
    Header header =
        Header.of(tag -> values.containsKey(tag) ? new String[] {values.get(tag)} : null);
    Study study = Study.group(List.of(Instance.of(header))).get(0);
    Decision decision = classifier.classify(study).decision();
    return row.region().equals("-")
        ? decision instanceof Decision.Decided ? Verdict.MAJOR : Verdict.RIGHT
        : Truth.ofRegions(row.region())
            .judge(
                decision instanceof Decision.Decided decided ? decided.studyClass() : null,
                catalogue);
  }

  private void count(String pipeline, LabelledTexts.Row row, Verdict verdict) {
    List<String> groups = new ArrayList<>();
    groups.add("all");
    if (!row.independence().isEmpty()) {
      groups.add("labels " + row.independence());
    }
    if (!row.text().language().isEmpty()) {
      groups.add("language " + row.text().language());
    }
    groups.add("source " + row.text().source());
    for (String group : groups) {
      counts
          .computeIfAbsent(group, g -> new LinkedHashMap<>())
          .computeIfAbsent(pipeline, p -> new EnumMap<>(Verdict.class))
          .merge(verdict, 1, Integer::sum);
    }
  }

  /** How many texts were right of how many, by the model alone. */
  int[] alone() {
    Map<Verdict, Integer> all = counts.getOrDefault("all", Map.of()).getOrDefault(ALONE, Map.of());
    return new int[] {all.getOrDefault(Verdict.RIGHT, 0), sum(all)};
  }

  /** Prints a line for each group and pipeline; sources of few texts are left out. */
  void print(PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    new TreeMap<>(counts)
        .forEach(
            (group, pipelines) ->
                pipelines.forEach(
                    (pipeline, verdicts) -> {
                      if (!group.startsWith("source ") || sum(verdicts) >= FEW) {
                        lines.add(line(group, pipeline, verdicts));
                      }
                    }));
    TextTable.print(
        out,
        List.of(
            "left out of training", "pipeline", "n", "decided %", "right %", "minor %", "major %"),
        lines);
  }

  private static List<String> line(String group, String pipeline, Map<Verdict, Integer> verdicts) {
    int all = sum(verdicts);
    int none = verdicts.getOrDefault(Verdict.NONE, 0);
    return List.of(
        group,
        pipeline,
        String.valueOf(all),
        percent(all - none, all),
        percent(verdicts.getOrDefault(Verdict.RIGHT, 0), all),
        percent(verdicts.getOrDefault(Verdict.MINOR, 0), all),
        percent(verdicts.getOrDefault(Verdict.MAJOR, 0), all));
  }

  private static int sum(Map<Verdict, Integer> verdicts) {
    return verdicts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String percent(int part, int whole) {
    return String.format(Locale.ROOT, "%.2f", 100.0 * part / Math.max(1, whole));
  }
}
