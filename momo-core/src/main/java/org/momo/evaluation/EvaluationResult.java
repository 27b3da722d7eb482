package org.momo.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What came of an evaluation.
 *
 * <p>A case is a label that was found. Where several studies bear the same label, a folder that
 * holds two for instance, the case is as good as the worst of them.
 *
 * <p>This class is immutable; {@link #errors} reads the folder of the run each time.
 */
public final class EvaluationResult {
  private static final long SEED = 2022;

  private final StoredRun store;
  private final List<SubjectResult> subjects;
  private final List<Comparison> comparisons;
  private final long cases;
  private final long studies;
  private final long unlabelled;
  private final List<String> missing;

  private EvaluationResult(
      StoredRun store,
      List<SubjectResult> subjects,
      List<Comparison> comparisons,
      long cases,
      long studies,
      long unlabelled,
      List<String> missing) {
    this.store = store;
    this.subjects = List.copyOf(subjects);
    this.comparisons = List.copyOf(comparisons);
    this.cases = cases;
    this.studies = studies;
    this.unlabelled = unlabelled;
    this.missing = List.copyOf(missing);
  }

  /**
   * One configuration's figures.
   *
   * <p>This class is immutable.
   *
   * @param name its name
   * @param all all cases
   * @param groups tallies by kind of group ({@code modality}, {@code class}, {@code layer}, {@code
   *     language}, {@code tag}) and group; kinds in that order, groups in alphabetical order
   * @param confusions how often which answer met which label, right ones too; most frequent first
   * @param calibration with ten bins
   * @param fineCalibration with fifteen bins
   * @param riskCoverage what abstaining would buy, minor errors counted as wrong
   * @param withNetwork the cases that a network's vote was counted for
   * @param times how long the studies took; differs from run to run
   */
  public record SubjectResult(
      String name,
      Tally all,
      Map<String, Map<String, Tally>> groups,
      List<Confusion> confusions,
      Calibration calibration,
      Calibration fineCalibration,
      RiskCoverage riskCoverage,
      Tally withNetwork,
      Times times) {}

  /**
   * How often an answer met a label.
   *
   * <p>This class is immutable.
   *
   * @param label the accepted answer, the first where there are several and none was given
   * @param answer what was answered; {@code undecided} for nothing
   * @param verdict what it is worth
   * @param count how often; 1 or more
   */
  public record Confusion(String label, String answer, Verdict verdict, long count) {}

  /**
   * How long studies took, in seconds.
   *
   * <p>This class is immutable.
   *
   * @param mean the mean
   * @param median half took less
   * @param percentile95 19 of 20 took less
   * @param longest the longest
   */
  public record Times(double mean, double median, double percentile95, double longest) {}

  /**
   * Two configurations on the same cases.
   *
   * <p>This class is immutable.
   *
   * @param first a configuration
   * @param second a later one
   * @param right compared by right answers, of all cases
   * @param major compared by major errors, of all cases
   * @param adjusted the p value of {@code right}, adjusted by Holm's method for the number of
   *     comparisons
   */
  public record Comparison(
      String first,
      String second,
      PairedComparison right,
      PairedComparison major,
      double adjusted) {}

  /**
   * An answer that is not right.
   *
   * <p>This class is immutable.
   *
   * @param subject the configuration
   * @param study the Study Instance UID
   * @param key the label's key
   * @param truth the accepted answers
   * @param row the accepted answer that the given one is held against
   * @param answer what was answered
   * @param verdict what it is worth
   * @param confidence how sure, 0 to 1
   * @param layer what decided, or why nothing did
   * @param trace how it came about, in lines
   */
  public record ErrorCase(
      String subject,
      String study,
      String key,
      String truth,
      String row,
      String answer,
      Verdict verdict,
      double confidence,
      String layer,
      List<String> trace) {
    /**
     * Copies the trace.
     *
     * @param subject the configuration
     * @param study the Study Instance UID
     * @param key the label's key
     * @param truth the accepted answers
     * @param row the accepted answer that the given one is held against
     * @param answer what was answered
     * @param verdict what it is worth
     * @param confidence how sure
     * @param layer what decided, or why nothing did
     * @param trace how it came about
     */
    public ErrorCase {
      trace = List.copyOf(trace);
    }
  }

  /**
   * Hears of errors one by one.
   *
   * <p>Implementations need not be thread-safe.
   */
  @FunctionalInterface
  public interface ErrorReader {
    /**
     * Hears of an error.
     *
     * @param error an answer that is not right
     * @throws IOException if it cannot be passed on
     */
    void accept(ErrorCase error) throws IOException;
  }

  static EvaluationResult of(StoredRun store, List<Subject> subjects, Labels labels)
      throws IOException {
    List<Columns> columns = new ArrayList<>();
    subjects.forEach(subject -> columns.add(new Columns()));
    Map<String, Integer> caseOf = new HashMap<>();
    long[] counts = new long[2];
    store.forEach(
        line -> {
          AnswerRow row = AnswerRow.read(StoredRun.JSON, line);
          counts[0]++;
          if (row.key().isEmpty()) {
            counts[1]++;
            return;
          }
          int index = caseOf.computeIfAbsent(row.key(), key -> caseOf.size());
          for (int s = 0; s < columns.size(); s++) {
            columns.get(s).put(index, row, row.answers().get(s));
          }
        });
    List<SubjectResult> results = new ArrayList<>();
    for (int s = 0; s < columns.size(); s++) {
      results.add(columns.get(s).summarise(subjects.get(s).name()));
    }
    List<String> missing = new ArrayList<>();
    for (Label label : labels.all()) {
      if (!caseOf.containsKey(label.key())) {
        missing.add(label.key());
      }
    }
    return new EvaluationResult(
        store,
        results,
        compare(subjects, columns, caseOf.size()),
        caseOf.size(),
        counts[0],
        counts[1],
        missing);
  }

  private static List<Comparison> compare(
      List<Subject> subjects, List<Columns> columns, int cases) {
    List<Comparison> raw = new ArrayList<>();
    if (cases == 0) {
      return raw;
    }
    for (int i = 0; i < columns.size(); i++) {
      for (int j = i + 1; j < columns.size(); j++) {
        raw.add(
            new Comparison(
                subjects.get(i).name(),
                subjects.get(j).name(),
                pair(columns.get(i), columns.get(j), cases, Verdict.RIGHT),
                pair(columns.get(i), columns.get(j), cases, Verdict.MAJOR),
                1));
      }
    }
    List<Comparison> bySurprise = new ArrayList<>(raw);
    bySurprise.sort(Comparator.comparingDouble(comparison -> comparison.right().pValue()));
    Map<Comparison, Double> adjusted = new HashMap<>();
    double floor = 0;
    for (int k = 0; k < bySurprise.size(); k++) {
      Comparison comparison = bySurprise.get(k);
      floor = Math.max(floor, Math.min(1, (raw.size() - k) * comparison.right().pValue()));
      adjusted.put(comparison, floor);
    }
    return raw.stream()
        .map(
            c ->
                new Comparison(
                    c.first(), c.second(), c.right(), c.major(), adjusted.getOrDefault(c, 1.0)))
        .toList();
  }

  private static PairedComparison pair(Columns a, Columns b, int cases, Verdict outcome) {
    long onlyA = 0;
    long onlyB = 0;
    for (int i = 0; i < cases; i++) {
      boolean inA = a.verdicts[i] == outcome.ordinal();
      boolean inB = b.verdicts[i] == outcome.ordinal();
      onlyA += inA && !inB ? 1 : 0;
      onlyB += inB && !inA ? 1 : 0;
    }
    return PairedComparison.of(onlyA, onlyB, cases, SEED);
  }

  /**
   * The configurations' figures.
   *
   * @return in the order in which they were given
   */
  public List<SubjectResult> subjects() {
    return subjects;
  }

  /**
   * Every pair of configurations, compared.
   *
   * @return empty for a single configuration
   */
  public List<Comparison> comparisons() {
    return comparisons;
  }

  /**
   * How many labels were found.
   *
   * @return 0 or more
   */
  public long cases() {
    return cases;
  }

  /**
   * How many studies there were.
   *
   * @return 0 or more
   */
  public long studies() {
    return studies;
  }

  /**
   * How many studies have no label.
   *
   * @return 0 or more
   */
  public long unlabelled() {
    return unlabelled;
  }

  /**
   * The labels for which there is no study.
   *
   * @return their keys in table order
   */
  public List<String> missing() {
    return missing;
  }

  /**
   * Tells of every answer that is not right, in the order of the studies.
   *
   * @param reader is told
   * @throws IOException if the run's folder cannot be read
   */
  public void errors(ErrorReader reader) throws IOException {
    store.forEach(
        line -> {
          AnswerRow row = AnswerRow.read(StoredRun.JSON, line);
          for (int s = 0; s < row.answers().size(); s++) {
            AnswerRow.Answer answer = row.answers().get(s);
            if (answer.verdict() != Verdict.RIGHT) {
              reader.accept(
                  new ErrorCase(
                      subjects.get(s).name(),
                      row.study(),
                      row.key(),
                      row.truth(),
                      answer.row(),
                      answer.column(),
                      answer.verdict(),
                      answer.confidence(),
                      answer.layer(),
                      answer.trace()));
            }
          }
        });
  }

  /** One subject's answers by case, as compact columns. */
  private static final class Columns {
    private byte[] verdicts = new byte[64];
    private double[] confidences = new double[64];
    private boolean[] inferred = new boolean[64];
    private int[][] groups = new int[64][];
    private int cases;
    private long[] nanos = new long[64];
    private int answers;
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private static final Verdict[] VERDICTS = Verdict.values();

    void put(int index, AnswerRow row, AnswerRow.Answer answer) {
      if (answers == nanos.length) {
        nanos = Arrays.copyOf(nanos, answers * 2);
      }
      nanos[answers++] = answer.nanos();
      boolean fresh = index == cases;
      if (!fresh && answer.verdict().ordinal() <= verdicts[index]) {
        return;
      }
      if (fresh) {
        cases++;
      }
      if (index == verdicts.length) {
        verdicts = Arrays.copyOf(verdicts, index * 2);
        confidences = Arrays.copyOf(confidences, index * 2);
        inferred = Arrays.copyOf(inferred, index * 2);
        groups = Arrays.copyOf(groups, index * 2);
      }
      verdicts[index] = (byte) answer.verdict().ordinal();
      confidences[index] = answer.confidence();
      inferred[index] = answer.inferred();
      groups[index] =
          new int[] {
            id(row.modality()),
            id(row.truth()),
            id(answer.layer()),
            id(row.language()),
            id(row.tags()),
            id(answer.row()),
            id(answer.column())
          };
    }

    private int id(String name) {
      return names.computeIfAbsent(name, n -> names.size());
    }

    SubjectResult summarise(String name) {
      List<String> texts = List.copyOf(names.keySet());
      Map<String, Map<String, Tally>> tallies = new LinkedHashMap<>();
      for (String kind : List.of("modality", "class", "layer", "language", "tag")) {
        tallies.put(kind, new TreeMap<>());
      }
      Map<List<Integer>, Long> confusions = new HashMap<>();
      Tally all = Tally.EMPTY;
      Tally network = Tally.EMPTY;
      int decided = 0;
      for (int i = 0; i < cases; i++) {
        Verdict verdict = VERDICTS[verdicts[i]];
        all = all.plus(verdict);
        network = inferred[i] ? network.plus(verdict) : network;
        decided += verdict == Verdict.NONE ? 0 : 1;
        add(tallies, "modality", texts.get(groups[i][0]), verdict);
        add(tallies, "class", texts.get(groups[i][1]), verdict);
        add(tallies, "layer", texts.get(groups[i][2]), verdict);
        if (!texts.get(groups[i][3]).isEmpty()) {
          add(tallies, "language", texts.get(groups[i][3]), verdict);
        }
        Set<String> there = new HashSet<>(List.of(texts.get(groups[i][4]).split(",")));
        for (String tag : Evaluation.tagNames()) {
          add(tallies, "tag", (there.contains(tag) ? "with " : "without ") + tag, verdict);
        }
        if (texts.get(groups[i][4]).isEmpty()) {
          add(tallies, "tag", "without any of these", verdict);
        }
        confusions.merge(List.of(groups[i][5], groups[i][6], (int) verdicts[i]), 1L, Long::sum);
      }
      double[] stated = new double[decided];
      boolean[] right = new boolean[decided];
      for (int i = 0, k = 0; i < cases; i++) {
        if (verdicts[i] != Verdict.NONE.ordinal()) {
          stated[k] = confidences[i];
          right[k++] = verdicts[i] == Verdict.RIGHT.ordinal();
        }
      }
      List<Confusion> found = new ArrayList<>();
      confusions.forEach(
          (key, count) ->
              found.add(
                  new Confusion(
                      texts.get(key.get(0)), texts.get(key.get(1)), VERDICTS[key.get(2)], count)));
      found.sort(
          Comparator.comparingLong((Confusion c) -> -c.count())
              .thenComparing(Confusion::label)
              .thenComparing(Confusion::answer)
              .thenComparing(Confusion::verdict));
      tallies.values().removeIf(Map::isEmpty);
      tallies.replaceAll((kind, groups) -> Collections.unmodifiableMap(groups));
      return new SubjectResult(
          name,
          all,
          Collections.unmodifiableMap(tallies),
          List.copyOf(found),
          Calibration.of(stated, right, 10),
          Calibration.of(stated, right, 15),
          RiskCoverage.of(stated, right, cases),
          network,
          times());
    }

    private static void add(
        Map<String, Map<String, Tally>> tallies, String kind, String group, Verdict verdict) {
      Map<String, Tally> groups = tallies.get(kind);
      if (groups != null) {
        groups.put(group, groups.getOrDefault(group, Tally.EMPTY).plus(verdict));
      }
    }

    private Times times() {
      if (answers == 0) {
        return new Times(0, 0, 0, 0);
      }
      long[] sorted = Arrays.copyOf(nanos, answers);
      Arrays.sort(sorted);
      double sum = 0;
      for (long each : sorted) {
        sum += each;
      }
      return new Times(
          sum / answers / 1e9,
          sorted[answers / 2] / 1e9,
          sorted[(int) (answers * 0.95)] / 1e9,
          sorted[answers - 1] / 1e9);
    }
  }
}
