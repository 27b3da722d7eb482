package org.momo.evaluation;

import java.util.List;

/**
 * The accuracy of a model over the folds of a cross-validation.
 *
 * <p>Two intervals, since they answer different questions. {@link #spread} is the published form:
 * mean ± 1.96 × the standard deviation over the folds, which says where a single fold is to be
 * expected. {@link #interval} is the usual one of a mean of few values, with Student's t.
 *
 * <p>This class is immutable.
 *
 * @param folds each fold's accuracy, 0 to 1
 * @param mean their mean
 * @param standardDeviation over the folds, with n - 1; NaN for a single fold
 * @param spread the published form; may leave 0 to 1
 * @param interval the 95 % confidence interval of the mean; may leave 0 to 1
 */
public record FoldAccuracy(
    List<Double> folds, double mean, double standardDeviation, Interval spread, Interval interval) {

  /**
   * Copies the folds.
   *
   * @param folds each fold's accuracy
   * @param mean their mean
   * @param standardDeviation over the folds
   * @param spread the published form
   * @param interval the confidence interval of the mean
   */
  public FoldAccuracy {
    folds = List.copyOf(folds);
  }

  /**
   * Summarises folds.
   *
   * @param folds each fold's accuracy, 0 to 1; at least one
   * @return the summary; a single fold's intervals are those of no knowledge, 0 to 1
   * @throws IllegalArgumentException if there is no fold, or one is not between 0 and 1
   */
  public static FoldAccuracy of(List<Double> folds) {
    int n = folds.size();
    double sum = 0;
    for (double fold : folds) {
      if (!(fold >= 0 && fold <= 1)) {
        throw new IllegalArgumentException("accuracy must be between 0 and 1: was " + fold);
      }
      sum += fold;
    }
    if (n == 0) {
      throw new IllegalArgumentException("there must be at least one fold");
    }
    double mean = sum / n;
    if (n == 1) {
      return new FoldAccuracy(folds, mean, Double.NaN, new Interval(0, 1), new Interval(0, 1));
    }
    double squares = 0;
    for (double fold : folds) {
      squares += (fold - mean) * (fold - mean);
    }
    double deviation = Math.sqrt(squares / (n - 1));
    double spread = Distributions.twoSidedNormal(0.95) * Math.sqrt(squares / n);
    double half = Distributions.twoSidedStudent(0.95, n - 1) * deviation / Math.sqrt(n);
    return new FoldAccuracy(
        folds,
        mean,
        deviation,
        new Interval(mean - spread, mean + spread),
        new Interval(mean - half, mean + half));
  }
}
