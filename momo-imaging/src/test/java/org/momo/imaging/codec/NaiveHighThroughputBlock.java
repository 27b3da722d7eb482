package org.momo.imaging.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@link HighThroughputBlock} does, one symbol and one sample at a time, each bit asked for as
 * it is needed: the reference that the fast one is held against.
 */
final class NaiveHighThroughputBlock {
  private static final int[] MEL_EXPONENTS = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5};

  /** Doubled coefficients of the last block, row by row without gaps. */
  final int[] values = new int[4096];

  private int width;
  private int most;
  private int height;
  private byte[] code = new byte[0];

  private byte[] patterns = new byte[0];
  private byte[] exponents = new byte[0];
  private byte[] grid = new byte[0];

  private int melAt;
  private int melEnd;
  private int melByte;
  private int melBits;
  private int melState;
  private int melRun;
  private boolean melOne;

  private int backAt;
  private int backFirst;
  private int backLast;
  private long backWord;
  private int backBits;

  private int frontAt;
  private int frontEnd;
  private int frontLast;
  private int frontFill;
  private long frontWord;
  private int frontBits;

  /**
   * Decodes a block into {@link #values}.
   *
   * @param bytes holds the segments
   * @param from where the cleanup segment starts
   * @param length its length, 2 or more
   * @param refinement the length of the segment after it, or 0
   * @param passes how many passes the two segments hold, 1 to 3
   * @param plane the bit-plane of the cleanup pass, 0 to 29
   * @return null, or what is wrong with the block
   */
  @Nullable String decode(
      byte[] bytes,
      int from,
      int length,
      int refinement,
      int passes,
      int blockWidth,
      int blockHeight,
      int plane,
      int planes,
      boolean causal) {
    most = Math.min(planes, 30) + 1 - plane;
    width = blockWidth;
    height = blockHeight;
    code = bytes;
    Arrays.fill(values, 0, width * height, 0);
    int end = from + length;
    int suffix = (code[end - 1] & 0xff) << 4 | code[end - 2] & 15;
    if (suffix < 2 || suffix > length || suffix > 4079) {
      return "a block's streams overlap";
    }
    startForward(from, end - suffix, 0xff);
    startMel(end - suffix, end);
    startBackward(end - suffix, end);
    if (!cleanUp(plane)) {
      return "a block's magnitudes do not fit";
    }
    if (passes > 1 && plane > 0 && refinement > 0) {
      refine(end, refinement, passes, plane - 1, causal);
    }
    return null;
  }

  private boolean cleanUp(int plane) {
    int quads = (width + 1) / 2;
    if (patterns.length < quads + 2) {
      patterns = new byte[quads + 2];
      exponents = new byte[2 * quads + 4];
    }
    byte[] above = patterns;
    byte[] high = exponents;
    Arrays.fill(above, 0, quads + 2, (byte) 0);
    Arrays.fill(high, 0, 2 * quads + 4, (byte) 0);
    // Slot q + 1 of the patterns and slots 2q + 1 and 2q + 2 of the exponents belong to quad q.
    for (int y = 0; y < height; y += 2) {
      boolean first = y == 0;
      char[] table = first ? HighThroughputCodewords.FIRST : HighThroughputCodewords.OTHERS;
      int left = 0;
      int cornerPattern = 0;
      int cornerHigh = 0;
      for (int q = 0; q < quads; q += 2) {
        boolean pair = q + 1 < quads;
        int upper0 = above[q + 1];
        int upper1 = above[q + 2];
        int upper2 = pair ? above[q + 3] : 0;
        int context0 = first ? left & 1 | left >> 1 : context(left, cornerPattern, upper0, upper1);
        int entry0 = codeword(table, context0);
        int pattern0 = entry0 >> 3 & 15;
        int entry1 = 0;
        if (pair) {
          int context1 =
              first ? pattern0 & 1 | pattern0 >> 1 : context(pattern0, upper0, upper1, upper2);
          entry1 = codeword(table, context1);
        }
        int pattern1 = entry1 >> 3 & 15;
        long offsets = offsets(first, entry0 >> 7 & 1, entry1 >> 7 & 1);

        int e0 = high[2 * q + 1];
        int e1 = high[2 * q + 2];
        int e2 = high[2 * q + 3];
        int exponent0 = (int) offsets + predicted(first, pattern0, cornerHigh, e0, e1, e2);
        if (exponent0 > most || !samples(2 * q, y, entry0, exponent0, plane)) {
          return false;
        }
        if (pair) {
          int e3 = high[2 * q + 4];
          int e4 = high[2 * q + 5];
          int exponent1 = (int) (offsets >> 32) + predicted(first, pattern1, e1, e2, e3, e4);
          cornerHigh = e3;
          if (exponent1 > most || !samples(2 * q + 2, y, entry1, exponent1, plane)) {
            return false;
          }
          above[q + 2] = (byte) pattern1;
        }
        cornerPattern = upper1;
        above[q + 1] = (byte) pattern0;
        left = pattern1;
      }
    }
    return true;
  }

  /** From the quads to the left, above to the left, above, and above to the right. */
  private static int context(int west, int northWest, int north, int northEast) {
    return (northWest >> 3 | north >> 1) & 1
        | (west >> 1 | west >> 2) & 2
        | (north >> 1 | northEast << 1) & 4;
  }

  /** The least exponent that a quad can have, from the exponents of the row above it. */
  private static int predicted(boolean first, int pattern, int a, int b, int c, int d) {
    if (first || (pattern & pattern - 1) == 0) {
      return 1;
    }
    return Math.max(1, Math.max(Math.max(a, b), Math.max(c, d)) - 1);
  }

  private int codeword(char[] table, int context) {
    if (context == 0 && !melSymbol()) {
      return 0;
    }
    fillBackward();
    int entry = table[context << 7 | (int) backWord & 127] & 0xffff;
    int length = entry & 7;
    backWord >>>= length;
    backBits -= length;
    return entry;
  }

  /** How far the exponents of two quads exceed what is predicted; the second in the high half. */
  private long offsets(boolean first, int has0, int has1) {
    if ((has0 | has1) == 0) {
      return 0;
    }
    int more = first && (has0 & has1) != 0 && melSymbol() ? 2 : 0;
    fillBackward();
    int prefix0 = has0 == 0 ? 0 : prefix();
    int prefix1;
    boolean single = first && more == 0 && has1 != 0 && prefix0 > 2;
    if (single) {
      prefix1 = backward(1) + 1;
    } else {
      prefix1 = has1 == 0 ? 0 : prefix();
    }
    int suffix0 = suffix(prefix0);
    int suffix1 = single ? 0 : suffix(prefix1);
    if (suffix0 >= 28) {
      suffix0 += 4 * backward(4);
    }
    if (suffix1 >= 28) {
      suffix1 += 4 * backward(4);
    }
    int offset0 = prefix0 + suffix0 + (has0 == 0 ? 0 : more);
    int offset1 = prefix1 + suffix1 + (has1 == 0 ? 0 : more);
    return offset0 | (long) offset1 << 32;
  }

  private int prefix() {
    int next = (int) backWord & 7;
    if ((next & 1) != 0) {
      backward(1);
      return 1;
    }
    if ((next & 2) != 0) {
      backward(2);
      return 2;
    }
    backward(3);
    return next != 0 ? 3 : 5;
  }

  private int suffix(int prefix) {
    return prefix < 3 ? 0 : backward(prefix == 3 ? 1 : 5);
  }

  /** Reads the significant samples of a quad. */
  private boolean samples(int x, int y, int entry, int exponent, int plane) {
    int pattern = entry >> 3 & 15;
    int known = entry >> 8 & 15;
    int ones = entry >> 12 & 15;
    int bottom0 = 0;
    int bottom1 = 0;
    for (int n = 0; n < 4; n++) {
      if ((pattern >> n & 1) == 0) {
        continue;
      }
      int column = x + (n >> 1);
      int row = y + (n & 1);
      if (column >= width || row >= height) {
        return false;
      }
      int bits = exponent - (known >> n & 1);
      int value = forward(bits) | (ones >> n & 1) << bits;
      int size = (value | 1) + 2 << plane;
      values[row * width + column] = (value & 1) != 0 ? -size : size;
      if ((n & 1) != 0) {
        int length = 32 - Integer.numberOfLeadingZeros(value | 1);
        if (n == 1) {
          bottom0 = length;
        } else {
          bottom1 = length;
        }
      }
    }
    exponents[x + 1] = (byte) bottom0;
    exponents[x + 2] = (byte) bottom1;
    return true;
  }

  private void refine(int from, int length, int passes, int plane, boolean causal) {
    int stride = width + 2;
    int cells = stride * (height + 2);
    if (grid.length < cells) {
      grid = new byte[cells];
    }
    Arrays.fill(grid, 0, cells, (byte) 0);
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0, p = (y + 1) * stride + 1; x < width; x++, i++, p++) {
        grid[p] = (byte) (values[i] != 0 ? 1 : 0);
      }
    }
    startForward(from, from + length, 0);
    propagate(stride, 3 << plane, causal);
    if (passes > 2) {
      backAt = from + length - 1;
      backFirst = from;
      backLast = 0xff;
      backWord = 0;
      backBits = 0;
      refineMagnitudes(stride, 1 << plane);
    }
  }

  /** In the grid 1 is significant since the cleanup pass, 2 since this one. */
  private void propagate(int stride, int value, boolean causal) {
    byte[] g = grid;
    for (int top = 0; top < height; top += 4) {
      int bottom = Math.min(top + 4, height);
      for (int x0 = 0; x0 < width; x0 += 4) {
        int x1 = Math.min(x0 + 4, width);
        boolean any = false;
        for (int x = x0; x < x1; x++) {
          int p = (top + 1) * stride + x + 1;
          for (int y = top; y < bottom; y++, p += stride) {
            if (g[p] != 0) {
              continue;
            }
            int up = p - stride;
            int down = p + stride;
            int near = g[up - 1] | g[up] | g[up + 1] | g[p - 1] | g[p + 1];
            if (!causal || y < top + 3) {
              near |= g[down - 1] | g[down] | g[down + 1];
            }
            if (near != 0 && forward(1) != 0) {
              g[p] = 2;
              any = true;
            }
          }
        }
        for (int x = x0; any && x < x1; x++) {
          int p = (top + 1) * stride + x + 1;
          for (int y = top; y < bottom; y++, p += stride) {
            if (g[p] == 2) {
              values[y * width + x] = forward(1) != 0 ? -value : value;
            }
          }
        }
      }
    }
  }

  private void refineMagnitudes(int stride, int half) {
    for (int top = 0; top < height; top += 4) {
      int bottom = Math.min(top + 4, height);
      for (int x = 0; x < width; x++) {
        int p = (top + 1) * stride + x + 1;
        for (int y = top; y < bottom; y++, p += stride) {
          if (grid[p] == 1) {
            if (backBits == 0) {
              fillBackward();
            }
            int at = y * width + x;
            int old = values[at];
            values[at] = (backward(1) != 0) == (old > 0) ? old + half : old - half;
          }
        }
      }
    }
  }

  private void startMel(int from, int end) {
    melAt = from;
    melEnd = end;
    melByte = 0;
    melBits = 0;
    melState = 0;
    melRun = 0;
    melOne = false;
  }

  private boolean melSymbol() {
    if (melRun == 0 && !melOne) {
      int n = MEL_EXPONENTS[melState];
      if (melBit() != 0) {
        melRun = 1 << n;
        melState = Math.min(melState + 1, 12);
      } else {
        for (; n > 0; n--) {
          melRun = 2 * melRun + melBit();
        }
        melState = Math.max(melState - 1, 0);
        melOne = true;
      }
    }
    if (melRun > 0) {
      melRun--;
      return false;
    }
    melOne = false;
    return true;
  }

  private int melBit() {
    if (melBits == 0) {
      int before = melByte;
      if (melAt >= melEnd - 1) {
        melByte = 0xff;
      } else {
        // The last two bytes lend twelve bits to the length of this stream.
        melByte = code[melAt] & 0xff | (melAt == melEnd - 2 ? 15 : 0);
      }
      melAt++;
      melBits = before == 0xff ? 7 : 8;
    }
    melBits--;
    return melByte >> melBits & 1;
  }

  private void startBackward(int from, int end) {
    backFirst = from;
    backAt = end - 3;
    backLast = code[end - 2] & 0xff;
    int bits = backLast >> 4;
    backBits = (bits & 7) == 7 ? 3 : 4;
    backWord = bits & (1 << backBits) - 1;
    backLast |= 15;
  }

  /** At least 32 bits from the back of a segment. */
  private void fillBackward() {
    while (backBits <= 48) {
      int next = backAt >= backFirst ? code[backAt] & 0xff : 0;
      backAt--;
      int bits = backLast > 0x8f && (next & 0x7f) == 0x7f ? 7 : 8;
      backWord |= (long) (next & (1 << bits) - 1) << backBits;
      backBits += bits;
      backLast = next;
    }
  }

  private int backward(int bits) {
    int value = (int) backWord & (1 << bits) - 1;
    backWord >>>= bits;
    backBits -= bits;
    return value;
  }

  private void startForward(int from, int end, int fill) {
    frontAt = from;
    frontEnd = end;
    frontLast = 0;
    frontFill = fill;
    frontWord = 0;
    frontBits = 0;
  }

  private int forward(int bits) {
    if (frontBits < bits) {
      while (frontBits <= 48) {
        int next = frontAt < frontEnd ? code[frontAt] & 0xff : frontFill;
        frontAt++;
        frontWord |= (long) (frontLast == 0xff ? next & 0x7f : next) << frontBits;
        frontBits += frontLast == 0xff ? 7 : 8;
        frontLast = next;
      }
    }
    int value = (int) frontWord & (1 << bits) - 1;
    frontWord >>>= bits;
    frontBits -= bits;
    return value;
  }
}
