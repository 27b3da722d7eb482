package org.momo.bench;

import org.momo.metadata.words.Reading;

/**
 * What a description costs to read against a catalogue of a hundred times the size, against what it
 * costs with the default one: {@code momo-bench/ratios words-scaling}. Reading that scanned the
 * keywords would give 100.
 */
final class WordsScaling implements Ratio {

  @Override
  public String name() {
    return "words-scaling";
  }

  @Override
  public Outcome measure(boolean quick) throws Exception {
    WordsBench.Texts one = WordsBench.Texts.of(1);
    WordsBench.Texts hundred = WordsBench.Texts.of(100);
    for (int i = 0; i < one.size(); i++) {
      Reading small = one.read(i);
      Reading large = hundred.read(i);
      if (!small.regions().equals(large.regions())) {
        throw new IllegalStateException(
            "text " + i + " reads " + small.regions() + " or " + large.regions());
      }
    }
    double seconds = Jmh.secondsPerCall(WordsBench.class, "defaultCatalogue", quick) / one.size();
    double ten = Jmh.secondsPerCall(WordsBench.class, "tenTimes", quick) / one.size();
    double more = Jmh.secondsPerCall(WordsBench.class, "hundredTimes", quick) / one.size();
    return new Measured(
        more / seconds,
        "times the cost of a description at 100 times the catalogue: %.2f us against %.2f us (%.0f a second), %.2f us at 10 times"
            .formatted(more * 1e6, seconds * 1e6, 1 / seconds, ten * 1e6));
  }
}
