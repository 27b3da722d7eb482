package org.momo.imaging.volume;

/**
 * How 16-bit numbers become values: the lowest {@code bits} of each are a number, signed or not, to
 * which {@code offset} is added.
 *
 * <p>This class is immutable.
 *
 * @param bits how many of its bits count, 1 to 16; what is above them means nothing
 * @param signed whether they are two's complement
 * @param offset a whole number, below 2^20 in magnitude, in modality units
 */
public record ShortFormat(int bits, boolean signed, int offset) {

  /**
   * Checks the ranges.
   *
   * @param bits how many of its bits count, 1 to 16; what is above them means nothing
   * @param signed whether they are two's complement
   * @param offset a whole number, below 2^20 in magnitude, in modality units
   * @throws IllegalArgumentException if bits or offset are out of range
   */
  public ShortFormat {
    if (bits < 1 || bits > 16) {
      throw new IllegalArgumentException("bits must be between 1 and 16: was " + bits);
    }
    if (Math.abs((long) offset) >= 1 << 20) {
      throw new IllegalArgumentException("offset must be below 2^20 in magnitude: was " + offset);
    }
  }

  /**
   * The value of a number.
   *
   * @param number as stored
   * @return the value
   */
  public int value(short number) {
    int unused = 32 - bits;
    return (signed ? number << unused >> unused : number << unused >>> unused) + offset;
  }
}
