package org.momo.evaluation;

/**
 * So many of so many.
 *
 * <p>This class is immutable.
 *
 * @param count how many
 * @param of of how many; 0 or more
 */
public record Proportion(long count, long of) {
  /**
   * Checks the counts.
   *
   * @param count how many
   * @param of of how many
   * @throws IllegalArgumentException if {@code count} is not between 0 and {@code of}
   */
  public Proportion {
    if (count < 0 || count > of) {
      throw new IllegalArgumentException("count must be between 0 and " + of + ": was " + count);
    }
  }

  /**
   * The share.
   *
   * @return 0 to 1; NaN where {@code of} is 0
   */
  public double value() {
    return (double) count / of;
  }

  /**
   * The Wilson score interval at 95 % confidence.
   *
   * @return the interval within 0 to 1; all of it where {@code of} is 0
   */
  public Interval interval() {
    return interval(0.95);
  }

  /**
   * The Wilson score interval, without continuity correction.
   *
   * @param confidence more than 0 and less than 1
   * @return the interval within 0 to 1; all of it where {@code of} is 0
   * @throws IllegalArgumentException if {@code confidence} is out of range
   */
  public Interval interval(double confidence) {
    double z = Distributions.twoSidedNormal(confidence);
    if (of == 0) {
      return new Interval(0, 1);
    }
    double p = value();
    double zz = z * z / of;
    double centre = (p + zz / 2) / (1 + zz);
    double half = z / (1 + zz) * Math.sqrt(p * (1 - p) / of + zz / (4.0 * of));
    // The ends are exact at the extremes; the formula leaves a rounding error there.
    return new Interval(
        count == 0 ? 0 : Math.max(0, centre - half), count == of ? 1 : Math.min(1, centre + half));
  }
}
