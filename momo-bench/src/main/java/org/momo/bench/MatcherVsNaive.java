package org.momo.bench;

import java.util.Set;
import org.momo.catalogue.Catalogues;
import org.momo.decision.Concept;
import org.momo.metadata.words.Finding;

/**
 * The words matcher against a scan of every term: {@code momo-bench/ratios matcher-vs-naive}. Both
 * read the same descriptions with the default catalogue; the scan does less, since it knows neither
 * compounds nor context.
 */
final class MatcherVsNaive implements Ratio {

  @Override
  public String name() {
    return "matcher-vs-naive";
  }

  @Override
  public Outcome measure(boolean quick) throws Exception {
    WordsBench.Texts words = WordsBench.Texts.of(1);
    MatcherBench.NaiveScan naive = MatcherBench.NaiveScan.of(Catalogues.named("default"));
    int shared = 0;
    for (int i = 0; i < words.size(); i++) {
      Set<Concept> found = naive.find(words.text(i));
      for (Finding finding : words.read(i).findings()) {
        shared += found.contains(finding.concept()) ? 1 : 0;
      }
    }
    if (shared < words.size()) {
      throw new IllegalStateException(
          "the scan and the matcher share " + shared + " findings only");
    }
    double ours = Jmh.secondsPerCall(MatcherBench.class, "matcher", quick) / words.size();
    double theirs = Jmh.secondsPerCall(MatcherBench.class, "scan", quick) / words.size();
    return new Measured(
        theirs / ours,
        "times as fast as a scan of all %d terms: %.2f us a description against %.1f us"
            .formatted(naive.size(), ours * 1e6, theirs * 1e6));
  }
}
