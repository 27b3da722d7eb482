package org.momo.imaging.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelException;

/**
 * The streams of the conformance test of ITU-T T.87, annex E, against stored digests. The digests
 * of lossless streams are those of the images that were encoded; those of near-lossless ones are of
 * what CharLS 2.4 decodes, which is nowhere more than 3 off.
 *
 * <p>The streams are not ours to store: the system property {@code momo.jpegls} names the folder
 * that holds them, for instance {@code jpeg_ls/tests/jlsimV100} of PyPI's pyjpegls 1.5.1.
 */
class JpegLsConformanceTest {
  private static byte[] stream(String name) throws IOException {
    String folder = System.getProperty("momo.jpegls");
    assumeTrue(
        folder != null,
        "Skipped: set momo.jpegls to the folder of the conformance streams of JPEG-LS.");
    return Files.readAllBytes(Path.of(folder).resolve(name));
  }

  private static Frame decode(byte[] stream, int size, int samples, int bits)
      throws PixelException {
    FrameFormat format =
        new FrameFormat(
            size,
            size,
            samples,
            bits > 8 ? 16 : 8,
            bits,
            bits - 1,
            false,
            false,
            samples == 3 ? "RGB" : "MONOCHROME2");
    return PixelDecoders.jpegLs().decode("1.2.840.10008.1.2.4.80", ByteBuffer.wrap(stream), format);
  }

  @ParameterizedTest
  @CsvSource({
    "T8C0E0, 256, 3, 8, ed1fce22a62e4194dd75dd98e7c04aa6978a2858108714876a615c5d5d3c7dff",
    "T8C1E0, 256, 3, 8, ed1fce22a62e4194dd75dd98e7c04aa6978a2858108714876a615c5d5d3c7dff",
    "T8C2E0, 256, 3, 8, ed1fce22a62e4194dd75dd98e7c04aa6978a2858108714876a615c5d5d3c7dff",
    "T8C0E3, 256, 3, 8, 646fdbe8c1803837e525e3532235b754281a119da35c05cb592f49aca41e7a27",
    "T8C1E3, 256, 3, 8, fbd5eaee7fec23b8c0032fc1452ddb01e01c7f25a208e49d6ceeaee6ade42084",
    "T8C2E3, 256, 3, 8, 0981274192e6ef2d83618232d48cf9f8f42d06e99b45374a7216665eed2e8348",
    "T16E0, 256, 1, 12, 28eb0d3072804a70bf251d77c24a3335de599a137517b9b3719847a6ddaa669d",
    "T16E3, 256, 1, 12, f9f05fc01fa659dbcb18f217266e4f03d968db3aa06980d9c687e0ab755b0adb",
    "T8NDE0, 128, 1, 8, 3412f83ce18bc5e2cb4964a58d27981b8cc3cfb56f4a15c908ab9b49ec47706d",
    "T8NDE3, 128, 1, 8, d49ce4a0281bb90abcbcb2154d37e42db6aa9fdbfb24e87df17bd77d4f61c394"
  })
  void a_stream_decodes_to_the_samples_that_it_should(
      String name, int size, int samples, int bits, String digest)
      throws IOException, PixelException, NoSuchAlgorithmException {
    ByteBuffer decoded = decode(stream(name + ".JLS"), size, samples, bits).samples();

    byte[] bytes = new byte[decoded.remaining()];
    decoded.get(bytes);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertThat(HexFormat.of().formatHex(hash)).isEqualTo(digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"T8SSE0", "T8SSE3"})
  void components_of_different_sizes_are_refused_by_name(String name) throws IOException {
    byte[] stream = stream(name + ".JLS");

    assertThatThrownBy(() -> decode(stream, 256, 3, 8))
        .isInstanceOf(PixelException.class)
        .hasMessageContaining("subsampled components are not supported");
  }
}
