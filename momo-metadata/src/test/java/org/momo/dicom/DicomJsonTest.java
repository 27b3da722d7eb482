package org.momo.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.momo.study.Code;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Tag;

class DicomJsonTest {
  @TempDir Path folder;

  private static List<Instance> parse(String json) throws IOException {
    return DicomJson.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "answer");
  }

  private static Header one(String json) throws IOException {
    return parse(json).get(0).header();
  }

  private static String instance(String study, int number) {
    return ("{'0020000D':{'vr':'UI','Value':['" + study + "']},")
        .concat("'0020000E':{'vr':'UI','Value':['" + study + ".1']},")
        .concat("'00080018':{'vr':'UI','Value':['" + study + ".1." + number + "']},")
        .concat("'00200013':{'vr':'IS','Value':[" + number + "]}}")
        .replace('\'', '"');
  }

  private Media.Read lines(String text) throws IOException {
    return lines(text, ReadOptions.defaults());
  }

  private Media.Read lines(String text, ReadOptions options) throws IOException {
    Path file = Files.writeString(folder.resolve("studies"), text);
    return Media.read(DicomSources.of(file, options));
  }

  @Test
  void values_of_every_sort_are_read() throws IOException {
    Header header =
        one(
            """
            [{"00080005":{"vr":"CS","Value":["ISO_IR 100"]},
              "00081030":{"vr":"LO","Value":["Schädel nativ"]},
              "00080008":{"vr":"CS","Value":["ORIGINAL",null,"AXIAL"]},
              "00100010":{"vr":"PN","Value":[{"Alphabetic":"A^B","Ideographic":"C"}]},
              "00280010":{"vr":"US","Value":[65535]},
              "00189073":{"vr":"FD","Value":[1.5]},
              "00180081":{"vr":"DS","Value":[12.25]},
              "00081032":{"vr":"SQ","Value":[
                 {"00080100":{"vr":"SH","Value":["CT1"]},"00080104":{"vr":"LO","Value":["Chest"]}},
                 {},
                 {"00080102":{"vr":"SH","Value":["99"]},"00080100":{"vr":"SH","Value":["CT2"]}}]},
              "00080060":{"vr":"CS"},
              "00091010":{"vr":"LO","Value":["private"]}}]
            """);
    assertThat(header.strings(Tag.STUDY_DESCRIPTION)).containsExactly("Schädel nativ");
    assertThat(header.strings(Tag.IMAGE_TYPE)).containsExactly("ORIGINAL", "", "AXIAL");
    assertThat(header.strings(Tag.ROWS)).containsExactly("65535");
    assertThat(header.number(Tag.ECHO_TIME)).hasValue(12.25);
    assertThat(header.codes(Tag.PROCEDURE_CODE_SEQUENCE))
        .containsExactly(new Code("", "CT1", "Chest"), new Code("99", "CT2", ""));
    assertThat(header.items(Tag.PROCEDURE_CODE_SEQUENCE)).hasSize(3);
    assertThat(header.strings(Tag.MODALITY)).isEmpty();
  }

  @Test
  void inline_pixels_are_read_and_references_to_bulk_data_are_left() throws IOException {
    List<Instance> read =
        parse(
            """
            [{"00280010":{"vr":"US","Value":[1]},"00280011":{"vr":"US","Value":[3]},
              "00280100":{"vr":"US","Value":[8]},
              "7FE00010":{"vr":"OB","InlineBinary":"AQID"}},
             {"00281201":{"vr":"OW","BulkDataURI":"http://x/1"},
              "7FE00010":{"vr":"OW","BulkDataURI":"http://x/2"}}]
            """);
    ByteBuffer frame = read.get(0).pixelData().orElseThrow().frame(0);
    assertThat(new byte[] {frame.get(), frame.get(), frame.get()}).containsExactly(1, 2, 3);
    assertThat(read.get(1).pixelData()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[{'0020000D':{'vr':'UI','Value':['1.2'}}]|not well-formed JSON",
        "[1]|An instance should be an object",
        "'text'|An array of instances should stand here",
        "[]x|not well-formed JSON",
        "[][]|Something follows the array of instances",
        "[{'0020000':{}}]|named by eight hexadecimal digits",
        "[{'0020000G':{}}]|named by eight hexadecimal digits",
        "[{'0020000D':'1.2'}]|should be an object with vr and Value",
        "[{'0020000D':{'vr':'UI','Value':[['1.2']]}}]|A value should not be an array",
        "[{'00280010':{'vr':'US','Value':['many']}}]|of representation US is not a number",
        "[{'7FE00010':{'vr':'OB','InlineBinary':'@@'}}]|not in base 64",
        "[{'0020000D':{'vr':'UI','Value':['1.2|not well-formed JSON"
      })
  void what_is_wrong_is_said_with_row_and_column(String json, String message) {
    assertThatThrownBy(() -> parse("\n" + json.replace('\'', '"')))
        .isInstanceOfSatisfying(
            DicomException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MALFORMED))
        .hasMessageStartingWith("answer: ")
        .hasMessageContaining(message)
        .hasMessageContaining("(row 2, column ");
  }

  @Test
  void a_message_never_quotes_the_text() {
    assertThatThrownBy(
            () -> parse("[{\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":Mueller}]}}]"))
        .isInstanceOf(DicomException.class)
        .message()
        .doesNotContain("Mueller");
  }

  @Test
  void sequences_nested_too_deep_are_refused() {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 100_000; i++) {
      json.append("{\"00081032\":{\"vr\":\"SQ\",\"Value\":[");
    }
    assertThatThrownBy(() -> parse(json.toString()))
        .isInstanceOf(DicomException.class)
        .hasMessageContaining("nested");
  }

  @Test
  void an_answer_that_is_too_long_is_refused() {
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withLineBytes(1000));
    String json = "[" + instance("1.2", 1) + " ".repeat(2000) + "]";
    assertThatThrownBy(
            () -> DicomJson.read(new ByteArrayInputStream(json.getBytes()), "answer", options))
        .isInstanceOfSatisfying(
            DicomException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LIMIT_EXCEEDED))
        .hasMessageContaining("raise the limit lineBytes");
  }

  @Test
  void each_line_is_a_study_and_lines_keep_their_order() throws IOException {
    StringBuilder text = new StringBuilder("\uFEFF");
    for (int study : new int[] {9, 3, 7, 1}) {
      text.append('[')
          .append(instance("1.2." + study, 2))
          .append(',')
          .append(instance("1.2." + study, 1))
          .append("]\r\n");
    }
    text.append("\n").append(instance("1.2.5", 1));
    Media.Read read = lines(text.toString());
    assertThat(read.uids()).containsExactly("1.2.9", "1.2.3", "1.2.7", "1.2.1", "1.2.5");
    assertThat(read.studies().get(0).series().get(0).instances())
        .extracting(Instance::uid)
        .containsExactly("1.2.9.1.1", "1.2.9.1.2");
    assertThat(read.studies().get(2).source()).hasValueSatisfying(s -> s.endsWith("studies#3"));
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void an_array_over_many_lines_is_one_text_whose_instances_are_grouped() throws IOException {
    Media.Read read =
        lines(
            "[\n"
                + instance("1.2.9", 1)
                + ",\n"
                + instance("1.2.3", 1)
                + ",\n"
                + instance("1.2.9", 2)
                + "\n]\n");
    assertThat(read.uids()).containsExactly("1.2.3", "1.2.9");
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void a_line_that_cannot_be_read_is_reported_with_its_number_and_left_out() throws IOException {
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withLineBytes(2000));
    Media.Read read =
        lines(
            String.join(
                "\n",
                instance("1.2.1", 1),
                "[{\"0020\"",
                instance("1.2.3", 1),
                "[" + " ".repeat(200_000) + "]",
                instance("1.2.5", 1)),
            options);
    assertThat(read.uids()).containsExactly("1.2.1", "1.2.3", "1.2.5");
    assertThat(read.kinds()).containsExactly(Kind.MALFORMED, Kind.LIMIT_EXCEEDED);
    assertThat(read.problems())
        .extracting(ReadProblem::source)
        .satisfiesExactly(
            s -> assertThat(s).endsWith("studies#2"), s -> assertThat(s).endsWith("studies#4"));
  }

  @Test
  void a_text_without_end_stops_at_the_limit() throws IOException {
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withLineBytes(2000));
    Media.Read read = lines("[\n" + "{},\n".repeat(100_000), options);
    assertThat(read.uids()).isEmpty();
    assertThat(read.kinds()).containsExactly(Kind.LIMIT_EXCEEDED);
  }

  private Media.Read compressed(byte[] content, ReadOptions options) throws IOException {
    Path file = folder.resolve("studies");
    Files.write(file, content);
    return Media.read(DicomSources.of(file, options));
  }

  private static String fiveLines() {
    StringBuilder text = new StringBuilder();
    for (int study = 1; study <= 5; study++) {
      text.append(instance("1.2." + study, 1)).append('\n');
    }
    return text.toString();
  }

  @Test
  void compressed_lines_are_read_as_plain_ones_are() throws IOException {
    byte[] text = fiveLines().getBytes(StandardCharsets.UTF_8);
    Media.Read read = compressed(Media.gzip(text), ReadOptions.defaults());
    assertThat(read.uids()).containsExactly("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5");
    assertThat(read.studies().get(2).source()).hasValueSatisfying(s -> s.endsWith("studies#3"));
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void compressed_lines_that_are_cut_or_damaged_keep_what_came_before() throws IOException {
    byte[] whole = Media.gzip(fiveLines().repeat(400).getBytes(StandardCharsets.UTF_8));
    for (int length = 20; length < whole.length; length += 1 + whole.length / 40) {
      byte[] cut = Arrays.copyOf(whole, length);
      Media.Read read = compressed(cut, ReadOptions.defaults());
      assertThat(read.kinds()).as("cut at %d", length).containsExactly(Kind.MALFORMED);
      assertThat(read.uids()).hasSizeLessThanOrEqualTo(2000);
      byte[] damaged = whole.clone();
      damaged[length] ^= 0x55;
      assertThat(compressed(damaged, ReadOptions.defaults()).problems()).isNotEmpty();
    }
  }

  @Test
  void a_compressed_text_that_brings_no_study_ends_at_the_limit() throws IOException {
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withInflatedBytes(1 << 20));
    byte[] bomb = Media.gzip(("\n".repeat(1 << 10)).repeat(4 << 10).getBytes());
    assertThat(bomb.length).isLessThan(16 << 10);
    Path file = folder.resolve("studies");
    Files.write(file, bomb);
    assertThat(Media.read(DicomJson.source(file, options)).kinds())
        .containsExactly(Kind.LIMIT_EXCEEDED);
    // Many studies together may be longer than what one may cost.
    String text = fiveLines().repeat(20_000);
    assertThat(text.length()).isGreaterThan(2 << 20);
    Media.Read read = compressed(Media.gzip(text.getBytes()), options);
    assertThat(read.problems()).isEmpty();
    assertThat(read.studies()).hasSize(100_000);
  }
}
