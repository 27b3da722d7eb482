package org.momo.imaging.codec;

/**
 * RLE Lossless (DICOM PS3.5 Annex G): byte planes, most significant first, each packed by runs.
 *
 * <p>Segments may come in any order and may be longer than the plane needs; a segment that is
 * shorter is an error.
 */
final class RleDecoder {
  /** Two bytes repeat a sample 128 times. */
  private static final long MOST_FROM_A_BYTE = 64;

  private static final String CODEC = "RLE";
  private static final int HEADER = 64;

  private RleDecoder() {}

  /**
   * Decodes one frame to samples interleaved by pixel, little endian.
   *
   * @param planeBytes bytes in one plane: pixels of the frame, or packed bits divided by eight
   * @param components samples per pixel, 1 to 4
   * @param bytesPerSample 1 to 4
   * @throws MalformedStreamException if the stream is damaged or holds another number of planes
   */
  static byte[] decode(
      byte[] data, int offset, int length, int planeBytes, int components, int bytesPerSample)
      throws MalformedStreamException {
    if (length < HEADER) {
      throw new MalformedStreamException(CODEC, "the header is truncated", length);
    }
    long segments = u32(data, offset);
    int expected = components * bytesPerSample;
    if (segments != expected) {
      throw new MalformedStreamException(
          CODEC, segments + " segments where samples of this format need " + expected, 0);
    }
    int[] starts = new int[expected];
    for (int i = 0; i < expected; i++) {
      long from = u32(data, offset + 4 + 4 * i);
      if (from < HEADER || from > length) {
        throw new MalformedStreamException(
            CODEC, "segment " + i + " starts outside the frame", 4 + 4 * i);
      }
      if (planeBytes > MOST_FROM_A_BYTE * (length - from)) {
        throw new MalformedStreamException(
            CODEC, "segment " + i + " is too short for its samples", 4 + 4 * i);
      }
      starts[i] = (int) from;
    }
    byte[] samples = new byte[Math.multiplyExact(planeBytes, expected)];
    for (int i = 0; i < expected; i++) {
      int component = i / bytesPerSample;
      int significance = bytesPerSample - 1 - i % bytesPerSample;
      unpack(
          data,
          offset,
          starts[i],
          length,
          samples,
          component * bytesPerSample + significance,
          expected,
          planeBytes);
    }
    return samples;
  }

  private static void unpack(
      byte[] data,
      int offset,
      int from,
      int length,
      byte[] samples,
      int first,
      int step,
      int planeBytes)
      throws MalformedStreamException {
    int at = offset + from;
    int end = offset + length;
    int out = first;
    int left = planeBytes;
    while (left > 0) {
      if (at >= end) {
        throw new MalformedStreamException(
            CODEC, "a segment ends " + left + " bytes early", at - offset);
      }
      int control = data[at++];
      if (control >= 0) {
        int n = Math.min(control + 1, left);
        if (n > end - at) {
          throw new MalformedStreamException(
              CODEC, "a literal run passes the end of the frame", at - offset);
        }
        for (int i = 0; i < n; i++, out += step) {
          samples[out] = data[at + i];
        }
        at += control + 1;
        left -= n;
      } else if (control != -128) {
        if (at >= end) {
          throw new MalformedStreamException(
              CODEC, "a repeated run passes the end of the frame", at - offset);
        }
        int n = Math.min(1 - control, left);
        byte value = data[at++];
        for (int i = 0; i < n; i++, out += step) {
          samples[out] = value;
        }
        left -= n;
      }
    }
  }

  private static long u32(byte[] data, int at) {
    return (data[at] & 0xffL)
        | (data[at + 1] & 0xffL) << 8
        | (data[at + 2] & 0xffL) << 16
        | (data[at + 3] & 0xffL) << 24;
  }
}
