package org.momo.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.momo.evaluation.EvaluationResult.Confusion;

/**
 * How well a network names single series, over the folds of a cross-validation: the form in which
 * the published study states its networks' accuracy, and what lies behind it.
 *
 * <p>This class is immutable.
 *
 * @param modality the modality that the network is for
 * @param network its name
 * @param folds the accuracy of each fold, in the order of their names, with mean and intervals
 * @param all right series of all, each tested once
 * @param classes right series by their class, in alphabetical order
 * @param confusions which answer met which class, right ones too; most frequent first
 * @param calibration with ten bins; empty where no confidences are given
 */
public record NetworkAccuracy(
    String modality,
    String network,
    FoldAccuracy folds,
    Proportion all,
    Map<String, Proportion> classes,
    List<Confusion> confusions,
    Optional<Calibration> calibration) {

  /**
   * Copies the parts.
   *
   * @param modality the modality that the network is for
   * @param network its name
   * @param folds the accuracy of each fold
   * @param all right series of all
   * @param classes right series by their class
   * @param confusions which answer met which class
   * @param calibration with ten bins
   */
  public NetworkAccuracy {
    classes = java.util.Collections.unmodifiableMap(new TreeMap<>(classes));
    confusions = List.copyOf(confusions);
  }

  /**
   * One tested series.
   *
   * <p>This class is immutable.
   *
   * @param modality the modality that the network is for
   * @param network its name
   * @param fold the fold in which the series was tested
   * @param truth its class
   * @param answer the class that the network gave
   * @param confidence how sure, 0 to 1; NaN where not known
   */
  public record SeriesResult(
      String modality,
      String network,
      String fold,
      String truth,
      String answer,
      double confidence) {
    boolean isRight() {
      return truth.equals(answer);
    }
  }

  /**
   * Reads tested series.
   *
   * @param file CSV, TSV or XLSX with the columns {@code modality}, {@code network}, {@code fold},
   *     {@code class} and {@code answer}, and {@code confidence} where it is known
   * @return the series in table order
   * @throws IOException if the file cannot be read, lacks a column, or a confidence is not between
   *     0 and 1; the message names file and row
   */
  public static List<SeriesResult> read(Path file) throws IOException {
    LabelTable table = LabelTable.read(file);
    int modality = required(table, file, "modality");
    int network = required(table, file, "network");
    int fold = required(table, file, "fold");
    int truth = required(table, file, "class", "label");
    int answer = required(table, file, "answer");
    int confidence = table.column("confidence");
    List<SeriesResult> results = new ArrayList<>();
    for (LabelTable.Line line : table.lines()) {
      if (line.cell(truth).isEmpty()) {
        continue;
      }
      results.add(
          new SeriesResult(
              line.cell(modality),
              line.cell(network),
              line.cell(fold),
              line.cell(truth),
              line.cell(answer),
              confidence(line, confidence, file)));
    }
    return results;
  }

  private static int required(LabelTable table, Path file, String... names) throws IOException {
    int column = table.column(names);
    if (column < 0) {
      throw new IOException(file + " has no column " + names[0] + ": has " + table.columns());
    }
    return column;
  }

  private static double confidence(LabelTable.Line line, int column, Path file) throws IOException {
    String text = line.cell(column);
    if (text.isEmpty()) {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IOException(
        file + ", row " + line.number() + ": confidence must be between 0 and 1: was " + text);
  }

  /**
   * Sums up tested series.
   *
   * @param results in any order
   * @return one for each modality and network, in alphabetical order
   */
  public static List<NetworkAccuracy> of(List<SeriesResult> results) {
    Map<String, Map<String, List<SeriesResult>>> groups = new TreeMap<>();
    for (SeriesResult each : results) {
      groups
          .computeIfAbsent(each.modality(), m -> new TreeMap<>())
          .computeIfAbsent(each.network(), n -> new ArrayList<>())
          .add(each);
    }
    List<NetworkAccuracy> all = new ArrayList<>();
    groups.forEach(
        (modality, networks) ->
            networks.forEach((network, series) -> all.add(of(modality, network, series))));
    return List.copyOf(all);
  }

  private static NetworkAccuracy of(String modality, String network, List<SeriesResult> series) {
    Map<String, Proportion> folds = new TreeMap<>(NetworkAccuracy::byNumber);
    Map<String, Proportion> classes = new TreeMap<>();
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    Proportion all = new Proportion(0, 0);
    for (SeriesResult each : series) {
      Proportion one = new Proportion(each.isRight() ? 1 : 0, 1);
      folds.merge(each.fold(), one, NetworkAccuracy::plus);
      classes.merge(each.truth(), one, NetworkAccuracy::plus);
      all = plus(all, one);
      counts
          .computeIfAbsent(each.truth(), t -> new TreeMap<>())
          .merge(each.answer(), 1L, Long::sum);
    }
    List<Confusion> confusions = new ArrayList<>();
    counts.forEach(
        (truth, answers) ->
            answers.forEach(
                (answer, count) ->
                    confusions.add(
                        new Confusion(
                            truth,
                            answer,
                            answer.isEmpty()
                                ? Verdict.NONE
                                : truth.equals(answer) ? Verdict.RIGHT : Verdict.MAJOR,
                            count))));
    confusions.sort(Comparator.comparingLong((Confusion c) -> -c.count()));
    return new NetworkAccuracy(
        modality,
        network,
        FoldAccuracy.of(folds.values().stream().map(Proportion::value).toList()),
        all,
        classes,
        confusions,
        calibration(series));
  }

  private static Optional<Calibration> calibration(List<SeriesResult> series) {
    List<SeriesResult> sure =
        series.stream().filter(each -> !Double.isNaN(each.confidence())).toList();
    if (sure.isEmpty()) {
      return Optional.empty();
    }
    double[] stated = new double[sure.size()];
    boolean[] right = new boolean[stated.length];
    for (int i = 0; i < stated.length; i++) {
      stated[i] = sure.get(i).confidence();
      right[i] = sure.get(i).isRight();
    }
    return Optional.of(Calibration.of(stated, right, 10));
  }

  private static Proportion plus(Proportion a, Proportion b) {
    return new Proportion(a.count() + b.count(), a.of() + b.of());
  }

  /** Fold 10 comes after fold 9. */
  private static int byNumber(String a, String b) {
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  /**
   * The modalities of some networks.
   *
   * @param networks in any order
   * @return their modalities in alphabetical order
   */
  public static List<String> modalities(List<NetworkAccuracy> networks) {
    TreeSet<String> modalities = new TreeSet<>();
    networks.forEach(network -> modalities.add(network.modality()));
    return List.copyOf(modalities);
  }
}
