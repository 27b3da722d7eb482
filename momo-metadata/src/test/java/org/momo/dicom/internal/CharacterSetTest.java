package org.momo.dicom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharacterSetTest {

  private static String decode(byte[] bytes, String... declared) {
    return CharacterSet.of(List.of(declared)).decode(bytes, 0, bytes.length, true);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "ISO_IR 100, ISO-8859-1, Schädel",
    "ISO_IR 101, ISO-8859-2, Głowa żołądek",
    "ISO_IR 109, ISO-8859-3, Ħobż",
    "ISO_IR 110, ISO-8859-4, Ķermenis",
    "ISO_IR 144, ISO-8859-5, Череп",
    "ISO_IR 127, ISO-8859-6, رأس",
    "ISO_IR 126, ISO-8859-7, Κρανίο",
    "ISO_IR 138, ISO-8859-8, ראש",
    "ISO_IR 148, ISO-8859-9, Göğüs",
    "ISO_IR 203, ISO-8859-15, Œsophage",
    "ISO_IR 166, TIS-620, ศีรษะ",
    "ISO_IR 13, windows-31j, ｱﾀﾏ",
    "ISO_IR 192, UTF-8, 頭部 Schädel",
    "GB18030, GB18030, 头部CT平扫",
    "GBK, GBK, 腹部",
    "ISO-IR 100, ISO-8859-1, Schädel",
    "ISO_IR_192, UTF-8, Schädel",
    "UTF-8, UTF-8, Schädel",
    "latin1, ISO-8859-1, Schädel",
    "ISO 8859/1, ISO-8859-1, Schädel",
    "SHIFT_JIS, windows-31j, 頭部",
  })
  void reads_single_sets(String declared, String charset, String text) {
    assertThat(decode(text.getBytes(Charset.forName(charset)), declared)).isEqualTo(text);
    assertThat(decode("CT Thorax".getBytes(StandardCharsets.US_ASCII), declared))
        .isEqualTo("CT Thorax");
  }

  @ParameterizedTest
  @CsvSource({
    "ISO 2022 IR 100, 1B2D41, ISO-8859-1, ä",
    "ISO 2022 IR 101, 1B2D42, ISO-8859-2, ż",
    "ISO 2022 IR 109, 1B2D43, ISO-8859-3, ħ",
    "ISO 2022 IR 110, 1B2D44, ISO-8859-4, ķ",
    "ISO 2022 IR 144, 1B2D4C, ISO-8859-5, ж",
    "ISO 2022 IR 127, 1B2D47, ISO-8859-6, ر",
    "ISO 2022 IR 126, 1B2D46, ISO-8859-7, α",
    "ISO 2022 IR 138, 1B2D48, ISO-8859-8, ש",
    "ISO 2022 IR 148, 1B2D4D, ISO-8859-9, ğ",
    "ISO 2022 IR 203, 1B2D62, ISO-8859-15, œ",
    "ISO 2022 IR 166, 1B2D54, TIS-620, ศ",
    "ISO 2022 IR 149, 1B242943, EUC-KR, 한글",
    "ISO 2022 IR 58, 1B242941, GB2312, 腹部",
  })
  void reads_code_extensions_by_their_escape_sequences(
      String declared, String escape, String charset, String text) {
    byte[] part = text.getBytes(Charset.forName(charset));
    byte[] bytes = new byte[3 + escape.length() / 2 + part.length];
    bytes[0] = 'C';
    bytes[1] = 'T';
    bytes[2] = ' ';
    System.arraycopy(hex(escape), 0, bytes, 3, escape.length() / 2);
    System.arraycopy(part, 0, bytes, 3 + escape.length() / 2, part.length);
    assertThat(decode(bytes, "", declared)).isEqualTo("CT " + text);
  }

  /** PS3.5 annex H.3.1: Yamada^Tarou in Romaji, Kanji and Kana. */
  @Test
  void reads_the_japanese_example_of_the_standard() {
    byte[] bytes =
        hex(
            "59616d6164615e5461726f753d 1b2442 3b33 4544 1b2842 5e 1b2442 4240 4f3a 1b2842 3d"
                + "1b2442 2464 245e 2440 1b2842 5e 1b2442 243f 246d 2426 1b2842");
    assertThat(decode(bytes, "", "ISO 2022 IR 87")).isEqualTo("Yamada^Tarou=山田^太郎=やまだ^たろう");
  }

  /** PS3.5 annex H.3.2: half-width Katakana, Kanji, Kana. */
  @Test
  void reads_the_example_with_katakana() {
    byte[] bytes =
        hex(
            "d4cfc05ec0dbb33d 1b2442 3b33 4544 1b284a 5e 1b2442 4240 4f3a 1b284a 3d"
                + "1b2442 2464 245e 2440 1b284a 5e 1b2442 243f 246d 2426 1b284a");
    assertThat(decode(bytes, "ISO 2022 IR 13", "ISO 2022 IR 87"))
        .isEqualTo("ﾔﾏﾀ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
  }

  /** PS3.5 annex I.2: Hong^Gildong. */
  @Test
  void reads_the_korean_example_with_and_without_escape_sequences() {
    byte[] standard =
        hex(
            "486f6e675e47696c646f6e673d 1b242943 fbf3 5e 1b242943 d1ce d4d7 3d 1b242943 c8ab 5e 1b242943 b1e6 b5bf");
    assertThat(decode(standard, "", "ISO 2022 IR 149")).isEqualTo("Hong^Gildong=洪^吉洞=홍^길동");
    assertThat(decode(hex("c8ab 5e b1e6 b5bf"), "", "ISO 2022 IR 149")).isEqualTo("홍^길동");
  }

  @Test
  void reads_supplementary_kanji() {
    String text = "鄧";
    byte[] plane = text.getBytes(Charset.forName("JIS_X0212-1990"));
    byte[] bytes = new byte[4 + plane.length];
    System.arraycopy(hex("1b242844"), 0, bytes, 0, 4);
    System.arraycopy(plane, 0, bytes, 4, plane.length);
    assertThat(decode(bytes, "", "ISO 2022 IR 159")).isEqualTo(text);
  }

  @Test
  void a_backslash_inside_a_double_byte_character_does_not_separate() {
    byte[] gbk = "誠".getBytes(Charset.forName("GBK"));
    assertThat(gbk[1]).isEqualTo((byte) '\\');
    assertThat(decode(gbk, "GBK")).isEqualTo("誠");
    byte[] kanji = hex("1b2442 305c 1b2842 5c 41");
    assertThat(CharacterSet.split(decode(kanji, "", "ISO 2022 IR 87"))).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "ISO_IR 192, Sch\u00E4del, ISO-8859-1",
    "'', Sch\u00E4del, UTF-8",
    "'', Sch\u00E4del, ISO-8859-1",
    "ISO_IR 6, Sch\u00E4del, UTF-8",
    "NONSENSE 7, Sch\u00E4del, ISO-8859-1",
    "ISO_IR 13, 頭部, windows-31j",
  })
  void damaged_and_undeclared_encodings_survive(String declared, String text, String charset) {
    assertThat(decode(text.getBytes(Charset.forName(charset)), declared)).isEqualTo(text);
  }

  @Test
  void no_bytes_make_it_fail() {
    java.util.Random random = new java.util.Random(7);
    String[] sets = {
      "",
      "ISO_IR 13",
      "ISO 2022 IR 87",
      "ISO 2022 IR 149",
      "GB18030",
      "ISO_IR 192",
      "ISO 2022 IR 58"
    };
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      for (int k = 0; k < bytes.length; k++) {
        if (random.nextInt(4) == 0) {
          bytes[k] = 0x1B;
        } else if (random.nextInt(3) == 0) {
          bytes[k] = (byte) "$()-BIJ@ADC".charAt(random.nextInt(11));
        }
      }
      assertThat(decode(bytes, sets[i % sets.length], sets[(i + 3) % sets.length])).isNotNull();
    }
  }

  /**
   * Found by fuzzing: a text that changes its table at nearly each byte took an exception for each,
   * and so fifty milliseconds for twenty kilobytes.
   */
  @Test
  void a_text_that_changes_its_table_at_each_byte_costs_no_exception_for_each() {
    byte[] bytes = new byte[20_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i % 2 == 0 ? 0xFE : 'a');
    }
    bytes[0] = 0x1B;
    CharacterSet japanese = CharacterSet.of(List.of("", "ISO 2022 IR 87"));
    com.sun.management.ThreadMXBean memory =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    japanese.decode(bytes, 0, bytes.length, true);
    long before = memory.getCurrentThreadAllocatedBytes();
    String text = japanese.decode(bytes, 0, bytes.length, true);
    long allocated = memory.getCurrentThreadAllocatedBytes() - before;
    assertThat(text).hasSizeGreaterThan(19_000);
    assertThat(allocated).isLessThan(500L * bytes.length);
  }

  @Test
  void more_terms_than_there_are_tables_are_not_looked_at() {
    String[] many = new String[100_000];
    java.util.Arrays.fill(many, "ISO 2022 IR 87");
    many[0] = "ISO_IR 100";
    assertThat(decode(new byte[] {'S', (byte) 0xE4}, many)).isEqualTo("S\u00e4");
  }
}
