package org.momo.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Counts what was skipped while reading, by reason:
 *
 * <pre>
 * ReadReport report = new ReadReport();
 * try (Stream&lt;Study&gt; studies = source.studies(report)) { ... }
 * report.reasons().forEach(System.err::println);
 * </pre>
 *
 * <p>A report of millions of problems takes no more memory than one of a few hundred: it keeps at
 * most 200 reasons of each kind apart and adds up the rest. It names no file, since folders are
 * called after patients.
 *
 * <p>This class is thread-safe.
 */
public final class ReadReport implements Consumer<ReadProblem> {
  private static final int MOST_REASONS = 200;
  private static final String OTHER = "Other reasons.";

  private final Map<ReadProblem.Kind, Map<String, Long>> counts =
      new EnumMap<>(ReadProblem.Kind.class);

  /** A report of nothing yet. */
  public ReadReport() {}

  /**
   * How often a reason was met.
   *
   * <p>This class is immutable.
   *
   * @param kind what sort of problem it is
   * @param reason what is wrong, in one sentence
   * @param count how often, 1 or more
   */
  public record Reason(ReadProblem.Kind kind, String reason, long count) {

    /**
     * Checks the parts.
     *
     * @param kind what sort of problem it is
     * @param reason what is wrong, in one sentence
     * @param count how often, 1 or more
     * @throws NullPointerException if a part is null
     */
    public Reason {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(reason, "reason");
    }

    /** Count and reason in one line. */
    @Override
    public String toString() {
      return count + " x " + reason;
    }
  }

  /**
   * Counts a problem.
   *
   * @param problem what was skipped, and why
   * @throws NullPointerException if {@code problem} is null
   */
  @Override
  public synchronized void accept(ReadProblem problem) {
    Map<String, Long> reasons = counts.computeIfAbsent(problem.kind(), kind -> new TreeMap<>());
    boolean isKnown = reasons.size() < MOST_REASONS || reasons.containsKey(problem.message());
    reasons.merge(isKnown ? problem.message() : OTHER, 1L, Long::sum);
  }

  /**
   * How many problems there were.
   *
   * @return 0 or more
   */
  public synchronized long count() {
    return counts.values().stream()
        .flatMap(reasons -> reasons.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * How many problems of a kind there were.
   *
   * @param kind the kind
   * @return 0 or more
   * @throws NullPointerException if {@code kind} is null
   */
  public synchronized long count(ReadProblem.Kind kind) {
    return counts.getOrDefault(Objects.requireNonNull(kind, "kind"), Map.of()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * The reasons, the most frequent first.
   *
   * @return an immutable list; empty where nothing was skipped
   */
  public synchronized List<Reason> reasons() {
    List<Reason> all = new ArrayList<>();
    counts.forEach(
        (kind, reasons) ->
            reasons.forEach((reason, count) -> all.add(new Reason(kind, reason, count))));
    all.sort(Comparator.comparingLong(Reason::count).reversed());
    return List.copyOf(all);
  }

  /** The counts by kind in one line. */
  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder("ReadReport[");
    String separator = "";
    for (ReadProblem.Kind kind : counts.keySet()) {
      text.append(separator).append(count(kind)).append(' ').append(kind);
      separator = ", ";
    }
    return text.append(']').toString();
  }
}
