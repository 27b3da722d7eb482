package org.momo.imaging.projection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

/**
 * Rows of 16-bit samples, widened to floats by vector instructions: first the even columns, then
 * the odd ones.
 *
 * <p>C2 on Java 17 has no vector form of short to float; one sample at a time, the conversion costs
 * as much as the interpolation. But it has vector forms of integer shifts, and copies between
 * buffers are block copies that do not look at types. So a pair of shorts is taken for one int, its
 * halves are made the low mantissa bits of two floats between 2^23 and 2^24, which is or-ing 2^23's
 * bits, and those ints are copied into an array of floats. What is left to do is to subtract {@link
 * #bias()}, exactly. Maxima do not mind the order of columns; pictures are put in order at the end.
 */
final class SplitShortRows implements RowSource {
  private static final int LINES = 2;
  private static final int TWO_TO_23 = 0x4B000000;

  private final ShortVoxels voxels;
  private final int sign;
  private final int half;
  private final ShortBuffer shorts;
  private final IntBuffer ints;
  private final FloatBuffer floats;
  private final int[] pairs;
  private final int[] even;
  private final int[] odd;

  SplitShortRows(ShortVoxels voxels) {
    this.voxels = voxels;
    this.sign = voxels.type() == SampleType.INT16 ? 0x8000 : 0;
    this.half = voxels.columns() / 2;
    ByteBuffer bytes =
        ByteBuffer.wrap(new byte[LINES * half * Integer.BYTES]).order(ByteOrder.LITTLE_ENDIAN);
    this.shorts = bytes.asShortBuffer();
    this.ints = bytes.asIntBuffer();
    this.floats = bytes.asFloatBuffer();
    this.pairs = new int[LINES * half];
    this.even = new int[LINES * half];
    this.odd = new int[LINES * half];
  }

  @Override
  public int linesAtATime() {
    return LINES;
  }

  @Override
  public float bias() {
    return (1 << 23) + sign;
  }

  @Override
  public int position(int x) {
    return (x >> 1) + ((x & 1) == 0 ? 0 : half);
  }

  @Override
  public void read(int slice, int row, Line[] lines, int count) {
    shorts.put(0, voxels.slice(slice), row * 2 * half, count * 2 * half);
    ints.get(0, pairs);
    split(pairs, even, odd, sign);
    ints.put(0, even);
    for (int i = 0; i < count; i++) {
      floats.get(i * half, lines[i].row(slice), 0, half);
    }
    ints.put(0, odd);
    for (int i = 0; i < count; i++) {
      float[] target = lines[i].row(slice);
      floats.get(i * half, target, half, half);
      Arrays.fill(target, 2 * half, target.length, target[2 * half - 1]);
    }
  }

  private static void split(int[] pairs, int[] even, int[] odd, int sign) {
    for (int i = 0; i < pairs.length; i++) {
      int pair = pairs[i];
      even[i] = ((pair & 0xffff) ^ sign) | TWO_TO_23;
      odd[i] = ((pair >>> 16) ^ sign) | TWO_TO_23;
    }
  }
}
