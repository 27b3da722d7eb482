package org.momo.dicom;

import java.util.Objects;

/**
 * How to read: what to keep, what it may cost, and with how many threads.
 *
 * <p>This class is immutable.
 *
 * @param tags the attributes that are kept
 * @param limits what reading may cost
 * @param threads how many threads read files, 1 or more; the answer does not depend on it
 */
public record ReadOptions(TagSelection tags, ReadLimits limits, int threads) {

  /**
   * Checks the parts.
   *
   * @param tags the attributes that are kept
   * @param limits what reading may cost
   * @param threads how many threads read files, 1 or more
   * @throws IllegalArgumentException if {@code threads} is less than 1
   * @throws NullPointerException if a part is null
   */
  public ReadOptions {
    Objects.requireNonNull(tags, "tags");
    Objects.requireNonNull(limits, "limits");
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 or more: was " + threads);
    }
  }

  /**
   * The standard tags, the default limits, and a thread for each processor.
   *
   * @return the options that readers use where none are given
   */
  public static ReadOptions defaults() {
    return new ReadOptions(
        TagSelection.standard(),
        ReadLimits.defaults(),
        Math.max(1, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * These options with other tags.
   *
   * @param selection the attributes that are kept
   * @return new options
   */
  public ReadOptions withTags(TagSelection selection) {
    return new ReadOptions(selection, limits, threads);
  }

  /**
   * These options with other limits.
   *
   * @param bounds what reading may cost
   * @return new options
   */
  public ReadOptions withLimits(ReadLimits bounds) {
    return new ReadOptions(tags, bounds, threads);
  }

  /**
   * These options with another number of threads.
   *
   * @param count 1 or more
   * @return new options
   */
  public ReadOptions withThreads(int count) {
    return new ReadOptions(tags, limits, count);
  }
}
