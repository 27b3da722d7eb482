package org.momo.imaging.network;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.volume.ImageOptions;
import org.momo.spi.Options;

/**
 * What a configuration says of the layer besides its models.
 *
 * @param minimumConfidence below which a series does not vote, or empty where the models say it
 * @param mostEntropy above which share of the greatest entropy a series does not vote, 0 to 1
 * @param mostPerType how many series of one type count in full; 0 for all
 * @param mostSeries how many series are looked at
 * @param earlyStop whether series are left out that cannot change the outcome
 * @param threads how many threads make pictures; 1 for the thread that asks
 * @param batch how many images a network is given at once
 * @param seconds how long a study may take
 * @param blacklist words that keep a series from voting, or null for the published ones
 */
record NetworkOptions(
    OptionalDouble minimumConfidence,
    double mostEntropy,
    int mostPerType,
    int mostSeries,
    boolean earlyStop,
    int threads,
    int batch,
    double seconds,
    @Nullable List<String> blacklist) {

  /** The published threshold. */
  static final double MINIMUM_CONFIDENCE = 0.15;

  private static final int MANY = 1_000_000;

  static NetworkOptions read(Options options) {
    return new NetworkOptions(
        options.has("minimum-confidence")
            ? OptionalDouble.of(options.number("minimum-confidence", 0, 0, 1))
            : OptionalDouble.empty(),
        options.number("most-entropy", 1, 0, 1),
        options.has("most-per-type") ? options.integer("most-per-type", 1, 1, MANY) : 0,
        options.integer("most-series", 500, 1, MANY),
        options.flag("early-stop", true),
        options.integer("threads", Runtime.getRuntime().availableProcessors(), 1, 1024),
        options.integer("batch", 1, 1, 256),
        options.number("time-limit", 600, 0.001, 86_400),
        options.strings("blacklist").orElse(null));
  }

  /** How pixels are read, with the one thread that a picture among others gets. */
  ImageOptions images() {
    ImageOptions images = ImageOptions.defaults().withThreads(1);
    return blacklist == null ? images : images.withExcludedWords(blacklist);
  }
}
