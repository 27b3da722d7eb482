package org.momo.imaging.codec;

/** What a compressed frame may claim to be before a byte is allocated for it. */
final class StreamLimits {
  private StreamLimits() {}

  /**
   * Refuses sizes that are empty, that the caller does not expect, or that do not fit an array.
   *
   * @param maxBytes the most bytes of decoded samples that the caller accepts
   */
  static void check(
      String codec, int width, int height, int components, int precision, long maxBytes, int offset)
      throws MalformedStreamException {
    if (width <= 0 || height <= 0) {
      throw new MalformedStreamException(
          codec, "image of " + width + " x " + height + " samples", offset);
    }
    if (components < 1 || components > 4) {
      throw new MalformedStreamException(
          codec, components + " components (1 to 4 are supported)", offset);
    }
    long bytes = (long) width * height * components * (precision > 8 ? 2 : 1);
    if (bytes > Math.min(maxBytes, Integer.MAX_VALUE - 64)) {
      throw new MalformedStreamException(
          codec,
          "image of "
              + width
              + " x "
              + height
              + " x "
              + components
              + " needs "
              + bytes
              + " bytes, more than the "
              + maxBytes
              + " that are expected",
          offset);
    }
  }
}
