package org.momo.spi;

import org.jspecify.annotations.Nullable;

/**
 * A classifier cannot be built as asked. The message is one clear sentence for the person who
 * asked.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * A fault of the configuration.
   *
   * @param message one clear sentence that names the place and what to do
   */
  public ConfigurationException(String message) {
    super(message);
  }

  /**
   * A fault of the configuration with its cause.
   *
   * @param message one clear sentence that names the place and what to do
   * @param cause what brought it to light
   */
  public ConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
