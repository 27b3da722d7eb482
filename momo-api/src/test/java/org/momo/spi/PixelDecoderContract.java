package org.momo.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every pixel decoder promises. A plugin's author extends this class, gives the decoder and
 * one encoded frame, and inherits the tests.
 */
public abstract class PixelDecoderContract {

  /**
   * Makes the decoder.
   *
   * @return a decoder as the configuration would build it
   */
  protected abstract PixelDecoder decoder();

  /**
   * The transfer syntax of {@link #encoded}.
   *
   * @return a UID that the decoder supports
   */
  protected abstract String transferSyntax();

  /**
   * One encoded frame.
   *
   * @return its bytes
   */
  protected abstract byte[] encoded();

  /**
   * What the header says of the frame.
   *
   * @return the format
   */
  protected abstract FrameFormat format();

  @Test
  @DisplayName("A decoder supports the syntax that it decodes, and no syntax that there is not")
  void supportsItsSyntax() {
    assertThat(decoder().supports(transferSyntax())).isTrue();
    assertThat(decoder().supports("1.2.3.4.5")).isFalse();
  }

  @Test
  @DisplayName("A decoded frame has as many bytes as its format says")
  void givesWholeFrame() throws Exception {
    Frame frame = decoder().decode(transferSyntax(), ByteBuffer.wrap(encoded()), format());
    assertThat((long) frame.samples().remaining()).isEqualTo(frame.format().bytes());
    assertThat(frame.format().rows()).isEqualTo(format().rows());
    assertThat(frame.format().columns()).isEqualTo(format().columns());
  }

  @Test
  @DisplayName("A decoder does not move or change the buffer that it is given")
  void leavesInputAlone() throws Exception {
    ByteBuffer buffer = ByteBuffer.wrap(encoded());
    decoder().decode(transferSyntax(), buffer.asReadOnlyBuffer(), format());
    decoder().decode(transferSyntax(), buffer, format());
    assertThat(buffer.position()).isZero();
    assertThat(buffer.array()).isEqualTo(encoded());
  }

  @Test
  @DisplayName(
      "A frame that is cut short, or damaged, is a PixelException or a frame, nothing else")
  void bearsDamage() {
    byte[] whole = encoded();
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      byte[] damaged =
          java.util.Arrays.copyOf(whole, i % 2 == 0 ? whole.length : random.nextInt(whole.length));
      for (int flips = 0; flips < 3 && damaged.length > 0; flips++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        decoder().decode(transferSyntax(), ByteBuffer.wrap(damaged), format());
      } catch (PixelException e) {
        assertThat(e).hasMessageMatching("(?s).+");
      }
    }
  }

  @Test
  @DisplayName("No bytes at all are a PixelException")
  void refusesNothing() {
    assertThatExceptionOfType(PixelException.class)
        .isThrownBy(() -> decoder().decode(transferSyntax(), ByteBuffer.allocate(0), format()));
  }
}
