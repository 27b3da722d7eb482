package org.momo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {

  /** The published evaluation's counts, with the percentages and intervals that follow. */
  @ParameterizedTest
  @CsvSource({
    "672, 811, 82.86, 80.1, 85.3",
    "746, 817, 91.31, 89.2, 93.1",
    "764, 837, 91.28, 89.2, 93.0",
    "741, 838, 88.42, 86.1, 90.4",
    "626, 838, 74.70, 71.7, 77.5",
    "610, 838, 72.79, 69.7, 75.7",
    "607, 835, 72.69, 69.6, 75.6",
    "776, 837, 92.71, 90.7, 94.3"
  })
  void wilson_givesThePublishedFigures(
      long right, long decided, double percent, double low, double high) {
    Proportion accuracy = new Proportion(right, decided);
    assertThat(100 * accuracy.value()).isCloseTo(percent, within(0.005));
    assertThat(100 * accuracy.interval().low()).isCloseTo(low, within(0.05));
    assertThat(100 * accuracy.interval().high()).isCloseTo(high, within(0.05));
  }

  @Test
  void wilson_atTheExtremes_staysWithinZeroAndOne() {
    // With nothing counted the upper end is z² / (n + z²).
    assertThat(new Proportion(0, 10).interval().low()).isZero();
    assertThat(new Proportion(0, 10).interval().high()).isCloseTo(0.277533, within(1e-6));
    assertThat(new Proportion(10, 10).interval().high()).isEqualTo(1);
    assertThat(new Proportion(0, 0).interval()).isEqualTo(new Interval(0, 1));
    assertThat(new Proportion(0, 0).value()).isNaN();
  }

  @Property
  void wilson_endsSolveTheScoreEquation(
      @ForAll @IntRange(min = 1, max = 5000) int n, @ForAll @IntRange(max = 5000) int k) {
    Proportion share = new Proportion(Math.min(n, k), n);
    Interval interval = share.interval();
    assertThat(interval.contains(share.value())).isTrue();
    for (double end : new double[] {interval.low(), interval.high()}) {
      if (end > 0 && end < 1) {
        double z = Math.abs(share.value() - end) / Math.sqrt(end * (1 - end) / n);
        assertThat(z).isCloseTo(1.959963984540054, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.6744897502", "0.9, 1.6448536270", "0.95, 1.9599639845", "0.99, 2.5758293035"})
  void normal_matchesTheTables(double confidence, double z) {
    assertThat(Distributions.twoSidedNormal(confidence)).isCloseTo(z, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 12.7062047364",
    "2, 4.3026527297",
    "4, 2.7764451052",
    "9, 2.2621571628",
    "30, 2.0422724563"
  })
  void student_matchesTheTables(int degrees, double t) {
    assertThat(Distributions.twoSidedStudent(0.95, degrees)).isCloseTo(t, within(1e-8));
  }

  /** Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, table 18.1. */
  @Test
  void kappa_matchesTheTextbook() {
    int[][] table = {{75, 1, 4}, {5, 4, 1}, {0, 0, 10}};
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < table[i][j]; k++) {
          first.add("class " + i);
          second.add("class " + j);
        }
      }
    }
    Kappa kappa = Kappa.of(first, second);
    assertThat(kappa.agreement()).isEqualTo(new Proportion(89, 100));
    assertThat(kappa.expected()).isCloseTo(0.66, within(1e-12));
    assertThat(kappa.kappa()).isCloseTo(0.676, within(0.0005));
    assertThat(kappa.standardError()).isCloseTo(0.087, within(0.0008));
    assertThat(kappa.standardError()).isCloseTo(fleissCohenEveritt(table), within(1e-12));
    assertThat(kappa.interval().high() - kappa.interval().low())
        .isCloseTo(2 * 1.96 * kappa.standardError(), within(1e-4));
  }

  /** The variance as the paper of 1969 prints it. */
  private static double fleissCohenEveritt(int[][] table) {
    double n = 100;
    double po = 0;
    double pe = 0;
    double[] row = new double[3];
    double[] column = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        row[i] += table[i][j] / n;
        column[j] += table[i][j] / n;
      }
    }
    for (int i = 0; i < 3; i++) {
      po += table[i][i] / n;
      pe += row[i] * column[i];
    }
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double p = table[i][j] / n;
        sum +=
            i == j
                ? p * Math.pow(1 - pe - (row[i] + column[i]) * (1 - po), 2)
                : p * Math.pow(1 - po, 2) * Math.pow(row[j] + column[i], 2);
      }
    }
    sum -= Math.pow(po * pe - 2 * pe + po, 2);
    return Math.sqrt(sum / n) / Math.pow(1 - pe, 2);
  }

  @Test
  void kappa_ofTwoByTwo_isTheClosedForm() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    String[] cells = {"yy", "yn", "ny", "nn"};
    int[] counts = {20, 5, 10, 15};
    for (int c = 0; c < 4; c++) {
      for (int k = 0; k < counts[c]; k++) {
        first.add(cells[c].substring(0, 1));
        second.add(cells[c].substring(1));
      }
    }
    assertThat(Kappa.of(first, second).kappa()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void kappa_withSeveralLabels_agreesWhenOneIsShared() {
    Kappa kappa =
        Kappa.ofSets(
            List.of(Set.of("A", "B"), Set.of("B"), Set.of("C"), Set.of("A")),
            List.of(Set.of("B"), Set.of("B", "C"), Set.of("A"), Set.of("A")));
    assertThat(kappa.agreement()).isEqualTo(new Proportion(3, 4));
    // Of the 16 pairs: AB meets B, BC, A, A; B meets B, BC; C meets BC; A meets A, A.
    assertThat(kappa.expected()).isCloseTo(9 / 16.0, within(1e-12));
    assertThat(kappa.kappa()).isCloseTo((0.75 - 0.5625) / (1 - 0.5625), within(1e-12));
  }

  @Test
  void kappa_ofRatersWhoAlwaysAgree_isOne() {
    assertThat(Kappa.of(List.of("A", "A"), List.of("A", "A")).kappa()).isEqualTo(1);
    assertThatThrownBy(() -> Kappa.of(List.of(), List.of()))
        .hasMessage("both raters must have rated the same cases, at least one: were 0 and 0");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "5, 5, 1",
    "0, 5, 0.0625",
    "1, 9, 0.021484375",
    "9, 1, 0.021484375",
    "2, 8, 0.109375"
  })
  void mcNemar_isTheExactBinomialTest(long b, long c, double p) {
    assertThat(PairedComparison.mcNemar(b, c)).isCloseTo(p, within(1e-12));
  }

  @Test
  void mcNemar_ofManyPairs_approachesChiSquare() {
    // chi² = (b - c)² / (b + c) = 4 with 100,000 pairs: two-sided normal tail beyond 2.
    assertThat(PairedComparison.mcNemar(50_316, 49_684)).isCloseTo(0.0456, within(0.0005));
  }

  @Test
  void bootstrap_agreesWithTheNormalInterval_andRepeats() {
    PairedComparison better = PairedComparison.of(60, 30, 1000, 7);
    double error = Math.sqrt((90 - 30 * 30 / 1000.0) / 1000 / 1000);
    assertThat(better.difference()).isEqualTo(0.03);
    assertThat(better.interval().low()).isCloseTo(0.03 - 1.96 * error, within(0.0015));
    assertThat(better.interval().high()).isCloseTo(0.03 + 1.96 * error, within(0.0015));
    assertThat(PairedComparison.of(60, 30, 1000, 7)).isEqualTo(better);
    assertThat(PairedComparison.of(0, 0, 50, 7).interval()).isEqualTo(new Interval(0, 0));
    assertThat(PairedComparison.of(50, 0, 50, 7).interval()).isEqualTo(new Interval(1, 1));
  }

  @Test
  void binomial_hasTheRightFrequencies() {
    Random64 random = new Random64(1);
    int[] counts = new int[5];
    for (int i = 0; i < 200_000; i++) {
      counts[(int) random.nextBinomial(4, 0.3)]++;
    }
    double[] exact = {0.2401, 0.4116, 0.2646, 0.0756, 0.0081};
    for (int k = 0; k < 5; k++) {
      double error = Math.sqrt(exact[k] * (1 - exact[k]) / 200_000);
      assertThat(counts[k] / 200_000.0).isCloseTo(exact[k], within(4 * error));
    }
    double sum = 0;
    for (int i = 0; i < 2000; i++) {
      sum += random.nextBinomial(100_000, 0.02);
    }
    assertThat(sum / 2000).isCloseTo(2000, within(4 * Math.sqrt(1960.0 / 2000)));
  }

  @Test
  void calibration_isTheClosedForm() {
    double[] confidences = {0.95, 0.95, 0.95, 0.95, 0.55, 0.55, 0.1};
    boolean[] right = {true, true, true, false, true, false, false};
    Calibration calibration = Calibration.of(confidences, right, 10);
    assertThat(calibration.bins()).hasSize(10);
    assertThat(calibration.bins().get(9).right()).isEqualTo(new Proportion(3, 4));
    assertThat(calibration.bins().get(5).right()).isEqualTo(new Proportion(1, 2));
    // A confidence on the edge of two bins belongs to the lower one.
    assertThat(calibration.bins().get(0).right()).isEqualTo(new Proportion(0, 1));
    assertThat(calibration.expectedError())
        .isCloseTo((4 * 0.2 + 2 * 0.05 + 1 * 0.1) / 7, within(1e-12));
    assertThat(calibration.largestGap()).isCloseTo(0.2, within(1e-12));
    assertThat(calibration.brier())
        .isCloseTo(
            (3 * 0.05 * 0.05 + 0.95 * 0.95 + 0.45 * 0.45 + 0.55 * 0.55 + 0.01) / 7, within(1e-12));
    assertThat(Calibration.of(confidences, right, 15).bins()).hasSize(15);
    assertThat(Calibration.of(new double[0], new boolean[0], 10).expectedError()).isNaN();
    assertThatThrownBy(() -> Calibration.of(new double[] {1.2}, new boolean[] {true}, 10))
        .hasMessage("confidence must be between 0 and 1: was 1.2");
  }

  @Test
  void riskCoverage_isTheClosedForm() {
    RiskCoverage curve =
        RiskCoverage.of(
            new double[] {0.5, 0.9, 0.7, 0.9}, new boolean[] {false, true, false, true}, 5);
    assertThat(curve.points())
        .containsExactly(
            new RiskCoverage.Point(0.9, new Proportion(2, 5), new Proportion(0, 2)),
            new RiskCoverage.Point(0.7, new Proportion(3, 5), new Proportion(1, 3)),
            new RiskCoverage.Point(0.5, new Proportion(4, 5), new Proportion(2, 4)));
    assertThat(curve.area()).isCloseTo((0 + 0 + 1 / 3.0 + 0.5) / 4, within(1e-12));
    assertThat(curve.thresholdFor(0.6).orElseThrow().threshold()).isEqualTo(0.7);
    assertThat(curve.thresholdFor(0.5).orElseThrow().threshold()).isEqualTo(0.5);
    assertThat(RiskCoverage.of(new double[] {0.3}, new boolean[] {false}, 1).thresholdFor(0.9))
        .isEmpty();
  }

  @Test
  void riskCoverage_assuresAThreshold_onlyWhereEnoughAnswersSpeakForIt() {
    int n = 400;
    double[] confidences = new double[n];
    boolean[] right = new boolean[n];
    for (int i = 0; i < n; i++) {
      confidences[i] = i < 10 ? 0.9 : i < 200 ? 0.8 : 0.5;
      right[i] = i < 200 ? i != 50 : i % 4 != 0;
    }
    RiskCoverage curve = RiskCoverage.of(confidences, right, n);
    // Ten of ten are right, and yet Wilson's interval of their risk reaches 27.8 %.
    assertThat(curve.thresholdFor(1).orElseThrow().threshold()).isEqualTo(0.9);
    assertThat(curve.assuredThresholdFor(0.99)).isEmpty();
    // 1 of 200 is wrong: the interval ends at 2.78 %.
    assertThat(new Proportion(1, 200).interval().high()).isCloseTo(0.0278, within(0.0001));
    assertThat(curve.assuredThresholdFor(0.97).orElseThrow().threshold()).isEqualTo(0.8);
    assertThat(curve.assuredThresholdFor(0.5).orElseThrow().threshold()).isEqualTo(0.5);
  }

  /** The five folds of the published ResNet for MR, and their published mean and interval. */
  @Test
  void folds_giveThePublishedMeanAndInterval() {
    FoldAccuracy folds = FoldAccuracy.of(List.of(0.7952, 0.7952, 0.8476, 0.7619, 0.8095));
    assertThat(100 * folds.mean()).isCloseTo(80.19, within(0.005));
    assertThat(100 * folds.spread().low()).isCloseTo(74.76, within(0.01));
    assertThat(100 * folds.spread().high()).isCloseTo(85.62, within(0.01));
    double half = 2.7764451052 * folds.standardDeviation() / Math.sqrt(5);
    assertThat(folds.interval().low()).isCloseTo(folds.mean() - half, within(1e-9));
    assertThat(FoldAccuracy.of(List.of(0.8)).interval()).isEqualTo(new Interval(0, 1));
  }
}
