package org.momo.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.metadata.words.WordsMatcher;

/**
 * The default catalogue as it would be if nobody had ever seen one source: without each term that
 * has a word which occurs in the texts of that source and of no other.
 *
 * <p>Many of these words would be known all the same, since they stand in any book of the field. So
 * what such a catalogue gets right is less than what can be hoped for from a source that is new.
 *
 * <p>This class is immutable.
 */
final class Unseen {
  private final Catalogue catalogue;
  private final WordsMatcher words;

  /** Each word that one source alone has, to that source. */
  private final Map<String, String> onlyIn;

  /**
   * Counts the words of sources.
   *
   * @param catalogue the catalogue
   * @param texts the texts of each source
   */
  Unseen(Catalogue catalogue, Map<String, ? extends Collection<String>> texts) {
    this.catalogue = catalogue;
    this.words = WordsMatcher.of(catalogue);
    Map<String, String> only = new HashMap<>();
    Set<String> shared = new HashSet<>();
    texts.forEach(
        (source, all) -> {
          for (String text : all) {
            for (String word : tokens(text)) {
              String other = only.putIfAbsent(word, source);
              if (other != null && !other.equals(source)) {
                shared.add(word);
              }
            }
          }
        });
    only.keySet().removeAll(shared);
    onlyIn = Map.copyOf(only);
  }

  /** The catalogue without what only a source has. */
  Catalogue without(String source) {
    Catalogue.Builder less = catalogue.toBuilder();
    for (Concept concept : catalogue.concepts()) {
      if (concept.kind() == Concept.Kind.COMPOSED) {
        continue;
      }
      Map<String, List<String>> kept = new LinkedHashMap<>();
      concept
          .terms()
          .forEach(
              (language, terms) -> {
                List<String> left = new ArrayList<>(terms);
                left.removeIf(term -> tokens(term).stream().anyMatch(w -> isOnly(w, source)));
                if (!left.isEmpty()) {
                  kept.put(language, left);
                }
              });
      if (!kept.equals(concept.terms())) {
        // A general concept without terms would speak where a text says nothing.
        if (kept.isEmpty()) {
          kept.put("en", List.of("removed" + concept.id().replace("_", "")));
        }
        less.put(
            new Concept(
                concept.id(),
                concept.kind(),
                concept.regions(),
                concept.focus(),
                concept.modalities(),
                concept.codes(),
                kept));
      }
    }
    return less.build();
  }

  private boolean isOnly(String word, String source) {
    return source.equals(onlyIn.get(word));
  }

  private List<String> tokens(String text) {
    return words.read(text, null).tokens();
  }
}
