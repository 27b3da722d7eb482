package org.momo.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.study.PixelData;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Tag;

/** Which fragments make up which frame (PS3.5 section A.4). */
class EncapsulatedTest {
  private static final String JPEG = "1.2.840.10008.1.2.4.50";
  private static final String RLE = "1.2.840.10008.1.2.5";
  private static final String VIDEO = "1.2.840.10008.1.2.4.102";
  private static final byte[] A = jpeg(1);
  private static final byte[] B = jpeg(2);
  private static final byte[] C = jpeg(3);

  @TempDir Path folder;

  private static byte[] jpeg(int content) {
    return new byte[] {-1, -40, (byte) content, 7, 7, 7, -1, -39};
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return java.util.Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] offsets(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static Encoded item(Encoded e, byte[] content) {
    return e.int16(0xFFFE).int16(0xE000).int32(content.length).raw(content);
  }

  /** An object whose pixel data are an offset table and fragments. */
  private static byte[] object(String syntax, String frames, byte[] table, byte[]... fragments) {
    Encoded e = Encoded.explicitLittle().identity().text(Tag.NUMBER_OF_FRAMES, "IS", frames);
    e.head(Tag.PIXEL_DATA, "OB", -1);
    item(e, table);
    for (byte[] fragment : fragments) {
      item(e, fragment);
    }
    return e.delimiter(0xE0DD).file(syntax);
  }

  private static PixelData pixels(byte[] file) throws IOException {
    return new DicomReader().read(file, "file").pixelData().orElseThrow();
  }

  private static void check(byte[] file, byte[]... frames) throws IOException {
    PixelData pixels = pixels(file);
    assertThat(pixels.frames()).isEqualTo(frames.length);
    for (int i = frames.length - 1; i >= 0; i--) {
      assertThat(pixels.frame(i)).as("frame %d", i).isEqualTo(ByteBuffer.wrap(frames[i]));
    }
  }

  @Test
  void a_fragment_a_frame_without_table() throws IOException {
    check(object(JPEG, "3 ", offsets(), A, B, C), A, B, C);
  }

  @Test
  void all_fragments_belong_to_a_single_frame() throws IOException {
    check(object(JPEG, "1 ", offsets(), part(A, 0, 4), part(A, 4, 8)), A);
  }

  @Test
  void the_basic_table_tells_where_frames_begin() throws IOException {
    // Compressed run lengths begin like nothing else, so that the table alone can tell.
    byte[] x = {1, 2, 3, 4};
    byte[] y = {5, 6};
    check(object(RLE, "2 ", offsets(0, 22), x, y, x), new byte[] {1, 2, 3, 4, 5, 6}, x);
    check(object(RLE, "2 ", offsets(0, 12), x, y, x), x, new byte[] {5, 6, 1, 2, 3, 4});
  }

  @Test
  void the_extended_table_goes_first() throws IOException {
    byte[] x = {1, 2, 3, 4};
    ByteBuffer extended = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    extended.putLong(0).putLong(12);
    Encoded e =
        Encoded.explicitLittle()
            .identity()
            .text(Tag.NUMBER_OF_FRAMES, "IS", "2 ")
            .element(Tag.EXTENDED_OFFSET_TABLE, "OV", extended.array())
            .head(Tag.PIXEL_DATA, "OB", -1);
    item(item(item(item(e, offsets(0, 24)), x), x), x);
    check(e.delimiter(0xE0DD).file(RLE), x, new byte[] {1, 2, 3, 4, 1, 2, 3, 4});
  }

  @Test
  void an_extended_table_too_long_to_be_kept_is_read_from_the_file() throws IOException {
    int frames = 5_000;
    ByteBuffer extended = ByteBuffer.allocate(8 * frames).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < frames; i++) {
      extended.putLong(10L * 2 * i);
    }
    Encoded e =
        Encoded.explicitLittle()
            .identity()
            .text(Tag.NUMBER_OF_FRAMES, "IS", "5000")
            .element(Tag.EXTENDED_OFFSET_TABLE, "OV", extended.array())
            .head(Tag.PIXEL_DATA, "OB", -1);
    item(e, offsets());
    for (int i = 0; i < frames; i++) {
      item(item(e, new byte[] {(byte) i, (byte) (i >> 8)}), new byte[] {1, 2});
    }
    Path file = folder.resolve("file");
    Files.write(file, e.delimiter(0xE0DD).file(RLE));
    PixelData pixels = new DicomReader().read(file).pixelData().orElseThrow();
    PixelData gone = new DicomReader().read(file).pixelData().orElseThrow();

    assertThat(pixels.frame(4_999))
        .isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 4_999, 4_999 >> 8, 1, 2}));
    Files.delete(file);
    assertThatThrownBy(() -> gone.frame(4_999)).isInstanceOf(IOException.class);
  }

  @Test
  void a_table_that_points_between_fragments_is_not_believed() throws IOException {
    check(object(JPEG, "2 ", offsets(0, 5), part(A, 0, 4), part(A, 4, 8), B), A, B);
    check(object(JPEG, "2 ", offsets(7, 16), A, B), A, B);
  }

  @Test
  void first_bytes_tell_frames_of_several_fragments_apart() throws IOException {
    check(
        object(JPEG, "2 ", offsets(), part(A, 0, 4), part(A, 4, 8), part(B, 0, 2), part(B, 2, 8)),
        A,
        B);
  }

  @Test
  void several_frames_in_one_fragment_are_cut_at_their_ends() throws IOException {
    Encoded joined = Encoded.explicitLittle().raw(A).raw(B).raw(C);
    check(object(JPEG, "3 ", offsets(), joined.bytes()), A, B, C);
  }

  @Test
  void each_frame_of_a_video_is_the_whole_stream() throws IOException {
    byte[] all = Encoded.explicitLittle().raw(A).raw(B).raw(C).bytes();
    check(object(VIDEO, "4 ", offsets(0), all), all, all, all, all);
    check(object(VIDEO + ".1", "3 ", offsets(), A, B, C), all, all, all);
    check(object(VIDEO, "1 ", offsets(), all), all);
  }

  @Test
  void a_missing_delimiter_costs_nothing() throws IOException {
    byte[] whole = object(JPEG, "3 ", offsets(), A, B, C);
    check(part(whole, 0, whole.length - 8), A, B, C);
  }

  @Test
  void what_nobody_can_tell_apart_is_an_error() {
    byte[] file = object(RLE, "2 ", offsets(), A, B, C);
    assertThatThrownBy(() -> pixels(file).frame(0))
        .isInstanceOfSatisfying(
            DicomException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.MALFORMED);
              assertThat(e.offset()).isPresent();
              assertThat(e.tag()).hasValue(Tag.PIXEL_DATA);
            })
        .hasMessageContaining("3 fragments for 2 frames");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483647", "2147483646", "1000000000"})
  void a_number_of_frames_that_lies_is_an_error(String frames) {
    byte[] file = object(JPEG, frames, offsets(), A);
    assertThatThrownBy(() -> pixels(file).frame(3)).isInstanceOf(DicomException.class);
  }

  @Test
  void a_frame_that_is_not_there_is_out_of_bounds() throws IOException {
    PixelData pixels = pixels(object(JPEG, "2 ", offsets(), A, B));
    assertThatThrownBy(() -> pixels.frame(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> pixels.frame(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void a_fragment_that_goes_past_the_end_is_an_error_and_takes_no_memory() {
    Encoded e = Encoded.explicitLittle().identity().head(Tag.PIXEL_DATA, "OB", -1);
    item(e, offsets()).int16(0xFFFE).int16(0xE000).int32(1 << 29).raw(A);
    byte[] file = e.file(JPEG);
    assertThatThrownBy(() -> pixels(file).frame(0))
        .isInstanceOfSatisfying(
            DicomException.class, x -> assertThat(x.kind()).isEqualTo(Kind.TRUNCATED));
  }

  @Test
  void a_fragment_larger_than_the_limit_is_refused() {
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withFrameBytes(4));
    byte[] file = object(JPEG, "1 ", offsets(), A);
    assertThatThrownBy(
            () -> new DicomReader(options).read(file, "file").pixelData().orElseThrow().frame(0))
        .hasMessageContaining("raise the limit frameBytes");
  }

  @Test
  void native_frames_lie_one_behind_the_other_and_end_with_the_value() throws IOException {
    byte[] file =
        Encoded.explicitLittle()
            .identity()
            .text(Tag.NUMBER_OF_FRAMES, "IS", "3 ")
            .us(Tag.ROWS, 1)
            .us(Tag.COLUMNS, 2)
            .us(Tag.BITS_ALLOCATED, 8)
            .element(Tag.PIXEL_DATA, "OB", new byte[] {1, 2, 3, 4})
            .file("1.2.840.10008.1.2.1");
    PixelData pixels = pixels(file);
    assertThat(pixels.frame(1)).isEqualTo(ByteBuffer.wrap(new byte[] {3, 4}));
    assertThatThrownBy(() -> pixels.frame(2)).hasMessageContaining("rows, columns or bits");
    assertThat(pixels.transferSyntax()).isEqualTo("1.2.840.10008.1.2.1");
  }
}
