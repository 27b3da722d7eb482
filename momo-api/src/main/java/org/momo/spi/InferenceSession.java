package org.momo.spi;

/**
 * One network, loaded.
 *
 * <p>Implementations must be thread-safe, and give the same bits for the same image whatever the
 * size of the batch.
 */
public interface InferenceSession extends AutoCloseable {

  /**
   * Runs the network.
   *
   * @param batch images of shape {@code [n, c, h, w]}, n from 1
   * @return what the network gives, of shape {@code [n, classes]}: logits or probabilities, as the
   *     model says
   * @throws InferenceException if the run fails or gives values that are not finite
   */
  Tensor run(Tensor batch) throws InferenceException;

  /** Lets go of the network. Calling it again does nothing. */
  @Override
  void close();
}
