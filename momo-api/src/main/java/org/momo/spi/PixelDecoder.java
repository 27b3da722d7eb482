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
}
