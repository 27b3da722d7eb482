package org.momo.dicom.internal;

import java.util.Arrays;
import org.momo.dicom.Vr;

/**
 * Value representations by their two letters, with what the reading of most elements asks, in a
 * perfect hash table.
 */
final class Form {
  /** The bits with the ordinal of the value representation. */
  static final int VR = 0x3F;

  /** Set where the length takes 32 bits. */
  static final int LONG = 0x40;

  /** Set where values are characters. */
  static final int TEXT = 0x80;

  private static final int[] TABLE = new int[256];
  private static final int MULTIPLIER = multiplier();

  private Form() {}

  /** The form that the first eight bytes of an element name; 0 where they name none. */
  static int of(long head) {
    int letters = (int) (head >>> 32) & 0xFFFF;
    int entry = TABLE[letters * MULTIPLIER >>> 24];
    return entry >>> 16 == letters ? entry & 0xFF : 0;
  }

  private static int multiplier() {
    int multiplier = 0x9E3779B9;
    while (!isFilled(multiplier)) {
      multiplier += 2;
    }
    return multiplier;
  }

  /** Fills the table, if the multiplier gives each representation a place of its own. */
  private static boolean isFilled(int multiplier) {
    Arrays.fill(TABLE, 0);
    for (Vr vr : Vr.values()) {
      int letters = vr.name().charAt(0) | vr.name().charAt(1) << 8;
      int i = letters * multiplier >>> 24;
      if (TABLE[i] != 0) {
        return false;
      }
      int form = vr.ordinal() | (vr.hasLongLength() ? LONG : 0) | (vr.isText() ? TEXT : 0);
      TABLE[i] = letters << 16 | form;
    }
    return true;
  }
}
