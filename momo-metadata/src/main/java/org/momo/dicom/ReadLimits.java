package org.momo.dicom;

import java.time.Duration;
import java.util.Objects;

/**
 * What reading may cost. No honest file meets the defaults; a hostile one ends there, with a {@link
 * org.momo.study.ReadProblem.Kind#LIMIT_EXCEEDED} problem.
 *
 * <p>This class is immutable.
 *
 * @param headerBytes how much of one header is kept in memory, in bytes
 * @param elements how many data elements and items of one header are looked at
 * @param depth how deep sequences nest, 500 at most
 * @param inflatedBytes how many bytes one deflated data set may become, compressed lines of JSON up
 *     to the next study, and all archives together that one source unpacks to look into them
 * @param frameBytes how large one frame may be
 * @param entries how many files one source holds
 * @param folderDepth how deep folders nest
 * @param archiveDepth how deep archives nest inside archives
 * @param lineBytes how long one line of a {@code .jsonl} file, or one JSON answer, may be
 * @param time how long one header may take
 */
public record ReadLimits(
    int headerBytes,
    int elements,
    int depth,
    long inflatedBytes,
    int frameBytes,
    long entries,
    int folderDepth,
    int archiveDepth,
    int lineBytes,
    Duration time) {

  /** Each level takes some of the reading thread's stack. */
  private static final int DEEPEST = 500;

  private static final ReadLimits DEFAULTS =
      new ReadLimits(
          16 << 20,
          20_000_000,
          64,
          8L << 30,
          1 << 30,
          50_000_000,
          128,
          4,
          256 << 20,
          Duration.ofSeconds(30));

  /**
   * Checks the ranges.
   *
   * @param headerBytes how much of one header is kept in memory, in bytes
   * @param elements how many data elements and items of one header are looked at
   * @param depth how deep sequences nest, 500 at most
   * @param inflatedBytes how many bytes one deflated data set may become, compressed lines of JSON
   *     up to the next study, and all archives together that one source unpacks to look into them
   * @param frameBytes how large one frame may be
   * @param entries how many files one source holds
   * @param folderDepth how deep folders nest
   * @param archiveDepth how deep archives nest inside archives
   * @param lineBytes how long one line of a {@code .jsonl} file, or one JSON answer, may be
   * @param time how long one header may take
   * @throws IllegalArgumentException if a limit is not positive, or {@code depth} over 500
   * @throws NullPointerException if {@code time} is null
   */
  public ReadLimits {
    Objects.requireNonNull(time, "time");
    positive("headerBytes", headerBytes);
    positive("elements", elements);
    positive("depth", depth);
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("depth must not be over " + DEEPEST + ": was " + depth);
    }
    positive("inflatedBytes", inflatedBytes);
    positive("frameBytes", frameBytes);
    positive("entries", entries);
    positive("folderDepth", folderDepth);
    positive("archiveDepth", archiveDepth);
    positive("lineBytes", lineBytes);
    positive("time", time.isNegative() ? -1 : time.toNanos());
  }

  /**
   * The limits that hold where none are set: 16 MiB of header in 20 million elements nested 64
   * deep, 8 GiB inflated, 1 GiB a frame, 50 million files in folders nested 128 deep and archives
   * nested 4 deep, 256 MiB a line, 30 seconds a header.
   *
   * @return the defaults
   */
  public static ReadLimits defaults() {
    return DEFAULTS;
  }

  /**
   * These limits with another bound on the header's memory.
   *
   * @param bytes 1 or more
   * @return new limits
   */
  public ReadLimits withHeaderBytes(int bytes) {
    return new ReadLimits(
        bytes,
        elements,
        depth,
        inflatedBytes,
        frameBytes,
        entries,
        folderDepth,
        archiveDepth,
        lineBytes,
        time);
  }

  /**
   * These limits with another bound on the number of elements.
   *
   * @param count 1 or more
   * @return new limits
   */
  public ReadLimits withElements(int count) {
    return new ReadLimits(
        headerBytes,
        count,
        depth,
        inflatedBytes,
        frameBytes,
        entries,
        folderDepth,
        archiveDepth,
        lineBytes,
        time);
  }

  /**
   * These limits with another bound on the nesting of sequences.
   *
   * @param levels from 1 to 500
   * @return new limits
   */
  public ReadLimits withDepth(int levels) {
    return new ReadLimits(
        headerBytes,
        elements,
        levels,
        inflatedBytes,
        frameBytes,
        entries,
        folderDepth,
        archiveDepth,
        lineBytes,
        time);
  }

  /**
   * These limits with another bound on what deflated content becomes.
   *
   * @param bytes 1 or more
   * @return new limits
   */
  public ReadLimits withInflatedBytes(long bytes) {
    return new ReadLimits(
        headerBytes,
        elements,
        depth,
        bytes,
        frameBytes,
        entries,
        folderDepth,
        archiveDepth,
        lineBytes,
        time);
  }

  /**
   * These limits with another bound on a frame.
   *
   * @param bytes 1 or more
   * @return new limits
   */
  public ReadLimits withFrameBytes(int bytes) {
    return new ReadLimits(
        headerBytes,
        elements,
        depth,
        inflatedBytes,
        bytes,
        entries,
        folderDepth,
        archiveDepth,
        lineBytes,
        time);
  }

  /**
   * These limits with another bound on the number of files.
   *
   * @param count 1 or more
   * @return new limits
   */
  public ReadLimits withEntries(long count) {
    return new ReadLimits(
        headerBytes,
        elements,
        depth,
        inflatedBytes,
        frameBytes,
        count,
        folderDepth,
        archiveDepth,
        lineBytes,
        time);
  }

  /**
   * These limits with another bound on the nesting of folders.
   *
   * @param levels 1 or more
   * @return new limits
   */
  public ReadLimits withFolderDepth(int levels) {
    return new ReadLimits(
        headerBytes,
        elements,
        depth,
        inflatedBytes,
        frameBytes,
        entries,
        levels,
        archiveDepth,
        lineBytes,
        time);
  }

  /**
   * These limits with another bound on the nesting of archives.
   *
   * @param levels 1 or more
   * @return new limits
   */
  public ReadLimits withArchiveDepth(int levels) {
    return new ReadLimits(
        headerBytes,
        elements,
        depth,
        inflatedBytes,
        frameBytes,
        entries,
        folderDepth,
        levels,
        lineBytes,
        time);
  }

  /**
   * These limits with another bound on a line of JSON.
   *
   * @param bytes 1 or more
   * @return new limits
   */
  public ReadLimits withLineBytes(int bytes) {
    return new ReadLimits(
        headerBytes,
        elements,
        depth,
        inflatedBytes,
        frameBytes,
        entries,
        folderDepth,
        archiveDepth,
        bytes,
        time);
  }

  /**
   * These limits with another bound on the time for one header.
   *
   * @param limit more than zero
   * @return new limits
   */
  public ReadLimits withTime(Duration limit) {
    return new ReadLimits(
        headerBytes,
        elements,
        depth,
        inflatedBytes,
        frameBytes,
        entries,
        folderDepth,
        archiveDepth,
        lineBytes,
        limit);
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be more than 0: was " + value);
    }
  }
}
