package org.momo.spi;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One native frame: samples as Explicit VR Little Endian stores them.
 *
 * <p>This class is immutable as long as its buffer is left alone.
 *
 * @param format what the samples mean
 * @param samples from position to limit, in little endian order
 */
public record Frame(FrameFormat format, ByteBuffer samples) {
  /**
   * Checks the parts.
   *
   * @param format what the samples mean
   * @param samples from position to limit, in little endian order
   * @throws NullPointerException if a part is null
   */
  public Frame {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(samples, "samples");
  }
}
