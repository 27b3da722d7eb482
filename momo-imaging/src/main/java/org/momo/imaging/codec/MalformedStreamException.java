package org.momo.imaging.codec;

/** A compressed stream that breaks its own rules, with the byte offset where that was seen. */
final class MalformedStreamException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedStreamException(String codec, String problem, int offset) {
    super(codec + ": " + problem + " at byte " + offset + " of the frame");
  }
}
