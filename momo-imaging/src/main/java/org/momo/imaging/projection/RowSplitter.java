package org.momo.imaging.projection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Widens rows of 16-bit samples to floats by vector instructions: first the even columns, then the
 * odd ones.
 *
 * <p>C2 on Java 17 has no vector form of short to float; one sample at a time, the conversion costs
 * as much as the interpolation. But it has vector forms of integer shifts, and copies between
 * buffers are block copies that do not look at types. So a pair of shorts is taken for one int, its
 * halves are made the low mantissa bits of two floats between 2^23 and 2^24, which is or-ing 2^23's
 * bits, and those ints are copied into an array of floats. What is left to do is to subtract {@link
 * #bias()}, exactly. Maxima do not mind the order of columns; pictures are put in order at the end.
 *
 * <p>This class is not thread-safe: it keeps its scratch space.
 */
final class RowSplitter {
  /** How many lines are read at a time: more share the cost of copying, fewer stay in the cache. */
  static final int LINES = 2;

  private static final int TWO_TO_23 = 0x4B000000;

  private final int mask;
  private final int sign;
  private final int offset;
  private final int half;
  private final IntBuffer ints;
  private final FloatBuffer floats;
  private final int[] pairs;
  private final int[] even;
  private final int[] odd;

  /** A splitter of rows, of an even number of samples, in the format of some slices. */
  RowSplitter(ShortSlices slices) {
    this(mask(slices), sign(slices), slices.offset(), slices.columns() / 2);
  }

  private RowSplitter(int mask, int sign, int offset, int half) {
    this.mask = mask;
    this.sign = sign;
    this.offset = offset;
    this.half = half;
    ByteBuffer bytes =
        ByteBuffer.wrap(new byte[LINES * half * Integer.BYTES]).order(ByteOrder.LITTLE_ENDIAN);
    this.ints = bytes.asIntBuffer();
    this.floats = bytes.asFloatBuffer();
    this.pairs = new int[LINES * half];
    this.even = new int[LINES * half];
    this.odd = new int[LINES * half];
  }

  /** Whether rows of so many samples can be split. */
  static boolean fits(int columns) {
    return columns % 2 == 0;
  }

  /** Whether slices are in the format of this one. */
  boolean fits(ShortSlices slices) {
    return mask == mask(slices) && sign == sign(slices) && offset == slices.offset();
  }

  private static int mask(ShortSlices slices) {
    return (1 << slices.bits()) - 1;
  }

  private static int sign(ShortSlices slices) {
    return slices.isSigned() ? 1 << slices.bits() - 1 : 0;
  }

  /** A splitter for another thread. */
  RowSplitter another() {
    return new RowSplitter(mask, sign, offset, half);
  }

  /** What the values that {@link #read} gives are too large by. */
  float bias() {
    return (1 << 23) + sign - offset;
  }

  /** The index within a row at which column x is found. */
  int position(int x) {
    return (x >> 1) + ((x & 1) == 0 ? 0 : half);
  }

  /**
   * Reads one slice of some lines.
   *
   * @param samples pairs of the slice's samples, row after row, the first of two in the lower half
   * @param slice its number
   * @param row the row of the first line
   * @param lines the lines whose row for this slice is filled
   * @param first the index of the first of them
   * @param count how many of them, {@link #LINES} at most
   */
  void read(IntBuffer samples, int slice, int row, Line[] lines, int first, int count) {
    samples.get(row * half, pairs, 0, count * half);
    split(pairs, even, odd, mask, sign);
    ints.put(0, even);
    for (int i = 0; i < count; i++) {
      floats.get(i * half, lines[first + i].row(slice), 0, half);
    }
    ints.put(0, odd);
    for (int i = 0; i < count; i++) {
      float[] target = lines[first + i].row(slice);
      floats.get(i * half, target, half, half);
      Arrays.fill(target, 2 * half, target.length, target[2 * half - 1]);
    }
  }

  private static void split(int[] pairs, int[] even, int[] odd, int mask, int sign) {
    for (int i = 0; i < pairs.length; i++) {
      int pair = pairs[i];
      even[i] = ((pair & mask) ^ sign) | TWO_TO_23;
      odd[i] = ((pair >>> 16 & mask) ^ sign) | TWO_TO_23;
    }
  }
}
