package org.momo.dicom;

import org.jspecify.annotations.Nullable;

/**
 * The value representations of PS3.5 section 6.2.
 *
 * <p>This class is immutable.
 */
public enum Vr {
  /** Application Entity. */
  AE(Kind.TEXT, 0),
  /** Age String. */
  AS(Kind.TEXT, 0),
  /** Attribute Tag. */
  AT(Kind.BINARY, 2),
  /** Code String. */
  CS(Kind.TEXT, 0),
  /** Date. */
  DA(Kind.TEXT, 0),
  /** Decimal String. */
  DS(Kind.TEXT, 0),
  /** Date Time. */
  DT(Kind.TEXT, 0),
  /** Floating Point Double. */
  FD(Kind.BINARY, 8),
  /** Floating Point Single. */
  FL(Kind.BINARY, 4),
  /** Integer String. */
  IS(Kind.TEXT, 0),
  /** Long String. */
  LO(Kind.TEXT, 0),
  /** Long Text. */
  LT(Kind.WHOLE_TEXT, 0),
  /** Other Byte. */
  OB(Kind.BYTES, 1),
  /** Other Double. */
  OD(Kind.BYTES, 8),
  /** Other Float. */
  OF(Kind.BYTES, 4),
  /** Other Long. */
  OL(Kind.BYTES, 4),
  /** Other 64-bit Very Long. */
  OV(Kind.BYTES, 8),
  /** Other Word. */
  OW(Kind.BYTES, 2),
  /** Person Name. */
  PN(Kind.TEXT, 0),
  /** Short String. */
  SH(Kind.TEXT, 0),
  /** Signed Long. */
  SL(Kind.BINARY, 4),
  /** Sequence of Items. */
  SQ(Kind.SEQUENCE, 0),
  /** Signed Short. */
  SS(Kind.BINARY, 2),
  /** Short Text. */
  ST(Kind.WHOLE_TEXT, 0),
  /** Signed 64-bit Very Long. */
  SV(Kind.BINARY, 8),
  /** Time. */
  TM(Kind.TEXT, 0),
  /** Unlimited Characters. */
  UC(Kind.TEXT, 0),
  /** Unique Identifier. */
  UI(Kind.TEXT, 0),
  /** Unsigned Long. */
  UL(Kind.BINARY, 4),
  /** Unknown. */
  UN(Kind.BYTES, 1),
  /** Universal Resource Identifier. */
  UR(Kind.WHOLE_TEXT, 0),
  /** Unsigned Short. */
  US(Kind.BINARY, 2),
  /** Unlimited Text. */
  UT(Kind.WHOLE_TEXT, 0),
  /** Unsigned 64-bit Very Long. */
  UV(Kind.BINARY, 8);

  private enum Kind {
    TEXT,
    WHOLE_TEXT,
    BINARY,
    BYTES,
    SEQUENCE
  }

  private final Kind kind;
  private final int width;
  private final boolean longLength;

  Vr(Kind kind, int width) {
    this.kind = kind;
    this.width = width;
    this.longLength =
        switch (name()) {
          case "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV" -> true;
          default -> false;
        };
  }

  /**
   * The value representation of a two-letter name.
   *
   * @param first its first letter
   * @param second its second letter
   * @return the value representation, or null where the letters name none
   */
  public static @Nullable Vr of(char first, char second) {
    int row = first - 'A';
    int column = second - 'A';
    return (row | column) >>> 5 == 0 ? Names.TABLE[row << 5 | column] : null;
  }

  /**
   * Whether explicit syntaxes write the length in 32 bits.
   *
   * @return false where they write it in 16
   */
  public boolean hasLongLength() {
    return longLength;
  }

  /**
   * Whether values are characters.
   *
   * @return false for numbers, bytes and sequences
   */
  public boolean isText() {
    return kind == Kind.TEXT || kind == Kind.WHOLE_TEXT;
  }

  /**
   * Whether a backslash separates values.
   *
   * @return true for text that may have several values
   */
  public boolean hasSeparators() {
    return kind == Kind.TEXT;
  }

  /**
   * Whether values are numbers of a fixed width, or attribute tags.
   *
   * @return false for text, bytes and sequences
   */
  public boolean isNumber() {
    return kind == Kind.BINARY;
  }

  /**
   * Whether the Specific Character Set says how to read the value.
   *
   * @return true for LO, LT, PN, SH, ST, UC and UT
   */
  public boolean usesCharacterSet() {
    return switch (this) {
      case LO, LT, PN, SH, ST, UC, UT -> true;
      default -> false;
    };
  }

  /**
   * The bytes that swap places between byte orders: 2 for US, 8 for FD, 1 where order plays no
   * part. An attribute tag counts as two words of 2.
   *
   * @return 1, 2, 4 or 8
   */
  public int wordSize() {
    return Math.max(1, width);
  }

  private static final class Names {
    static final @Nullable Vr[] TABLE = new Vr[32 * 32];

    static {
      for (Vr vr : values()) {
        TABLE[vr.name().charAt(0) - 'A' << 5 | vr.name().charAt(1) - 'A'] = vr;
      }
    }
  }
}
