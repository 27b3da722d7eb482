package org.momo.spi;

/** An image that a network cannot be shown. Its series does not vote; the trace says why. */
public final class UnsuitableImageException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * An unsuitable image.
   *
   * @param message why, in words for the trace; nothing of the patient
   */
  public UnsuitableImageException(String message) {
    super(message);
  }
}
