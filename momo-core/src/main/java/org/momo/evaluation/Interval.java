package org.momo.evaluation;

/**
 * A range that a figure lies in with a stated confidence, 95 % unless a method says otherwise.
 *
 * <p>This class is immutable.
 *
 * @param low the lower end
 * @param high the upper end, not below {@code low}
 */
public record Interval(double low, double high) {
  /**
   * Checks the order of the ends.
   *
   * @param low the lower end
   * @param high the upper end
   * @throws IllegalArgumentException if an end is no number, or {@code high} is below {@code low}
   */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "an interval runs from low to high: was " + low + " to " + high);
    }
  }

  /**
   * Whether a value lies in the interval, its ends included.
   *
   * @param value a value
   * @return true if it does
   */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
