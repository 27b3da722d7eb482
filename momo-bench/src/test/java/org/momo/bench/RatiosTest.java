package org.momo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private final Ratio figure =
      ratio("ours-vs-theirs", new Ratio.Measured(12.345, "ours 1 s against theirs 12.345 s"));
  private final Ratio absent = ratio("ours-vs-absent", new Ratio.NotMeasured("no theirs"));
  private final Ratio broken =
      new Ratio() {
        @Override
        public String name() {
          return "broken";
        }

        @Override
        public Outcome measure(boolean quick) {
          throw new IllegalStateException("sides differ");
        }
      };

  @Test
  void prints_one_line_a_ratio_in_the_order_of_the_list() {
    assertThat(run(List.of(figure, absent))).isZero();
    assertThat(out)
        .hasToString(
            "ours-vs-theirs 12.3 ours 1 s against theirs 12.345 s\n"
                + "ours-vs-absent - not measured: no theirs\n");
  }

  @Test
  void runs_the_named_ratios_alone() {
    assertThat(run(List.of(figure, absent), "quick", "ours-vs-absent")).isZero();
    assertThat(out).hasToString("ours-vs-absent - not measured: no theirs\n");
  }

  @Test
  void an_unknown_name_lists_the_known_ones_and_measures_nothing() {
    assertThat(run(List.of(figure, absent), "ours-vs-theirs", "ours-vs-nobody")).isEqualTo(1);
    assertThat(out).hasToString("");
    assertThat(err)
        .hasToString(
            "There is no ratio named 'ours-vs-nobody'."
                + " The ratios are: ours-vs-theirs, ours-vs-absent.\n");
  }

  @Test
  void a_broken_side_fails_the_run_and_not_the_other_ratios() {
    assertThat(run(List.of(broken, absent))).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("broken - failed: java.lang.IllegalStateException: sides differ\n")
        .endsWith("ours-vs-absent - not measured: no theirs\n");
  }

  @Test
  void names_are_unique_words() {
    assertThat(Ratios.ALL)
        .extracting(Ratio::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*") && !name.equals("quick"));
  }

  private int run(List<Ratio> all, String... args) {
    return Ratios.run(
        all,
        List.of(args),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static Ratio ratio(String name, Ratio.Outcome outcome) {
    return new Ratio() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Outcome measure(boolean quick) {
        return outcome;
      }
    };
  }
}
