package org.momo.imaging.volume;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.momo.imaging.codec.PixelDecoders;
import org.momo.spi.PixelDecoder;

/**
 * How a series becomes stacks of slices.
 *
 * <p>This class is immutable.
 */
public final class ImageOptions {
  /** How colour becomes grey. */
  public enum Grey {
    /** The mean of red, green and blue, whole numbers for 8-bit colour, as published. */
    MEAN,
    /** 0.299 red + 0.587 green + 0.114 blue. */
    LUMINANCE
  }

  private static final ImageOptions DEFAULT =
      new ImageOptions(
          Grey.LUMINANCE,
          true,
          Exclusion.WORDS,
          true,
          Math.max(1, Runtime.getRuntime().availableProcessors()),
          PixelLimits.DEFAULT,
          PixelDecoders.standard());

  private final Grey grey;
  private final boolean exclusions;
  private final List<String> words;
  private final boolean repairs;
  private final int threads;
  private final PixelLimits limits;
  private final List<PixelDecoder> decoders;

  private ImageOptions(
      Grey grey,
      boolean exclusions,
      List<String> words,
      boolean repairs,
      int threads,
      PixelLimits limits,
      List<PixelDecoder> decoders) {
    this.grey = grey;
    this.exclusions = exclusions;
    this.words = words;
    this.repairs = repairs;
    this.threads = threads;
    this.limits = limits;
    this.decoders = decoders;
  }

  /**
   * Luminance, exclusions and repairs on, one decoding thread for each processor, the built-in
   * decoders.
   *
   * @return the defaults
   */
  public static ImageOptions defaults() {
    return DEFAULT;
  }

  /**
   * As the published pipeline reads: the mean of three colours, nothing inverted, no padding
   * replaced, no missing slice filled in.
   *
   * @return the options
   */
  public static ImageOptions published() {
    return DEFAULT.withGrey(Grey.MEAN).withRepairs(false);
  }

  /**
   * With another way from colour to grey.
   *
   * @param way the way
   * @return new options
   */
  public ImageOptions withGrey(Grey way) {
    return new ImageOptions(
        Objects.requireNonNull(way, "way"), exclusions, words, repairs, threads, limits, decoders);
  }

  /**
   * With or without leaving out localisers, screenshots and reports.
   *
   * @param on whether they are left out
   * @return new options
   */
  public ImageOptions withExclusions(boolean on) {
    return new ImageOptions(grey, on, words, repairs, threads, limits, decoders);
  }

  /**
   * With other words that leave a series out where its Series Description holds one, anywhere and
   * in any case. Nothing is left out for its words where {@link #exclusions} is off.
   *
   * @param list the words, in place of the published ones; may be empty
   * @return new options
   */
  public ImageOptions withExcludedWords(List<String> list) {
    return new ImageOptions(
        grey,
        exclusions,
        list.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList(),
        repairs,
        threads,
        limits,
        decoders);
  }

  /**
   * With or without repairs: MONOCHROME1 inverted (unless the samples are Hounsfield units or
   * uptake), padding replaced by the slice's smallest value, Hounsfield units held to -1024 or
   * more, missing slices filled in with their nearest neighbour.
   *
   * @param on whether repairs are made
   * @return new options
   */
  public ImageOptions withRepairs(boolean on) {
    return new ImageOptions(grey, exclusions, words, on, threads, limits, decoders);
  }

  /**
   * With another number of decoding threads.
   *
   * @param count 1 or more; 1 decodes on the calling thread
   * @return new options
   * @throws IllegalArgumentException if {@code count} is below 1
   */
  public ImageOptions withThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be 1 or more: was " + count);
    }
    return new ImageOptions(grey, exclusions, words, repairs, count, limits, decoders);
  }

  /**
   * With other limits.
   *
   * @param bounds the limits
   * @return new options
   */
  public ImageOptions withLimits(PixelLimits bounds) {
    return new ImageOptions(
        grey,
        exclusions,
        words,
        repairs,
        threads,
        Objects.requireNonNull(bounds, "bounds"),
        decoders);
  }

  /**
   * With other decoders.
   *
   * @param list the decoders; the first that supports a syntax is asked
   * @return new options
   */
  public ImageOptions withDecoders(List<PixelDecoder> list) {
    return new ImageOptions(grey, exclusions, words, repairs, threads, limits, List.copyOf(list));
  }

  /**
   * How colour becomes grey.
   *
   * @return the way
   */
  public Grey grey() {
    return grey;
  }

  /**
   * Whether localisers, screenshots and reports are left out.
   *
   * @return true if they are
   */
  public boolean exclusions() {
    return exclusions;
  }

  /**
   * The words that leave a series out; see {@link #withExcludedWords}.
   *
   * @return in lower case
   */
  public List<String> excludedWords() {
    return words;
  }

  /**
   * Whether repairs are made; see {@link #withRepairs}.
   *
   * @return true if they are
   */
  public boolean repairs() {
    return repairs;
  }

  /**
   * How many threads decode.
   *
   * @return 1 or more
   */
  public int threads() {
    return threads;
  }

  /**
   * The limits.
   *
   * @return the limits
   */
  public PixelLimits limits() {
    return limits;
  }

  /**
   * The decoders.
   *
   * @return the decoders, in the order in which they are asked
   */
  public List<PixelDecoder> decoders() {
    return decoders;
  }
}
