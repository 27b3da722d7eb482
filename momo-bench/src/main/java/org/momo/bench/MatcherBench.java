package org.momo.bench;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.momo.catalogue.Catalogues;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reads the same descriptions with the words matcher, and by looking for each term of the catalogue
 * in turn.
 *
 * <p>Run by {@code momo-bench/ratios matcher-vs-naive}.
 *
 * <p>This class is not thread-safe.
 */
@State(Scope.Thread)
public class MatcherBench {
  private WordsBench.Texts words;
  private NaiveScan naive;

  /** Makes both readers. */
  @Setup(Level.Trial)
  public void make() {
    words = WordsBench.Texts.of(1);
    naive = NaiveScan.of(Catalogues.named("default"));
  }

  /**
   * Reads all descriptions with the words matcher.
   *
   * @param sink takes what was read
   */
  @Benchmark
  public void matcher(Blackhole sink) {
    words.readAll(sink);
  }

  /**
   * Looks for every term in all descriptions.
   *
   * @param sink takes what was found
   */
  @Benchmark
  public void scan(Blackhole sink) {
    for (int i = 0; i < words.size(); i++) {
      sink.consume(naive.find(words.text(i)));
    }
  }

  /** What one would write first: fold the text, then look for each folded term between borders. */
  static final class NaiveScan {
    private final List<String> terms = new ArrayList<>();
    private final List<Concept> concepts = new ArrayList<>();

    private NaiveScan() {}

    static NaiveScan of(Catalogue catalogue) {
      NaiveScan scan = new NaiveScan();
      Set<String> seen = new HashSet<>();
      for (Concept concept : catalogue.concepts()) {
        for (List<String> terms : concept.terms().values()) {
          for (String term : terms) {
            if (seen.add(concept.id() + " " + fold(term))) {
              scan.terms.add(fold(term));
              scan.concepts.add(concept);
            }
          }
        }
      }
      return scan;
    }

    int size() {
      return terms.size();
    }

    Set<Concept> find(String text) {
      String folded = " " + fold(text) + " ";
      Set<Concept> found = new HashSet<>();
      for (int i = 0; i < terms.size(); i++) {
        String term = terms.get(i);
        int at = folded.indexOf(term);
        while (at >= 0) {
          if (border(folded, at - 1) && border(folded, at + term.length())) {
            found.add(concepts.get(i));
            break;
          }
          at = folded.indexOf(term, at + 1);
        }
      }
      return found;
    }

    private static boolean border(String text, int at) {
      return at < 0 || at >= text.length() || !Character.isLetterOrDigit(text.charAt(at));
    }

    private static String fold(String text) {
      return Normalizer.normalize(text, Normalizer.Form.NFKD)
          .replaceAll("\\p{M}+", "")
          .toLowerCase(Locale.ROOT);
    }
  }
}
