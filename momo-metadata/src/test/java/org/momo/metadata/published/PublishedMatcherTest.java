package org.momo.metadata.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;

/** The published matcher on descriptions whose published result is known, faults included. */
class PublishedMatcherTest {
  private static final Catalogue CATALOGUE = PublishedClasses.catalogue();
  private static final PublishedMatcher STUDY = PublishedMatcher.builder(CATALOGUE).build();
  private static final PublishedMatcher SERIES =
      PublishedMatcher.builder(CATALOGUE).leastExact(3).build();

  @ParameterizedTest(name = "{0} ({1})")
  @DisplayName("A description leads where it led in the published system")
  @CsvSource({
    "T2 cor Hippocampus, MR, , MRBE",
    "Vorhandene Voraufnahme, CR, KHAND, KHAND",
    "RX torace, CR, , ",
    "CT addome completo, CT, , ",
    "Angio-CT Aorta, CT, , ",
    "Coronary CTA, CT, , ",
    "MRCP, MR, , ",
    "Prostata mp, MR, , ",
    "t1_tse_tra_KM, MR, , ",
    "HWS in 2 Ebenen, CR, , KHWS",
    "GK PET, PT, , ",
    "Chest/Abdomen/Pelvis w contrast, CT, CTTA, CTTA",
    "Knie links, CR, KBEIN, KBEIN",
    "Thorax p.a. liegend, CR, KTH, KTH",
    "CT Thx/Abd KM, CT, CTTA, CTTA",
    "Kopf-Hals, CT, CTSH, CTSH",
    "LSPINE W/O, MR, MRL, MRL",
    "Lung screening, CT, CTT, CTT",
    "Handgelenk, CR, KHAND, KHAND",
    "CERVICAL SPINE, MR, MRL, MRL",
    "CERVICAL SPINE, CR, KLWS, KLWS",
    "THORACIC SPINE, CR, KHWS, KHWS",
    "LUMBAR SPINE, CR, KWS, KWS",
    "CT ABD AND PELVIS, CT, CTB, CTB",
    "Angiographie des Herzens und des Abdomens, CT, CTH, CTH",
  })
  void publishedResult(String text, String group, String study, String series) {
    assertThat(code(STUDY, text, group)).isEqualTo(study);
    assertThat(code(SERIES, text, group)).isEqualTo(series);
  }

  private static String code(PublishedMatcher matcher, String text, String group) {
    return matcher.match(text, group).map(match -> match.studyClass().code()).orElse(null);
  }

  @Test
  @DisplayName("A whole keyword beats a longer part of another")
  void exactBeatsInner() {
    PublishedMatcher matcher =
        PublishedMatcher.builder(catalogue("A", "wholebodyscan", "B", "knee")).build();
    PublishedMatch match = matcher.match("wholebody knee", "CT").orElseThrow();
    assertThat(match.studyClass().code()).isEqualTo("B");
    assertThat(match.exact()).isTrue();
  }

  @Test
  @DisplayName("A part of a keyword counts from six letters on, and is no exact match")
  void innerMatch() {
    PublishedMatcher matcher = PublishedMatcher.builder(catalogue("A", "wholebody")).build();
    PublishedMatch match = matcher.match("Wholebo", "CT").orElseThrow();
    assertThat(match.exact()).isFalse();
    assertThat(match.common()).isEqualTo("wholebo");
    assertThat(matcher.match("whole", "CT")).isEmpty();
  }

  @Test
  @DisplayName("Two different words of the same length cancel each other")
  void equalLengths() {
    PublishedMatcher matcher =
        PublishedMatcher.builder(catalogue("A", "knee", "B", "foot")).build();
    assertThat(matcher.match("knee foot", "CT")).isEmpty();
  }

  @Test
  @DisplayName("The same word of two classes goes to the class with fewer keywords")
  void fewerKeywords() {
    PublishedMatcher matcher =
        PublishedMatcher.builder(catalogue("A", "liver;spleen", "B", "liver")).build();
    assertThat(matcher.match("Liver", "CT").orElseThrow().studyClass().code()).isEqualTo("B");
  }

  @Test
  @DisplayName("A class of priority wins over longer keywords")
  void priority() {
    Catalogue catalogue = catalogue("A", "thoraxabdomen", "B", "heart");
    PublishedMatcher matcher = PublishedMatcher.builder(catalogue).priorities(List.of("B")).build();
    assertThat(matcher.match("Thorax Abdomen heart", "CT").orElseThrow().studyClass().code())
        .isEqualTo("B");
  }

  @Test
  @DisplayName("The shortest keyword and the shortest part are options that take effect")
  void lengthsTakeEffect() {
    PublishedMatcher matcher =
        PublishedMatcher.builder(catalogue("A", "hip", "B", "wholebody"))
            .leastExact(3)
            .leastInner(8)
            .build();
    assertThat(matcher.match("hip", "CT")).isPresent();
    assertThat(matcher.match("wholebo", "CT")).isEmpty();
    assertThatThrownBy(() -> PublishedMatcher.builder(CATALOGUE).leastExact(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("leastExact must be 1 or more: was 0");
  }

  @Test
  @DisplayName("A reduced text has no case, umlauts, blanks, joining words or blacklisted words")
  void reduction() {
    Reduction reduction = new Reduction(Reduction.BLACKLIST);
    assertThat(reduction.reduce("MRT des Schädels und der HWS: Kontrolle"))
        .isEqualTo("mrtschaedelshws");
    assertThat(reduction.reduce("BEFUND")).isEmpty();
    assertThat(reduction.reduce("")).isEmpty();
  }

  @Test
  @DisplayName("Only classes of the modality are considered, and a text without words matches none")
  void otherModality() {
    assertThat(STUDY.match("Thorax", "XX")).isEmpty();
    assertThat(STUDY.match("__ //", "CT")).isEmpty();
  }

  private static Catalogue catalogue(String... codesAndKeywords) {
    Catalogue.Builder builder = Catalogue.builder("test");
    for (int i = 0; i < codesAndKeywords.length; i += 2) {
      builder.add(
          StudyClass.builder(codesAndKeywords[i], "CT")
              .keywords("*", List.of(codesAndKeywords[i + 1].split(";")))
              .build());
    }
    return builder.build();
  }
}
