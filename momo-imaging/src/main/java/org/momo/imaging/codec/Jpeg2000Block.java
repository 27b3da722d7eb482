package org.momo.imaging.codec;

import java.util.Arrays;

/**
 * The bit-plane coder of JPEG 2000 (ISO/IEC 15444-1, annexes C and D): one code-block from its code
 * words to signed coefficients with one fraction bit.
 *
 * <p>This class is not thread-safe; one object is reused for all blocks of a stream.
 */
final class Jpeg2000Block {
  /*
   * Each sample carries a word of flags: which of its eight neighbours are significant (low byte, an index into the
   * zero-coding table of the band), the signs of the four direct ones, and its own state. When a sample becomes
   * significant it writes itself into its neighbours' words, so that forming a context is one table look-up.
   *
   * A coefficient becomes significant in bit-plane p with the value 1.5 * 2^p and each refinement halves the interval:
   * the value is always the middle of what is still possible. Coefficients are kept doubled, so that the middle of the
   * last plane's interval is an integer; the caller halves.
   */
  static final int BYPASS = 1;
  static final int RESET = 2;
  static final int TERMINATE = 4;
  static final int CAUSAL = 8;
  static final int SEGMENTATION = 32;

  private static final int N = 1;
  private static final int E = 2;
  private static final int S = 4;
  private static final int W = 8;
  private static final int NE = 16;
  private static final int SE = 32;
  private static final int SW = 64;
  private static final int NW = 128;
  private static final int NEIGHBOURS = 255;
  private static final int MINUS_N = 256;
  private static final int MINUS_E = 512;
  private static final int MINUS_S = 1024;
  private static final int MINUS_W = 2048;
  private static final int SIGNIFICANT = 4096;
  private static final int REFINED = 8192;
  private static final int VISITED = 16384;
  private static final int ABOVE_ONLY = ~(S | SE | SW | MINUS_S);

  private static final int SIGN_CONTEXT = 9;
  private static final int REFINE_CONTEXT = 14;
  private static final int RUN_CONTEXT = 17;
  private static final int UNIFORM_CONTEXT = 18;

  /** Probability of the less likely symbol, for each of the 47 states (table C.2). */
  private static final int[] PROBABILITY = {
    0x5601, 0x3401, 0x1801, 0x0ac1, 0x0521, 0x0221, 0x5601, 0x5401, 0x4801, 0x3801, 0x3001, 0x2401,
        0x1c01, 0x1601,
    0x5601, 0x5401, 0x5101, 0x4801, 0x3801, 0x3401, 0x3001, 0x2801, 0x2401, 0x2201, 0x1c01, 0x1801,
        0x1601, 0x1401,
    0x1201, 0x1101, 0x0ac1, 0x09c1, 0x08a1, 0x0521, 0x0441, 0x02a1, 0x0221, 0x0141, 0x0111, 0x0085,
        0x0049, 0x0025,
    0x0015, 0x0009, 0x0005, 0x0001, 0x5601
  };

  private static final byte[] AFTER_MORE_LIKELY = {
    1, 2, 3, 4, 5, 38, 7, 8, 9, 10, 11, 12, 13, 29, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 45, 46
  };
  private static final byte[] AFTER_LESS_LIKELY = {
    1, 6, 9, 12, 29, 33, 6, 14, 14, 14, 17, 18, 20, 21, 14, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22,
    23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 46
  };

  private static final byte[][] ZERO_CONTEXTS = {
    zeroContexts(0), zeroContexts(1), zeroContexts(2), zeroContexts(3)
  };
  private static final byte[] SIGN_CONTEXTS = signContexts();

  private int[] grid = new int[66 * 66];
  private final byte[] state = new byte[19];
  private final byte[] likely = new byte[19];

  /** Doubled coefficients of the last block, row by row without gaps. */
  final int[] values = new int[4096];

  private int width;
  private int height;
  private int stride;
  private byte[] zero = ZERO_CONTEXTS[0];
  private boolean causal;

  private byte[] code = new byte[0];
  private int position;
  private int codeEnd;
  private int a;
  private int c;
  private int shiftsLeft;
  private int rawByte;
  private int rawBits;

  /**
   * Words of a code-block: {@code lengths[i]} bytes that hold {@code passes[i]} coding passes, one
   * after another.
   */
  static final class Segments {
    byte[] bytes = new byte[64];
    int size;
    int[] lengths = new int[4];
    int[] passes = new int[4];
    int[] most = new int[4];
    int count;

    /** The segment that takes the next pass, opened if the last one is full. */
    int open(int style) {
      if (count > 0 && passes[count - 1] < most[count - 1]) {
        return count - 1;
      }
      if (count == lengths.length) {
        lengths = Arrays.copyOf(lengths, 2 * count);
        passes = Arrays.copyOf(passes, 2 * count);
        most = Arrays.copyOf(most, 2 * count);
      }
      if ((style & HighThroughputBlock.STYLE) != 0) {
        most[count] = count == 0 ? Integer.MAX_VALUE : 1 + (count & 1);
      } else if ((style & TERMINATE) != 0) {
        most[count] = 1;
      } else if ((style & BYPASS) != 0) {
        most[count] = count == 0 ? 10 : most[count - 1] == 1 || most[count - 1] == 10 ? 2 : 1;
      } else {
        most[count] = Integer.MAX_VALUE;
      }
      lengths[count] = 0;
      passes[count] = 0;
      return count++;
    }

    /** Whether the first cleanup pass of a high-throughput block was among the passes. */
    boolean isBegun() {
      return count > 0 && most[0] < Integer.MAX_VALUE;
    }

    /** Closes the first segment of a high-throughput block, which ends with a cleanup pass. */
    void begin() {
      most[0] = passes[0];
    }

    void append(int segment, byte[] from, int at, int length) {
      if (size + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
      }
      System.arraycopy(from, at, bytes, size, length);
      size += length;
      lengths[segment] += length;
    }
  }

  /**
   * Decodes a block into {@link #values}.
   *
   * @param orientation 0 LL, 1 HL, 2 LH, 3 HH
   * @param planes magnitude bit-planes that are coded, 1 to 30
   */
  void decode(
      Segments segments, int blockWidth, int blockHeight, int orientation, int planes, int style) {
    width = blockWidth;
    height = blockHeight;
    stride = width + 2;
    int cells = stride * (height + 2);
    if (grid.length < cells) {
      grid = new int[cells];
    }
    Arrays.fill(grid, 0, cells, 0);
    Arrays.fill(values, 0, width * height, 0);
    zero = ZERO_CONTEXTS[orientation];
    causal = (style & CAUSAL) != 0;
    code = segments.bytes;
    resetContexts();
    int plane = planes;
    int kind = 2;
    int from = 0;
    for (int i = 0; i < segments.count; i++) {
      boolean raw = (style & BYPASS) != 0 && plane <= planes - 4 && kind < 2;
      position = from;
      from += segments.lengths[i];
      codeEnd = from;
      if (raw) {
        rawByte = 0;
        rawBits = 0;
      } else {
        startArithmetic();
      }
      for (int pass = 0; pass < segments.passes[i] && plane > 0; pass++) {
        int half = 1 << plane >> 1;
        if (kind == 0) {
          significancePass(3 * half, raw);
        } else if (kind == 1) {
          refinementPass(half, raw);
        } else {
          cleanUpPass(3 * half);
          if ((style & SEGMENTATION) != 0) {
            for (int bit = 0; bit < 4; bit++) {
              decodeBit(UNIFORM_CONTEXT);
            }
          }
        }
        if ((style & RESET) != 0) {
          resetContexts();
        }
        if (++kind == 3) {
          kind = 0;
          plane--;
        }
      }
    }
  }

  private void resetContexts() {
    Arrays.fill(state, (byte) 0);
    Arrays.fill(likely, (byte) 0);
    state[0] = 4;
    state[RUN_CONTEXT] = 3;
    state[UNIFORM_CONTEXT] = 46;
  }

  private void significancePass(int value, boolean raw) {
    int[] f = grid;
    for (int top = 0; top < height; top += 4) {
      int bottom = Math.min(top + 4, height);
      for (int x = 0; x < width; x++) {
        int p = (top + 1) * stride + x + 1;
        for (int y = top; y < bottom; y++, p += stride) {
          int flag = f[p];
          if (causal && y == top + 3) {
            flag &= ABOVE_ONLY;
          }
          if ((flag & NEIGHBOURS) == 0 || (flag & SIGNIFICANT) != 0) {
            continue;
          }
          int bit = raw ? rawBit() : decodeBit(zero[flag & NEIGHBOURS]);
          if (bit != 0) {
            becomeSignificant(p, y * width + x, value, raw ? rawBit() : decodeSign(flag));
          }
          f[p] |= VISITED;
        }
      }
    }
  }

  private void refinementPass(int half, boolean raw) {
    int[] f = grid;
    for (int top = 0; top < height; top += 4) {
      int bottom = Math.min(top + 4, height);
      for (int x = 0; x < width; x++) {
        int p = (top + 1) * stride + x + 1;
        for (int y = top; y < bottom; y++, p += stride) {
          int flag = f[p];
          if ((flag & (SIGNIFICANT | VISITED)) != SIGNIFICANT) {
            continue;
          }
          int bit;
          if (raw) {
            bit = rawBit();
          } else if ((flag & REFINED) != 0) {
            bit = decodeBit(REFINE_CONTEXT + 2);
          } else {
            int seen = causal && y == top + 3 ? flag & ABOVE_ONLY : flag;
            bit = decodeBit((seen & NEIGHBOURS) != 0 ? REFINE_CONTEXT + 1 : REFINE_CONTEXT);
          }
          int at = y * width + x;
          int old = values[at];
          values[at] = (bit != 0) == (old >= 0) ? old + half : old - half;
          f[p] = flag | REFINED;
        }
      }
    }
  }

  private void cleanUpPass(int value) {
    int[] f = grid;
    for (int top = 0; top < height; top += 4) {
      int bottom = Math.min(top + 4, height);
      for (int x = 0; x < width; x++) {
        int p = (top + 1) * stride + x + 1;
        int y = top;
        boolean known = false;
        if (bottom - top == 4) {
          int last = f[p + 3 * stride];
          int any = f[p] | f[p + stride] | f[p + 2 * stride] | (causal ? last & ABOVE_ONLY : last);
          if ((any & (SIGNIFICANT | VISITED | NEIGHBOURS)) == 0) {
            if (decodeBit(RUN_CONTEXT) == 0) {
              continue;
            }
            int skip = decodeBit(UNIFORM_CONTEXT) << 1 | decodeBit(UNIFORM_CONTEXT);
            y += skip;
            p += skip * stride;
            known = true;
          }
        }
        for (; y < bottom; y++, p += stride) {
          int flag = f[p];
          if (!known && (flag & (SIGNIFICANT | VISITED)) != 0) {
            f[p] = flag & ~VISITED;
            continue;
          }
          if (causal && y == top + 3) {
            flag &= ABOVE_ONLY;
          }
          if (known || decodeBit(zero[flag & NEIGHBOURS]) != 0) {
            becomeSignificant(p, y * width + x, value, decodeSign(flag));
          }
          known = false;
        }
      }
    }
  }

  private int decodeSign(int flag) {
    int entry = SIGN_CONTEXTS[(flag & 15) | (flag >> 4 & 0xf0)];
    return decodeBit(entry & 15) ^ entry >> 4;
  }

  private void becomeSignificant(int p, int at, int value, int negative) {
    int[] f = grid;
    values[at] = negative != 0 ? -value : value;
    int up = p - stride;
    int down = p + stride;
    f[up - 1] |= SE;
    f[up + 1] |= SW;
    f[down - 1] |= NE;
    f[down + 1] |= NW;
    f[p] |= SIGNIFICANT;
    if (negative != 0) {
      f[up] |= S | MINUS_S;
      f[p - 1] |= E | MINUS_E;
      f[p + 1] |= W | MINUS_W;
      f[down] |= N | MINUS_N;
    } else {
      f[up] |= S;
      f[p - 1] |= E;
      f[p + 1] |= W;
      f[down] |= N;
    }
  }

  private void startArithmetic() {
    c = (position < codeEnd ? code[position] & 0xff : 0xff) << 16;
    nextByte();
    c <<= 7;
    shiftsLeft -= 7;
    a = 0x8000;
  }

  private void nextByte() {
    int current = position < codeEnd ? code[position] & 0xff : 0xff;
    int next = position + 1 < codeEnd ? code[position + 1] & 0xff : 0xff;
    if (current == 0xff) {
      if (next > 0x8f) {
        c += 0xff00;
        shiftsLeft = 8;
      } else {
        position++;
        c += next << 9;
        shiftsLeft = 7;
      }
    } else {
      position++;
      c += next << 8;
      shiftsLeft = 8;
    }
  }

  private int decodeBit(int context) {
    int s = state[context];
    int probability = PROBABILITY[s];
    int bit = likely[context];
    a -= probability;
    if (c >>> 16 < probability) {
      if (a < probability) {
        state[context] = AFTER_MORE_LIKELY[s];
      } else {
        bit ^= 1;
        lessLikely(context, s);
      }
      a = probability;
    } else {
      c -= probability << 16;
      if ((a & 0x8000) != 0) {
        return bit;
      }
      if (a < probability) {
        bit ^= 1;
        lessLikely(context, s);
      } else {
        state[context] = AFTER_MORE_LIKELY[s];
      }
    }
    do {
      if (shiftsLeft == 0) {
        nextByte();
      }
      a <<= 1;
      c <<= 1;
      shiftsLeft--;
    } while (a < 0x8000);
    return bit;
  }

  private void lessLikely(int context, int s) {
    if (s == 0 || s == 6 || s == 14) {
      likely[context] ^= 1;
    }
    state[context] = AFTER_LESS_LIKELY[s];
  }

  private int rawBit() {
    if (rawBits == 0) {
      int before = rawByte;
      rawByte = position < codeEnd ? code[position++] & 0xff : 0xff;
      rawBits = before == 0xff ? 7 : 8;
    }
    rawBits--;
    return rawByte >> rawBits & 1;
  }

  private static byte[] zeroContexts(int orientation) {
    byte[] table = new byte[256];
    for (int i = 0; i < 256; i++) {
      int h = Integer.bitCount(i & (E | W));
      int v = Integer.bitCount(i & (N | S));
      int d = Integer.bitCount(i & (NE | SE | SW | NW));
      if (orientation == 1) {
        int swap = h;
        h = v;
        v = swap;
      }
      int context;
      if (orientation == 3) {
        int hv = Math.min(h + v, 2);
        context = d >= 3 ? 8 : d == 2 ? 6 + Math.min(hv, 1) : d == 1 ? 3 + hv : hv;
      } else if (h == 2) {
        context = 8;
      } else if (h == 1) {
        context = v > 0 ? 7 : d > 0 ? 6 : 5;
      } else {
        context = v > 0 ? 2 + v : Math.min(d, 2);
      }
      table[i] = (byte) context;
    }
    return table;
  }

  private static byte[] signContexts() {
    byte[] table = new byte[256];
    for (int i = 0; i < 256; i++) {
      int minus = i >> 4;
      int h = contribution(i, minus, E) + contribution(i, minus, W);
      int v = contribution(i, minus, N) + contribution(i, minus, S);
      h = Integer.signum(h);
      v = Integer.signum(v);
      int flip = h < 0 || (h == 0 && v < 0) ? 1 : 0;
      if (flip != 0) {
        h = -h;
        v = -v;
      }
      int context = SIGN_CONTEXT + (h == 0 ? v : 3 + v);
      table[i] = (byte) (context | flip << 4);
    }
    return table;
  }

  private static int contribution(int significant, int minus, int side) {
    return (significant & side) == 0 ? 0 : (minus & side) == 0 ? 1 : -1;
  }
}
