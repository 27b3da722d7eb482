package org.momo.metadata.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.decision.Region;

class TextModelTrainerTest {
  private static final TextModel MODEL = Lessons.model();

  @ParameterizedTest
  @CsvSource({
    "CT CHEST,CHEST",
    "Thorax,CHEST",
    "abdomens,ABDOMEN",
    "kneee right,LEXT",
    "brain with contrast,HEAD"
  })
  void guesses_what_it_was_taught_and_what_looks_like_it(String text, Region region) {
    assertThat(Lessons.best(MODEL, text)).containsExactly(region);
  }

  @Test
  void adds_regions_up() {
    assertThat(Lessons.best(MODEL, "CT chest and abdomen"))
        .containsExactly(Region.CHEST, Region.ABDOMEN);
  }

  @Test
  void learns_which_texts_name_nothing() {
    assertThat(Lessons.best(MODEL, "contrast 2 views")).isEmpty();
  }

  @Test
  void probabilities_sum_to_one_and_fall() {
    List<Guess> guesses = MODEL.guess("liver or pelvis", "CT");
    assertThat(guesses.stream().mapToDouble(Guess::probability).sum())
        .isBetween(0.999999, 1.000001);
    assertThat(guesses)
        .isSortedAccordingTo((a, b) -> Double.compare(b.probability(), a.probability()));
  }

  @Test
  void says_nothing_where_there_is_no_text() {
    assertThat(MODEL.guess(" -- ", "CT")).isEmpty();
    assertThat(MODEL.guess("", null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void the_same_bytes_come_out_of_any_number_of_threads(int threads) {
    assertThat(Lessons.model(1, threads).bytes()).isEqualTo(MODEL.bytes());
  }

  @Test
  void another_seed_makes_another_model() {
    assertThat(Lessons.model(2, 1).bytes()).isNotEqualTo(MODEL.bytes());
  }

  @Test
  void the_card_tells_what_the_model_was_trained_on() {
    assertThat(MODEL.card().text())
        .startsWith("name: lessons\ntraining set: made-up names\nlicence: Apache-2.0\n")
        .contains("texts: 240\n", "languages: en 240\n", "sources: 4\n", "settings: seed 1,");
  }

  @Test
  void one_source_is_enough_to_train_on() throws Exception {
    List<LabelledText> one =
        Lessons.texts().stream().filter(text -> text.source().equals("hospital 0")).toList();
    TextModel model = new TextModelTrainer(1, 10, 20, 0.5, 0).train(one, Lessons.card(), 1);
    assertThat(Lessons.best(model, "knee")).containsExactly(Region.LEXT);
  }

  @Test
  void refuses_to_learn_from_nothing() {
    TextModelTrainer trainer = TextModelTrainer.of(1);
    assertThatThrownBy(() -> trainer.train(List.of(), Lessons.card(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no labelled text");
    List<LabelledText> none =
        List.of(new LabelledText("a", "", "x", null, LabelledText.accepted("-")));
    assertThatThrownBy(() -> trainer.train(none, Lessons.card(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no region");
  }

  @Test
  void refuses_settings_out_of_range() {
    assertThatThrownBy(() -> new TextModelTrainer(1, 30, 1, 1, 0))
        .hasMessage("bits must be between 8 and 18: was 30");
    assertThatThrownBy(() -> new TextModelTrainer(1, 10, 1, Double.NaN, 0))
        .hasMessageContaining("rate");
  }

  @Test
  void a_card_holds_no_line_that_was_not_written() {
    assertThatThrownBy(() -> new ModelCard("a", "b\nlicence: none", "c", new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("control characters");
  }

  @Test
  void labels_do_not_print_the_text() {
    assertThat(Lessons.texts().get(0).toString()).doesNotContain("chest");
  }

  @Test
  void refuses_a_region_that_there_is_not() {
    assertThatThrownBy(() -> LabelledText.accepted("CHEST|TAIL"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CHEST");
  }
}
