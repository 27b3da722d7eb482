package org.momo.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every plugin promises. A plugin's author extends this class, gives the plugin, and inherits
 * the tests.
 */
public abstract class PluginContract {
  private static final String NAME = "[a-z][a-z0-9-]*";

  /**
   * Makes the plugin.
   *
   * @return a plugin
   */
  protected abstract Plugin plugin();

  @Test
  @DisplayName("A plugin has a name of lower-case letters, digits and '-'")
  void hasName() {
    assertThat(plugin().name()).matches(NAME);
  }

  @Test
  @DisplayName("ServiceLoader finds the plugin")
  void isFound() {
    assertThat(ServiceLoader.load(Plugin.class).stream().map(ServiceLoader.Provider::type))
        .contains(plugin().getClass());
  }

  @Test
  @DisplayName(
      "A plugin offers something, under names of lower-case letters, digits and '-', each once")
  void offersNames() {
    List<String> names = new ArrayList<>();
    plugin().contribute(new Names(names));
    assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    assertThat(names).allMatch(name -> name.substring(name.indexOf(' ') + 1).matches(NAME));
  }

  private record Names(List<String> names) implements Registry {
    @Override
    public void layer(String name, Factory<? extends DecisionLayer> factory) {
      names.add("layer " + name);
    }

    @Override
    public void rule(String name, Factory<? extends VoteRule> factory) {
      names.add("rule " + name);
    }

    @Override
    public void preprocessor(String name, Factory<? extends Preprocessor> factory) {
      names.add("preprocessor " + name);
    }

    @Override
    public void backend(String name, Factory<? extends InferenceBackend> factory) {
      names.add("backend " + name);
    }

    @Override
    public void decoder(String name, Factory<? extends PixelDecoder> factory) {
      names.add("decoder " + name);
    }
  }
}
