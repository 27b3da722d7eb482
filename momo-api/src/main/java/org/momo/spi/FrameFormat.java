package org.momo.spi;

import java.util.Objects;

/**
 * What the samples of a frame mean (PS3.3 section C.7.6.3).
 *
 * <p>This class is immutable.
 *
 * @param rows 1 to 65,535
 * @param columns 1 to 65,535
 * @param samplesPerPixel 1 to 4
 * @param bitsAllocated 1, or a multiple of 8 up to 64
 * @param bitsStored 1 to {@code bitsAllocated}
 * @param highBit the highest bit that is used, from 0
 * @param signed whether samples are two's complement
 * @param planar whether each sample has a plane of its own (Planar Configuration 1)
 * @param photometricInterpretation such as {@code MONOCHROME2}
 */
public record FrameFormat(
    int rows,
    int columns,
    int samplesPerPixel,
    int bitsAllocated,
    int bitsStored,
    int highBit,
    boolean signed,
    boolean planar,
    String photometricInterpretation) {

  /**
   * Checks the ranges.
   *
   * @param rows 1 to 65,535
   * @param columns 1 to 65,535
   * @param samplesPerPixel 1 to 4
   * @param bitsAllocated 1, or a multiple of 8 up to 64
   * @param bitsStored 1 to {@code bitsAllocated}
   * @param highBit the highest bit that is used, from 0
   * @param signed whether samples are two's complement
   * @param planar whether each sample has a plane of its own (Planar Configuration 1)
   * @param photometricInterpretation such as {@code MONOCHROME2}
   * @throws NullPointerException if the photometric interpretation is null
   * @throws IllegalArgumentException if a number is out of its range
   */
  public FrameFormat {
    Objects.requireNonNull(photometricInterpretation, "photometricInterpretation");
    require(rows, 1, 65_535, "Rows");
    require(columns, 1, 65_535, "Columns");
    require(samplesPerPixel, 1, 4, "Samples per Pixel");
    require(bitsAllocated, 1, 64, "Bits Allocated");
    if (bitsAllocated != 1 && bitsAllocated % 8 != 0) {
      throw new IllegalArgumentException(
          "Bits Allocated must be 1 or a multiple of 8: was " + bitsAllocated);
    }
    require(bitsStored, 1, bitsAllocated, "Bits Stored");
    require(highBit, bitsStored - 1, bitsAllocated - 1, "High Bit");
  }

  private static void require(int value, int least, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ": was " + value);
    }
  }

  /**
   * How many bytes a native frame of this format has.
   *
   * @return the size without padding
   */
  public long bytes() {
    return ((long) rows * columns * samplesPerPixel * bitsAllocated + 7) / 8;
  }

  /**
   * This format with another photometric interpretation and planar configuration.
   *
   * @param photometric such as {@code RGB}
   * @param planes whether each sample has a plane of its own
   * @return a new format
   */
  public FrameFormat withColour(String photometric, boolean planes) {
    return new FrameFormat(
        rows,
        columns,
        samplesPerPixel,
        bitsAllocated,
        bitsStored,
        highBit,
        signed,
        planes,
        photometric);
  }
}
