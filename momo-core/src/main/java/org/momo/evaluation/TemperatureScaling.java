package org.momo.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * One number that makes a network's confidence honest: logits are divided by it before the softmax
 * (Guo et al., On Calibration of Modern Neural Networks, ICML 2017). The class that leads stays the
 * same; what is said of how sure it is changes.
 *
 * <pre>
 * TemperatureScaling scaling =
 *     TemperatureScaling.fit(logits, labels, TemperatureScaling.Objective.LIKELIHOOD, 10);
 * </pre>
 *
 * <p>The temperature goes into the {@code temperature} of a model's manifest. Fit it on series that
 * the network was not trained on.
 *
 * <p>This class is immutable.
 *
 * @param temperature what logits are to be divided by, {@link #LEAST} to {@link #MOST}; above 1
 *     where the network was too sure
 * @param before calibration at temperature 1
 * @param after calibration at {@code temperature}, on the same series
 * @param likelihoodBefore the mean negative log-likelihood of the labels at temperature 1, in nats
 * @param likelihoodAfter the same at {@code temperature}
 */
public record TemperatureScaling(
    double temperature,
    Calibration before,
    Calibration after,
    double likelihoodBefore,
    double likelihoodAfter) {

  /** The lowest temperature that is tried; what a network that is always right comes to. */
  public static final double LEAST = 0.01;

  /** The highest temperature that is tried; what a network that knows nothing comes to. */
  public static final double MOST = 100;

  /** What a temperature is fitted to. This class is immutable. */
  public enum Objective {
    /**
     * The mean negative log-likelihood of the labels, as in the paper of Guo et al. It has one
     * minimum.
     */
    LIKELIHOOD,
    /**
     * The expected calibration error, as the published notebooks of MOMO did. It jumps where a
     * series changes its bin, and may have many minima; the lowest is taken, and of equal ones the
     * one nearest to 1.
     */
    CALIBRATION_ERROR
  }

  private static final int STEPS = 2000;
  private static final int CENTRES = 16;
  private static final int FINER = 50;

  /**
   * Checks the parts.
   *
   * @param temperature what logits are to be divided by
   * @param before calibration at temperature 1
   * @param after calibration at {@code temperature}
   * @param likelihoodBefore the mean negative log-likelihood at temperature 1
   * @param likelihoodAfter the same at {@code temperature}
   */
  public TemperatureScaling {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
  }

  /**
   * Fits a temperature.
   *
   * @param logits what the network gave for each series: {@code [series][classes]}, finite, of two
   *     or more classes; not changed
   * @param labels the index of each series' right class
   * @param objective what is made as small as possible
   * @param bins how many bins the calibration has, 1 or more; 10 as published
   * @return the temperature, and what it does
   * @throws IllegalArgumentException if there are no series, the arrays do not fit each other, or a
   *     number is out of its range
   */
  public static TemperatureScaling fit(
      double[][] logits, int[] labels, Objective objective, int bins) {
    check(logits, labels);
    double temperature =
        switch (objective) {
          case LIKELIHOOD -> byLikelihood(logits, labels);
          case CALIBRATION_ERROR -> byCalibrationError(logits, labels, bins);
        };
    return new TemperatureScaling(
        temperature,
        calibration(logits, labels, 1, bins),
        calibration(logits, labels, temperature, bins),
        likelihood(logits, labels, 1),
        likelihood(logits, labels, temperature));
  }

  private static void check(double[][] logits, int[] labels) {
    if (logits.length == 0 || logits.length != labels.length) {
      throw new IllegalArgumentException(
          "there must be one label for each of one or more series: were "
              + labels.length
              + " labels for "
              + logits.length);
    }
    int classes = logits[0].length;
    for (int i = 0; i < logits.length; i++) {
      if (logits[i].length != classes || classes < 2) {
        throw new IllegalArgumentException(
            "logits["
                + i
                + "] must have the same number of classes as the others, 2 or more: was "
                + logits[i].length);
      }
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "labels[" + i + "] must be between 0 and " + (classes - 1) + ": was " + labels[i]);
      }
      for (double value : logits[i]) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("logits[" + i + "] must be finite: was " + value);
        }
      }
    }
  }

  /** In the inverse of the temperature the likelihood is convex, so that its slope has one root. */
  private static double byLikelihood(double[][] logits, int[] labels) {
    double low = 1 / MOST;
    double high = 1 / LEAST;
    if (slope(logits, labels, low) >= 0) {
      return MOST;
    }
    if (slope(logits, labels, high) <= 0) {
      return LEAST;
    }
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return 1 / middle;
      }
      if (slope(logits, labels, middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  /** The derivative of the mean negative log-likelihood by the inverse temperature. */
  private static double slope(double[][] logits, int[] labels, double inverse) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double[] p = probabilities(logits[i], 1 / inverse);
      double expected = 0;
      for (int k = 0; k < p.length; k++) {
        expected += p[k] * logits[i][k];
      }
      sum += expected - logits[i][labels[i]];
    }
    return sum / logits.length;
  }

  private static double byCalibrationError(double[][] logits, int[] labels, int bins) {
    double step = StrictMath.log(MOST / LEAST) / STEPS;
    List<Tried> coarse = new ArrayList<>();
    for (int i = -STEPS / 2; i <= STEPS / 2; i++) {
      coarse.add(Tried.at(i * step, logits, labels, bins));
    }
    coarse.sort(Tried.BEST_FIRST);
    Tried best = coarse.get(0);
    double edge = STEPS / 2 * step;
    for (Tried centre : coarse.subList(0, CENTRES)) {
      for (int i = -FINER; i <= FINER; i++) {
        double at = Math.max(-edge, Math.min(edge, centre.logarithm + i * step / FINER));
        Tried tried = Tried.at(at, logits, labels, bins);
        best = Tried.BEST_FIRST.compare(tried, best) < 0 ? tried : best;
      }
    }
    return StrictMath.exp(best.logarithm);
  }

  /** A temperature by its logarithm, and the calibration error that it brings. */
  private record Tried(double logarithm, double error) {
    static final Comparator<Tried> BEST_FIRST =
        Comparator.comparingDouble(Tried::error)
            .thenComparingDouble(tried -> Math.abs(tried.logarithm))
            .thenComparingDouble(Tried::logarithm);

    static Tried at(double logarithm, double[][] logits, int[] labels, int bins) {
      double temperature = StrictMath.exp(logarithm);
      return new Tried(logarithm, calibration(logits, labels, temperature, bins).expectedError());
    }
  }

  /**
   * The mean negative log-likelihood of labels.
   *
   * @param logits {@code [series][classes]}
   * @param labels the index of each series' right class
   * @param temperature what logits are divided by, more than 0
   * @return in nats; 0 where the network is right and sure
   */
  public static double likelihood(double[][] logits, int[] labels, double temperature) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double most = most(logits[i]);
      double all = 0;
      for (double value : logits[i]) {
        all += StrictMath.exp((value - most) / temperature);
      }
      sum += StrictMath.log(all) - (logits[i][labels[i]] - most) / temperature;
    }
    return sum / logits.length;
  }

  /**
   * The calibration of a network's first class: its reliability diagram, and the errors.
   *
   * @param logits {@code [series][classes]}
   * @param labels the index of each series' right class
   * @param temperature what logits are divided by, more than 0
   * @param bins how many bins, 1 or more
   * @return the calibration; of classes that are equal the first one counts
   */
  public static Calibration calibration(
      double[][] logits, int[] labels, double temperature, int bins) {
    double[] confidences = new double[logits.length];
    boolean[] right = new boolean[logits.length];
    for (int i = 0; i < logits.length; i++) {
      double[] p = probabilities(logits[i], temperature);
      int first = 0;
      for (int k = 1; k < p.length; k++) {
        first = logits[i][k] > logits[i][first] ? k : first;
      }
      confidences[i] = Math.min(1, p[first]);
      right[i] = first == labels[i];
    }
    return Calibration.of(confidences, right, bins);
  }

  /**
   * The softmax of logits over a temperature.
   *
   * @param logits one series' logits; not changed
   * @param temperature more than 0
   * @return as many numbers of 0 or more, which sum to 1
   */
  public static double[] probabilities(double[] logits, double temperature) {
    double most = most(logits);
    double[] p = new double[logits.length];
    double all = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] = StrictMath.exp((logits[k] - most) / temperature);
      all += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= all;
    }
    return p;
  }

  private static double most(double[] values) {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      most = Math.max(most, value);
    }
    return most;
  }
}
