package org.momo.imaging.codec;

/**
 * The codewords by which high-throughput JPEG 2000 names the significant samples of a quad (ISO/IEC
 * 15444-15, annex C), as tables to look the next seven bits up in.
 *
 * <p>An entry holds, from the low bit: three bits for the codeword's length, four for the
 * significant samples, one for whether an exponent offset follows, four for the samples whose first
 * magnitude bit is known, four for these bits. Zero is no codeword.
 *
 * <p>This class is immutable.
 */
final class HighThroughputCodewords {
  /*
   * Each context has a complete prefix code. Given in the order of their bits, codewords follow from their lengths
   * alone: a word below is a length, the significant samples, and, where an offset follows, what is known of the
   * first bits, the last three in hexadecimal. Contexts end with a semicolon.
   */
  private static final String FIRST_ROW =
      """
      32 38 34 41 55 5c 5a 53 6b10 6ff4 6fe2 6ff8 6ea8 6cc8 6cc4 6a88 6720 6900 69 6888 66
      6544 6444 7ff1 7fe6 7ff5 7e22 7ffc 7fba 7f99 7f 7ee4 7e 7dd8 7d54 7d11 7d 7ccc 7b11 7b
      7aa2 7551 7722 77 7600 7331 7322 7111 7222 ;
      20 48 44 42 41 5c 6b10 6fe4 6fa2 6fb8 6ea8 6d54 6cc4 6c88 6a88 6a 6900 69 6888 6300 6720
      6600 66 6544 65 6444 63 6222 7f 7ff1 7f88 7ee4 7d11 7e22 7e 7dd8 7d 7b11 7b 7aa2 7111
      7722 77 7551 ;
      20 48 44 42 41 55 6731 6f74 6f11 6ff1 6e20 6dc4 6d88 6c44 6c 6b20 6a00 6a 6900 69 66
      6554 6551 6311 6444 63 6111 7ff8 7e22 7f32 7f 7e 7dd1 7d 7cc8 7774 7b22 7b 7888 7555
      7722 77 7600 7222 7332 ;
      30 41 52 5ff1 5ff4 5ff8 58 5555 55 54 6faa 6ff2 6ff5 6ec8 6dd4 6dd1 6c44 6c 6b32 6a88 6a
      69 6311 6771 6764 6554 6551 6444 63 6111 7ffc 7ff3 7fe6 7fb9 7e44 7f 7ee2 7ee4 7e 7dd8
      7dd5 7ddc 7d99 7d 7cc8 7bb8 7888 7b11 7bb1 7b 7aa2 7998 7911 7773 7772 7222 7766 77 7662
      7644 76 7332 ;
      20 48 44 42 41 5a 69 6fb8 6f72 6f91 6ec8 6e44 6d10 6c88 6c 6b00 6aa8 6aa2 6888 6322 6740
      6600 66 6500 65 63 6222 7ff4 7f76 7d11 7f99 7f 7ee2 7e 7d 7cc4 7900 7bb2 7b 7aaa 7744 77
      7444 7111 7331 ;
      30 5ff2 5ff8 5ff4 5a 58 54 52 51 6ff1 69 6f76 6ee8 6ee2 6dd4 6d98 6c88 6c 6bb2 6b98 6aa8
      6aa2 6aaa 6888 6332 6764 6622 66 6544 65 63 6222 7ffa 7ff3 7fd9 7f77 7ffc 7f75 7f 7ee4
      7eea 7eec 7e66 7e 7dd1 7d99 7dd5 7d 7cc4 7bb1 7b99 7bb3 7b 7991 7988 7766 7771 7772 7773
      77 7664 7551 7444 7333 7331 7111 ;
      30 41 52 5ff1 5ff2 58 54 53 6ff8 6ff4 6ffc 6771 6ff3 6fea 6f66 6ee8 6d54 6cc8 6c 6bb2
      6b91 6a22 6a 69 6764 66 6511 65 6222 6332 6331 6333 6111 7ff5 7fb9 7f 7ee4 7d55 7eec
      7e22 7ee2 7e 7dd1 7dc8 7d 7cc4 7bb8 7ccc 7b99 7bba 7b 7aa8 7998 7911 7772 7888 7766 7773
      77 7664 7622 7444 7554 ;
      4ff1 4ff4 4ff8 4ff2 5ffa 50 5ff3 5ff5 5fff 6ffc 6ff6 6ee8 6ff9 6ee2 6dd4 6dd1 6bb2 6a22
      6900 6771 6600 6511 62 61 7ffb 7ffe 7f 7ff7 7ffd 7ee4 7eea 7eec 7e66 7e 7dd8 7dd5 7ddc
      7d99 7d 7cc4 7c88 7c 7bb8 7a 7bba 7bb1 7bb3 7b99 7b 7aa8 7775 79 7888 78 7774 7772 7773
      7766 77 75 76 7554 7444 74 7331 7332 7333 73 7222 7111
      """;

  private static final String OTHER_ROWS =
      """
      31 38 34 32 56 5c 5a 59 5888 55 53 6f10 6e40 6d00 6c88 6900 6b00 6a88 6500 6700 6300
      6444 6111 6222 7f11 7f 7d 7e44 7e 7cc4 77 7b 7aa2 7600 ;
      10 48 42 41 54 53 65 6f40 6c 6a 69 7b00 7f44 7f 7e00 7e 7d00 7d 7c00 7b 7a00 7888 7900
      7444 7700 77 7600 76 7500 7222 7332 7311 7111 ;
      10 42 41 58 54 6c 6aa2 6a 63 65 6222 7ff8 7f72 7f51 7f44 7f 7e40 7e44 7e 7d00 7d 7c00
      7aaa 7b00 7bb2 7b 7aa8 7700 7900 79 7888 77 7600 76 7500 7331 7444 7322 7111 ;
      20 42 41 58 54 53 6751 6ff1 6ff8 6ff2 6f 6d40 6c00 6c 6bb2 6b88 6b 6a22 6a 6900 69 67 66
      6511 65 6222 6331 6332 6111 7ff4 7ee2 7ff5 7fa8 7ffa 7f73 7f66 7ec8 7e44 7e 7bb3 7d44 7d
      7bb1 7aa8 7888 7744 7772 7554 7600 7444 7333 ;
      10 48 44 5c 52 51 6a 6f30 6e20 6444 66 65 7f32 7f11 7f 7b00 7e22 7e 7d00 7d 7cc4 7cc8
      7ccc 7b 7a00 7700 7900 79 7888 77 7600 7300 7500 73 7222 7111 ;
      20 44 52 5f 5c 58 55 51 6ea8 6ff2 6ff8 6ff4 6ffc 6ff1 6e 6d54 6d 6c44 6720 6b10 6b 6a00
      6a 69 6888 67 66 6544 6300 6444 63 6111 7ff3 7ffa 7f76 7fd5 7f99 7e22 7ee4 7d11 7dd8
      7b11 7cc8 7600 7900 7722 7222 7551 ;
      30 44 42 41 55 5c 5a 58 6b 6ff4 6ff8 6ff2 6f 6ee8 6e 6d 6aa2 6722 6900 69 6888 67 66
      6544 6322 6444 63 6222 6111 7ff1 7ffc 7ff5 7fb9 7ee2 7ffa 7f76 7f33 7dd1 7eea 7e44 7ee4
      7dc8 7d44 7dd4 7bb1 7cc4 7cc8 7ccc 7ba8 7b22 7bb2 7aaa 7aa8 7551 7774 7731 7664 7622
      7331 ;
      3f 40 5d 5ff4 5ff1 5ff8 5ff2 5b 57 55 6ffc 6ff5 6fb9 6ea8 6ffa 6f76 6ff3 6e 6d54 6a00
      6c00 6c 6b32 6a 69 68 6771 64 66 6511 63 62 6111 61 7ee4 7ffb 7ff7 7fff 7dd8 7e22 7ee2
      7bb8 7d11 7dd1 7900 7b11 7bb1 7772 7888 7600 7773 7744 7774 7332 7554 7444 7311 7222
      """;

  /** Contexts times 128 entries. */
  static final char[] FIRST = expand(FIRST_ROW);

  static final char[] OTHERS = expand(OTHER_ROWS);

  private HighThroughputCodewords() {}

  private static char[] expand(String words) {
    char[] table = new char[8 << 7];
    int context = 0;
    int next = 0;
    for (String word : words.strip().split("\\s+")) {
      if (word.equals(";")) {
        context++;
        next = 0;
        continue;
      }
      int length = word.charAt(0) - '0';
      int entry = length | hex(word, 1) << 3;
      if (word.length() == 4) {
        entry |= 1 << 7 | hex(word, 2) << 8 | hex(word, 3) << 12;
      }
      for (int i = 0; i < 1 << (7 - length); i++) {
        // The stream's first bit is the lowest here.
        int bits = Integer.reverse(next++) >>> 25;
        table[context << 7 | bits] = (char) entry;
      }
    }
    return table;
  }

  private static int hex(String word, int at) {
    return Character.digit(word.charAt(at), 16);
  }
}
