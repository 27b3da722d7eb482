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
 * A catalogue as it would be if nobody had ever seen one part of the texts: without each term that
 * has a word which occurs in that part and in no other.
 *
 * <p>Many of these words would be known all the same, since they stand in any book of the field. So
 * what such a catalogue gets right is less than what can be hoped for from texts that are new.
 *
 * <p>This class is immutable.
 */
final class Unseen {
  private final Catalogue catalogue;
  private final WordsMatcher words;

  /** Each word that one part alone has, to that part. */
  private final Map<String, String> onlyIn;

  /**
   * Counts the words of parts.
   *
   * @param catalogue the catalogue
   * @param texts the texts of each part
   */
  Unseen(Catalogue catalogue, Map<String, ? extends Collection<String>> texts) {
    this.catalogue = catalogue;
    this.words = WordsMatcher.of(catalogue);
    Map<String, String> only = new HashMap<>();
    Set<String> shared = new HashSet<>();
    texts.forEach(
        (part, all) -> {
          for (String text : all) {
            for (String word : tokens(text)) {
              String other = only.putIfAbsent(word, part);
              if (other != null && !other.equals(part)) {
                shared.add(word);
              }
            }
          }
        });
    only.keySet().removeAll(shared);
    onlyIn = Map.copyOf(only);
  }

  /** The catalogue without what only a part has. */
  Catalogue without(String part) {
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
                left.removeIf(term -> tokens(term).stream().anyMatch(w -> isOnly(w, part)));
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

  private boolean isOnly(String word, String part) {
    return part.equals(onlyIn.get(word));
  }

  private List<String> tokens(String text) {
    return words.read(text, null).tokens();
  }
}
