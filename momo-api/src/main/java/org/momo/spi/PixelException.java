package org.momo.spi;

import org.jspecify.annotations.Nullable;

/** A frame that does not decode. Its series does without it; the trace says why. */
public final class PixelException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * A frame that does not decode.
   *
   * @param message what is wrong and where, with the offset in the frame where there is one
   */
  public PixelException(String message) {
    super(message);
  }

  /**
   * A frame that does not decode, with the cause.
   *
   * @param message what is wrong and where, with the offset in the frame where there is one
   * @param cause what brought it to light
   */
  public PixelException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
