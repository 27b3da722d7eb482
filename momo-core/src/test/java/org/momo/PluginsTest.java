package org.momo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.decision.Opinion;
import org.momo.spi.ConfigurationException;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Plugin;
import org.momo.spi.Registry;
import org.momo.study.Study;

class PluginsTest {

  private static class Vendor implements Plugin {
    private final String name;
    private final Consumer<Registry> offer;

    Vendor(String name, Consumer<Registry> offer) {
      this.name = name;
      this.offer = offer;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void contribute(Registry registry) {
      offer.accept(registry);
    }
  }

  private static final class Rival extends Vendor {
    Rival(String name) {
      super(name, registry -> {});
    }
  }

  private static final DecisionLayer SILENT = study -> Opinion.abstain("silent");

  /** Layers that read the options {@code depth} and {@code words}, and rules without options. */
  private static Vendor vendor() {
    return new Vendor(
        "vendor",
        registry -> {
          registry.layer(
              "deep",
              (options, context) -> {
                options.integer("depth", 3, 0, 9);
                options.string("words");
                return SILENT;
              });
          registry.layer("plain", (options, context) -> SILENT);
          registry.rule("keep", (options, context) -> ballot -> ballot);
        });
  }

  private static void build(String... yaml) {
    StudyClassifier.builder()
        .config(
            MomoConfig.parse("momo.yaml", String.join("\n", yaml), Path.of(""))
                .withCatalogue(Ballots.ESSEN))
        .discovery(false)
        .plugin(vendor())
        .build()
        .close();
  }

  @Test
  void an_offer_has_the_name_of_its_plugin_and_changes_nothing_by_itself() {
    Plugins plugins = Plugins.of(List.of(vendor()));
    assertThat(plugins.layers()).containsExactly("vendor.deep", "vendor.plain");
    assertThat(plugins.rules()).containsExactly("vendor.keep");
    build("layers: [vendor.plain]");
    build("layers: [vendor.deep: {depth: 2, words: x, weight: 2}]", "rules: [vendor.keep]");
  }

  @Test
  void two_plugins_of_one_name_are_both_named() {
    assertThatThrownBy(() -> Plugins.of(List.of(vendor(), new Rival("vendor"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "two plugins have the name vendor: "
                + Vendor.class.getName()
                + " and "
                + Rival.class.getName());
  }

  @Test
  void one_plugin_offers_a_name_once_of_each_kind() {
    assertThatThrownBy(
            () ->
                Plugins.of(
                    List.of(
                        new Vendor(
                            "vendor",
                            registry -> {
                              registry.rule("same", (options, context) -> ballot -> ballot);
                              registry.layer("same", (options, context) -> SILENT);
                              registry.layer("same", (options, context) -> SILENT);
                            }))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(Vendor.class.getName() + " offers the layer vendor.same twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Vendor", "my.vendor", "1st", "-x", "vendör", "a b", "a\nb", "a\n"})
  void a_name_that_is_not_allowed_is_refused(String name) {
    String rest = "\" of " + Vendor.class.getName() + " must be lower-case letters, digits and '-'";
    assertThatThrownBy(() -> Plugins.of(List.of(new Vendor(name, registry -> {}))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("the plugin name \"" + name + rest);
    assertThatThrownBy(
            () ->
                Plugins.of(
                    List.of(
                        new Vendor("v", registry -> registry.layer(name, (o, context) -> SILENT)))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("the layer name \"" + name + rest);
  }

  @Test
  void a_name_has_at_most_64_characters() {
    assertThat(Plugins.of(List.of(new Rival("a".repeat(64)))).layers()).isEmpty();
    assertThatThrownBy(() -> Plugins.of(List.of(new Rival("a".repeat(65)))))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void a_plugin_that_fails_is_named() {
    assertThatThrownBy(
            () ->
                Plugins.of(
                    List.of(
                        new Vendor(
                            "vendor",
                            registry -> {
                              throw new IllegalStateException("no licence");
                            }))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the plugin vendor of " + Vendor.class.getName())
        .hasMessageContaining("no licence");
  }

  @Test
  void an_unknown_name_lists_those_that_there_are() {
    assertThatThrownBy(() -> build("layers: [vendor.plain, vendor.deeper]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "layers[1]: there is no layer vendor.deeper; there are vendor.deep, vendor.plain");
    assertThatThrownBy(() -> build("layers: [vendor.plain]", "rules: vendor.drop"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("there is no rule vendor.drop; there are vendor.keep");
    assertThatThrownBy(() -> build("layers: [vendor.plain]", "decoders: [vendor.j2k]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("there is no decoder vendor.j2k; there is no decoder at all");
    assertThatThrownBy(() -> build("layers: [metadata.series-vote]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "layers[0]: there is no layer metadata.series-vote; momo-metadata is not on the class"
                + " path or does not offer it; there are");
  }

  @Test
  void an_option_that_nobody_reads_is_an_error() {
    assertThatThrownBy(
            () -> build("layers:", "- merge: {layers: [vendor.deep: {dept: 2, words: x}]}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "layers[0].layers[0] vendor.deep does not know the option dept; it takes depth, words");
    assertThatThrownBy(() -> build("layers: [vendor.plain: {b: 1, a: 2}]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("layers[0] vendor.plain does not know the options a, b; it takes no options");
    assertThatThrownBy(
            () -> build("layers: [vendor.plain]", "options: {vendor.plain: {more: true}}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("does not know the option more");
    assertThatThrownBy(() -> build("layers: [vendor.plain]", "rules: [vendor.keep: {many: 1}]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "layers[0] vendor.plain rule vendor.keep does not know the option many; it takes no"
                + " options");
    assertThatThrownBy(() -> build("layers: [vendor.plain]", "rules: [\"CTH!\": {many: 1}]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the rule CTH! takes no options, but has many");
    assertThatThrownBy(() -> build("layers: [vendor.deep: {depth: 10}]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("layers[0] vendor.deep: depth must be");
  }

  @Test
  void what_was_built_is_closed_when_something_later_fails() {
    List<String> closed = new ArrayList<>();
    DecisionLayer closing =
        new DecisionLayer() {
          @Override
          public Opinion consider(Study study) {
            return Opinion.abstain("silent");
          }

          @Override
          public void close() {
            closed.add("closed");
          }
        };
    Vendor vendor =
        new Vendor("vendor", registry -> registry.layer("x", (options, context) -> closing));
    StudyClassifier.Builder builder =
        StudyClassifier.builder()
            .catalogue(Ballots.ESSEN)
            .discovery(false)
            .plugin(vendor)
            .layer("vendor.x")
            .layer("vendor.x", Map.of("unread", 1));
    assertThatThrownBy(builder::build).isInstanceOf(ConfigurationException.class);
    assertThat(closed).isNotEmpty();
  }
}
