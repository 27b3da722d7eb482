package org.momo.imaging.volume;

/**
 * What a series may ask for before it is refused. Headers are hostile: a frame's announced size is
 * held against these before a byte is allocated for it.
 *
 * <p>This class is immutable.
 *
 * @param pixelsPerFrame the most rows times columns
 * @param framesPerSeries the most frames that are looked at; of longer series the first are taken
 * @param samplesPerSeries the most samples of one stack, all slices together
 */
public record PixelLimits(int pixelsPerFrame, int framesPerSeries, long samplesPerSeries) {
  /** 64 million pixels a frame, 20,000 frames and 4,000 million samples a series. */
  public static final PixelLimits DEFAULT = new PixelLimits(1 << 26, 20_000, 4_000_000_000L);

  /**
   * Checks the limits.
   *
   * @param pixelsPerFrame the most rows times columns
   * @param framesPerSeries the most frames that are looked at
   * @param samplesPerSeries the most samples of one stack, all slices together
   * @throws IllegalArgumentException if a limit is below 1, or a frame would not fit an array
   */
  public PixelLimits {
    if (pixelsPerFrame < 1 || pixelsPerFrame > 1 << 28) {
      throw new IllegalArgumentException(
          "pixelsPerFrame must be between 1 and " + (1 << 28) + ": was " + pixelsPerFrame);
    }
    if (framesPerSeries < 1 || samplesPerSeries < 1) {
      throw new IllegalArgumentException(
          "limits must be 1 or more: were " + framesPerSeries + " and " + samplesPerSeries);
    }
  }
}
