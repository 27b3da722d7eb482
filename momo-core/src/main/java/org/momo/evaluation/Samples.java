package org.momo.evaluation;

/** What calibration and risk have in common: confidences with outcomes. */
final class Samples {
  private Samples() {}

  static void check(double[] confidences, boolean[] right) {
    if (confidences.length != right.length) {
      throw new IllegalArgumentException(
          "each confidence needs one outcome: were " + confidences.length + " and " + right.length);
    }
    for (double confidence : confidences) {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("confidence must be between 0 and 1: was " + confidence);
      }
    }
  }
}
