package org.momo.spi;

/**
 * One step from an image to what a network wants to see.
 *
 * <p>Implementations must be thread-safe, must not change what they are given, and say in their
 * documentation which units and ranges they take and give.
 */
@FunctionalInterface
public interface Preprocessor {

  /**
   * Processes an image.
   *
   * @param image of shape {@code [c, h, w]}, or {@code [n, c, h, w]} where the step says so
   * @return a new tensor, or the same one where there is nothing to do; never null
   * @throws UnsuitableImageException if the image cannot be processed, for instance because it is
   *     constant: the series then does not vote
   */
  Tensor process(Tensor image) throws UnsuitableImageException;
}
