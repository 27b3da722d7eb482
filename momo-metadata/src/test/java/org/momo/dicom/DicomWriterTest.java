package org.momo.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;
import org.momo.study.Tag;

/** What is written is read again. */
class DicomWriterTest {
  private static final String JPEG = "1.2.840.10008.1.2.4.50";
  private static final ReadOptions ALL = ReadOptions.defaults().withTags(TagSelection.all());

  /** Values of one element; text without what padding and separators would take away. */
  record Value(Vr vr, List<String> values) {}

  private static Instance read(DataSet dataSet) throws IOException {
    List<ReadProblem> problems = new ArrayList<>();
    Instance instance = new DicomReader(ALL).read(DicomWriter.bytes(dataSet), "f", problems::add);
    assertThat(problems).isEmpty();
    return instance;
  }

  @Provide
  Arbitrary<Map<Integer, Value>> elements() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .ofMinLength(1)
            .ofMaxLength(40)
            .withCharRange('a', 'z')
            .withChars("äß胸部 ,.-^ЖЩ")
            .map(String::strip)
            .filter(s -> !s.isEmpty());
    Arbitrary<Value> texts =
        Combinators.combine(
                Arbitraries.of(Vr.LO, Vr.SH, Vr.UC), text.list().ofMinSize(1).ofMaxSize(4))
            .as(Value::new);
    Arbitrary<Value> numbers =
        Combinators.combine(
                Arbitraries.of(Vr.US, Vr.UL, Vr.UV),
                Arbitraries.integers().between(0, 65535).map(String::valueOf).list().ofMinSize(1))
            .as((vr, values) -> new Value(vr, values.subList(0, Math.min(5, values.size()))));
    Arbitrary<Value> signed =
        Combinators.combine(
                Arbitraries.of(Vr.SS, Vr.SL, Vr.SV),
                Arbitraries.integers().between(-32768, 32767).map(String::valueOf))
            .as((vr, value) -> new Value(vr, List.of(value)));
    Arbitrary<Integer> tags =
        Arbitraries.integers().between(0x00210010, 0x7FDF00FF).map(tag -> tag | 1 << 16);
    return Arbitraries.maps(tags, Arbitraries.oneOf(texts, numbers, signed)).ofMaxSize(12);
  }

  private static DataSet.Builder identified() {
    return DataSet.builder()
        .put(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.2")
        .put(Tag.SOP_INSTANCE_UID, "1.2.3.4")
        .put(Tag.STUDY_INSTANCE_UID, "1.2.3");
  }

  @Property(tries = 300)
  void values_come_back(
      @ForAll("elements") Map<Integer, Value> values, @ForAll("elements") Map<Integer, Value> inner)
      throws IOException {
    DataSet.Builder item = DataSet.builder();
    new TreeMap<>(inner)
        .forEach((tag, value) -> item.put(tag, value.vr(), value.values().toArray(String[]::new)));
    DataSet.Builder builder = identified();
    values.forEach(
        (tag, value) -> builder.put(tag, value.vr(), value.values().toArray(String[]::new)));
    builder.sequence(Tag.PROCEDURE_CODE_SEQUENCE, item.build(), DataSet.builder().build());
    Header header = read(builder.build()).header();
    check(header, values);
    List<Header> items = header.items(Tag.PROCEDURE_CODE_SEQUENCE);
    assertThat(items).hasSize(2);
    check(items.get(0), inner);
  }

  private static void check(Header header, Map<Integer, Value> values) {
    values.forEach(
        (tag, value) ->
            assertThat(header.strings(tag)).as(Tag.format(tag)).isEqualTo(value.values()));
  }

  @Property(tries = 100)
  void pixels_come_back_frame_by_frame(
      @ForAll @Size(min = 1, max = 5) List<@Size(max = 40) byte[]> contents) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (byte[] content : contents) {
      byte[] frame = Arrays.copyOf(content, content.length + 2);
      frame[content.length + 1] = 1;
      frames.add(frame);
    }
    Instance instance =
        read(identified().put(Tag.NUMBER_OF_FRAMES, frames.size()).frames(JPEG, frames).build());
    assertThat(instance.pixelData().orElseThrow().transferSyntax()).isEqualTo(JPEG);
    for (int i = 0; i < frames.size(); i++) {
      ByteBuffer read = instance.pixelData().orElseThrow().frame(i);
      byte[] expected = frames.get(i);
      byte[] padded = Arrays.copyOf(expected, expected.length + (expected.length & 1));
      assertThat(read).isEqualTo(ByteBuffer.wrap(padded));
    }
  }

  @Property(tries = 50)
  void the_same_data_set_gives_the_same_bytes(@ForAll("elements") Map<Integer, Value> values) {
    DataSet.Builder forwards = identified();
    values.forEach(
        (tag, value) -> forwards.put(tag, value.vr(), value.values().toArray(String[]::new)));
    DataSet.Builder backwards = DataSet.builder();
    List<Integer> tags = new ArrayList<>(values.keySet());
    java.util.Collections.reverse(tags);
    for (int tag : tags) {
      Value value = values.get(tag);
      backwards.put(tag, value.vr(), value.values().toArray(String[]::new));
    }
    backwards
        .put(Tag.STUDY_INSTANCE_UID, "1.2.3")
        .put(Tag.SOP_INSTANCE_UID, "1.2.3.4")
        .put(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.2");
    assertThat(DicomWriter.bytes(backwards.build())).isEqualTo(DicomWriter.bytes(forwards.build()));
  }

  @Example
  void what_cannot_be_represented_is_refused() {
    DataSet.Builder builder = DataSet.builder();
    assertThatThrownBy(() -> builder.put(Tag.ROWS, 70000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("70000 does not fit into 16 bits.");
    assertThatThrownBy(() -> builder.put(0x00091010, "x"))
        .hasMessage("The representation of (0009,1010) is not known; name it.");
    assertThatThrownBy(() -> builder.put(Tag.TRANSFER_SYNTAX_UID, JPEG))
        .hasMessage("(0002,0010) belongs to the file, not to the data set.");
    assertThatThrownBy(() -> builder.put(Tag.STUDY_DESCRIPTION, "x".repeat(70000)))
        .hasMessage("(0008,1030) is too long for its representation LO.");
    assertThatThrownBy(() -> builder.put(Tag.PIXEL_DATA, Vr.OB, "1"))
        .hasMessage("Values of representation OB are put as bytes or items, not as text.");
  }
}
