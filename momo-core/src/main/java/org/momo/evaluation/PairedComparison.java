package org.momo.evaluation;

import java.util.Arrays;

/**
 * Whether one configuration is better than another on the same studies.
 *
 * <p>Only the studies on which the two differ count: McNemar's test in its exact two-sided form
 * says how surprising their split would be if both were equally good. The interval of the
 * difference is the percentile interval of a paired bootstrap, which is seeded and therefore
 * repeatable.
 *
 * <p>This class is immutable.
 *
 * @param onlyFirst studies for which the outcome holds with the first alone
 * @param onlySecond studies for which it holds with the second alone
 * @param studies all studies compared
 * @param pValue of McNemar's exact test, 0 to 1
 * @param difference share of the outcome with the first minus share with the second
 * @param interval of the difference, 95 %
 */
public record PairedComparison(
    long onlyFirst,
    long onlySecond,
    long studies,
    double pValue,
    double difference,
    Interval interval) {

  /** How many bootstrap samples {@link #of} draws. */
  public static final int RESAMPLES = 10_000;

  /**
   * Compares two configurations.
   *
   * @param onlyFirst studies for which the outcome holds with the first alone
   * @param onlySecond studies for which it holds with the second alone
   * @param studies all studies compared, at least one
   * @param seed fixes the bootstrap's draws
   * @return the comparison
   * @throws IllegalArgumentException if a count is negative, or the two exceed {@code studies}
   */
  public static PairedComparison of(long onlyFirst, long onlySecond, long studies, long seed) {
    if (onlyFirst < 0 || onlySecond < 0 || studies < 1 || onlyFirst + onlySecond > studies) {
      throw new IllegalArgumentException(
          "of "
              + studies
              + " studies at most as many can differ: were "
              + onlyFirst
              + " and "
              + onlySecond);
    }
    return new PairedComparison(
        onlyFirst,
        onlySecond,
        studies,
        mcNemar(onlyFirst, onlySecond),
        (double) (onlyFirst - onlySecond) / studies,
        bootstrap(onlyFirst, onlySecond, studies, seed));
  }

  /**
   * McNemar's exact test.
   *
   * @param b pairs that differ in one direction
   * @param c pairs that differ in the other
   * @return the two-sided p value; 1 where no pair differs
   */
  static double mcNemar(long b, long c) {
    return Math.min(1, 2 * Distributions.fairCoinsAtMost(Math.min(b, c), b + c));
  }

  private static Interval bootstrap(long b, long c, long n, long seed) {
    if (b + c == 0) {
      return new Interval(0, 0);
    }
    // A resample of the studies is known by how many of each kind it holds: two binomial draws.
    Random64 random = new Random64(seed, b, c, n);
    double[] differences = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      long first = random.nextBinomial(n, (double) b / n);
      long second = b == n ? 0 : random.nextBinomial(n - first, (double) c / (n - b));
      differences[i] = (double) (first - second) / n;
    }
    Arrays.sort(differences);
    return new Interval(
        differences[(int) (RESAMPLES * 0.025)], differences[(int) (RESAMPLES * 0.975)]);
  }
}
