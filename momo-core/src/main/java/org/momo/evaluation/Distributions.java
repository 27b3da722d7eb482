package org.momo.evaluation;

import java.util.function.DoubleUnaryOperator;

/** The few distributions that the statistics need. Strict arithmetic: the same bits everywhere. */
final class Distributions {
  private static final double Z95 = 1.959963984540054;

  private Distributions() {}

  /** The z that a standard normal variable's absolute value stays below with this probability. */
  static double twoSidedNormal(double confidence) {
    check(confidence);
    return confidence == 0.95 ? Z95 : invert(z -> 2 * normal(z) - 1, confidence, 40);
  }

  /** The t that the absolute value of a Student variable stays below with this probability. */
  static double twoSidedStudent(double confidence, int degreesOfFreedom) {
    check(confidence);
    if (degreesOfFreedom < 1) {
      throw new IllegalArgumentException(
          "degrees of freedom must be 1 or more: was " + degreesOfFreedom);
    }
    return invert(t -> student(t, degreesOfFreedom), confidence, 1e9);
  }

  /** The standard normal distribution function for z of 0 or more. */
  static double normal(double z) {
    if (z > 9) {
      return 1;
    }
    double term = z;
    double sum = z;
    for (int odd = 3; term > sum * 1e-17; odd += 2) {
      term *= z * z / odd;
      sum += term;
    }
    return 0.5 + sum * StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  /** P(|T| below t), by the finite sums that hold for whole degrees of freedom. */
  private static double student(double t, int degreesOfFreedom) {
    double theta = StrictMath.atan(t / Math.sqrt(degreesOfFreedom));
    double sine = StrictMath.sin(theta);
    double cosine = StrictMath.cos(theta);
    boolean odd = degreesOfFreedom % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = 0;
    for (int k = odd ? 1 : 0; k <= degreesOfFreedom - 2; k += 2) {
      sum += term;
      term *= cosine * cosine * (k + 1) / (k + 2);
    }
    return odd ? 2 / Math.PI * (theta + sine * sum) : sine * sum;
  }

  /** P(X at most k) for X binomial over n fair coins; k not above n / 2. */
  static double fairCoinsAtMost(long k, long n) {
    double log = -n * StrictMath.log(2);
    for (long i = 1; i <= k; i++) {
      log += StrictMath.log((double) (n - k + i) / i);
    }
    double term = 1;
    double sum = 0;
    for (long i = k; i >= 0 && term > sum * 1e-18; i--) {
      sum += term;
      term *= (double) i / (n - i + 1);
    }
    return StrictMath.exp(log) * sum;
  }

  private static double invert(DoubleUnaryOperator rising, double value, double high) {
    double low = 0;
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      if (rising.applyAsDouble(middle) < value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static void check(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be between 0 and 1: was " + confidence);
    }
  }
}
