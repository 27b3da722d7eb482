package org.momo.metadata.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.momo.decision.Catalogue;
import org.momo.decision.Region;

/** What departments call their examinations, language by language, each with its own bar. */
class DescriptionsTest {
  /** How much of a language has to be right. */
  private static final double BAR = 0.97;

  private static final Catalogue CATALOGUE = DefaultTables.catalogue();
  private static final WordsMatcher WORDS = WordsMatcher.of(CATALOGUE);

  /** A description, and the regions of which any is right. */
  private record Described(String modality, String text, Set<Set<Region>> right) {
    boolean isRead() {
      String group = CATALOGUE.modalityGroup(modality).orElse(modality);
      Reading reading = WORDS.read(text, group);
      Set<Region> read =
          reading.contradictsModality()
              ? Set.of()
              : reading.best().map(b -> b.studyClass().regions()).orElse(Set.of());
      return right.contains(read);
    }
  }

  @TestFactory
  List<DynamicTest> descriptions_of_a_language_are_read() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    descriptions()
        .forEach(
            (language, all) ->
                tests.add(
                    DynamicTest.dynamicTest(
                        language + ", " + all.size() + " descriptions",
                        () -> {
                          List<String> wrong =
                              all.stream()
                                  .filter(description -> !description.isRead())
                                  .map(description -> description.modality + " " + description.text)
                                  .toList();
                          assertThat(wrong)
                              .as("not read as labelled")
                              .hasSizeLessThanOrEqualTo((int) (all.size() * (1 - BAR)));
                        })));
    assertThat(tests).hasSizeGreaterThanOrEqualTo(22);
    return tests;
  }

  private static Map<String, List<Described>> descriptions() throws IOException {
    Map<String, List<Described>> byLanguage = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    DescriptionsTest.class.getResourceAsStream("descriptions.tsv")),
                StandardCharsets.UTF_8))) {
      for (String line : lines.lines().filter(l -> !l.startsWith("#")).toList()) {
        String[] cells = line.split("\t");
        byLanguage
            .computeIfAbsent(cells[0], l -> new ArrayList<>())
            .add(new Described(cells[1], cells[2], alternatives(cells[3])));
      }
    }
    return byLanguage;
  }

  private static Set<Set<Region>> alternatives(String label) {
    return Arrays.stream(label.split("\\|"))
        .map(
            one ->
                one.equals("-") ? Set.<Region>of() : DefaultTables.regions(one.replace('+', ';')))
        .collect(Collectors.toSet());
  }
}
