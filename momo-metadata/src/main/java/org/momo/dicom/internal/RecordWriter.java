package org.momo.dicom.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.Vr;

/**
 * Builds {@link Records} in an array that is used again for the next header.
 *
 * <p>This class is not thread-safe.
 */
final class RecordWriter {
  private static final int SHORT = 16;
  private static final int KEPT_AT_MOST = 1 << 20;

  private byte[] bytes = new byte[4096];
  private int size;
  private byte[] delta = new byte[1024];

  int size() {
    return size;
  }

  void reset(int to) {
    size = to;
    if (to == 0 && bytes.length > KEPT_AT_MOST) {
      bytes = new byte[4096];
    }
  }

  byte[] array() {
    return bytes;
  }

  void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  /** Writes a tag, a value representation and a length; the value is to follow. */
  void start(int tag, Vr vr, int length) {
    reserve(10 + length);
    head(tag, vr.ordinal(), length);
  }

  private void head(int tag, int vr, int length) {
    Records.putInt(bytes, size, tag);
    bytes[size + 4] = (byte) vr;
    if (length < 0xFF) {
      bytes[size + 5] = (byte) length;
      size += 6;
    } else {
      bytes[size + 5] = (byte) 0xFF;
      Records.putInt(bytes, size + 6, length);
      size += 10;
    }
  }

  /** Writes an element; {@code vr} is the ordinal of its value representation. */
  void put(int tag, int vr, byte[] source, int from, int length) {
    byte[] to = bytes;
    int at = size;
    if (length <= SHORT && source.length - from >= SHORT && to.length - at >= 8 + SHORT) {
      // Most values are short, and moves of a fixed size are faster than one that is exact.
      Records.putLong(to, at, tag & 0xFFFFFFFFL | (long) (length << 8 | vr) << 32);
      Records.putLong(to, at + 6, Records.longAt(source, from));
      Records.putLong(to, at + 14, Records.longAt(source, from + 8));
      size = at + 6 + length;
      return;
    }
    reserve(10 + SHORT + length);
    head(tag, vr, length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /** Writes an element whose value stays in the file. */
  void left(int tag, Vr vr, long offset, int length, boolean big) {
    reserve(10 + Records.LEFT_BYTES);
    head(tag, vr.ordinal() | Records.LEFT, Records.LEFT_BYTES);
    Records.putLong(bytes, size, offset);
    Records.putInt(bytes, size + 8, length);
    bytes[size + 12] = (byte) (big ? 1 : 0);
    size += Records.LEFT_BYTES;
  }

  void advance(int count) {
    size += count;
  }

  void add(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** Begins a sequence whose length is not known yet; gives what {@link #endSequence} wants. */
  int beginSequence(int tag) {
    reserve(10);
    Records.putInt(bytes, size, tag);
    bytes[size + 4] = (byte) Vr.SQ.ordinal();
    bytes[size + 5] = (byte) 0xFF;
    size += 10;
    return size;
  }

  void endSequence(int begun) {
    Records.putInt(bytes, begun - 4, size - begun);
  }

  int beginItem() {
    reserve(4);
    size += 4;
    return size;
  }

  void endItem(int begun) {
    Records.putInt(bytes, begun - 4, size - begun);
  }

  /** Puts the elements into tag order; of two with one tag the later one stays. */
  void sort() {
    int count = 0;
    for (int at = 0; at < size; at = Records.next(bytes, at)) {
      count++;
    }
    long[] order = new long[count];
    int i = 0;
    for (int at = 0; at < size; at = Records.next(bytes, at)) {
      order[i++] = ((long) Records.tag(bytes, at) << 32 ^ Long.MIN_VALUE) | at;
    }
    Arrays.sort(order);
    byte[] sorted = new byte[size];
    int to = 0;
    for (int k = 0; k < count; k++) {
      if (k + 1 < count && order[k] >>> 32 == order[k + 1] >>> 32) {
        continue;
      }
      int at = (int) order[k];
      int length = Records.next(bytes, at) - at;
      System.arraycopy(bytes, at, sorted, to, length);
      to += length;
    }
    System.arraycopy(sorted, 0, bytes, 0, to);
    size = to;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  /**
   * What differs from a shared part.
   *
   * @return null where more than half differs, so that sharing saves too little
   */
  byte @Nullable [] differenceFrom(byte[] shared) {
    int half = Math.max(64, size / 2);
    if (delta.length < half + 32) {
      delta = new byte[half + 32];
    }
    int used = 0;
    int a = 0;
    int b = 0;
    int same = 0;
    while (a < size || b < shared.length) {
      if (a < size && b < shared.length) {
        if (same <= a) {
          int equal = Arrays.mismatch(bytes, a, size, shared, b, shared.length);
          same = equal < 0 ? size : a + equal;
        }
        // Most elements are the same; they are stepped over together.
        int next = Records.next(bytes, a);
        if (next <= same) {
          b += next - a;
          a = next;
          continue;
        }
        same = 0;
      }
      int tagA = a < size ? Records.tag(bytes, a) ^ Integer.MIN_VALUE : Integer.MAX_VALUE;
      int tagB = b < shared.length ? Records.tag(shared, b) ^ Integer.MIN_VALUE : Integer.MAX_VALUE;
      if (a < size && tagA <= tagB) {
        int endA = Records.next(bytes, a);
        boolean both = tagA == tagB && b < shared.length;
        int endB = both ? Records.next(shared, b) : b;
        if (!both || !Records.equal(bytes, a, endA, shared, b, endB)) {
          if (used + endA - a > half) {
            return null;
          }
          System.arraycopy(bytes, a, delta, used, endA - a);
          used += endA - a;
        }
        a = endA;
        b = endB;
      } else {
        if (used + 6 > half) {
          return null;
        }
        Records.putInt(delta, used, Records.tag(shared, b));
        delta[used + 4] = Records.ABSENT;
        delta[used + 5] = 0;
        used += 6;
        b = Records.next(shared, b);
      }
    }
    return Arrays.copyOf(delta, used);
  }
}
