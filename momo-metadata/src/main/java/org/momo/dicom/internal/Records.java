package org.momo.dicom.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.momo.dicom.Vr;

/**
 * A data set in one array: for each element its tag (4 bytes), its value representation (1), its
 * length (1, or 5 from 255 on) and its value; numbers in little endian order. A sequence's value
 * is, for each item, its length (4) and its elements. In place of a value that was left in the file
 * stands where it lies: its offset (8), its length (4) and whether its words are in big endian
 * order (1). The elements of a data set are in tag order.
 */
final class Records {
  /** Stands for a value representation: the element of the shared part does not apply. */
  static final int ABSENT = 0x7F;

  /** Added to the value representation where the value was left in the file. */
  static final int LEFT = 0x40;

  /** How many bytes say where a value was left. */
  static final int LEFT_BYTES = 13;

  private static final int VR = 0x3F;
  private static final long SECOND_BYTES = 0x00FF00FF00FF00FFL;
  private static final Vr[] VRS = Vr.values();

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Records() {}

  static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static int shortAt(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at) & 0xFFFF;
  }

  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static void putInt(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
  }

  static int tag(byte[] records, int at) {
    return intAt(records, at);
  }

  static boolean isAbsent(byte[] records, int at) {
    return records[at + 4] == ABSENT;
  }

  static Vr vr(byte[] records, int at) {
    return VRS[records[at + 4] & VR];
  }

  /** Whether the value was left in the file; not asked where the element is absent. */
  static boolean isLeft(byte[] records, int at) {
    return (records[at + 4] & LEFT) != 0;
  }

  static int length(byte[] records, int at) {
    int length = records[at + 5] & 0xFF;
    return length == 0xFF ? intAt(records, at + 6) : length;
  }

  static int value(byte[] records, int at) {
    return (records[at + 5] & 0xFF) == 0xFF ? at + 10 : at + 6;
  }

  static int next(byte[] records, int at) {
    return value(records, at) + length(records, at);
  }

  /** Where the record of a tag begins, or -1. */
  static int find(byte[] records, int from, int to, int tag) {
    int at = from;
    while (at < to) {
      int there = tag(records, at);
      if (there == tag) {
        return at;
      }
      at = next(records, at);
    }
    return -1;
  }

  /** Where the record of a tag begins, or -1, in records that are in tag order from a place on. */
  static int findSorted(byte[] records, int from, int tag) {
    int wanted = tag ^ Integer.MIN_VALUE;
    int at = from;
    while (at < records.length) {
      int there = tag(records, at) ^ Integer.MIN_VALUE;
      if (there >= wanted) {
        return there == wanted ? at : -1;
      }
      at = next(records, at);
    }
    return -1;
  }

  /** Turns a value from big endian into little endian order. */
  static void swap(byte[] bytes, int from, int size, Vr vr) {
    int word = vr.wordSize();
    if (word == 1) {
      return;
    }
    int at = from;
    int end = from + size - size % 8;
    switch (word) {
      case 2 -> {
        for (; at < end; at += 8) {
          long words = longAt(bytes, at);
          putLong(bytes, at, (words & SECOND_BYTES) << 8 | words >>> 8 & SECOND_BYTES);
        }
      }
      case 4 -> {
        for (; at < end; at += 4) {
          putInt(bytes, at, Integer.reverseBytes(intAt(bytes, at)));
        }
      }
      default -> {
        for (; at < end; at += 8) {
          putLong(bytes, at, Long.reverseBytes(longAt(bytes, at)));
        }
      }
    }
    for (; at + word <= from + size; at += word) {
      for (int a = at, b = at + word - 1; a < b; a++, b--) {
        byte kept = bytes[a];
        bytes[a] = bytes[b];
        bytes[b] = kept;
      }
    }
  }

  static boolean equal(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    return Arrays.equals(a, aFrom, aTo, b, bFrom, bTo);
  }
}
