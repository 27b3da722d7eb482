package org.momo.imaging.network;

import org.momo.spi.InferenceException;

/** The end of the time that a study may take. */
final class Deadline {
  private final double seconds;
  private final long end;

  private Deadline(double seconds, long end) {
    this.seconds = seconds;
    this.end = end;
  }

  static Deadline in(double seconds) {
    return new Deadline(seconds, System.nanoTime() + (long) (seconds * 1e9));
  }

  /** How much time is left; 0 where there is none. */
  long nanosLeft() {
    return Math.max(0, end - System.nanoTime());
  }

  void check() throws InferenceException {
    if (nanosLeft() == 0) {
      throw passed();
    }
  }

  InferenceException passed() {
    return new InferenceException(
        "the study took the networks longer than the time-limit of " + seconds + " s");
  }
}
