package org.momo.metadata.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;

class WordsMatcherTest {
  private static final Catalogue CATALOGUE = DefaultTables.catalogue();
  private static final WordsMatcher WORDS = WordsMatcher.of(CATALOGUE);

  /** What the original fell for. */
  static Stream<Arguments> traps() throws IOException {
    return rows("traps.tsv");
  }

  /** Damage, truncation, glue, prefixes, negation, reasons, views, phases, abbreviations. */
  static Stream<Arguments> readings() throws IOException {
    return rows("readings.tsv");
  }

  private static Stream<Arguments> rows(String resource) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(WordsMatcherTest.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .map(
              cells ->
                  Arguments.of(
                      cells[0],
                      cells[1],
                      cells[2].equals("-") ? Set.of() : DefaultTables.regions(cells[2])))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource({"traps", "readings"})
  void reads_what_was_examined(String text, String group, Set<Region> regions) {
    Reading reading = WORDS.read(text, group);
    assertThat(reading.regions()).isEqualTo(regions);
    assertThat(reading.best().map(best -> best.studyClass().regions()).orElse(Set.of()))
        .isEqualTo(regions);
  }

  @ParameterizedTest
  @CsvSource({
    "CT KNEE LEFT,CT,CT_LEXT.KNEE",
    "MRT Prostata multiparametrisch,MR,MR_PELVIS.PROSTATE",
    "CTA CHEST CORONARY,CT,CT_HEART.CORONARIES",
    "CT CHEST,CT,CT_CHEST",
  })
  void names_the_focus_where_there_is_one(String text, String group, String code) {
    ClassMatch best = WORDS.read(text, group).best().orElseThrow();
    assertThat(best.studyClass().code()).isEqualTo(code);
    assertThat(best.strength()).isEqualTo(Strength.STRONG);
  }

  @Test
  void offers_the_more_general_class_after_the_special_one() {
    List<ClassMatch> matches = WORDS.read("MR L-SPINE", "MR").matches();
    assertThat(matches)
        .extracting(m -> m.studyClass().code())
        .containsExactly("MR_LSPINE", "MR_SPINE");
    assertThat(matches)
        .extracting(ClassMatch::strength)
        .containsExactly(Strength.STRONG, Strength.GENERAL);
  }

  @ParameterizedTest
  @CsvSource({
    "CT HEAD W/O CONTRAST,WITHOUT",
    "CT HEAD W CONTRAST,WITH",
    "CT HEAD W/WO CONTRAST,BOTH",
    "CT HEAD,UNSAID",
    "CT Schädel ohne KM,WITHOUT",
    "CT Schädel nativ und mit KM,BOTH",
    "scanner cérébral sans injection,WITHOUT",
    "TC craneo con contraste,WITH",
  })
  void reads_contrast(String text, Contrast contrast) {
    assertThat(WORDS.read(text, "CT").contrast()).isEqualTo(contrast);
  }

  @ParameterizedTest
  @CsvSource({
    "XR KNEE LT,LEFT",
    "Knie re.,RIGHT",
    "genou droit,RIGHT",
    "XR KNEES BILAT,BOTH",
    "XR KNEE,UNSAID",
  })
  void reads_the_side(String text, Laterality side) {
    assertThat(WORDS.read(text, "XR").laterality()).isEqualTo(side);
  }

  @Test
  void notes_words_that_contradict_the_modality() {
    assertThat(WORDS.read("MRI KNEE", "CT").contradictsModality()).isTrue();
    assertThat(WORDS.read("MRI KNEE", "MR").contradictsModality()).isFalse();
    assertThat(WORDS.read("KNEE", "CT").contradictsModality()).isFalse();
  }

  @Test
  void takes_the_modality_from_the_words_where_none_is_given() {
    Reading reading = WORDS.read("MRI KNEE", null);
    assertThat(reading.modalityGroup()).contains("MR");
    assertThat(reading.best().orElseThrow().studyClass().code()).isEqualTo("MR_LEXT.KNEE");
  }

  @ParameterizedTest
  @CsvSource({
    "RTG kolenem,LEXT",
    "CT hrudníkem,CHEST",
    "RTG stawów łokciowymi,UEXT",
    "ecografia rotulei,LEXT",
    "MR hippocampen,HEAD",
  })
  void finds_a_stem_under_another_ending(String text, Region region) {
    assertThat(WORDS.read(text, "MR").regions()).containsExactly(region);
  }

  @Test
  void takes_no_compound_apart_into_words_of_different_languages() {
    assertThat(WORDS.read("dirsekwrist", "MR").matches()).isEmpty();
  }

  @Test
  void a_guess_is_weak() {
    ClassMatch best = WORDS.read("CT ABDOMI", "CT").best().orElseThrow();
    assertThat(best.studyClass().code()).isEqualTo("CT_ABDOMEN");
    assertThat(best.strength()).isEqualTo(Strength.WEAK);
  }

  @Test
  void mends_a_misspelt_word_unless_told_not_to() {
    assertThat(WORDS.read("XR ESOPHYGUS", "XR").regions()).containsExactly(Region.CHEST);
    WordsMatcher strict = WordsMatcher.builder(CATALOGUE).misspellings(false).build();
    assertThat(strict.read("CT ABDMOEN SHOUDLER", "CT").matches()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "THYROID, THYRID", // one letter too few
    "THYROID, THYROOID", // one too many
    "THYROID, THYRIOD", // two in the wrong order
    "MAMMOGRAM, MAMMOGRSM", // a neighbour on the keyboard
    "TRANSESOPHAGEAL, TRANSESOPHOGEAL", // one vowel for another
    "EPIDUROGRAPHY, EPIDUROGRAPY",
    "Ösophagusbreischluck, Ösophagusbreischluk",
  })
  void one_slip_in_a_long_word_changes_nothing(String word, String slip) {
    assertThat(WORDS.read(slip, "US").regions())
        .isEqualTo(WORDS.read(word, "US").regions())
        .isNotEmpty();
    assertThat(WORDS.read(slip, "US").best().orElseThrow().strength()).isEqualTo(Strength.WEAK);
  }

  @ParameterizedTest
  @CsvSource({
    "SPNIE", // too short to tell
    "HYROID", // the first letter is taken as right
    "THRIOD", // two slips
    "NEUROGRAM", // one consonant for another that lies far from it is another word
    "conique",
    "diagram",
    "cluster",
    "crónica",
    "cortes", // carotis with its vowels out of order
    "helical",
  })
  void what_may_be_another_word_is_not_mended(String word) {
    assertThat(WORDS.read(word, "CT").regions()).isEmpty();
  }

  @Test
  void long_words_are_found_again_after_two_letters_changed_places() {
    int found = 0;
    int other = 0;
    for (Concept concept : CATALOGUE.concepts()) {
      if (concept.kind() != Concept.Kind.ORGAN) {
        continue;
      }
      for (String term : concept.terms().getOrDefault("en", List.of())) {
        if (term.length() < 9 || !term.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
          continue;
        }
        char[] slip = term.toCharArray();
        slip[4] = term.charAt(5);
        slip[5] = term.charAt(4);
        Set<Region> read = WORDS.read(new String(slip), "US").regions();
        boolean same = read.equals(WORDS.read(term, "US").regions());
        found += same && !read.isEmpty() ? 1 : 0;
        other += same || read.isEmpty() ? 0 : 1;
      }
    }
    assertThat(found).isGreaterThan(100);
    assertThat(other).isLessThan(found / 50);
  }

  @ParameterizedTest
  @CsvSource({
    "Vertebroplasty with CT, XA",
    "Arthrographie du genou + scanner, XR",
    "Drenaje biliar bajo control ecográfico, XA",
    "Biópsia hepática guiada por ultrassom, CT",
    "Drenaż dróg żółciowych pod kontrolą USG, XA",
    "MR arthrogram shoulder injection, XA",
  })
  void a_modality_that_helps_contradicts_none(String text, String group) {
    Reading reading = WORDS.read(text, group);
    assertThat(reading.contradictsModality()).isFalse();
    assertThat(reading.matches()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MRI knee + CT, XR", // a second one beside a headline that contradicts
    "CT with contrast abdomen, XR",
    "CT guided biopsy of the liver, MR", // nothing stands before it
    "Abdomen CT, XR", // named, but not as a help
  })
  void a_modality_that_is_the_headline_still_contradicts(String text, String group) {
    assertThat(WORDS.read(text, group).contradictsModality()).isTrue();
  }

  @Test
  void a_series_text_abstains_where_only_a_general_word_speaks_for_the_whole_body() {
    assertThat(WORDS.read("PET", "PT", TextKind.STUDY).matches()).isNotEmpty();
    assertThat(WORDS.read("PET", "PT", TextKind.SERIES).matches()).isEmpty();
  }

  @Test
  void findings_say_where_they_stand_and_what_became_of_them() {
    Reading reading = WORDS.read("CT Thorax ohne Abdomen", "CT");
    assertThat(reading.findings())
        .filteredOn(f -> f.concept().id().equals("CHEST"))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.from()).isEqualTo(3);
              assertThat(f.to()).isEqualTo(9);
              assertThat(f.role()).isEqualTo(Finding.Role.COUNTED);
            });
    assertThat(reading.findings())
        .filteredOn(f -> f.concept().id().equals("ABDOMEN"))
        .singleElement()
        .satisfies(f -> assertThat(f.role()).isEqualTo(Finding.Role.NEGATED));
  }

  @Test
  void says_which_words_it_does_not_know() {
    assertThat(WORDS.read("CT Quuxology Thorax", "CT").unknownTokens())
        .containsExactly("quuxology");
  }

  @Test
  void does_not_print_the_text() {
    assertThat(WORDS.read("MUSTERMANN KNIE", "CT").toString()).doesNotContain("MUSTERMANN");
  }

  @ParameterizedTest
  @CsvSource({
    "MRT BWS u. LWS,MR,MRWS",
    "CT Thorax/Abdomen,CT,CTTA",
    "CT Thorax,CT,CTT",
    "Hippocampus,MR,",
    "Wirbelsäule,MR,MRWS",
  })
  void knows_a_catalogue_that_has_keywords_alone(String text, String group, String code) {
    Catalogue site =
        Catalogue.builder("site")
            .add(site("CTT", "CT", "thorax;lunge", Region.CHEST))
            .add(site("CTAB", "CT", "abdomen;bauch", Region.ABDOMEN))
            .add(site("CTTA", "CT", "thoraxabdomen", Region.CHEST, Region.ABDOMEN))
            .add(site("MRB", "MR", "bws;brustwirbelsaeule", Region.SPINE_T))
            .add(site("MRL", "MR", "lws;lendenwirbelsaeule", Region.SPINE_L))
            .add(site("MRBE", "MR", "becken;hip", Region.PELVIS))
            .add(site("MRWS", "MR", "wirbelsaeule", Region.SPINE_T, Region.SPINE_L))
            .build();
    assertThat(
            WordsMatcher.of(site)
                .read(text, group)
                .best()
                .map(best -> best.studyClass().code())
                .orElse(null))
        .isEqualTo(code);
  }

  @Test
  void a_catalogue_without_words_can_borrow_a_vocabulary() {
    Catalogue site =
        Catalogue.builder("site")
            .add(site("X1", "CT", "", Region.CHEST))
            .add(site("X2", "CT", "", Region.ABDOMEN, Region.PELVIS))
            .build();
    WordsMatcher words = WordsMatcher.builder(site).vocabulary(CATALOGUE.concepts()).build();
    assertThat(words.read("TDM abdomino-pelvienne", "CT").best().orElseThrow().studyClass().code())
        .isEqualTo("X2");
  }

  @Test
  void refuses_a_composition_of_what_is_not_there() {
    Catalogue site =
        Catalogue.builder("site")
            .add(
                new Concept(
                    "ODD",
                    Concept.Kind.COMPOSED,
                    Set.of(Region.CHEST),
                    null,
                    Set.of(),
                    List.of(),
                    Map.of("*", List.of("NOWHERE"))))
            .build();
    assertThatThrownBy(() -> WordsMatcher.of(site))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ODD")
        .hasMessageContaining("NOWHERE");
  }

  private static StudyClass site(String code, String group, String keywords, Region... regions) {
    return StudyClass.builder(code, group)
        .regions(regions)
        .keywords("de", keywords.isEmpty() ? List.of() : List.of(keywords.split(";")))
        .build();
  }
}
