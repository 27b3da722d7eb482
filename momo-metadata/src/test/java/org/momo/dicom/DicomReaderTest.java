package org.momo.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.study.Code;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Tag;
import org.momo.study.TagPath;

class DicomReaderTest {
  private static final String IMPLICIT = "1.2.840.10008.1.2";
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  private static final String BIG = "1.2.840.10008.1.2.2";

  @TempDir Path folder;

  private static Encoded syntax(String uid) {
    return switch (uid) {
      case IMPLICIT -> Encoded.implicitLittle();
      case BIG -> Encoded.explicitBig();
      default -> Encoded.explicitLittle();
    };
  }

  private static Encoded study(String uid) {
    Encoded e = syntax(uid);
    return e.text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2\0")
        .text(0x00080018, "UI", "1.2.3.3\0")
        .text(0x00080060, "CS", "CT")
        .text(0x00081030, "LO", "Thorax nativ")
        .openSequence(
            0x00081032,
            e.fresh()
                .text(0x00080100, "SH", "CT1 ")
                .text(0x00080102, "SH", "99X ")
                .openSequence(0x00080121, e.fresh().text(0x00080104, "LO", "deep"))
                .text(0x00080104, "LO", "Chest "))
        .text(0x00091010, "LO", "private!")
        .sequence(0x00091020, e.fresh().text(0x00091021, "LO", "more"))
        .text(0x0020000D, "UI", "1.2.3.1\0")
        .text(0x0020000E, "UI", "1.2.3.2\0")
        .text(0x00200032, "DS", "1\\2\\3 ")
        .us(0x00280010, 2)
        .us(0x00280011, 2)
        .us(0x00280100, 8)
        .element(0x7FE00010, "OB", new byte[] {1, 2, 3, 4});
  }

  private static Instance read(byte[] file) throws IOException {
    return new DicomReader().read(file, "file");
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPLICIT, EXPLICIT, DEFLATED, BIG})
  void reads_every_native_syntax(String uid) throws IOException {
    Instance instance = read(study(uid).file(uid));
    checkStudy(instance);
    assertThat(instance.pixelData().orElseThrow().transferSyntax()).isEqualTo(uid);
  }

  private static void checkStudy(Instance instance) throws IOException {
    Header header = instance.header();
    assertThat(instance.uid()).isEqualTo("1.2.3.3");
    assertThat(header.strings(Tag.STUDY_DESCRIPTION)).containsExactly("Thorax nativ");
    assertThat(header.codes(Tag.PROCEDURE_CODE_SEQUENCE))
        .containsExactly(new Code("99X", "CT1", "Chest"));
    assertThat(header.strings(TagPath.of(Tag.PROCEDURE_CODE_SEQUENCE, 0, Tag.CODE_VALUE)))
        .containsExactly("CT1");
    assertThat(header.strings(Tag.IMAGE_POSITION_PATIENT)).containsExactly("1", "2", "3");
    assertThat(header.strings(Tag.ROWS)).containsExactly("2");
    assertThat(header.strings(0x00091010)).isEmpty();
    ByteBuffer frame = instance.pixelData().orElseThrow().frame(0);
    assertThat(frame.isReadOnly()).isTrue();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    assertThat(bytes).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPLICIT, EXPLICIT, BIG})
  void reads_a_bare_data_set_without_preamble_and_meta_group(String uid) throws IOException {
    checkStudy(read(study(uid).bytes()));
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPLICIT, EXPLICIT, BIG})
  void believes_the_bytes_where_the_stated_syntax_is_wrong(String uid) throws IOException {
    String wrong = uid.equals(EXPLICIT) ? IMPLICIT : EXPLICIT;
    assertThat(read(study(uid).file(wrong)).header().strings(Tag.STUDY_DESCRIPTION))
        .containsExactly("Thorax nativ");
  }

  @Test
  void reads_a_sequence_of_unknown_representation() throws IOException {
    Encoded inside = Encoded.implicitLittle().text(0x00080100, "SH", "CT1 ");
    byte[] items = Encoded.implicitLittle().item(inside).bytes();
    Instance defined =
        read(Encoded.explicitLittle().element(0x00081032, "UN", items).identity().bytes());
    Instance open =
        read(
            Encoded.explicitLittle()
                .head(0x00081032, "UN", -1)
                .raw(Encoded.implicitLittle().openItem(inside).delimiter(0xE0DD).bytes())
                .identity()
                .bytes());
    for (Instance instance : List.of(defined, open)) {
      assertThat(instance.header().codes(Tag.PROCEDURE_CODE_SEQUENCE))
          .containsExactly(new Code("", "CT1", ""));
      assertThat(instance.uid()).isEqualTo("1.2.3.3");
    }
  }

  @Test
  void reads_a_known_attribute_of_unknown_representation_by_its_dictionary() throws IOException {
    Instance instance =
        read(
            Encoded.explicitLittle()
                .identity()
                .text(0x00081030, "UN", "Knie")
                .element(0x00280010, "UN", new byte[] {4, 1})
                .bytes());
    assertThat(instance.header().strings(Tag.STUDY_DESCRIPTION)).containsExactly("Knie");
    assertThat(instance.header().strings(Tag.ROWS)).containsExactly("260");
  }

  @Test
  void odd_lengths_and_elements_out_of_order_are_read() throws IOException {
    Instance instance =
        read(
            Encoded.explicitLittle()
                .text(0x00081030, "LO", "Schulter rechts!!")
                .identity()
                .text(0x00080020, "DA", "20260101")
                .text(0x00080060, "CS", "MR")
                .bytes());
    assertThat(instance.header().strings(Tag.STUDY_DESCRIPTION))
        .containsExactly("Schulter rechts!!");
    assertThat(instance.header().strings(Tag.STUDY_DATE)).containsExactly("20260101");
    assertThat(instance.header().strings(Tag.MODALITY)).containsExactly("MR");
  }

  @Test
  void an_empty_value_in_the_middle_stays() throws IOException {
    Instance instance =
        read(
            Encoded.explicitLittle()
                .text(0x00080008, "CS", "ORIGINAL\\\\AXIAL ")
                .identity()
                .bytes());
    assertThat(instance.header().strings(Tag.IMAGE_TYPE)).containsExactly("ORIGINAL", "", "AXIAL");
  }

  @Test
  void instances_of_one_series_share_what_they_have_in_common_and_differ_where_they_do()
      throws IOException {
    DicomReader reader = new DicomReader();
    List<Instance> read = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Encoded e = Encoded.explicitLittle().identity().text(0x00200013, "IS", i + " ");
      if (i % 3 == 0) {
        e.text(0x00204000, "LT", "comment " + i);
      }
      if (i % 7 != 0) {
        e.us(0x00280010, 512);
      }
      read.add(reader.read(e.bytes(), "f" + i));
    }
    for (int i = 0; i < 50; i++) {
      Header header = read.get(i).header();
      assertThat(header.strings(Tag.INSTANCE_NUMBER)).containsExactly("" + i);
      assertThat(header.string(Tag.IMAGE_COMMENTS).isPresent()).isEqualTo(i % 3 == 0);
      assertThat(header.string(Tag.ROWS).isPresent()).isEqualTo(i % 7 != 0);
      assertThat(header.strings(Tag.MODALITY)).containsExactly("CT");
    }
  }

  @Test
  void enhanced_objects_answer_to_the_tags_of_classic_ones() throws IOException {
    Encoded e = Encoded.explicitLittle();
    Encoded shared =
        e.fresh()
            .sequence(0x00209071, e.fresh().text(0x00209072, "CS", "L "))
            .sequence(0x00289110, e.fresh().text(0x00280030, "DS", "0.5\\0.5 "));
    Encoded frame = e.fresh().sequence(0x00209113, e.fresh().text(0x00200032, "DS", "1\\2\\3 "));
    Header header =
        read(e.identity().sequence(0x52009229, shared).sequence(0x52009230, frame).bytes())
            .header();
    assertThat(header.strings(Tag.PIXEL_SPACING)).containsExactly("0.5", "0.5");
    assertThat(header.strings(Tag.IMAGE_POSITION_PATIENT)).containsExactly("1", "2", "3");
    assertThat(header.strings(Tag.LATERALITY)).containsExactly("L");
  }

  @Test
  void a_file_that_is_none_says_so() {
    assertThatThrownBy(() -> read("MZ this is a viewer and no image, ever".getBytes()))
        .isInstanceOfSatisfying(
            DicomException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_DICOM))
        .hasMessage("file: This is not a DICOM file.");
  }

  @Test
  void a_cut_before_the_study_uid_is_an_error_with_offset_and_tag() {
    byte[] whole = study(EXPLICIT).bytes();
    assertThatThrownBy(() -> read(java.util.Arrays.copyOf(whole, 58)))
        .isInstanceOfSatisfying(
            DicomException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.TRUNCATED);
              assertThat(e.offset()).isPresent();
              assertThat(e.tag()).hasValue(Tag.MODALITY);
            });
  }

  @Test
  void a_cut_behind_the_study_uid_keeps_what_came_before_and_is_reported() throws IOException {
    byte[] whole = study(EXPLICIT).bytes();
    List<ReadProblem> problems = new ArrayList<>();
    Instance instance =
        new DicomReader()
            .read(java.util.Arrays.copyOf(whole, whole.length - 40), "file", problems::add);
    assertThat(instance.header().strings(Tag.STUDY_DESCRIPTION)).containsExactly("Thorax nativ");
    assertThat(problems).extracting(ReadProblem::kind).containsExactly(Kind.TRUNCATED);
  }

  @Test
  void a_length_past_the_end_of_an_item_costs_its_sequence_alone() throws IOException {
    Encoded e = Encoded.explicitLittle();
    byte[] broken =
        e.fresh().item(e.fresh().head(0x00080104, "LO", 400).text(0x00080100, "SH", "x ")).bytes();
    byte[] file =
        e.identity()
            .head(0x00400275, "SQ", broken.length)
            .raw(broken)
            .text(0x00540220, "LO", "after")
            .text(0x00541001, "CS", "HU")
            .raw(new byte[0])
            .bytes();
    List<ReadProblem> problems = new ArrayList<>();
    Instance instance = new DicomReader().read(file, "file", problems::add);
    assertThat(instance.header().strings(Tag.UNITS)).containsExactly("HU");
    assertThat(problems)
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.kind()).isEqualTo(Kind.MALFORMED);
              assertThat(p.message()).contains("past the end of the item");
            });
  }

  @Test
  void sequences_nested_too_deep_are_refused() {
    Encoded inner = Encoded.explicitLittle().text(0x00080104, "LO", "x ");
    for (int i = 0; i < 80; i++) {
      inner = Encoded.explicitLittle().openSequence(0x00081032, inner);
    }
    byte[] file = Encoded.explicitLittle().raw(inner.bytes()).identity().bytes();
    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            DicomException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LIMIT_EXCEEDED))
        .hasMessageContaining("nested more than 64 deep");
  }

  /** Found by fuzzing: the character set was asked how to read the character set. */
  @Test
  void a_character_set_that_is_not_ascii_is_read_without_itself() throws IOException {
    Header header =
        read(Encoded.explicitLittle()
                .text(0x00080005, "CS", "ISO_IR \u00e41")
                .text(0x00081030, "LO", "Sch\u00e4del ")
                .identity()
                .bytes())
            .header();
    assertThat(header.strings(Tag.STUDY_DESCRIPTION)).containsExactly("Sch\u00e4del");
  }

  /** Found by fuzzing: stepping over an element beyond the end of what is deflated. */
  @Test
  void a_deflated_file_that_is_cut_anywhere_is_read_or_refused() {
    Encoded body = Encoded.explicitLittle().identity();
    byte[] noise = new byte[3000];
    new java.util.Random(1).nextBytes(noise);
    byte[] whole =
        body.element(0x00291010, "OB", noise).text(0x00541001, "CS", "HU").file(DEFLATED);
    for (int length = 0; length < whole.length; length++) {
      try {
        read(java.util.Arrays.copyOf(whole, length));
      } catch (IOException e) {
        assertThat(e).isInstanceOf(DicomException.class);
      }
    }
  }

  @Test
  void limits_can_be_set() {
    byte[] file = study(EXPLICIT).bytes();
    for (ReadLimits limits :
        List.of(ReadLimits.defaults().withElements(3), ReadLimits.defaults().withHeaderBytes(20))) {
      DicomReader reader = new DicomReader(ReadOptions.defaults().withLimits(limits));
      assertThatThrownBy(() -> reader.read(file, "file"))
          .isInstanceOfSatisfying(
              DicomException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LIMIT_EXCEEDED));
    }
  }

  @Test
  void a_selection_keeps_what_it_names_and_all_keeps_private_attributes() throws IOException {
    byte[] file = study(EXPLICIT).bytes();
    Header few =
        new DicomReader(ReadOptions.defaults().withTags(TagSelection.of(0x00091010)))
            .read(file, "file")
            .header();
    assertThat(few.strings(0x00091010)).containsExactly("private!");
    assertThat(few.strings(Tag.STUDY_DESCRIPTION)).isEmpty();
    Header all =
        new DicomReader(ReadOptions.defaults().withTags(TagSelection.all()))
            .read(file, "file")
            .header();
    assertThat(all.items(0x00091020).get(0).strings(0x00091021)).containsExactly("more");
  }

  @Test
  void a_file_that_ends_behind_its_meta_group_is_truncated_and_no_study() {
    for (byte[] file :
        List.of(
            Encoded.explicitLittle().file(EXPLICIT),
            java.util.Arrays.copyOf(study(EXPLICIT).file(EXPLICIT), 132))) {
      assertThatThrownBy(() -> read(file))
          .isInstanceOfSatisfying(
              DicomException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Kind.TRUNCATED);
                assertThat(e.offset()).isPresent();
              })
          .hasMessageContaining("ends before it says which study it belongs to");
    }
  }

  @Test
  void a_file_that_ends_between_elements_before_its_study_uid_is_truncated() {
    byte[] whole = Encoded.explicitLittle().text(0x00080060, "CS", "CT").file(EXPLICIT);
    assertThatThrownBy(() -> read(whole))
        .isInstanceOfSatisfying(
            DicomException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRUNCATED));
  }

  @Test
  void an_object_without_study_uid_that_goes_on_is_read() throws IOException {
    byte[] file =
        Encoded.explicitLittle()
            .text(0x00080060, "CS", "CT")
            .us(Tag.ROWS, 2)
            .element(Tag.PIXEL_DATA, "OB", new byte[4])
            .file(EXPLICIT);
    assertThat(read(file).header().strings(Tag.MODALITY)).containsExactly("CT");
  }

  @Test
  void pixels_that_end_too_early_are_reported_and_the_header_is_read() throws IOException {
    byte[] whole = study(EXPLICIT).file(EXPLICIT);
    List<ReadProblem> problems = new ArrayList<>();
    Instance instance =
        new DicomReader()
            .read(java.util.Arrays.copyOf(whole, whole.length - 2), "file", problems::add);
    assertThat(instance.header().strings(Tag.ROWS)).containsExactly("2");
    assertThat(problems)
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.kind()).isEqualTo(Kind.TRUNCATED);
              assertThat(p.tag()).hasValue(Tag.PIXEL_DATA);
              assertThat(p.offset()).hasValue(whole.length - 4);
            });
    assertThatThrownBy(() -> instance.pixelData().orElseThrow().frame(0))
        .isInstanceOfSatisfying(
            DicomException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRUNCATED));
  }

  @Test
  void a_length_past_the_end_of_the_file_is_said_with_offset_and_tag() throws IOException {
    byte[] before = Encoded.explicitLittle().head(0x00080060, "CS", 4000).raw(new byte[60]).bytes();
    assertThatThrownBy(() -> read(before))
        .isInstanceOfSatisfying(
            DicomException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.TRUNCATED);
              assertThat(e.tag()).hasValue(Tag.MODALITY);
              assertThat(e.offset()).hasValue(0);
            });
    List<ReadProblem> problems = new ArrayList<>();
    Instance behind =
        new DicomReader()
            .read(
                Encoded.explicitLittle()
                    .identity()
                    .head(0x00204000, "LT", 60000)
                    .raw("short".getBytes())
                    .bytes(),
                "file",
                problems::add);
    assertThat(behind.header().strings(Tag.MODALITY)).containsExactly("CT");
    assertThat(behind.header().strings(Tag.IMAGE_COMMENTS)).isEmpty();
    assertThat(problems)
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.kind()).isEqualTo(Kind.TRUNCATED);
              assertThat(p.tag()).hasValue(Tag.IMAGE_COMMENTS);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPLICIT, EXPLICIT, BIG})
  void sequences_nested_too_deep_are_refused_in_every_syntax_open_or_not(String uid) {
    for (boolean open : new boolean[] {true, false}) {
      Encoded inner = syntax(uid).text(0x00080104, "LO", "x ");
      for (int i = 0; i < 200; i++) {
        inner =
            open
                ? syntax(uid).openSequence(0x00081032, inner)
                : syntax(uid).sequence(0x00081032, inner);
      }
      byte[] file = syntax(uid).raw(inner.bytes()).identity().file(uid);
      assertThatThrownBy(() -> read(file)).hasMessageContaining("nested more than 64 deep");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPLICIT, EXPLICIT, BIG})
  void sequences_may_nest_as_deep_as_can_be_set(String uid) throws IOException {
    int deepest = 500;
    Encoded inner = syntax(uid).text(0x00080104, "LO", "x ");
    for (int i = 0; i < deepest; i++) {
      inner = syntax(uid).openSequence(0x00081032, inner);
    }
    byte[] file = syntax(uid).raw(inner.bytes()).identity().file(uid);
    ReadLimits limits = ReadLimits.defaults().withDepth(deepest);
    Header header =
        new DicomReader(ReadOptions.defaults().withLimits(limits)).read(file, "deep").header();
    for (int i = 0; i < deepest; i++) {
      header = header.items(0x00081032).get(0);
    }
    assertThat(header.string(0x00080104)).hasValue("x");
    assertThatThrownBy(() -> ReadLimits.defaults().withDepth(deepest + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPLICIT, EXPLICIT, BIG, DEFLATED})
  void the_callers_bytes_stay_as_they_are(String uid) throws IOException {
    byte[] whole = study(uid).file(uid);
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        read(cut);
      } catch (DicomException e) {
        assertThat(length).isLessThan(whole.length);
      }
      assertThat(cut).as("cut at %d", length).isEqualTo(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void what_was_read_before_plays_no_part_in_how_damage_is_met() throws IOException {
    byte[] damaged =
        Encoded.explicitLittle().identity().item(Encoded.explicitLittle()).us(Tag.ROWS, 2).bytes();
    List<String> alone = new ArrayList<>();
    Instance expected =
        new DicomReader().read(damaged, "file", problem -> alone.add(problem.toString()));
    DicomReader used = new DicomReader();
    // Its last element ends where the item of the damaged one does.
    byte[] before =
        Encoded.implicitLittle().identity().element(0x00204000, "LT", new byte[0]).bytes();
    used.read(before, "before");
    List<String> after = new ArrayList<>();
    Instance actual = used.read(damaged, "file", problem -> after.add(problem.toString()));
    assertThat(after).isEqualTo(alone);
    assertThat(actual.header().strings(Tag.ROWS)).isEqualTo(expected.header().strings(Tag.ROWS));
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPLICIT, EXPLICIT, BIG})
  void long_values_are_read_as_short_ones_are(String uid) throws IOException {
    // Longer than any buffer, of a length that is no multiple of a word's.
    for (int size : new int[] {6, 14, 262, 40_006, 200_002}) {
      byte[] little = new byte[size];
      byte[] stored = new byte[size];
      for (int i = 0; i < size; i++) {
        little[i] = (byte) (i * 31 + (i >> 8));
        stored[uid.equals(BIG) ? i ^ 1 : i] = little[i];
      }
      Path file = folder.resolve("file");
      Files.write(
          file,
          syntax(uid)
              .identity()
              .us(Tag.ROWS, 2)
              .element(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, "OW", stored)
              .us(0x50000005, 7)
              .file(uid));
      for (Instance instance :
          List.of(
              new DicomReader().read(file),
              new DicomReader().read(Files.readAllBytes(file), "file"))) {
        byte[] read = new byte[size];
        instance.header().bytes(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA).orElseThrow().get(read);
        assertThat(read).isEqualTo(little);
      }
    }
  }

  private static byte[] counting(int size, int from) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (from + i * 7 + (i >> 8));
    }
    return bytes;
  }

  private static byte[] value(Header header, int tag) {
    ByteBuffer bytes = header.bytes(tag).orElseThrow();
    assertThat(bytes.isReadOnly()).isTrue();
    byte[] value = new byte[bytes.remaining()];
    bytes.get(value);
    return value;
  }

  @Test
  void long_values_are_those_of_their_own_file_also_in_items() throws IOException {
    List<Instance> read = new ArrayList<>();
    DicomReader reader = new DicomReader();
    for (int i = 0; i < 3; i++) {
      Encoded e = Encoded.explicitLittle().identity().us(Tag.ROWS, 2);
      Path file = folder.resolve("file" + i);
      Files.write(
          file,
          e.element(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, "OW", counting(100_000, i))
              .sequence(
                  Tag.MODALITY_LUT_SEQUENCE,
                  e.fresh().element(Tag.LUT_DATA, "OW", counting(70_000, 10 + i)))
              .element(Tag.PIXEL_DATA, "OB", new byte[4])
              .file(EXPLICIT));
      read.add(reader.read(file));
    }

    for (int i = 0; i < 3; i++) {
      Header header = read.get(i).header();
      assertThat(value(header, Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA))
          .isEqualTo(counting(100_000, i));
      assertThat(value(header.items(Tag.MODALITY_LUT_SEQUENCE).get(0), Tag.LUT_DATA))
          .isEqualTo(counting(70_000, 10 + i));
    }
  }

  @Test
  void a_file_that_goes_or_is_cut_after_its_header_was_read_costs_its_long_values_alone()
      throws IOException {
    int tag = Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA;
    byte[] bytes =
        Encoded.explicitLittle()
            .identity()
            .us(Tag.ROWS, 2)
            .element(tag, "OW", counting(100_000, 0))
            .file(EXPLICIT);
    Path file = folder.resolve("file");
    Files.write(file, bytes);
    Header header = new DicomReader().read(file).header();

    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertUnread(header, tag, Kind.TRUNCATED, file, bytes.length - 100_000);
    Files.delete(file);
    assertUnread(header, tag, Kind.UNREADABLE, file, bytes.length - 100_000);
    assertThat(header.strings(Tag.ROWS)).containsExactly("2");
    assertThat(header.strings(tag)).isEmpty();
    Files.write(file, bytes);
    assertThat(value(header, tag)).isEqualTo(counting(100_000, 0));
  }

  private static void assertUnread(Header header, int tag, Kind kind, Path file, long offset) {
    assertThatThrownBy(() -> header.bytes(tag))
        .isInstanceOf(UncheckedIOException.class)
        .cause()
        .isInstanceOfSatisfying(
            DicomException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.source()).isEqualTo(file.toString());
              assertThat(e.offset()).hasValue(offset);
              assertThat(e.tag()).hasValue(tag);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 8000, 50_000, 99_999, 100_000})
  void a_value_of_no_interest_that_is_cut_off_is_reported(int left) throws IOException {
    byte[] before = Encoded.explicitLittle().identity().file(EXPLICIT);
    byte[] whole =
        Encoded.explicitLittle()
            .identity()
            .head(0x00291010, "OB", 100_000)
            .raw(new byte[100_000])
            .file(EXPLICIT);
    byte[] cut = Arrays.copyOf(whole, whole.length - 100_000 + left);
    Path file = Files.write(folder.resolve("file"), cut);
    List<ReadProblem> problems = new ArrayList<>();
    new DicomReader().read(file, problems::add);
    new DicomReader().read(cut, "bytes", problems::add);
    DicomSources.of(folder).studies(problems::add).close();

    assertThat(problems).hasSize(left == 100_000 ? 0 : 3);
    assertThat(problems)
        .allSatisfy(
            p -> {
              assertThat(p.kind()).isEqualTo(Kind.TRUNCATED);
              assertThat(p.tag()).hasValue(0x00291010);
              assertThat(p.offset()).hasValue(before.length);
            });
  }

  @Test
  void a_long_value_that_the_file_cuts_off_is_reported_with_the_header() throws IOException {
    byte[] whole =
        Encoded.explicitLittle()
            .identity()
            .us(Tag.ROWS, 2)
            .head(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, "OW", -2)
            .raw(new byte[100_000])
            .file(EXPLICIT);
    Path file = folder.resolve("file");
    Files.write(file, whole);
    List<ReadProblem> problems = new ArrayList<>();

    Instance instance = new DicomReader().read(file, problems::add);

    assertThat(problems).extracting(ReadProblem::kind).containsExactly(Kind.TRUNCATED);
    assertThat(instance.header().strings(Tag.ROWS)).containsExactly("2");
    assertThat(instance.header().bytes(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA)).isEmpty();
  }

  @Test
  void the_limit_of_a_header_counts_long_values_wherever_they_lie() throws IOException {
    byte[] bytes =
        Encoded.explicitLittle()
            .identity()
            .element(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA, "OW", new byte[60_000])
            .element(Tag.GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA, "OW", new byte[60_000])
            .file(EXPLICIT);
    Path file = folder.resolve("file");
    Files.write(file, bytes);
    DicomReader reader =
        new DicomReader(
            ReadOptions.defaults().withLimits(ReadLimits.defaults().withHeaderBytes(100_000)));

    for (ThrowingCallable read :
        List.<ThrowingCallable>of(() -> reader.read(file), () -> reader.read(bytes, "file"))) {
      assertThatThrownBy(read)
          .isInstanceOfSatisfying(
              DicomException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Kind.LIMIT_EXCEEDED);
                assertThat(e.tag()).hasValue(Tag.GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA);
              });
    }
  }

  @Test
  void a_file_gives_what_its_bytes_do_wherever_its_header_ends() throws IOException {
    DicomReader reader = new DicomReader();
    for (int padding : new int[] {0, 3000, 3900, 4000, 4090, 8000, 12_000, 20_000, 50_000}) {
      for (int more = 0; more < 64; more += 2) {
        byte[] bytes =
            Encoded.explicitLittle()
                .identity()
                .element(0x00210010, "UN", new byte[padding + more])
                .text(0x00204000, "LT", "comment ".repeat(60))
                .us(Tag.ROWS, 2)
                .us(Tag.COLUMNS, 3)
                .element(Tag.PIXEL_DATA, "OW", new byte[12])
                .file(EXPLICIT);
        Path file = Files.write(folder.resolve("I" + padding), bytes);
        Header header = reader.read(file).header();
        assertThat(header.strings(Tag.COLUMNS)).containsExactly("3");
        assertThat(header.strings(Tag.IMAGE_COMMENTS))
            .isEqualTo(read(bytes).header().strings(Tag.IMAGE_COMMENTS));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPLICIT, EXPLICIT, BIG})
  void a_file_cut_anywhere_gives_what_its_bytes_do(String uid) throws IOException {
    byte[] whole = study(uid).file(uid);
    DicomReader reader = new DicomReader();
    Path file = folder.resolve("file");
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(file, cut);
      List<String> problems = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      String told = outcome(() -> reader.read(file, problem -> problems.add(said(problem))));
      String untold = outcome(() -> reader.read(file));
      String bytes =
          outcome(() -> reader.read(cut, "file", problem -> expected.add(said(problem))));
      assertThat(told).as("cut at %d", length).isEqualTo(bytes);
      assertThat(untold).as("cut at %d", length).isEqualTo(bytes);
      assertThat(problems).as("cut at %d", length).isEqualTo(expected);
    }
  }

  @Test
  void what_is_not_ascii_is_seen_wherever_it_stands() throws IOException {
    for (int length = 1; length <= 26; length++) {
      for (int place = 0; place < length; place++) {
        String text = "a".repeat(place) + "\u00e4" + "b".repeat(length - place - 1);
        byte[] file =
            Encoded.explicitLittle()
                .text(Tag.SPECIFIC_CHARACTER_SET, "CS", "ISO_IR 144")
                .identity()
                .text(Tag.IMAGE_COMMENTS, "LT", text)
                .bytes();
        // In this set the byte of the umlaut is another letter.
        assertThat(read(file).header().strings(Tag.IMAGE_COMMENTS))
            .containsExactly(text.replace('\u00e4', '\u0444'));
      }
    }
  }

  private interface Reading {
    Instance read() throws IOException;
  }

  private static String outcome(Reading reading) throws IOException {
    try {
      Header header = reading.read().header();
      StringBuilder values = new StringBuilder();
      for (int tag : TagSelection.standard().tags()) {
        values.append(header.strings(tag)).append(header.codes(tag));
      }
      return values.toString();
    } catch (DicomException e) {
      return said(e.problem());
    }
  }

  /** A problem without its place. */
  private static String said(ReadProblem problem) {
    return problem.kind() + " " + problem.offset() + " " + problem.tag();
  }
}
