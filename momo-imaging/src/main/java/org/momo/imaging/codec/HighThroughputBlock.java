package org.momo.imaging.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The block coder of High-Throughput JPEG 2000 (ISO/IEC 15444-15): one code-block from its segments
 * to signed coefficients with one fraction bit, as {@link Jpeg2000Block} gives them.
 *
 * <p>This class is not thread-safe; one object is reused for all blocks of a stream.
 */
final class HighThroughputBlock {
  /*
   * A block is coded in quads of 2 x 2 samples, in the order top left, bottom left, top right, bottom right: bit i of a
   * quad's masks stands for sample i. Its cleanup segment holds three streams. Magnitudes with signs run forwards from
   * the start. Two more share the end, whose last twelve bits state how long they are: run lengths run forwards, code
   * words backwards from the last byte.
   *
   * A codeword, in the context of the significant neighbours, says of a quad which samples are significant and what is
   * known of their exponents; run lengths stand in for quads without significant neighbours. The exponents of a quad are
   * bounded by the largest in the row above and an excess that is coded per pair of quads. What then remains of each
   * magnitude is plain bits. Nothing adapts to what was decoded, so codewords and magnitudes have a loop each.
   *
   * All streams are freed of their stuffed bits first, and followed by more filling than a row of the block can read. So
   * rows start at the end of a stream at the latest, and nothing within them asks whether bits are left. A stream that
   * ends early reads as the standard says: magnitudes and run lengths as ones, all others as zeros.
   *
   * The two refinement passes, of the plane below, share one segment: significance propagation reads it forwards,
   * magnitude refinement backwards.
   */
  static final int STYLE = 64;

  private static final int MAX_SAMPLES = 4096;
  private static final int MAX_SIDE = 1024;
  private static final int MAX_SUFFIX = 4079;
  private static final int MAX_PLANES = 30;

  /** Bytes that the samples of the largest block can read, and those of its widest row of quads. */
  private static final int MAX_STREAM = 4 * MAX_SAMPLES;

  private static final int MAX_FILLING = 8 * MAX_SIDE;

  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Where a codeword has what: its length, the mark of an excess, and shifts to the masks. */
  private static final int LENGTH = 7;

  private static final int EXCESS = 128;
  private static final int RHO = 3;
  private static final int KNOWN = 8;
  private static final int ONE = 12;

  /**
   * The code of an excess, by the next three bits, and 8 added if there is an excess: length of the
   * prefix, from bit 4 that of the suffix, from bit 8 the value before the suffix is added. The
   * standard extends suffixes from 28 on by four bits; such an excess is more than 30 bit-planes
   * can have.
   */
  private static final int[] EXCESSES = {
    0, 0, 0, 0, 0, 0, 0, 0, 0x553, 0x101, 0x202, 0x101, 0x313, 0x101, 0x202, 0x101
  };

  /** The bits of a quad's mask as bytes, and one in each byte. */
  private static final int[] BYTES = {
    0,
    0xff,
    0xff00,
    0xffff,
    0xff0000,
    0xff00ff,
    0xffff00,
    0xffffff,
    0xff000000,
    0xff0000ff,
    0xff00ff00,
    0xff00ffff,
    0xffff0000,
    0xffff00ff,
    0xffffff00,
    0xffffffff
  };

  private static final int EACH = 0x01010101;

  /** How many bits a run length has, for each state of its coder. */
  private static final byte[] RUN_BITS = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5};

  /** Doubled coefficients of the last block, row by row, {@link #stride} apart. */
  final int[] values = new int[MAX_SAMPLES];

  /** Width of the last block, made even. */
  int stride;

  private final byte[] forward = new byte[MAX_STREAM + MAX_FILLING + 16];
  private final byte[] backward = new byte[MAX_STREAM + MAX_FILLING + 16];
  private final int[] quads = new int[MAX_SAMPLES / 2];
  private final int[] above = new int[MAX_SIDE / 2 + 1];
  private final int[] significant = new int[MAX_SAMPLES];
  private int[] grownAbove = new int[MAX_SIDE + 2];
  private int[] grown = new int[MAX_SIDE + 2];

  private int width;
  private int height;
  private int quadsWide;
  private int quadsHigh;

  private byte[] code = new byte[0];
  private int forwardEnd;
  private int backwardEnd;
  private int codeAt;
  private int run;
  private int runAt;
  private int runEnd;
  private int runByte;
  private int runBits;
  private int runState;

  /**
   * Decodes a block into {@link #values}.
   *
   * @param bytes holds the cleanup segment and then the refinement segment
   * @param from where the cleanup segment starts
   * @param length its length, not 0
   * @param refinement the length of the refinement segment, or 0
   * @param passes how many passes the two segments hold, 1 to 3
   * @param plane the bit-plane of the cleanup pass, 0 to 29
   * @param planes bit-planes down to the last, empty ones included; above {@code plane}
   * @param causal whether a stripe of four rows is refined without a look at the one below
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
    width = blockWidth;
    height = blockHeight;
    quadsWide = (width + 1) >> 1;
    quadsHigh = (height + 1) >> 1;
    stride = 2 * quadsWide;
    code = bytes;
    int end = from + length;
    if (length < 2) {
      return "a block's cleanup pass is too short";
    }
    int suffix = (code[end - 1] & 0xff) << 4 | code[end - 2] & 15;
    if (suffix < 2 || suffix > length || suffix > MAX_SUFFIX) {
      return "a block's streams overlap";
    }
    readQuads(end - suffix, end);
    if (hasOutside()) {
      return "a block has samples beyond its edge";
    }
    forwards(from, end - suffix, -1);
    if (!magnitudes(plane, Math.min(planes, MAX_PLANES) + 1 - plane)) {
      return "a block's magnitudes do not fit";
    }
    if (passes > 1 && plane > 0 && refinement > 0) {
      int half = 1 << (plane - 1);
      listSignificant();
      forwards(end, end + refinement, 0);
      propagate(3 * half, causal);
      if (passes > 2) {
        backwards(end, end + refinement, 0xff, 0, 0);
        refine(half);
      }
    }
    return null;
  }

  private void readQuads(int start, int end) {
    startRuns(start, end - 1);
    int shared = code[end - 2] & 0xff;
    backwards(start, end - 2, shared | 15, shared >> 4, (shared & 0x70) == 0x70 ? 3 : 4);
    codeAt = 0;
    run = nextRun();
    firstCodewords();
    for (int row = 1; row < quadsHigh; row++) {
      codewords(row * (quadsWide + 1));
    }
  }

  /** Whether the lower half of the last row, or the right half of the last column, has samples. */
  private boolean hasOutside() {
    int found = 0;
    if ((height & 1) != 0) {
      int row = (quadsHigh - 1) * (quadsWide + 1);
      for (int q = 0; q < quadsWide; q++) {
        found |= quads[row + q] >> RHO & 10;
      }
    }
    if ((width & 1) != 0) {
      for (int row = 0; row < quadsHigh; row++) {
        found |= quads[row * (quadsWide + 1) + quadsWide - 1] >> RHO & 12;
      }
    }
    return found != 0;
  }

  /** Fills the first row of {@link #quads}: codewords, and from bit 16 the excess. */
  private void firstCodewords() {
    int[] to = quads;
    char[] words = HighThroughputCodewords.FIRST;
    int wide = quadsWide;
    int at = Math.min(codeAt, backwardEnd);
    int rho = 0;
    for (int q = 0; q < wide; q += 2) {
      long bits = (long) LITTLE.get(backward, at >> 3) >>> (at & 7);
      int context = rho >> 1 | rho & 1;
      int first = context == 0 && !event() ? 0 : words[context << 7 | (int) bits & 127];
      rho = first >> RHO & 15;
      bits >>>= first & LENGTH;
      int second = 0;
      if (q + 1 < wide) {
        context = rho >> 1 | rho & 1;
        second = context == 0 && !event() ? 0 : words[context << 7 | (int) bits & 127];
        rho = second >> RHO & 15;
        bits >>>= second & LENGTH;
      }
      boolean both = (first & second & EXCESS) != 0;
      int large = both && event() ? 2 : 0;
      int excess = EXCESSES[(int) bits & 7 | (first & EXCESS) >> 4];
      int prefix = excess & 15;
      bits >>>= prefix;
      int excess2 =
          both && large == 0 && prefix == 3
              ? 0x101 + (((int) bits & 1) << 8)
              : EXCESSES[(int) bits & 7 | (second & EXCESS) >> 4];
      bits >>>= excess2 & 15;
      int suffix = excess >> 4 & 15;
      int suffix2 = excess2 >> 4 & 15;
      int u = (excess >> 8) + ((int) bits & ((1 << suffix) - 1)) + large;
      int u2 = (excess2 >> 8) + ((int) (bits >>> suffix) & ((1 << suffix2) - 1)) + large;
      to[q] = first | u << 16;
      to[q + 1] = second | u2 << 16;
      at += (first & LENGTH) + (second & LENGTH) + prefix + (excess2 & 15) + suffix + suffix2;
    }
    to[wide] = 0;
    codeAt = at;
  }

  /** Fills the row of {@link #quads} that starts at {@code row}. */
  private void codewords(int row) {
    int[] to = quads;
    char[] words = HighThroughputCodewords.OTHERS;
    int wide = quadsWide;
    int at = Math.min(codeAt, backwardEnd);
    int up = row - wide - 1;
    int upLeft = 0;
    int here = to[up] >> RHO;
    int rho = 0;
    for (int q = 0; q < wide; q += 2) {
      long bits = (long) LITTLE.get(backward, at >> 3) >>> (at & 7);
      int upRight = to[up + q + 1] >> RHO;
      int context = context(rho, upLeft, here, upRight);
      int first = context == 0 && !event() ? 0 : words[context << 7 | (int) bits & 127];
      rho = first >> RHO & 15;
      bits >>>= first & LENGTH;
      upLeft = here;
      here = upRight;
      int second = 0;
      if (q + 1 < wide) {
        upRight = to[up + q + 2] >> RHO;
        context = context(rho, upLeft, here, upRight);
        second = context == 0 && !event() ? 0 : words[context << 7 | (int) bits & 127];
        rho = second >> RHO & 15;
        bits >>>= second & LENGTH;
        upLeft = here;
        here = upRight;
      }
      int excess = EXCESSES[(int) bits & 7 | (first & EXCESS) >> 4];
      bits >>>= excess & 15;
      int excess2 = EXCESSES[(int) bits & 7 | (second & EXCESS) >> 4];
      bits >>>= excess2 & 15;
      int suffix = excess >> 4 & 15;
      int suffix2 = excess2 >> 4 & 15;
      int u = (excess >> 8) + ((int) bits & ((1 << suffix) - 1));
      int u2 = (excess2 >> 8) + ((int) (bits >>> suffix) & ((1 << suffix2) - 1));
      to[row + q] = first | u << 16;
      to[row + q + 1] = second | u2 << 16;
      at +=
          (first & LENGTH) + (second & LENGTH) + (excess & 15) + (excess2 & 15) + suffix + suffix2;
    }
    to[row + wide] = 0;
    codeAt = at;
  }

  private static int context(int left, int upLeft, int up, int upRight) {
    int north = upLeft >> 3 & 1 | up >> 1 & 1;
    int west = left >> 2 & 1 | left >> 3 & 1;
    int east = up >> 3 & 1 | upRight >> 1 & 1;
    return north | west << 1 | east << 2;
  }

  /**
   * Reads the magnitudes of all quads.
   *
   * @param plane the bit-plane of the cleanup pass
   * @param bound the largest exponent that the empty bit-planes leave
   */
  private boolean magnitudes(int plane, int bound) {
    int[] from = quads;
    int[] to = values;
    byte[] bits = forward;
    int[] line = above;
    int wide = quadsWide;
    int step = stride;
    Arrays.fill(line, 0, wide + 1, 0);
    int at = 0;
    for (int row = 0; row < quadsHigh; row++) {
      at = Math.min(at, forwardEnd);
      int quad = row * (wide + 1);
      int top = 2 * row * step;
      int corner = 0;
      for (int q = 0; q < wide; q++, top += 2) {
        int entry = from[quad + q];
        int rho = entry >> RHO & 15;
        if (rho == 0) {
          to[top] = 0;
          to[top + 1] = 0;
          to[top + step] = 0;
          to[top + step + 1] = 0;
          line[q] = corner;
          corner = 0;
          continue;
        }
        int largest = 31 - Integer.numberOfLeadingZeros(line[q] | line[q + 1] | 2);
        int exponent = (entry >>> 16) + ((rho & (rho - 1)) == 0 ? 1 : largest);
        if (exponent > bound) {
          return false;
        }
        int one = entry >> ONE;
        int counts = (exponent * EACH & BYTES[rho]) - (EACH & BYTES[entry >> KNOWN & 15]);
        int count0 = counts & 0xff;
        int count1 = counts >> 8 & 0xff;
        int count2 = counts >> 16 & 0xff;
        int count3 = counts >>> 24;
        int v0;
        int v1;
        int v2;
        int v3;
        if (exponent <= 14) {
          long word = (long) LITTLE.get(bits, at >> 3) >>> (at & 7);
          at += counts * EACH >>> 24;
          v0 = (int) word & ((1 << count0) - 1);
          word >>>= count0;
          v1 = (int) word & ((1 << count1) - 1);
          word >>>= count1;
          v2 = (int) word & ((1 << count2) - 1);
          v3 = (int) (word >>> count2) & ((1 << count3) - 1);
        } else {
          v0 = bits(bits, at, count0);
          at += count0;
          v1 = bits(bits, at, count1);
          at += count1;
          v2 = bits(bits, at, count2);
          at += count2;
          v3 = bits(bits, at, count3);
          at += count3;
        }
        v0 |= (one & 1) << count0;
        v1 |= (one >> 1 & 1) << count1;
        v2 |= (one >> 2 & 1) << count2;
        v3 |= (one >> 3 & 1) << count3;
        to[top] = value(v0, plane) & -(rho & 1);
        to[top + step] = value(v1, plane) & -(rho >> 1 & 1);
        to[top + 1] = value(v2, plane) & -(rho >> 2 & 1);
        to[top + step + 1] = value(v3, plane) & -(rho >> 3);
        line[q] = corner | v1 | rho >> 1 & 1;
        corner = v3 | rho >> 3;
      }
      line[wide] = corner;
    }
    return true;
  }

  /** The lowest bit is the sign, the others the magnitude less one; an open half bit follows. */
  private static int value(int v, int plane) {
    int size = ((v | 1) + 2) << plane;
    int sign = -(v & 1);
    return (size ^ sign) - sign;
  }

  private static int bits(byte[] from, int at, int count) {
    return (int) ((long) LITTLE.get(from, at >> 3) >>> (at & 7)) & ((1 << count) - 1);
  }

  /**
   * Turns quads into columns of stripes: four rows of one column, the topmost in the lowest bit.
   */
  private void listSignificant() {
    int columns = stride + 2;
    int stripes = (height + 3) >> 2;
    Arrays.fill(significant, 0, columns * (stripes + 1), 0);
    for (int row = 0; row < quadsHigh; row++) {
      int to = (row >> 1) * columns + 1;
      int shift = 2 * (row & 1);
      for (int q = 0; q < quadsWide; q++, to += 2) {
        int rho = quads[row * (quadsWide + 1) + q] >> RHO & 15;
        significant[to] |= (rho & 3) << shift;
        significant[to + 1] |= rho >> 2 << shift;
      }
    }
  }

  private void propagate(int size, boolean causal) {
    int columns = stride + 2;
    Arrays.fill(grown, 0, width + 2, 0);
    int at = 0;
    for (int y = 0, stripe = 0; y < height; y += 4, stripe += columns) {
      at = Math.min(at, forwardEnd);
      int[] swap = grownAbove;
      grownAbove = grown;
      grown = swap;
      int rows = (1 << Math.min(4, height - y)) - 1;
      int left = 0;
      for (int from = 1; from <= width; from += 4) {
        int to = Math.min(from + 4, width + 1);
        for (int x = from; x < to; x++) {
          int here = significant[stripe + x];
          int around =
              left
                  | tall(stripe, x, here, causal)
                  | tall(stripe, x + 1, significant[stripe + x + 1], causal);
          int near = (around | around >> 1 | around >> 2) & rows & ~here;
          int found = 0;
          for (int bit = 1; bit <= near; bit += bit) {
            if ((near & bit) != 0) {
              if (bits(forward, at++, 1) != 0) {
                found |= bit;
                near |= 2 * bit & rows & ~here;
              }
            }
          }
          grown[x] = here | found;
          left = tall(stripe, x, here | found, causal);
        }
        for (int x = from; x < to; x++) {
          int found = grown[x] & ~significant[stripe + x];
          for (int k = 0; found != 0; k++, found >>= 1) {
            if ((found & 1) != 0) {
              values[(y + k) * stride + x - 1] = bits(forward, at++, 1) != 0 ? -size : size;
            }
          }
        }
      }
      grown[width + 1] = 0;
    }
  }

  /** A column of a stripe with the rows above and below it. */
  private int tall(int stripe, int x, int rows, boolean causal) {
    int below = causal ? 0 : significant[stripe + stride + 2 + x] & 1;
    return grownAbove[x] >> 3 & 1 | rows << 1 | below << 5;
  }

  private void refine(int half) {
    int columns = stride + 2;
    int at = 0;
    for (int y = 0, stripe = 1; y < height; y += 4, stripe += columns) {
      at = Math.min(at, backwardEnd);
      int rows = (1 << Math.min(4, height - y)) - 1;
      for (int x = 0; x < width; x++) {
        int left = significant[stripe + x] & rows;
        for (int i = y * stride + x; left != 0; i += stride, left >>= 1) {
          if ((left & 1) != 0) {
            boolean grows = bits(backward, at++, 1) != 0 == values[i] > 0;
            values[i] += grows ? half : -half;
          }
        }
      }
    }
  }

  private void startRuns(int at, int end) {
    runAt = at;
    runEnd = end;
    runByte = 0;
    runBits = 0;
    runState = 0;
  }

  /** Whether the next event of the run length coder is a one. */
  private boolean event() {
    run -= 2;
    if (run >= 0) {
      return false;
    }
    boolean one = run == -1;
    run = nextRun();
    return one;
  }

  /** Twice the zeros of a run, plus 1 if a one ends it, less 2 if none does. */
  private int nextRun() {
    int bits = RUN_BITS[runState];
    if (runBit() != 0) {
      runState = Math.min(runState + 1, RUN_BITS.length - 1);
      return (2 << bits) - 2;
    }
    int zeros = 0;
    for (int i = 0; i < bits; i++) {
      zeros = zeros << 1 | runBit();
    }
    runState = Math.max(runState - 1, 0);
    return 2 * zeros + 1;
  }

  private int runBit() {
    if (runBits == 0) {
      int before = runByte;
      runByte = runAt < runEnd ? code[runAt] & 0xff : 0xff;
      runAt++;
      if (runAt == runEnd) {
        runByte |= 15;
      }
      runBits = before == 0xff ? 7 : 8;
    }
    runBits--;
    return runByte >> runBits & 1;
  }

  /**
   * Copies bits to {@link #forward} from bytes in their order; the byte after 0xff has seven.
   *
   * @param after what follows the last bit, 0 or -1
   */
  private void forwards(int start, int end, int after) {
    byte[] to = forward;
    long held = 0;
    int count = 0;
    int out = 0;
    boolean stuffed = false;
    int at = start;
    while (at < end && out < MAX_STREAM) {
      if (!stuffed && end - at >= 8) {
        long word = (long) LITTLE.get(code, at);
        if ((~word - 0x0101010101010101L & word & 0x8080808080808080L) == 0) {
          LITTLE.set(to, out, held | word << count);
          held = count == 0 ? 0 : word >>> (64 - count);
          out += 8;
          at += 8;
          continue;
        }
      }
      int next = code[at++] & 0xff;
      held |= (long) (stuffed ? next & 0x7f : next) << count;
      count += stuffed ? 7 : 8;
      stuffed = next == 0xff;
      if (count >= 8) {
        to[out++] = (byte) held;
        held >>>= 8;
        count -= 8;
      }
    }
    to[out++] = (byte) (held | (long) after << count);
    Arrays.fill(to, out, out + 8 * stride + 8, (byte) after);
    forwardEnd = 8 * out;
  }

  /**
   * Copies bits to {@link #backward} from bytes in reverse; a byte whose low seven bits are set has
   * only those if the byte before it was above 0x8f.
   *
   * @param before the byte before the first
   * @param held bits that come first
   * @param count how many
   */
  private void backwards(int start, int end, int before, int held, int count) {
    byte[] to = backward;
    long bits = held & ((1 << count) - 1);
    int filled = count;
    int out = 0;
    int previous = before;
    int at = end;
    while (at > start && out < MAX_STREAM) {
      if (at - start >= 8) {
        long word = (long) BIG.get(code, at - 8);
        if (((word & 0x7f7f7f7f7f7f7f7fL) + 0x0101010101010101L & 0x8080808080808080L) == 0) {
          LITTLE.set(to, out, bits | word << filled);
          bits = filled == 0 ? 0 : word >>> (64 - filled);
          out += 8;
          at -= 8;
          previous = (int) (word >>> 56);
          continue;
        }
      }
      int next = code[--at] & 0xff;
      boolean stuffed = previous > 0x8f && (next & 0x7f) == 0x7f;
      bits |= (long) (stuffed ? 0x7f : next) << filled;
      filled += stuffed ? 7 : 8;
      previous = next;
      if (filled >= 8) {
        to[out++] = (byte) bits;
        bits >>>= 8;
        filled -= 8;
      }
    }
    to[out++] = (byte) bits;
    Arrays.fill(to, out, out + 2 * stride + 8, (byte) 0);
    backwardEnd = 8 * out;
  }
}
