package org.momo.metadata.words;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class WordsMatcherProperties {
  private static final WordsMatcher WORDS = WordsMatcher.of(DefaultTables.catalogue());

  @Property
  void any_text_is_read_and_read_the_same_way_twice(@ForAll @StringLength(max = 300) String text) {
    Reading first = WORDS.read(text, "CT");
    Reading second = WORDS.read(text, "CT");
    assertThat(second.matches()).isEqualTo(first.matches());
    assertThat(second.findings()).isEqualTo(first.findings());
    assertThat(second.tokens()).isEqualTo(first.tokens());
    for (Finding finding : first.findings()) {
      assertThat(finding.from()).isBetween(0, finding.to());
      assertThat(finding.to()).isLessThanOrEqualTo(text.length());
    }
  }

  @Property
  void case_and_surrounding_blanks_do_not_matter(@ForAll("words") String text) {
    assertThat(WORDS.read("  " + text.toUpperCase(java.util.Locale.ROOT) + " ", "MR").matches())
        .isEqualTo(WORDS.read(text, "MR").matches());
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> words() {
    return net.jqwik.api.Arbitraries.of(
            "knee",
            "links",
            "thorax",
            "without",
            "contrast",
            "spine",
            "lumbar",
            "und",
            "kopf",
            "abdomen",
            "pelvis",
            "mri",
            "rechts",
            "genou",
            "columna",
            "cervical",
            "upper",
            "extremity",
            "w/wo",
            "ohne",
            "km")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(list -> String.join(" ", list));
  }
}
