package org.momo.spi;

/**
 * A runtime for trained networks.
 *
 * <p>Implementations must be thread-safe, and must not change what the host application or another
 * plugin sees of the runtime.
 */
public interface InferenceBackend extends AutoCloseable {

  /**
   * Opens a network for use.
   *
   * @param model the network's file and what is known of it
   * @return a session that is ready to run; who opens it closes it
   * @throws InferenceException if the file cannot be read, is no model of this backend, or does not
   *     take and give the shapes that {@code model} states
   */
  InferenceSession open(ModelSpec model) throws InferenceException;

  /** Lets go of what the backend holds, after its sessions are closed. */
  @Override
  default void close() {}
}
