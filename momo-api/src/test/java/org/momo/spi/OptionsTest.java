package org.momo.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void anOptionThatNobodyReadIsAnError() {
    Options options = Options.of("layers[0] x.y", Map.of("treshold", 0.5, "weight", 2));
    assertThat(options.number("weight", 1, 0, 10)).isEqualTo(2);
    assertThat(options.number("threshold", 0.1, 0, 1)).isEqualTo(0.1);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(options::requireAllRead)
        .withMessage("layers[0] x.y does not know the option treshold; it takes threshold, weight");
  }

  @Test
  void anOptionInsideAnOptionIsReadOrAnErrorToo() {
    Options options = Options.of("a", Map.of("b", Map.of("c", 1, "d", 2)));
    Options inner = options.options("b");
    assertThat(inner.integer("c", 0, 0, 9)).isEqualTo(1);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(options::requireAllRead)
        .withMessage("a.b does not know the option d; it takes c");
    assertThat(inner.integer("d", 0, 0, 9)).isEqualTo(2);
    options.requireAllRead();
  }

  @Test
  void aTextInAListOfOptionsIsAName() {
    Options options = Options.of("chain", Map.of("steps", List.of("one", Map.of("name", "two"))));
    List<Options> steps = options.optionsList("steps");
    assertThat(steps).hasSize(2);
    assertThat(steps.get(0).requiredString("name")).isEqualTo("one");
    assertThat(steps.get(1).requiredString("name")).isEqualTo("two");
    options.requireAllRead();
  }

  @Test
  void aValueOfTheWrongKindIsAnErrorThatSaysWhatWasWanted() {
    Map<String, Object> values = Map.of("n", "many", "f", "yes", "s", List.of(), "c", "green");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Options.of("x", values).integer("n", 0, 0, 1))
        .withMessage("x: n must be a whole number: was \"many\"");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Options.of("x", values).number("n", 0, 0, 1))
        .withMessage("x: n must be a number: was \"many\"");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Options.of("x", values).flag("f", true))
        .withMessage("x: f must be true or false: was \"yes\"");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Options.of("x", values).string("s"))
        .withMessage("x: s must be a text: was a list");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Options.of("x", values).choice("c", "red", List.of("red", "blue")))
        .withMessage("x: c must be one of red, blue: was green");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Options.none("x").requiredString("model"))
        .withMessage("x needs the option 'model'");
  }

  @Test
  void aNumberOutOfRangeIsAnErrorThatSaysTheRange() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Options.of("x", Map.of("t", 1.2)).number("t", 0, 0, 1))
        .withMessage("x: t must be between 0.0 and 1.0: was 1.2");
  }
}
