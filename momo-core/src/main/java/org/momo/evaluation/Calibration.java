package org.momo.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether stated confidences mean what they say: of the answers given with 0.8, are eight in ten
 * right?
 *
 * <p>This class is immutable.
 *
 * @param bins the reliability diagram: bins of equal width from 0 to 1, the empty ones too
 * @param expectedError expected calibration error: the gap between confidence and accuracy,
 *     averaged over the bins by their counts; NaN without answers
 * @param largestGap the largest gap of any bin; NaN without answers
 * @param brier the mean squared difference between confidence and outcome (1 right, 0 wrong); 0 is
 *     perfect, 0.25 is what a constant 0.5 gets; NaN without answers
 */
public record Calibration(List<Bin> bins, double expectedError, double largestGap, double brier) {

  /**
   * One bin of the reliability diagram.
   *
   * <p>This class is immutable.
   *
   * @param low confidences from here, exclusive except for the first bin
   * @param high to here, inclusive
   * @param right answers in the bin that are right, of all answers in it
   * @param meanConfidence the mean of the stated confidences; NaN for an empty bin
   */
  public record Bin(double low, double high, Proportion right, double meanConfidence) {}

  /**
   * Copies the bins.
   *
   * @param bins the reliability diagram
   * @param expectedError expected calibration error
   * @param largestGap the largest gap of any bin
   * @param brier the Brier score
   */
  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Measures.
   *
   * @param confidences stated confidences, 0 to 1
   * @param right whether each answer was right, in the same order
   * @param bins how many bins; 10 and 15 are usual
   * @return the calibration
   * @throws IllegalArgumentException if the arrays differ in length, a confidence is not between 0
   *     and 1, or there is no bin
   */
  public static Calibration of(double[] confidences, boolean[] right, int bins) {
    Samples.check(confidences, right);
    if (bins < 1) {
      throw new IllegalArgumentException("bins must be 1 or more: was " + bins);
    }
    long[] count = new long[bins];
    long[] hits = new long[bins];
    double[] sum = new double[bins];
    double squares = 0;
    for (int i = 0; i < confidences.length; i++) {
      double c = confidences[i];
      int bin = Math.min(bins - 1, Math.max(0, (int) Math.ceil(c * bins) - 1));
      count[bin]++;
      hits[bin] += right[i] ? 1 : 0;
      sum[bin] += c;
      double gap = c - (right[i] ? 1 : 0);
      squares += gap * gap;
    }
    List<Bin> result = new ArrayList<>(bins);
    double expected = 0;
    double largest = 0;
    for (int b = 0; b < bins; b++) {
      double mean = sum[b] / count[b];
      result.add(
          new Bin(
              (double) b / bins, (double) (b + 1) / bins, new Proportion(hits[b], count[b]), mean));
      if (count[b] > 0) {
        double gap = Math.abs(sum[b] - hits[b]) / count[b];
        expected += gap * count[b];
        largest = Math.max(largest, gap);
      }
    }
    long n = Arrays.stream(count).sum();
    return new Calibration(result, expected / n, n == 0 ? Double.NaN : largest, squares / n);
  }
}
