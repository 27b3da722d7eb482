package org.momo.spi;

import java.nio.ByteBuffer;

/**
 * Turns an encoded frame into a native one.
 *
 * <p>Implementations must be thread-safe.
 */
public interface PixelDecoder {

  /**
   * Whether the decoder knows a transfer syntax.
   *
   * @param transferSyntax its UID
   * @return true if {@link #decode} can be asked
   */
  boolean supports(String transferSyntax);

  /**
   * Decodes one frame.
   *
   * @param transferSyntax the UID that {@link #supports} said yes to
   * @param encoded the frame's bytes, from position to limit; not changed
   * @param format what the header says of the samples
   * @return the samples as Explicit VR Little Endian stores them, with the format that they now
   *     have, since decoding may change the photometric interpretation and the planar configuration
   * @throws PixelException if the bytes do not decode, or not to what the header says
   */
  Frame decode(String transferSyntax, ByteBuffer encoded, FrameFormat format) throws PixelException;

  /**
   * Decodes one frame of several. This is what is asked; who decodes frames one by one need not
   * care.
   *
   * @param transferSyntax the UID that {@link #supports} said yes to
   * @param encoded the frame's bytes, or for a video those of the whole stream; from position to
   *     limit; not changed
   * @param format what the header says of the samples
   * @param index the frame's place in the order of display, 0 for the first
   * @param frames how many frames the header says there are
   * @return the samples, as {@link #decode(String, ByteBuffer, FrameFormat)} gives them
   * @throws PixelException if the bytes do not decode, or not to what the header says
   */
  default Frame decode(
      String transferSyntax, ByteBuffer encoded, FrameFormat format, int index, int frames)
      throws PixelException {
    return decode(transferSyntax, encoded, format);
  }
}
