package org.momo.evaluation;

import java.util.Arrays;

/** Studies of one scenario, simulated one after the other. Not thread-safe: one for each thread. */
final class VoteSimulation {
  /*
   * A series' weight is w ~ Beta(4p, 4 - 4p), so that its mean is p, and its vote is right if a
   * uniform number is below w: a network whose confidence is calibrated. The class of the largest
   * sum of weights wins; of equal sums, none.
   */
  private final Scenario scenario;
  private final Random64 random;
  private final double[] frequency;
  private final double[] sums;
  private double drawnWeight;
  private boolean drawnRight;

  VoteSimulation(Scenario scenario, Random64 random) {
    this.scenario = scenario;
    this.random = random;
    this.sums = new double[scenario.classes()];
    this.frequency = cumulativeFrequency(scenario);
  }

  private static double[] cumulativeFrequency(Scenario scenario) {
    double[] cumulative = new double[scenario.classes()];
    double sum = 0;
    for (int k = 0; k < cumulative.length; k++) {
      sum += StrictMath.pow(k + 1, -scenario.skew());
      cumulative[k] = sum;
    }
    for (int k = 0; k < cumulative.length; k++) {
      cumulative[k] /= sum;
    }
    return cumulative;
  }

  /** Simulates one study; true if the vote finds its class. */
  boolean nextStudy() {
    Arrays.fill(sums, 0);
    int truth = anyClass();
    boolean combined = false;
    if (scenario.combinedShare() > 0) {
      combined = random.nextDouble() < scenario.combinedShare();
      truth = combined ? combination(truth) : part(truth);
    }
    double commonWeight = 0;
    boolean commonRight = false;
    int commonError = 0;
    if (scenario.commonCause() > 0) {
      drawVote();
      commonWeight = drawnWeight;
      commonRight = drawnRight;
      commonError = wrong(truth);
    }
    for (int i = 0; i < scenario.series(); i++) {
      int shown = combined ? part(truth) : truth;
      if (scenario.labelShare() < 1 && random.nextDouble() >= scenario.labelShare()) {
        shown = anyOther(shown);
      }
      if (scenario.commonCause() > 0 && random.nextDouble() < scenario.commonCause()) {
        sums[commonRight ? shown : commonError] += commonWeight;
      } else {
        drawVote();
        sums[drawnRight ? shown : wrong(shown)] += drawnWeight;
      }
    }
    if (scenario.textShare() > 0 && random.nextDouble() < scenario.textShare()) {
      int said = random.nextDouble() < scenario.textAccuracy() ? truth : wrong(truth);
      sums[said] += scenario.textWeight() * scenario.series();
    }
    if (scenario.rules()) {
      combine();
    }
    return leader() == truth;
  }

  private void drawVote() {
    double p = scenario.accuracy();
    drawnWeight = random.nextBeta(4 * p, 4 - 4 * p);
    drawnRight = random.nextDouble() < drawnWeight;
  }

  private int wrong(int shown) {
    double sameError = scenario.sameError();
    if (sameError > 0 && (sameError >= 1 || random.nextDouble() < sameError)) {
      return (shown + scenario.classes() / 2) % scenario.classes();
    }
    return anyOther(shown);
  }

  private int anyClass() {
    if (scenario.skew() == 0) {
      return random.nextInt(scenario.classes());
    }
    int found = Arrays.binarySearch(frequency, random.nextDouble());
    return Math.min(scenario.classes() - 1, found < 0 ? -found - 1 : found + 1);
  }

  private int anyOther(int shown) {
    if (scenario.skew() == 0) {
      int other = random.nextInt(scenario.classes() - 1);
      return other < shown ? other : other + 1;
    }
    int other = anyClass();
    // Bounded: with a steep skew the most frequent class would be drawn almost for ever.
    for (int i = 0; other == shown && i < 1000; i++) {
      other = anyClass();
    }
    return other == shown ? (shown + 1) % scenario.classes() : other;
  }

  private int combination(int k) {
    return k / 3 * 3 + 2;
  }

  private int part(int k) {
    return k / 3 * 3 + random.nextInt(2);
  }

  private void combine() {
    for (int k = 0; k < sums.length; k += 3) {
      if (sums[k] > 0 && sums[k + 1] > 0) {
        sums[k + 2] += sums[k] + sums[k + 1];
        sums[k] = 0;
        sums[k + 1] = 0;
      }
    }
  }

  private int leader() {
    int best = 0;
    boolean tied = false;
    for (int k = 1; k < sums.length; k++) {
      if (sums[k] > sums[best]) {
        best = k;
        tied = false;
      } else if (sums[k] == sums[best]) {
        tied = true;
      }
    }
    return tied ? -1 : best;
  }
}
