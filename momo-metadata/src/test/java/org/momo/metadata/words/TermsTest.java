package org.momo.metadata.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.Region;

/**
 * Every term of the default catalogue is read as what its table says: alone, and within a phrase of
 * its language.
 *
 * <p>A homograph (fr "main", en "main") alone may be any of its meanings. In a phrase it has to be
 * the one of the phrase's language, unless another is meant in this modality alone.
 */
class TermsTest {
  private static final Catalogue CATALOGUE = DefaultTables.catalogue();
  private static final WordsMatcher WORDS = WordsMatcher.of(CATALOGUE);
  private static final Folding FOLDING = new Folding();
  private static final List<String> GROUPS = List.of("CT", "MR", "XR", "XA", "US", "NM", "PT");

  private static final Map<String, List<String>> PHRASES =
      Map.ofEntries(
          Map.entry("en", List.of("examination of %s", "%s without contrast, follow up")),
          Map.entry("de", List.of("Untersuchung %s beidseits", "%s ohne Kontrastmittel")),
          Map.entry("fr", List.of("examen %s gauche", "%s sans injection")),
          Map.entry("es", List.of("estudio de %s", "%s sin contraste")),
          Map.entry("pt", List.of("exame de %s", "%s sem contraste")),
          Map.entry("it", List.of("esame %s bilaterale", "%s senza contrasto")),
          Map.entry("nl", List.of("onderzoek %s beiderzijds", "%s zonder contrast")),
          Map.entry("pl", List.of("badanie %s", "%s bez kontrastu")),
          Map.entry("cs", List.of("vyšetření %s oboustranně", "%s bez kontrastu")),
          Map.entry("sv", List.of("undersökning %s", "%s utan kontrast")),
          Map.entry("ro", List.of("examen %s", "%s fără contrast")),
          Map.entry("tr", List.of("%s kontrastsız")),
          Map.entry("da", List.of("undersøgelse af %s", "%s uden kontrast")),
          Map.entry("no", List.of("undersøkelse av %s", "%s uten kontrast")),
          Map.entry("fi", List.of("%s ilman varjoainetta")),
          Map.entry("hu", List.of("%s vizsgálat kontrasztanyaggal")),
          Map.entry("ru", List.of("исследование %s", "%s без контраста")),
          Map.entry("el", List.of("εξέταση %s", "%s χωρίς σκιαγραφικό")),
          Map.entry("ko", List.of("%s 검사")),
          Map.entry("vi", List.of("chụp %s", "%s không tiêm thuốc")),
          Map.entry("ja", List.of("%s検査")),
          Map.entry("zh", List.of("%s檢查", "%s平扫")));

  /** What is read otherwise on purpose. */
  private static final Set<String> ON_PURPOSE =
      Set.of(
          // An ultrasound of head and neck is one of the neck: COMPOSED_NECK_ULTRASOUND.
          "HEAD_AND_NECK");

  @Test
  void every_term_is_read_as_its_concept() {
    Map<String, Set<Concept>> meanings = new HashMap<>();
    for (Concept concept : CATALOGUE.concepts()) {
      if (concept.kind() != Concept.Kind.COMPOSED) {
        concept
            .terms()
            .forEach(
                (language, terms) ->
                    terms.forEach(
                        term ->
                            meanings
                                .computeIfAbsent(folded(term), t -> new LinkedHashSet<>())
                                .add(concept)));
      }
    }
    List<String> wrong = new ArrayList<>();
    int readings = 0;
    for (Concept concept : CATALOGUE.concepts()) {
      if (concept.regions().isEmpty()
          || concept.kind() == Concept.Kind.COMPOSED
          || ON_PURPOSE.contains(concept.id())) {
        continue;
      }
      for (Map.Entry<String, List<String>> entry : concept.terms().entrySet()) {
        for (String term : entry.getValue()) {
          Set<Concept> homographs = meanings.get(folded(term));
          for (String group : GROUPS) {
            if (!isMeant(concept, group)) {
              continue;
            }
            readings += 1 + PHRASES.getOrDefault(entry.getKey(), List.of()).size();
            Set<Region> alone = WORDS.read(term, group).regions();
            if (homographs.stream()
                .noneMatch(h -> isMeant(h, group) && h.regions().equals(alone))) {
              wrong.add(entry.getKey() + " " + group + " " + term + ": " + alone);
            }
            for (String phrase : PHRASES.getOrDefault(entry.getKey(), List.of())) {
              Set<Region> inPhrase = WORDS.read(phrase.formatted(term), group).regions();
              if (homographs.stream()
                  .noneMatch(
                      h ->
                          h.regions().equals(inPhrase)
                              && (h.terms().containsKey(entry.getKey())
                                  || h.modalities().contains(group)))) {
                wrong.add(
                    entry.getKey() + " " + group + " " + phrase.formatted(term) + ": " + inPhrase);
              }
            }
          }
        }
      }
    }
    assertThat(readings).isGreaterThan(300_000);
    assertThat(wrong).isEmpty();
  }

  private static boolean isMeant(Concept concept, String group) {
    return concept.modalities().isEmpty() || concept.modalities().contains(group);
  }

  private static String folded(String term) {
    return String.join(" ", FOLDING.tokens(term, 200));
  }
}
