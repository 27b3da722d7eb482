package org.momo.imaging.projection;

import java.nio.ByteBuffer;

/**
 * Voxels that also come as whole slices of 16-bit numbers, which is faster than row by row.
 *
 * <p>Implementations must be thread-safe for reading, and must not change while they are read.
 */
public interface ShortSlices extends Voxels {

  /**
   * How many bits of a number count, from the lowest on.
   *
   * @return 1 to 16
   */
  int bits();

  /**
   * Whether numbers are signed.
   *
   * @return true if they are two's complement
   */
  boolean isSigned();

  /**
   * What is added to a number to make a sample.
   *
   * @return a whole number below 2^20 in magnitude, in the units of the samples
   */
  int offset();

  /**
   * Gives one slice: with {@link #offset} added, the samples of {@link #copyRow}, row after row.
   *
   * @param slice which slice, from 0
   * @param room memory that may be overwritten from 0 to its capacity, 2 × {@link #rows()} × {@link
   *     #columns()} bytes; its position and limit may change
   * @return the numbers from index 0 on, in little endian order whatever the buffer's own order
   *     says; it may lie in {@code room}, and is not to change while {@code room} does not
   */
  ByteBuffer slice(int slice, ByteBuffer room);
}
