package org.momo.metadata.words;

import java.text.Normalizer;
import java.util.Locale;
import org.apache.commons.text.StringEscapeUtils;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into folded tokens.
 *
 * <p>Letters are lower-cased and lose their marks; a run of letters is a token, so is a run of
 * digits, so is each ideograph or kana. Damage that encodings leave is undone where it can be:
 * UTF-8 that was read as Latin-1, {@code U+00C9}, backslash escapes and entities of HTML. A letter
 * that was lost to a question mark stays as a wildcard.
 *
 * <p>This class is immutable.
 */
final class Tokenizer {
  /** Stands for a letter that an encoding lost. */
  static final char LOST = '?';

  /** What decoders write where they cannot read a letter. */
  static final char REPLACED = '\ufffd';

  /** Marks that HTML 5 names on more letters than HTML 4 does. */
  private static final String[] MARKS = {"acute;", "caron;", "cedil;", "ring;"};

  /** The longest entity that is looked for: a named letter, or a number up to {@code &#99999;}. */
  private static final int ENTITY = 8;

  private static final int MAPPED = 0x0600;
  private static final int EXTENDED_FROM = 0x1E00;
  private static final int EXTENDED_TO = 0x2000;
  private static final String CP1252 =
      "\u20ac\0\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\0\u017d\0"
          + "\0\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\0\u017e\u0178";

  private final @Nullable String[] folded = new @Nullable String[MAPPED];
  private final @Nullable String[] extended = new @Nullable String[EXTENDED_TO - EXTENDED_FROM];

  Tokenizer() {
    for (int c = 0x80; c < MAPPED; c++) {
      folded[c] = fold((char) c);
    }
    for (int c = EXTENDED_FROM; c < EXTENDED_TO; c++) {
      extended[c - EXTENDED_FROM] = fold((char) c);
    }
  }

  private static @Nullable String fold(char c) {
    switch (c) {
      case 'ß':
      case 'ẞ':
        return "ss";
      case 'æ':
      case 'Æ':
        return "ae";
      case 'œ':
      case 'Œ':
        return "oe";
      case 'ø':
      case 'Ø':
        return "o";
      case 'ł':
      case 'Ł':
        return "l";
      case 'đ':
      case 'Đ':
      case 'ð':
      case 'Ð':
        return "d";
      case 'ı':
      case 'İ':
        return "i";
      case 'þ':
      case 'Þ':
        return "th";
      default:
    }
    if (Character.getType(c) == Character.NON_SPACING_MARK) {
      return "";
    }
    if (!Character.isLetter(c)) {
      return null;
    }
    String plain =
        Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char p = plain.charAt(i);
      if (p == 'ς') {
        p = 'σ';
      }
      if (Character.isLetter(p)) {
        letters.append(p);
      }
    }
    return letters.toString();
  }

  private @Nullable String folded(char c) {
    if (c < MAPPED) {
      return folded[c];
    }
    if (c >= EXTENDED_FROM && c < EXTENDED_TO) {
      return extended[c - EXTENDED_FROM];
    }
    return fold(c);
  }

  static boolean isIdeographic(char c) {
    return c >= '\u3040' && c <= '\u30ff'
        || c >= '\u3400' && c <= '\u9fff'
        || c >= '\uf900' && c <= '\ufaff'
        || c >= '\uac00' && c <= '\ud7a3';
  }

  /** Cuts at most the first {@code limit} characters of a text. */
  Tokens tokenize(String text, int limit) {
    int n = Math.min(text.length(), limit);
    Tokens out = new Tokens(n);
    int tokenStart = -1;
    int origin = 0;
    boolean digits = false;
    byte before = Tokens.BREAK;
    int i = 0;
    while (i < n) {
      char c = text.charAt(i);
      int step = 1;
      if (c >= 0x80) {
        if (c >= '\uff01' && c <= '\uff5e') {
          c -= 0xfee0;
        } else if (c >= 'Â' && c <= 'Å' && i + 1 < n) {
          int low = continuation(text.charAt(i + 1));
          if (low >= 0) {
            c = (char) ((c & 0x1f) << 6 | low);
            step = 2;
          }
        }
      } else if ((c == 'U' || c == 'u') && i + 5 < n && text.charAt(i + 1) == '+') {
        int code = hex(text, i + 2);
        if (code >= 0xa0) {
          c = (char) code;
          step = 6;
        }
      } else if (c == '\\' && i + 5 < n && (text.charAt(i + 1) | 0x20) == 'u') {
        int code = hex(text, i + 2);
        if (code >= 0xa0) {
          c = (char) code;
          step = 6;
        }
      }
      if (c == '&' && i + 3 < n) {
        int end = i + 1;
        int most = Math.min(n, i + ENTITY);
        while (end < most && text.charAt(end - 1) != ';') {
          end++;
        }
        String plain = StringEscapeUtils.unescapeHtml4(text.substring(i, end));
        if (plain.length() == 1) {
          c = plain.charAt(0);
          step = end - i;
        } else if (isMarked(plain)) {
          c = plain.charAt(1);
          step = end - i;
        }
      }
      boolean letter;
      boolean upper = false;
      String many = null;
      if (c < 0x80) {
        if (c >= 'A' && c <= 'Z') {
          upper = true;
          c += 32;
          letter = true;
        } else {
          letter = c >= 'a' && c <= 'z';
        }
      } else if (isIdeographic(c)) {
        if (tokenStart >= 0) {
          out.add(tokenStart, out.used, origin, i, before);
          before = Tokens.GLUED;
          tokenStart = -1;
        }
        int at = out.used;
        out.append(c, false);
        out.add(at, out.used, i, i + step, before);
        before = Tokens.GLUED;
        i += step;
        continue;
      } else {
        if (c == REPLACED) {
          c = LOST;
          letter = neighbours(text, i, n) || tokenStart >= 0 && !digits;
          if (letter && tokenStart >= 0 && !digits && out.chars[out.used - 1] == LOST) {
            i += step;
            continue;
          }
        } else {
          many = folded(c);
          letter = many != null;
          upper = letter && Character.isUpperCase(c);
          if (many != null && many.length() == 1) {
            c = many.charAt(0);
            many = null;
          }
        }
      }
      if (c == LOST && !letter) {
        letter = neighbours(text, i, n);
        if (letter && out.used > 0 && tokenStart >= 0 && out.chars[out.used - 1] == LOST) {
          i += step;
          continue;
        }
      }
      if (letter) {
        if (tokenStart >= 0 && digits) {
          out.add(tokenStart, out.used, origin, i, before);
          before = Tokens.GLUED;
          tokenStart = -1;
        }
        if (tokenStart < 0) {
          tokenStart = out.used;
          origin = i;
          digits = false;
        }
        if (many == null) {
          out.append(c, upper);
        } else {
          for (int k = 0; k < many.length(); k++) {
            out.append(many.charAt(k), upper);
          }
        }
      } else if (c >= '0' && c <= '9') {
        if (tokenStart >= 0 && !digits) {
          out.add(tokenStart, out.used, origin, i, before);
          before = Tokens.GLUED;
          tokenStart = -1;
        }
        if (tokenStart < 0) {
          tokenStart = out.used;
          origin = i;
          digits = true;
        }
        out.append(c, false);
      } else {
        if (c == '.'
            && tokenStart >= 0
            && !digits
            && abbreviated(text, i, origin)
            && i + 1 < n
            && Character.isLetter(text.charAt(i + 1))
            && Character.isUpperCase(text.charAt(i + 1))
                == Character.isUpperCase(text.charAt(i - 1))
            && (i + 2 >= n || !Character.isLetter(text.charAt(i + 2)))) {
          i++;
          continue;
        }
        if (tokenStart >= 0) {
          out.add(tokenStart, out.used, origin, i, before);
          tokenStart = -1;
          before = Tokens.GLUED;
        }
        before = (byte) Math.max(before, gapOf(c));
      }
      i += step;
    }
    if (tokenStart >= 0) {
      out.add(tokenStart, out.used, origin, n, before);
    }
    return out;
  }

  /** Whether an entity names a letter and its mark, such as an e with a caron. */
  private static boolean isMarked(String entity) {
    for (String mark : MARKS) {
      if (entity.length() == mark.length() + 2
          && entity.endsWith(mark)
          && Character.isLetter(entity.charAt(1))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the token so far is single letters with dots between them. Letters of one case are one
   * abbreviation (L.W.S.), those of two are words (o.B., V.a.).
   */
  private static boolean abbreviated(String text, int dot, int origin) {
    for (int i = dot - 1; i >= origin; i -= 2) {
      if (i - 1 >= origin && text.charAt(i - 1) != '.') {
        return false;
      }
    }
    return (dot - origin) % 2 == 1;
  }

  private static byte gapOf(char c) {
    switch (c) {
      case '^':
        return Tokens.CARET;
      case ',':
      case ';':
      case ':':
      case '(':
      case ')':
      case '[':
      case ']':
      case '{':
      case '}':
      case '，':
      case '；':
      case '：':
      case '（':
      case '）':
      case '、':
        return Tokens.BREAK;
      case ' ':
      case '\t':
      case '\u00a0':
      case '\u3000':
        return Tokens.SPACE;
      case '+':
      case '&':
        return Tokens.PLUS;
      default:
        return Tokens.JOINED;
    }
  }

  private static boolean neighbours(String text, int i, int n) {
    int right = i + 1;
    while (right < n && (text.charAt(right) == LOST || text.charAt(right) == '\ufffd')) {
      right++;
    }
    return right < n && Character.isLetter(text.charAt(right));
  }

  private static int continuation(char c) {
    if (c >= 0x80 && c <= 0xbf) {
      return c & 0x3f;
    }
    int at = c < 0x100 ? -1 : CP1252.indexOf(c);
    return at < 0 ? -1 : at;
  }

  private static int hex(String text, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
