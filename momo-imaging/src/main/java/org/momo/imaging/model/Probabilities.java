package org.momo.imaging.model;

import org.jspecify.annotations.Nullable;

/** What a network's outputs mean as probabilities. */
final class Probabilities {
  private static final double SUM_TOLERANCE = 1e-3;

  private Probabilities() {}

  /**
   * Softmax of logits over a temperature.
   *
   * @param at where the outputs begin
   * @param count how many there are
   * @return count numbers of 0 or more that sum to 1
   */
  static double[] ofLogits(float[] values, int at, int count, double temperature) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, values[at + i]);
    }
    double[] scaled = new double[count];
    for (int i = 0; i < count; i++) {
      scaled[i] = StrictMath.exp((values[at + i] - most) / temperature);
    }
    return normalised(scaled);
  }

  /**
   * Probabilities, sharpened or flattened as if their logits had been divided by a temperature.
   *
   * @return count numbers that sum to 1, or null where the values are no probabilities
   */
  static double @Nullable [] ofProbabilities(
      float[] values, int at, int count, double temperature) {
    double sum = 0;
    double[] scaled = new double[count];
    for (int i = 0; i < count; i++) {
      double value = values[at + i];
      if (value < 0) {
        return null;
      }
      sum += value;
      scaled[i] = temperature == 1 ? value : StrictMath.pow(value, 1 / temperature);
    }
    return Math.abs(sum - 1) <= SUM_TOLERANCE ? normalised(scaled) : null;
  }

  private static double[] normalised(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= sum;
    }
    return values;
  }
}
