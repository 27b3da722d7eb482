package org.momo.spi;

import org.jspecify.annotations.Nullable;

/** A network that cannot be opened or run. */
public final class InferenceException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * A failed network.
   *
   * @param message what failed, with the model's name, in one clear sentence
   */
  public InferenceException(String message) {
    super(message);
  }

  /**
   * A failed network with the cause.
   *
   * @param message what failed, with the model's name, in one clear sentence
   * @param cause what brought it to light
   */
  public InferenceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
