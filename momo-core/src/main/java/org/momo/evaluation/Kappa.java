package org.momo.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far two raters agree, and how far beyond chance.
 *
 * <p>Two ratings agree when they share at least one label: the rule of the published study for
 * cases that may have several. Chance agreement is then the share of all pairs (a case of the first
 * rater, a case of the second) that would agree, which for one label each is Cohen's.
 *
 * <p>The interval of kappa is the large-sample one of the delta method; for one label each that is
 * the variance of Fleiss, Cohen and Everitt (1969).
 *
 * <p>This class is immutable.
 *
 * @param agreement the cases on which the raters agree, of all
 * @param expected the agreement that chance would give, 0 to 1
 * @param kappa (agreement - expected) / (1 - expected); 1 for full agreement, 0 for chance
 * @param standardError of kappa
 * @param interval of kappa, 95 %, cut at -1 and 1
 */
public record Kappa(
    Proportion agreement, double expected, double kappa, double standardError, Interval interval) {

  /**
   * Compares raters who gave one label each.
   *
   * @param first the first rater's labels, by case
   * @param second the second rater's labels, in the same order
   * @return the agreement
   * @throws IllegalArgumentException if the lists differ in length or are empty
   */
  public static Kappa of(List<String> first, List<String> second) {
    return ofSets(
        first.stream().map(Collections::singleton).toList(),
        second.stream().map(Collections::singleton).toList());
  }

  /**
   * Compares raters who gave one or several labels each.
   *
   * @param first the first rater's labels, by case
   * @param second the second rater's labels, in the same order
   * @return the agreement
   * @throws IllegalArgumentException if the lists differ in length or are empty
   */
  public static Kappa ofSets(List<Set<String>> first, List<Set<String>> second) {
    int n = first.size();
    if (n != second.size() || n == 0) {
      throw new IllegalArgumentException(
          "both raters must have rated the same cases, at least one: were "
              + n
              + " and "
              + second.size());
    }
    Ratings a = new Ratings(first);
    Ratings b = new Ratings(second);
    boolean[][] match = new boolean[a.kinds.size()][b.kinds.size()];
    for (int i = 0; i < match.length; i++) {
      for (int j = 0; j < match[i].length; j++) {
        match[i][j] = !Collections.disjoint(a.kinds.get(i), b.kinds.get(j));
      }
    }
    double[] rowChance = new double[a.kinds.size()];
    double[] columnChance = new double[b.kinds.size()];
    double expected = 0;
    for (int i = 0; i < match.length; i++) {
      for (int j = 0; j < match[i].length; j++) {
        if (match[i][j]) {
          rowChance[i] += (double) b.counts.get(j) / n;
          columnChance[j] += (double) a.counts.get(i) / n;
        }
      }
      expected += rowChance[i] * a.counts.get(i) / n;
    }
    long agreed = 0;
    for (int k = 0; k < n; k++) {
      agreed += match[a.kindOf[k]][b.kindOf[k]] ? 1 : 0;
    }
    Proportion agreement = new Proportion(agreed, n);
    double observed = agreement.value();
    if (agreed == n) {
      return new Kappa(agreement, expected, 1, 0, new Interval(1, 1));
    }
    double kappa = (observed - expected) / (1 - expected);
    double squares = 0;
    for (int k = 0; k < n; k++) {
      int i = a.kindOf[k];
      int j = b.kindOf[k];
      double influence =
          (match[i][j] ? 1 - observed : -observed) / (1 - expected)
              - (1 - observed)
                  / ((1 - expected) * (1 - expected))
                  * (rowChance[i] + columnChance[j] - 2 * expected);
      squares += influence * influence;
    }
    double error = Math.sqrt(squares) / n;
    double half = Distributions.twoSidedNormal(0.95) * error;
    return new Kappa(
        agreement,
        expected,
        kappa,
        error,
        new Interval(Math.max(-1, kappa - half), Math.min(1, kappa + half)));
  }

  /** The distinct ratings of a rater, and how often each was given. */
  private static final class Ratings {
    final List<Set<String>> kinds;
    final List<Integer> counts = new ArrayList<>();
    final int[] kindOf;

    Ratings(List<Set<String>> ratings) {
      Map<Set<String>, Integer> known = new LinkedHashMap<>();
      kindOf = new int[ratings.size()];
      for (int k = 0; k < kindOf.length; k++) {
        Integer kind = known.putIfAbsent(ratings.get(k), known.size());
        kindOf[k] = kind == null ? known.size() - 1 : kind;
        if (kind == null) {
          counts.add(1);
        } else {
          counts.set(kind, counts.get(kind) + 1);
        }
      }
      kinds = List.copyOf(known.keySet());
    }
  }
}
