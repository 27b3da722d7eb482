package org.momo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonteCarloTest {

  /**
   * All 200 cells of the reference within three standard errors.
   *
   * <p>Reference and simulation are both estimates from 60,000 studies, so the standard error of
   * their difference is sqrt(p (1 - p) (1/60000 + 1/60000)), p being what both found together with
   * one success and one failure added, since a share of 1.0000 is not certainty; the rounding of
   * the reference to four digits adds a variance of 1e-8 / 12. Of 200 correct cells one beyond
   * three errors is to be expected with every second seed; the default seed has none.
   */
  @Test
  void published_everyCell_isWithinThreeStandardErrorsOfTheReference() throws Exception {
    List<String> lines = Files.readAllLines(SharedData.find("montecarlo_reference.csv"));
    List<MonteCarlo.Cell> cells = MonteCarlo.builder().build().run(MonteCarlo.published());
    assertThat(lines).hasSize(201);
    List<String> beyond = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String[] row = lines.get(i + 1).split(",");
      MonteCarlo.Cell cell = cells.get(i);
      assertThat(row[0]).isEqualTo(cell.scenario().sameError() == 0 ? "uncorr" : "worst");
      assertThat(cell.scenario().series()).isEqualTo(Integer.parseInt(row[1]));
      assertThat(cell.scenario().accuracy()).isEqualTo(Double.parseDouble(row[2]));
      double reference = Double.parseDouble(row[3]);
      double p = (60_000 * reference + cell.right().count() + 1) / 120_002;
      double error = Math.sqrt(p * (1 - p) * 2 / 60_000 + 1e-8 / 12);
      double z = (cell.accuracy() - reference) / error;
      if (Math.abs(z) > 3) {
        beyond.add(lines.get(i + 1) + " but " + cell.accuracy() + ", z = " + z);
      }
    }
    assertThat(beyond).isEmpty();
  }

  @Test
  void run_givesTheSameFigures_whateverTheThreadsAndTheCompany() throws Exception {
    Scenario scenario =
        Scenario.uncorrelated(4, 0.7)
            .withSameError(0.3)
            .withCommonCause(0.2)
            .withLabelShare(0.9)
            .withSkew(1)
            .withText(0.5, 0.9, 1.5);
    List<Scenario> many = List.of(Scenario.worstCase(3, 0.6), scenario, Scenario.worstCase(5, 0.9));
    MonteCarlo.Builder small = MonteCarlo.builder().studies(500).repeats(4).seed(99);
    List<MonteCarlo.Cell> one = small.threads(1).build().run(many);
    assertThat(small.threads(7).build().run(many)).isEqualTo(one);
    assertThat(small.build().run(List.of(scenario))).containsExactly(one.get(1));
    assertThat(small.seed(100).build().run(many)).isNotEqualTo(one);
  }

  @Test
  void oneSeries_isAsAccurateAsASeriesIs() throws Exception {
    for (double p : new double[] {0.5, 0.8, 0.95}) {
      assertThat(accuracy(Scenario.worstCase(1, p))).isCloseTo(p, within(error(p)));
    }
  }

  @Test
  void commonCause_atFullStrength_makesManySeriesAsGoodAsOne() throws Exception {
    Scenario together = Scenario.uncorrelated(9, 0.7).withCommonCause(1);
    assertThat(accuracy(together)).isCloseTo(0.7, within(error(0.7)));
  }

  @Test
  void sameError_atHalfStrength_liesBetweenThePublishedExtremes() throws Exception {
    double half = accuracy(Scenario.uncorrelated(5, 0.6).withSameError(0.5));
    assertThat(half)
        .isLessThan(accuracy(Scenario.uncorrelated(5, 0.6)))
        .isGreaterThan(accuracy(Scenario.worstCase(5, 0.6)));
  }

  @Test
  void labelShare_ofOneSeries_scalesItsAccuracy() throws Exception {
    // Right if the series shows the label and is read right, or shows another class and the error
    // happens to fall on the label.
    double expected = 0.6 * 0.8 + 0.4 * 0.2 / 11;
    Scenario fuzzy = Scenario.uncorrelated(1, 0.8).withLabelShare(0.6);
    assertThat(accuracy(fuzzy)).isCloseTo(expected, within(error(expected)));
  }

  @Test
  void skew_gathersErrorsOnFrequentClasses() throws Exception {
    assertThat(accuracy(Scenario.uncorrelated(5, 0.6).withSkew(2)))
        .isLessThan(accuracy(Scenario.uncorrelated(5, 0.6)) - 0.02);
  }

  @Test
  void rules_findCombinedStudies_thatNoVoteCanName() throws Exception {
    Scenario without = Scenario.uncorrelated(6, 0.9).withCombined(1, false);
    Scenario with = without.withCombined(1, true);
    assertThat(accuracy(without)).isLessThan(0.01);
    // At least one right vote for each part is needed; with six series most studies have both.
    assertThat(accuracy(with)).isGreaterThan(0.9);
    // The price: an error on the other part turns a simple study into a combined one.
    Scenario simple = Scenario.uncorrelated(6, 0.9).withCombined(0.001, true);
    assertThat(accuracy(simple))
        .isLessThan(accuracy(Scenario.uncorrelated(6, 0.9).withCombined(0.001, false)));
  }

  @Test
  void text_thatIsAlwaysRightAndOutweighsAll_decides() throws Exception {
    assertThat(accuracy(Scenario.worstCase(3, 0.5).withText(1, 1, 1.5))).isEqualTo(1);
    double half = accuracy(Scenario.worstCase(1, 0.5).withText(0.5, 1, 1.5));
    assertThat(half).isCloseTo(0.75, within(error(0.75)));
  }

  @Test
  void scenario_outOfRange_isRefusedInOneSentence() {
    assertThatThrownBy(() -> Scenario.uncorrelated(0, 0.5))
        .hasMessage("series must be between 1.0 and 1000.0: was 0.0");
    assertThatThrownBy(() -> Scenario.uncorrelated(1, 1))
        .hasMessage("accuracy must be between 0 and 1: was 1.0");
    assertThatThrownBy(() -> Scenario.uncorrelated(1, 0.5).withClasses(10).withCombined(0.5, true))
        .hasMessageContaining("threes");
  }

  @Test
  void progress_countsToTheEnd() throws Exception {
    List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    MonteCarlo.builder()
        .studies(10)
        .repeats(3)
        .progress((done, total) -> seen.add(done * 100 + total))
        .build()
        .run(List.of(Scenario.worstCase(1, 0.5), Scenario.worstCase(2, 0.5)));
    assertThat(seen).containsExactlyInAnyOrder(106L, 206L, 306L, 406L, 506L, 606L);
  }

  private static double accuracy(Scenario scenario) throws InterruptedException {
    return MonteCarlo.builder()
        .studies(10_000)
        .repeats(2)
        .build()
        .run(List.of(scenario))
        .get(0)
        .accuracy();
  }

  private static double error(double p) {
    return 4 * Math.sqrt(p * (1 - p) / 20_000);
  }
}
