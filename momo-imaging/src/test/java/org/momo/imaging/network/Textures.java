package org.momo.imaging.network;

import java.util.Random;

/** Pictures that a small network learns to tell apart: stripes in one of six ways, with noise. */
final class Textures {
  static final int SIZE = 32;
  static final int KINDS = 6;

  private static final int[][] STEPS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}, {2, 0}, {0, 2}};

  private Textures() {}

  /** A slice of {@link #SIZE} by {@link #SIZE} samples from about 0 to 1000. */
  static short[] slice(int kind, Random random) {
    short[] samples = new short[SIZE * SIZE];
    int across = STEPS[kind][0];
    int down = STEPS[kind][1];
    double phase = random.nextDouble() * Math.PI;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double wave = Math.sin(phase + (across * x + down * y) * Math.PI / 3);
        samples[y * SIZE + x] = (short) (500 + 400 * wave + 60 * random.nextGaussian());
      }
    }
    return samples;
  }
}
