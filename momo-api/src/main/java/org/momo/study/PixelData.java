package org.momo.study;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The frames of one instance, encoded as they were stored, read when asked for.
 *
 * <p>A frame is what crosses this interface, not the Pixel Data element: fragments, offset tables
 * and web requests are the reader's business (PS3.5 annex A.4), compression is a {@link
 * org.momo.spi.PixelDecoder}'s.
 *
 * <p>Implementations must be thread-safe.
 */
public interface PixelData {

  /**
   * How the frames are encoded.
   *
   * @return the transfer syntax UID
   */
  String transferSyntax();

  /**
   * How many frames there are.
   *
   * @return 1 or more
   */
  int frames();

  /**
   * Reads one frame.
   *
   * @param index the frame's index, 0 for the first
   * @return a new read-only buffer from position 0 to limit. Native syntaxes: the frame's samples
   *     without padding, in the byte order of the transfer syntax; where one bit is allocated, the
   *     frame's first sample is bit 0 of the first byte. Encapsulated syntaxes: the frame's
   *     fragments, joined. Video, whose frames cannot be cut apart: the whole stream, whatever the
   *     index
   * @throws IOException if the frame cannot be read; the message names the place in the file
   * @throws IndexOutOfBoundsException if there is no such frame
   */
  ByteBuffer frame(int index) throws IOException;

  /**
   * Reads one frame as {@link #frame(int)} does, and may put it into memory that the caller has:
   * for callers that are done with one frame before they ask for the next.
   *
   * @param index the frame's index, 0 for the first
   * @param room its bytes up to its capacity may be overwritten; its position and limit may change
   * @return a read-only buffer as that of {@link #frame(int)}; it may lie in {@code room}, and then
   *     holds the frame until {@code room} is used again
   * @throws IOException if the frame cannot be read; the message names the place in the file
   * @throws IndexOutOfBoundsException if there is no such frame
   */
  default ByteBuffer frame(int index, ByteBuffer room) throws IOException {
    return frame(index);
  }
}
