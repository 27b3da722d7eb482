package org.momo.dicom.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Specific Character Set makes of bytes (PS3.3 C.12.1.1.2, PS3.5 section 6.1).
 *
 * <p>Never fails: bytes that the declared set does not know are read as UTF-8 where they are valid
 * UTF-8, and as Windows-1252 elsewhere. That covers the usual damage, a set that is missing or
 * misspelt and a text that was stored in another one.
 *
 * <p>This class is immutable.
 */
public final class CharacterSet {
  /** The set of an object that declares none. */
  public static final CharacterSet DEFAULT = new CharacterSet(null, null, null, null, false);

  private static final int ESC = 0x1B;

  /** More terms than there are tables. */
  private static final int MOST_TERMS = 32;

  private final @Nullable Charset whole;
  private final @Nullable Plane initialG0;
  private final @Nullable Plane initialG1;
  private final @Nullable Plane impliedG1;
  private final boolean escapes;

  private CharacterSet(
      @Nullable Charset whole,
      @Nullable Plane initialG0,
      @Nullable Plane initialG1,
      @Nullable Plane impliedG1,
      boolean escapes) {
    this.whole = whole;
    this.initialG0 = initialG0;
    this.initialG1 = initialG1;
    this.impliedG1 = impliedG1;
    this.escapes = escapes;
  }

  /** A code table that an escape sequence brings in. */
  private enum Plane {
    ASCII("US-ASCII", 1),
    LATIN1("ISO-8859-1", 1),
    LATIN2("ISO-8859-2", 1),
    LATIN3("ISO-8859-3", 1),
    LATIN4("ISO-8859-4", 1),
    CYRILLIC("ISO-8859-5", 1),
    ARABIC("ISO-8859-6", 1),
    GREEK("ISO-8859-7", 1),
    HEBREW("ISO-8859-8", 1),
    LATIN5("ISO-8859-9", 1),
    LATIN9("ISO-8859-15", 1),
    THAI("TIS-620", 1),
    KATAKANA("JIS_X0201", 1),
    ROMAJI("JIS_X0201", 1),
    KANJI("x-JIS0208", 2),
    SUPPLEMENTARY_KANJI("JIS_X0212-1990", 2),
    HANGUL("EUC-KR", 2),
    HANZI("GB2312", 2);

    final String charset;
    final int width;

    Plane(String charset, int width) {
      this.charset = charset;
      this.width = width;
    }

    /** Kanji tables of Java take bytes without the high bit, EUC tables take them with it. */
    boolean wantsHighBit() {
      return this == HANGUL || this == HANZI;
    }
  }

  /**
   * The set that the values of (0008,0005) declare.
   *
   * @param declared the values in order, trimmed; empty where nothing is declared
   * @return the set; what is unknown is taken as undeclared
   */
  public static CharacterSet of(List<String> declared) {
    if (declared.isEmpty()) {
      return DEFAULT;
    }
    String first = normalized(declared.get(0));
    if (declared.size() == 1 && !first.startsWith("2022")) {
      return single(first);
    }
    Plane g0 = Plane.ASCII;
    Plane g1 = null;
    Plane implied = null;
    for (int i = 0; i < Math.min(declared.size(), MOST_TERMS); i++) {
      String name = normalized(declared.get(i));
      String number = name.startsWith("2022") ? name.substring(4) : name;
      Plane plane = plane(number);
      if (i == 0) {
        if (number.equals("13")) {
          g0 = Plane.ROMAJI;
        }
        if (number.equals("192") || number.equals("GB18030") || number.equals("GBK")) {
          return single(number);
        }
        g1 = plane == Plane.HANGUL || plane == Plane.HANZI || plane == null ? null : plane;
      }
      if (implied == null && plane != null) {
        implied = plane;
      }
    }
    if (g1 != null && g1.width == 2) {
      g1 = null;
    }
    return new CharacterSet(null, g0, g1, implied, true);
  }

  private static CharacterSet single(String name) {
    Charset charset =
        switch (name) {
          case "", "6" -> null;
          case "192" -> StandardCharsets.UTF_8;
          case "GB18030" -> charset("GB18030");
          case "GBK" -> charset("GBK");
          case "87", "159", "13" -> charset("windows-31j");
          case "149" -> charset("EUC-KR");
          case "58" -> charset("GBK");
          case "LATIN1" -> charset("windows-1252");
          default -> {
            Plane plane = plane(name);
            yield plane == null ? null : charset(plane.charset);
          }
        };
    if (name.equals("13")) {
      return new CharacterSet(null, Plane.ROMAJI, Plane.KATAKANA, Plane.KATAKANA, false);
    }
    return charset == null ? DEFAULT : new CharacterSet(charset, null, null, null, false);
  }

  /**
   * The number of a defined term, whatever dashes, underscores and prefixes it was written with.
   */
  private static String normalized(String term) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < Math.min(term.length(), 32); i++) {
      char c = term.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        letters.append(c);
      }
    }
    String text = letters.toString().toUpperCase(Locale.ROOT);
    boolean extended = text.startsWith("ISO2022");
    if (extended) {
      text = text.substring(7);
    } else if (text.startsWith("ISO")
        && !text.startsWith("ISO8859")
        && !text.startsWith("ISO646")) {
      text = text.substring(3);
    }
    if (text.startsWith("IR")) {
      text = text.substring(2);
    }
    String number =
        switch (text) {
          case "UTF8", "ISO10646", "10646", "UNICODE" -> "192";
          case "ISO88591", "LATIN1", "WINDOWS1252", "CP1252" -> "LATIN1";
          case "ISO88592" -> "101";
          case "ISO88595" -> "144";
          case "ISO88596" -> "127";
          case "ISO88597" -> "126";
          case "ISO88598" -> "138";
          case "ISO88599" -> "148";
          case "ISO885915" -> "203";
          case "ASCII", "USASCII", "ISO646" -> "6";
          case "GB2312", "EUCCN" -> "58";
          case "EUCKR", "KSX1001" -> "149";
          case "SHIFTJIS", "SJIS" -> "13";
          default -> text;
        };
    return extended ? "2022" + number : number;
  }

  private static @Nullable Plane plane(String number) {
    return switch (number) {
      case "100" -> Plane.LATIN1;
      case "101" -> Plane.LATIN2;
      case "109" -> Plane.LATIN3;
      case "110" -> Plane.LATIN4;
      case "144" -> Plane.CYRILLIC;
      case "127" -> Plane.ARABIC;
      case "126" -> Plane.GREEK;
      case "138" -> Plane.HEBREW;
      case "148" -> Plane.LATIN5;
      case "203" -> Plane.LATIN9;
      case "166" -> Plane.THAI;
      case "13" -> Plane.KATAKANA;
      case "149" -> Plane.HANGUL;
      case "58" -> Plane.HANZI;
      default -> null;
    };
  }

  /**
   * Decodes a value.
   *
   * @param bytes holds it
   * @param from where it begins
   * @param to where it ends
   * @param separators whether a backslash separates values, at which code extensions start afresh
   * @return the text, with backslashes where they separate
   */
  public String decode(byte[] bytes, int from, int to, boolean separators) {
    boolean plain = true;
    for (int i = from; i < to && plain; i++) {
      plain = bytes[i] >= 0 && bytes[i] != ESC;
    }
    if (plain) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    Decoders decoders = new Decoders();
    if (whole != null) {
      String text = decoders.strictly(whole, bytes, from, to);
      return text == null ? decoders.undeclared(bytes, from, to) : text;
    }
    if (initialG0 == null) {
      return indexOfEscape(bytes, from, to) < 0
          ? decoders.undeclared(bytes, from, to)
          : extended(decoders, bytes, from, to, separators, Plane.ASCII);
    }
    if (!escapes && initialG0 == Plane.ROMAJI && isShiftJis(bytes, from, to)) {
      return decoders.undeclaredJapanese(bytes, from, to);
    }
    return extended(decoders, bytes, from, to, separators, initialG0);
  }

  private static int indexOfEscape(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == ESC) {
        return i;
      }
    }
    return -1;
  }

  /** Lead bytes that JIS X 0201 does not have. */
  private static boolean isShiftJis(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      int b = bytes[i] & 0xFF;
      if (b >= 0x80 && b < 0xA1 || b >= 0xE0) {
        return true;
      }
    }
    return false;
  }

  private String extended(
      Decoders decoders, byte[] bytes, int from, int to, boolean separators, Plane firstG0) {
    StringBuilder text = new StringBuilder(to - from);
    Plane g0 = firstG0;
    Plane g1 = initialG1;
    int at = from;
    while (at < to) {
      int b = bytes[at] & 0xFF;
      if (b == ESC) {
        int length = escapeLength(bytes, at, to);
        Plane plane = length == 0 ? null : designated(bytes, at, length);
        if (plane == null) {
          at += Math.max(1, length);
          continue;
        }
        if (isG1(bytes, at)) {
          g1 = plane;
        } else {
          g0 = plane;
        }
        at += length;
        continue;
      }
      if (b < 0x21 || b == 0x7F) {
        // PS3.5 6.1.2.5.3: line ends and tabs bring back the first character set.
        if (b == '\t' || b == '\n' || b == '\f' || b == '\r') {
          g0 = firstG0;
          g1 = initialG1;
        }
        text.append((char) b);
        at++;
        continue;
      }
      Plane plane = b < 0x80 ? g0 : g1 == null ? impliedG1 : g1;
      if (b < 0x80 && g0.width == 1) {
        if (b == '\\' && separators || b == '^' || b == '=') {
          g0 = firstG0;
          g1 = initialG1;
        }
        text.append(b == '\\' && g0 == Plane.ROMAJI && !separators ? '\u00A5' : (char) b);
        at++;
        continue;
      }
      int end = at;
      while (end < to && (bytes[end] & 0xFF) >= 0x21 && (bytes[end] & 0x80) == (b & 0x80)) {
        end++;
      }
      text.append(decoders.segment(plane, bytes, at, end));
      at = end;
    }
    return text.toString();
  }

  private static boolean isG1(byte[] bytes, int at) {
    int second = bytes[at + 1] & 0xFF;
    int third = bytes[at + 2] & 0xFF;
    return second == 0x29 || second == 0x2D || second == 0x24 && third == 0x29;
  }

  private static int escapeLength(byte[] bytes, int at, int to) {
    int i = at + 1;
    while (i < to && (bytes[i] & 0xFF) >= 0x20 && (bytes[i] & 0xFF) < 0x30) {
      i++;
    }
    return i < to && i > at + 1 && i - at <= 3 ? i - at + 1 : 0;
  }

  private static @Nullable Plane designated(byte[] bytes, int at, int length) {
    int code = 0;
    for (int i = 1; i < length; i++) {
      code = code << 8 | bytes[at + i] & 0xFF;
    }
    return switch (code) {
      case 0x2842 -> Plane.ASCII;
      case 0x284A -> Plane.ROMAJI;
      case 0x2849, 0x2949 -> Plane.KATAKANA;
      case 0x2D41 -> Plane.LATIN1;
      case 0x2D42 -> Plane.LATIN2;
      case 0x2D43 -> Plane.LATIN3;
      case 0x2D44 -> Plane.LATIN4;
      case 0x2D4C -> Plane.CYRILLIC;
      case 0x2D47 -> Plane.ARABIC;
      case 0x2D46 -> Plane.GREEK;
      case 0x2D48 -> Plane.HEBREW;
      case 0x2D4D -> Plane.LATIN5;
      case 0x2D62 -> Plane.LATIN9;
      case 0x2D54 -> Plane.THAI;
      case 0x2440, 0x2442, 0x242842 -> Plane.KANJI;
      case 0x242844 -> Plane.SUPPLEMENTARY_KANJI;
      case 0x242943 -> Plane.HANGUL;
      case 0x242941 -> Plane.HANZI;
      default -> null;
    };
  }

  private static @Nullable Charset charset(String name) {
    // A run-time image may lack the module jdk.charsets.
    return Charset.isSupported(name) ? Charset.forName(name) : null;
  }

  /**
   * The decoders of one text, which may change its table at each byte.
   *
   * <p>This class is not thread-safe.
   */
  private static final class Decoders {
    private final Map<String, Optional<Charset>> charsets = new HashMap<>(8);
    private final Map<Charset, CharsetDecoder> decoders = new HashMap<>(8);
    private CharBuffer room = CharBuffer.allocate(64);

    private @Nullable Charset charset(String name) {
      return charsets
          .computeIfAbsent(name, n -> Optional.ofNullable(CharacterSet.charset(n)))
          .orElse(null);
    }

    String undeclaredJapanese(byte[] bytes, int from, int to) {
      Charset shiftJis = charset("windows-31j");
      String text = shiftJis == null ? null : strictly(shiftJis, bytes, from, to);
      return text == null ? undeclared(bytes, from, to) : text;
    }

    String undeclared(byte[] bytes, int from, int to) {
      String text = strictly(StandardCharsets.UTF_8, bytes, from, to);
      if (text != null) {
        return text;
      }
      Charset western = charset("windows-1252");
      return new String(
          bytes, from, to - from, western == null ? StandardCharsets.ISO_8859_1 : western);
    }

    String segment(@Nullable Plane plane, byte[] bytes, int from, int to) {
      Charset charset = plane == null ? null : charset(plane.charset);
      if (plane == null || charset == null) {
        return undeclared(bytes, from, to);
      }
      byte[] part = new byte[to - from];
      for (int i = 0; i < part.length; i++) {
        int b = bytes[from + i];
        if (plane.width == 2) {
          b = plane.wantsHighBit() ? b | 0x80 : b & 0x7F;
        }
        part[i] = (byte) b;
      }
      String text = strictly(charset, part, 0, part.length);
      if (text != null) {
        return text;
      }
      return plane.width == 2 ? new String(part, charset) : undeclared(bytes, from, to);
    }

    /** The text, or null where the charset does not know a byte of it. */
    @Nullable String strictly(Charset charset, byte[] bytes, int from, int to) {
      CharsetDecoder decoder =
          decoders
              .computeIfAbsent(
                  charset,
                  c ->
                      c.newDecoder()
                          .onMalformedInput(CodingErrorAction.REPORT)
                          .onUnmappableCharacter(CodingErrorAction.REPORT))
              .reset();
      int most = (int) ((to - from) * decoder.maxCharsPerByte()) + 1;
      if (room.capacity() < most) {
        room = CharBuffer.allocate(most);
      }
      room.clear();
      // An exception for each of many segments would take long.
      boolean isValid =
          !decoder.decode(ByteBuffer.wrap(bytes, from, to - from), room, true).isError()
              && !decoder.flush(room).isError();
      return isValid ? room.flip().toString() : null;
    }
  }

  /**
   * Splits a text at backslashes and trims the parts.
   *
   * @param text one or more values
   * @return the values; empty where all are empty
   */
  static List<String> split(String text) {
    int slash = text.indexOf('\\');
    if (slash < 0) {
      String value = trim(text);
      return value.isEmpty() ? List.of() : List.of(value);
    }
    List<String> values = new ArrayList<>();
    boolean any = false;
    int from = 0;
    while (true) {
      String value = trim(slash < 0 ? text.substring(from) : text.substring(from, slash));
      any |= !value.isEmpty();
      values.add(value);
      if (slash < 0) {
        break;
      }
      from = slash + 1;
      slash = text.indexOf('\\', from);
    }
    return any ? List.copyOf(values) : List.of();
  }

  /** Without blanks and control characters at both ends. */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isPadding(text.charAt(from))) {
      from++;
    }
    while (to > from && isPadding(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isPadding(char c) {
    return c <= ' ' || Character.isWhitespace(c);
  }
}
