package org.momo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.momo.decision.Opinion;
import org.momo.spi.ConfigurationException;
import org.momo.spi.VoteRule;

class MomoConfigTest {
  private static final Path BASE = Path.of("base");

  private static MomoConfig parse(String... lines) {
    return MomoConfig.parse("momo.yaml", String.join("\n", lines), BASE);
  }

  @Test
  void a_file_can_say_all_that_the_builder_can() {
    MomoConfig config =
        parse(
            "catalogue: essen-76",
            "overlay: [site.csv, more.csv]",
            "layers:",
            "  - metadata.procedure-code",
            "  - metadata.description-partial: {misspellings: true, longest: 12, share: 0.25}",
            "  - merge:",
            "      rules: default",
            "      threshold: 0.4",
            "      layers:",
            "        - metadata.series-vote: {weight: 1.5, on-failure: undecided}",
            "        - imaging.network: {rules: none, when: networks}",
            "options:",
            "  metadata.series-vote: {words: [a, b], deep: {x: ~}}",
            "networks: models/ct",
            "rules: [\"CTT+CTAB=CTTA\", vendor.drop-rare: {many: 4}]",
            "threshold: 0.5",
            "on-failure: undecided",
            "decoders: [imaging.jpeg, {vendor.j2k: {threads: 2}}]");

    Map<String, @Nullable Object> deep = new LinkedHashMap<>();
    deep.put("x", null);
    assertThat(config)
        .isEqualTo(
            MomoConfig.defaults()
                .withBaseFolder(BASE)
                .withCatalogue("essen-76")
                .withOverlays(List.of("site.csv", "more.csv"))
                .withSteps(
                    List.of(
                        StepConfig.Layer.of("metadata.procedure-code"),
                        StepConfig.Layer.of("metadata.description-partial")
                            .option("misspellings", true)
                            .option("longest", 12L)
                            .option("share", 0.25),
                        StepConfig.Merge.of(
                                StepConfig.Layer.of("metadata.series-vote")
                                    .weight(1.5)
                                    .onFailure(OnFailure.UNDECIDED),
                                StepConfig.Layer.of("imaging.network")
                                    .withoutRules()
                                    .onlyWithNetworks())
                            .rules("default")
                            .threshold(0.4)))
                .withOptions(
                    "metadata.series-vote", Map.of("words", List.of("a", "b"), "deep", deep))
                .withNetworks(List.of("models/ct"))
                .withRules(
                    List.of(
                        RuleConfig.of("CTT+CTAB=CTTA"),
                        RuleConfig.of("vendor.drop-rare", Map.of("many", 4L))))
                .withThreshold(0.5)
                .withOnFailure(OnFailure.UNDECIDED)
                .withDecoder("imaging.jpeg", Map.of())
                .withDecoder("vendor.j2k", Map.of("threads", 2L)));
  }

  @ParameterizedTest
  @CsvSource({"''", "'# nothing'", "~", "'---'"})
  void a_file_that_says_nothing_is_the_default(String yaml) {
    assertThat(parse(yaml)).isEqualTo(MomoConfig.defaults().withBaseFolder(BASE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // The third column is a part of the message; \n stands for a line break.
        "preset: x\\nlayer: [a.b]                |  2 | there is no 'layer' in a configuration; there are catalogue, overlay,",
        "preset: x\\npreset: y                   |  2 | 'preset' is there twice",
        "layers:\\n- a.b: {weight: 1,\\n   weight: 2} |  3 | 'weight' is there twice",
        "options:\\n  a.b: {x: 1}\\n  a.b: {y: 1} |  3 | 'a.b' is there twice",
        "preset: x\\nlayers: [a.b]               |  1 | a configuration has a preset or layers, not both",
        "layers:\\n- a.b\\n- [c.d]               |  3 | a layer must be a map of names to values",
        "layers:\\n- {a.b: {}, c.d: {}}           |  2 | a layer is a name, or one name with its options, but here are [a.b, c.d]",
        "\\nlayers: []                           |  2 | layers must name at least one layer",
        "\\nlayers: a.b                          |  2 | layers must be a list",
        "layers:\\n- merge                       |  2 | merge needs layers",
        "layers:\\n- merge: {rules: none}        |  2 | a merged group needs at least one layer",
        "layers:\\n- merge:\\n    layer: [a.b]    |  3 | there is no 'layer' in merge; there are layers, rules and threshold",
        "layers:\\n- merge:\\n    layers:\\n    - a.b: {threshold: 0.1} | 2 | layer a.b is counted with others: the threshold belongs to their group",
        "layers:\\n- a.b:\\n    weight: 0        |  3 | weight must be finite and more than 0: was 0.0",
        "layers:\\n- a.b:\\n    weight: many     |  3 | weight must be a number: was \"many\"",
        "layers:\\n- a.b: {when: always}         |  2 | when must be networks: was always",
        "\\n\\nthreshold: 1.5                    |  3 | threshold must be between 0 and 1: was 1.5",
        "threshold: NaN                          |  1 | threshold must be between 0 and 1: was NaN",
        "threshold: [1]                          |  1 | threshold must be a text",
        "on-failure: stop                        |  1 | on-failure must be continue or undecided: was stop",
        "catalogue: {a: b}                       |  1 | catalogue must be a text",
        "catalogue: ~                            |  1 | catalogue must be a text",
        "decoders: [a.b, a.b: {x: 1}]            |  1 | the decoder a.b is there already",
        "options: [a.b]                          |  1 | options must be a map of names to values",
        "options:\\n  a.b: {x: !!java/object 1}   |  2 | a configuration holds plain data, not tag:yaml.org,2002:java/object",
        "- preset: x                             |  1 | the configuration must be a map of names to values",
        "\\npreset: [a                           |  2 | expected ',' or ']', but got <stream end>",
        "preset: x\\n\\tlayers: y                |  2 | found character '\\t(TAB)' that cannot start any token",
        "preset: *nowhere                        |  1 | found undefined alias nowhere",
        "a: 1\\n---\\nb: 2                        |  2 | but found another document",
      })
  void a_fault_is_told_with_its_line(String yaml, int line, String what) {
    assertThatThrownBy(() -> parse(yaml.replace("\\n", "\n").replace("\\t", "\t")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("momo.yaml line " + line + ": ")
        .hasMessageContaining(what)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void a_file_is_named_by_its_path_and_lends_its_folder(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("site.yaml");
    Files.writeString(file, "catalogue: mine.csv\nnets: []\n");
    assertThatThrownBy(() -> MomoConfig.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(file + " line 2: there is no 'nets' in a configuration");
    Files.writeString(file, "catalogue: mine.csv\n");
    assertThat(MomoConfig.read(file).baseFolder()).isEqualTo(folder.toAbsolutePath());
    Files.writeString(file, "\uFEFFcatalogue: mine.csv\r\nthreshold: 0.5\r\n");
    assertThat(MomoConfig.read(file).catalogue()).isEqualTo("mine.csv");
    Files.writeString(file, "#".repeat((1 << 20) + 1));
    assertThatThrownBy(() -> MomoConfig.read(file))
        .hasMessage(file + " is too large for a configuration: 1048577 bytes, at most 1048576");
    Files.write(file, "catalogue: Köln".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> MomoConfig.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file + " is not UTF-8: save it in the encoding UTF-8");
  }

  private static String bomb(int width, int levels, String leaf) {
    StringBuilder yaml = new StringBuilder("options:\n  x:\n    l0: &l0 [");
    yaml.append((leaf + ",").repeat(width)).append("]\n");
    for (int i = 1; i <= levels; i++) {
      yaml.append("    l").append(i).append(": &l").append(i).append(" [");
      yaml.append(("*l" + (i - 1) + ",").repeat(width)).append("]\n");
    }
    return yaml.toString();
  }

  @Test
  void aliases_cannot_be_used_as_a_bomb() {
    assertThatThrownBy(() -> parse(bomb(10, 9, "lol")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("aliases");
    // Few aliases can still unfold to much.
    assertThatThrownBy(() -> parse(bomb(24, 2, "[" + "lol,".repeat(24) + "]")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the configuration has more than 100000 parts");
    assertThatThrownBy(() -> parse("options:", "  x: &a {b: *a}"))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> parse("options:", "  x: {b: &a [*a]}"))
        .isInstanceOf(ConfigurationException.class);
  }

  @ParameterizedTest
  @CsvSource({"'[',']'", "'{a: ','}'", "'- ',''"})
  void absurd_depth_is_refused(String open, String close) {
    for (int depth : new int[] {40, 20_000}) {
      String yaml = "options: {x: {y: " + open.repeat(depth) + "1" + close.repeat(depth) + "}}";
      assertThatThrownBy(() -> parse(yaml)).isInstanceOf(ConfigurationException.class);
    }
  }

  @Test
  void a_name_may_be_aliased() {
    assertThat(parse("options:", "  a.b: &o {x: 1}", "  c.d: *o").options())
        .containsEntry("c.d", Map.of("x", 1L));
  }

  @Test
  void preset_and_layers_exclude_each_other_in_code_too() {
    assertThat(MomoConfig.defaults().withPreset("merged-all").withSteps(steps()).preset()).isNull();
    assertThat(MomoConfig.defaults().withSteps(steps()).withPreset("merged-all").steps()).isEmpty();
    MomoConfig some = MomoConfig.defaults();
    assertThatThrownBy(
            () ->
                new MomoConfig(
                    "default",
                    null,
                    List.of(),
                    "merged-all",
                    steps(),
                    List.of(),
                    Map.of(),
                    List.of(),
                    0,
                    OnFailure.CONTINUE,
                    Map.of(),
                    some.baseFolder()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "the configuration names the preset merged-all and layers: leave one of them out");
  }

  private static List<StepConfig> steps() {
    return List.of(StepConfig.Layer.of("a.b"));
  }

  private static List<String> names() {
    return MomoConfig.presets();
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_preset_is_a_pipeline_that_can_be_written(String name) {
    List<StepConfig> pipeline = MomoConfig.defaults().withPreset(name).pipeline();
    assertThat(pipeline).isNotEmpty();
    MomoConfig written = MomoConfig.defaults().withSteps(pipeline);
    assertThat(MomoConfig.parse("again", written.toYaml(), Path.of(""))).isEqualTo(written);
  }

  /** The order of the published table of variants; the single class is asked after the code. */
  @ParameterizedTest
  @CsvSource({
    "nwe-layer-5,       procedure-code single-class description-exact description-partial"
        + " series-vote (series-vote+network)",
    "nwe-layer-4,       procedure-code single-class description-exact description-partial network"
        + " series-vote",
    "nwe-layer-3,       procedure-code single-class description-exact network description-partial"
        + " series-vote",
    "nwe-layer-2,       procedure-code single-class network description-exact description-partial"
        + " series-vote",
    "merged-series-nwe, procedure-code single-class description-exact description-partial"
        + " (series-vote+network)",
    "merged-all,        procedure-code single-class description-exact"
        + " (description-partial+series-vote+network)",
    "network-only,      network",
    "no-network,        procedure-code single-class description-exact description-partial"
        + " series-vote",
  })
  void published_variants_ask_in_the_published_order(String preset, String order) {
    List<String> steps = new ArrayList<>();
    for (StepConfig step : MomoConfig.defaults().withPreset(preset).pipeline()) {
      steps.add(
          step instanceof StepConfig.Merge merge
              ? "("
                  + String.join(
                      "+", merge.layers().stream().map(MomoConfigTest::shortName).toList())
                  + ")"
              : shortName((StepConfig.Layer) step));
    }
    assertThat(String.join(" ", steps)).isEqualTo(order);
  }

  private static String shortName(StepConfig.Layer layer) {
    return layer.name().substring(layer.name().indexOf('.') + 1);
  }

  @Test
  void an_unknown_preset_lists_those_that_there_are() {
    assertThatThrownBy(() -> MomoConfig.defaults().withPreset("best").pipeline())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "there is no preset best; there are recommended, nwe-layer-5, nwe-layer-4, nwe-layer-3,"
                + " nwe-layer-2, merged-series-nwe, merged-all, network-only, no-network");
    assertThat(MomoConfig.defaults().pipeline())
        .isEqualTo(MomoConfig.defaults().withPreset("recommended").pipeline());
  }

  @Test
  void what_was_given_as_an_object_cannot_be_written() {
    assertThatThrownBy(
            () ->
                MomoConfig.defaults()
                    .withSteps(List.of(StepConfig.Layer.of("mine", study -> Opinion.abstain("no"))))
                    .toYaml())
        .hasMessage("the layer mine was given as an object and cannot be written as YAML");
    VoteRule rule = ballot -> ballot;
    assertThatThrownBy(() -> MomoConfig.defaults().withRules(List.of(RuleConfig.of(rule))).toYaml())
        .hasMessageContaining("was given as an object and cannot be written as YAML");
    assertThatThrownBy(() -> MomoConfig.defaults().withCatalogue(Ballots.ESSEN).toYaml())
        .hasMessage("the catalogue essen-76 was given as an object and cannot be written as YAML");
  }

  /** In YAML these stand beside the layer's own options and would be read as the engine's. */
  @ParameterizedTest
  @CsvSource({"weight", "rules", "threshold", "on-failure", "when"})
  void an_option_of_the_engines_name_cannot_be_written(String option) {
    MomoConfig config =
        MomoConfig.defaults()
            .withSteps(List.of(StepConfig.Layer.of("a.b").option(option, "networks")));
    assertThatThrownBy(config::toYaml)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "the layer a.b has an option '"
                + option
                + "' of its own, which cannot be written as YAML: the name is the engine's there");
  }

  @Test
  void written_yaml_repeats_rather_than_refers() {
    List<RuleConfig> shared = List.of(RuleConfig.of("a.b", Map.of("x", List.of("y"))));
    String yaml =
        MomoConfig.defaults()
            .withRules(shared)
            .withSteps(List.of(StepConfig.Layer.of("c.d").rules(shared)))
            .toYaml();
    assertThat(yaml).doesNotContain("&").doesNotContain("*");
  }

  private static final Arbitrary<String> NAME =
      Arbitraries.of("metadata.series-vote", "vendor.x", "imaging.network", "a.b-c", "true.1");

  private static Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "true",
            "null",
            "~",
            "1",
            "1.0",
            "-",
            "a: b",
            "# x",
            "[a]",
            "x\ny",
            " pad ",
            "*a",
            "&a",
            "CTT+CTAB=CTTA",
            "CTH!",
            "ß\u00e9\u4e2d\uD83E\uDE7B",
            "\\",
            "\"",
            "'",
            "0x10",
            "1e3"),
        Arbitraries.strings()
            .ascii()
            .ofMinLength(1)
            .ofMaxLength(12)
            .filter(text -> !text.isBlank()));
  }

  private static Arbitrary<@Nullable Object> value(int depth) {
    Arbitrary<@Nullable Object> plain =
        Arbitraries.oneOf(
            text().map(v -> v),
            Arbitraries.longs().map(v -> v),
            Arbitraries.doubles().map(v -> v),
            Arbitraries.of(true, false).map(v -> v),
            Arbitraries.just(null));
    return depth == 0
        ? plain
        : Arbitraries.oneOf(
            plain,
            value(depth - 1).list().ofMaxSize(3).map(v -> v),
            options(depth - 1).map(v -> v));
  }

  private static Arbitrary<Map<String, @Nullable Object>> options(int depth) {
    return Combinators.combine(
            Arbitraries.of("x", "words", "max-distance", "y y", "1", "true").list().ofMaxSize(3),
            value(depth).list().ofSize(3))
        .as(
            (keys, values) -> {
              Map<String, @Nullable Object> map = new LinkedHashMap<>();
              for (int i = 0; i < keys.size(); i++) {
                map.put(keys.get(i), values.get(i));
              }
              return map;
            });
  }

  private static Arbitrary<List<RuleConfig>> rules() {
    Arbitrary<RuleConfig> rule =
        Arbitraries.oneOf(
            text().map(RuleConfig::of),
            Combinators.combine(NAME, options(1)).as((name, o) -> RuleConfig.of(name, o)));
    return rule.list().ofMaxSize(3);
  }

  private static Arbitrary<Double> share() {
    return Arbitraries.doubles().between(0, 1).ofScale(9);
  }

  private static Arbitrary<StepConfig.Layer> layer(boolean alone) {
    return Combinators.combine(
            NAME,
            options(2),
            Arbitraries.doubles().between(0.0001, 1e9).ofScale(4),
            rules().injectNull(0.5),
            share().injectNull(0.5),
            Arbitraries.of(OnFailure.class).injectNull(0.5),
            Arbitraries.of(true, false))
        .as(
            (name, options, weight, rules, threshold, onFailure, when) ->
                new StepConfig.Layer(
                    name, options, null, weight, rules, alone ? threshold : null, onFailure, when));
  }

  private static Arbitrary<StepConfig> step() {
    return Arbitraries.oneOf(
        layer(true).map(layer -> layer),
        Combinators.combine(
                layer(false).list().ofMinSize(1).ofMaxSize(3),
                rules().injectNull(0.5),
                share().injectNull(0.5))
            .as(StepConfig.Merge::new));
  }

  @Provide
  Arbitrary<MomoConfig> configs() {
    Arbitrary<MomoConfig> pipelines =
        Arbitraries.oneOf(
            Arbitraries.of(MomoConfig.presets()).map(MomoConfig.defaults()::withPreset),
            Arbitraries.just(MomoConfig.defaults()),
            step().list().ofMinSize(1).ofMaxSize(3).map(MomoConfig.defaults()::withSteps));
    Arbitrary<MomoConfig> named =
        Combinators.combine(
                pipelines,
                text(),
                text().list().ofMaxSize(2),
                text().list().ofMaxSize(2),
                rules(),
                share(),
                Arbitraries.of(OnFailure.class))
            .as(
                (config, catalogue, overlays, networks, rules, threshold, onFailure) ->
                    config
                        .withCatalogue(catalogue)
                        .withOverlays(overlays)
                        .withNetworks(networks)
                        .withRules(rules)
                        .withThreshold(threshold)
                        .withOnFailure(onFailure));
    return Combinators.combine(
            named,
            Arbitraries.maps(NAME, options(2)).ofMaxSize(2),
            Arbitraries.maps(NAME, options(1)).ofMaxSize(2))
        .as(
            (config, options, decoders) -> {
              MomoConfig more = config;
              for (var entry : options.entrySet()) {
                more = more.withOptions(entry.getKey(), entry.getValue());
              }
              for (var entry : decoders.entrySet()) {
                more = more.withDecoder(entry.getKey(), entry.getValue());
              }
              return more;
            });
  }

  @Property(tries = 500)
  void what_is_written_reads_as_an_equal_configuration(@ForAll("configs") MomoConfig config) {
    String yaml = config.toYaml();
    MomoConfig again = MomoConfig.parse("again", yaml, config.baseFolder());
    assertThat(again).as(yaml).isEqualTo(config);
    assertThat(again.toYaml()).isEqualTo(yaml);
  }

  @Test
  void values_are_those_of_yaml() {
    assertThat(parse("options: {a.b: {x: True, y: NULL, z: ~, d: 1e3, i: +3, s: yes}}").options())
        .hasEntrySatisfying(
            "a.b",
            values ->
                assertThat(values.values()).containsExactly(true, null, null, 1000.0, 3L, "yes"));
  }

  @Test
  void numbers_of_every_size_keep_their_value() {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("infinite", Double.POSITIVE_INFINITY);
    numbers.put("tiny", Double.MIN_VALUE);
    numbers.put("none", Double.NaN);
    numbers.put("zero", -0.0);
    numbers.put("long", Long.MIN_VALUE);
    MomoConfig config = MomoConfig.defaults().withOptions("a.b", numbers);
    assertThat(MomoConfig.parse("again", config.toYaml(), Path.of(""))).isEqualTo(config);
  }

  @Property
  void any_text_is_a_configuration_or_a_clear_error(@ForAll String text) {
    try {
      MomoConfig.parse("momo.yaml", text, BASE);
    } catch (ConfigurationException e) {
      assertThat(e).hasMessageStartingWith("momo.yaml");
    }
  }
}
