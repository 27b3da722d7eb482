package org.momo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.momo.evaluation.TemperatureScaling.Objective;

class TemperatureScalingTest {

  /** Of equal logits that lead by d, a part q is right: at d / log(q / (1 - q)) all is honest. */
  @ParameterizedTest
  @EnumSource(Objective.class)
  void two_classes_have_a_closed_form(Objective objective) {
    double[][] logits = new double[8][];
    int[] labels = new int[8];
    for (int i = 0; i < 8; i++) {
      logits[i] = new double[] {4, 0};
      labels[i] = i < 6 ? 0 : 1;
    }

    TemperatureScaling scaling = TemperatureScaling.fit(logits, labels, objective, 10);

    assertThat(scaling.temperature())
        .isCloseTo(4 / Math.log(3), within(objective == Objective.LIKELIHOOD ? 1e-9 : 1e-3));
    assertThat(scaling.before().expectedError())
        .isCloseTo(1 / (1 + Math.exp(-4)) - 0.75, within(1e-12));
    assertThat(scaling.after().expectedError()).isCloseTo(0, within(1e-3));
    assertThat(scaling.likelihoodBefore())
        .isCloseTo(0.75 * Math.log1p(Math.exp(-4)) + 0.25 * Math.log1p(Math.exp(4)), within(1e-12));
    assertThat(scaling.likelihoodAfter())
        .isCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), within(1e-5));
    assertThat(scaling.after().bins().get(7).right().of()).isEqualTo(8);
  }

  /** Stored from scipy 1.10.1 (minimize_scalar, bounded) and numpy on the same logits. */
  @Test
  void fits_as_scipy_does() {
    double[][] logits = new double[60][4];
    int[] labels = new int[60];
    for (int i = 0; i < 60; i++) {
      int first = 0;
      for (int c = 0; c < 4; c++) {
        logits[i][c] = 3 * StrictMath.sin(1.7 * i + 2.3 * c) + 2 * StrictMath.cos(0.9 * i * c);
        first = logits[i][c] > logits[i][first] ? c : first;
      }
      labels[i] = i % 3 == 0 ? i % 4 : first;
    }

    TemperatureScaling byLikelihood =
        TemperatureScaling.fit(logits, labels, Objective.LIKELIHOOD, 10);
    assertThat(byLikelihood.temperature()).isCloseTo(2.32118026, within(1e-7));
    assertThat(byLikelihood.likelihoodBefore()).isCloseTo(1.291611188639718, within(1e-12));
    assertThat(byLikelihood.likelihoodAfter()).isCloseTo(1.0371422293280712, within(1e-12));
    assertThat(byLikelihood.before().expectedError()).isCloseTo(0.1775409598837211, within(1e-12));
    assertThat(byLikelihood.after().expectedError()).isCloseTo(0.18416648237056446, within(1e-7));

    TemperatureScaling byError =
        TemperatureScaling.fit(logits, labels, Objective.CALIBRATION_ERROR, 10);
    // The lowest of 40,001 temperatures from 0.2 to 10.
    assertThat(byError.after().expectedError()).isLessThan(0.13755692821590573 + 1e-5);
  }

  @Test
  void a_network_that_is_always_right_or_knows_nothing_comes_to_the_ends() {
    double[][] logits = {{3, 0}, {0, 2}, {5, 1}};
    assertThat(
            TemperatureScaling.fit(logits, new int[] {0, 1, 0}, Objective.LIKELIHOOD, 10)
                .temperature())
        .isEqualTo(TemperatureScaling.LEAST);
    assertThat(
            TemperatureScaling.fit(logits, new int[] {1, 0, 1}, Objective.LIKELIHOOD, 10)
                .temperature())
        .isEqualTo(TemperatureScaling.MOST);
  }

  @Property(tries = 60)
  void no_other_temperature_is_likelier(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 40) int series) {
    double[][] logits = new double[series][3];
    int[] labels = new int[series];
    for (int i = 0; i < series; i++) {
      for (int c = 0; c < 3; c++) {
        logits[i][c] = 5 * random.nextGaussian();
      }
      labels[i] = random.nextInt(3);
    }
    TemperatureScaling scaling = TemperatureScaling.fit(logits, labels, Objective.LIKELIHOOD, 10);
    for (double factor : new double[] {0.5, 0.9, 0.999, 1.001, 1.1, 2}) {
      double other =
          Math.min(
              TemperatureScaling.MOST,
              Math.max(TemperatureScaling.LEAST, scaling.temperature() * factor));
      assertThat(TemperatureScaling.likelihood(logits, labels, other))
          .isGreaterThanOrEqualTo(scaling.likelihoodAfter() - 1e-12);
    }
    TemperatureScaling byError =
        TemperatureScaling.fit(logits, labels, Objective.CALIBRATION_ERROR, 10);
    assertThat(byError.after().expectedError())
        .isLessThanOrEqualTo(byError.before().expectedError());
  }

  @Test
  void huge_logits_stay_numbers() {
    double[] p = TemperatureScaling.probabilities(new double[] {1e300, 0, -1e300}, 0.01);
    assertThat(p).containsExactly(1, 0, 0);
    assertThat(Arrays.stream(TemperatureScaling.probabilities(new double[] {700, 710}, 1)).sum())
        .isEqualTo(1, within(1e-15));
  }

  @Test
  void what_does_not_fit_is_refused() {
    assertRefused(new double[][] {}, new int[] {}, "one or more series");
    assertRefused(new double[][] {{1, 2}}, new int[] {0, 1}, "were 2 labels for 1");
    assertRefused(new double[][] {{1, 2}, {1}}, new int[] {0, 1}, "logits[1] must have the same");
    assertRefused(new double[][] {{1}}, new int[] {0}, "2 or more: was 1");
    assertRefused(new double[][] {{1, 2}}, new int[] {2}, "labels[0] must be between 0 and 1");
    assertRefused(new double[][] {{1, Double.NaN}}, new int[] {0}, "must be finite: was NaN");
  }

  private static void assertRefused(double[][] logits, int[] labels, String message) {
    assertThatThrownBy(() -> TemperatureScaling.fit(logits, labels, Objective.LIKELIHOOD, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
