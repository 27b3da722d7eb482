package org.momo.imaging.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.momo.imaging.codec.EncodedStreams.Stream;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelDecoder;
import org.momo.spi.PixelException;

class PixelDecodersTest {
  private static final String BASE = "1.2.840.10008.1.2";

  static List<Stream> streams() {
    return EncodedStreams.all();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void foreign_streams_decode_to_the_samples_that_were_encoded(Stream stream)
      throws PixelException, IOException, NoSuchAlgorithmException {
    Frame frame = stream.decode(stream.bytes());

    assertThat(frame.samples().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    byte[] got = bytes(frame.samples());
    if (stream.tolerance() == 0) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(got);
      assertThat(HexFormat.of().formatHex(hash)).isEqualTo(stream.samples());
      return;
    }
    byte[] packed = Base64.getDecoder().decode(stream.samples());
    byte[] want = new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes();
    assertThat(got).hasSameSizeAs(want);
    int size = stream.format().bitsAllocated() / 8;
    int worst = 0;
    for (int i = 0; i < got.length; i += size) {
      worst = Math.max(worst, Math.abs(sample(got, i, size) - sample(want, i, size)));
    }
    assertThat(worst).isLessThanOrEqualTo(stream.tolerance());
  }

  @Test
  void each_stream_that_is_cut_short_is_an_error_or_a_whole_image() {
    for (Stream stream : EncodedStreams.all()) {
      for (int part = 0; part < 8; part++) {
        byte[] cut = Arrays.copyOf(stream.bytes(), stream.bytes().length * part / 8);
        try {
          Frame frame = stream.decode(cut);
          assertThat((long) frame.samples().remaining())
              .as(stream.name())
              .isEqualTo(frame.format().bytes());
        } catch (PixelException e) {
          assertThat(e)
              .as(stream.name())
              .hasMessageMatching(".*( at byte \\d+ of the frame|damaged stream).*");
        }
      }
    }
  }

  @Test
  void an_image_that_claims_more_than_the_header_is_refused_before_it_is_allocated() {
    for (Stream stream : EncodedStreams.all()) {
      FrameFormat small =
          new FrameFormat(
              1, 2, stream.format().samplesPerPixel(), 8, 8, 7, false, false, "MONOCHROME2");
      boolean fits = stream.format().bytes() <= 4;
      if (fits || stream.syntax().endsWith(".5")) {
        continue;
      }
      Stream wrong = new Stream(stream.name(), stream.syntax(), small, 0, stream.bytes(), "");
      assertThatThrownBy(() -> wrong.decode(stream.bytes()))
          .as(stream.name())
          .isInstanceOf(PixelException.class)
          .hasMessageContaining("more than the");
    }
  }

  @Test
  void an_image_of_another_shape_is_refused() {
    Stream stream = EncodedStreams.all().get(0);
    FrameFormat f = stream.format();
    FrameFormat turned =
        new FrameFormat(f.columns(), f.rows(), 1, 8, 8, 7, false, false, "MONOCHROME2");
    Stream wrong = new Stream("turned", stream.syntax(), turned, 0, stream.bytes(), "");

    assertThatThrownBy(() -> wrong.decode(stream.bytes()))
        .isInstanceOf(PixelException.class)
        .hasMessageContaining("where the header says");
  }

  @Test
  void big_endian_samples_are_turned() throws PixelException {
    FrameFormat format = new FrameFormat(1, 2, 1, 16, 16, 15, true, false, "MONOCHROME2");
    ByteBuffer encoded = ByteBuffer.wrap(new byte[] {1, 2, 3, 4});

    Frame frame = PixelDecoders.nativeSamples().decode(BASE + ".2", encoded, format);

    assertThat(bytes(frame.samples())).containsExactly(2, 1, 4, 3);
    assertThat(encoded.remaining()).isEqualTo(4);
  }

  @Test
  void halved_native_chroma_is_widened() throws PixelException {
    FrameFormat format = new FrameFormat(1, 2, 3, 8, 8, 7, false, false, "YBR_FULL_422");
    ByteBuffer encoded = ByteBuffer.wrap(new byte[] {10, 20, 30, 40});

    Frame frame = PixelDecoders.nativeSamples().decode(BASE + ".1", encoded, format);

    assertThat(bytes(frame.samples())).containsExactly(10, 30, 40, 20, 30, 40);
    assertThat(frame.format().photometricInterpretation()).isEqualTo("YBR_FULL");
  }

  @Test
  void native_samples_that_are_too_few_are_refused() {
    FrameFormat format = new FrameFormat(2, 2, 1, 16, 12, 11, false, false, "MONOCHROME2");

    assertThatThrownBy(
            () -> PixelDecoders.nativeSamples().decode(BASE + ".1", ByteBuffer.allocate(7), format))
        .isInstanceOf(PixelException.class)
        .hasMessage("frame holds 7 bytes where its rows and columns need 8");
  }

  @Test
  void no_two_decoders_support_the_same_syntax() {
    for (int i = 0; i < 210; i++) {
      String syntax = BASE + ".4." + i;
      long count = PixelDecoders.standard().stream().filter(d -> d.supports(syntax)).count();
      assertThat(count).as(syntax).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void an_unsupported_syntax_is_named_with_what_helps() {
    assertThat(PixelDecoders.unsupported(BASE + ".4.102"))
        .contains("1.2.840.10008.1.2.4.102", "MPEG-4 video", "org.bytedeco:ffmpeg-platform:");
    assertThat(PixelDecoders.unsupported(BASE + ".4.108.1")).contains("HEVC", "imaging.ffmpeg");
    assertThat(PixelDecoders.unsupported(BASE + ".4.53")).contains("JPEG", "imaging.ffmpeg");
    assertThat(PixelDecoders.unsupported(BASE + ".4.110")).contains("JPEG XL", "a plugin");
    assertThat(PixelDecoders.unsupported("1.2.3")).contains("1.2.3", "not known");
    assertThat(PixelDecoders.unsupported("<script>")).doesNotContain("<");
  }

  @Test
  void every_decoder_names_itself_and_refuses_foreign_syntaxes() {
    for (PixelDecoder decoder : PixelDecoders.standard()) {
      FrameFormat format = new FrameFormat(1, 1, 1, 8, 8, 7, false, false, "MONOCHROME2");
      assertThat(decoder.toString()).startsWith("PixelDecoder[");
      assertThatThrownBy(() -> decoder.decode("1.2.3", ByteBuffer.allocate(1), format))
          .isInstanceOf(PixelException.class)
          .hasMessageContaining("1.2.3");
    }
  }

  private static int sample(byte[] bytes, int at, int size) {
    return size == 1 ? bytes[at] & 0xff : bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
