package org.momo.evaluation;

/**
 * Hears how far a long run has come. What remains is the caller's to estimate.
 *
 * <p>Implementations must be thread-safe.
 */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress SILENT = (done, total) -> {};

  /**
   * Some work is done.
   *
   * @param done units done so far; calls of several threads may come out of order
   * @param total all units, or -1 where nobody knows
   */
  void at(long done, long total);
}
