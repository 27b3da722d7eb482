package org.momo.imaging.projection;

/**
 * How one axis is resampled: for each output sample the input samples that make it, and their
 * weights.
 *
 * <p>Weights of {@link Interpolation#CUBIC} add up to 6, for coefficients that lack the spline
 * filter's gain of 6: so neither is multiplied out. All positions are fractions of integers, exact
 * until the last division. This class is immutable.
 */
final class Axis {
  private final int size;
  private final int inside;
  private final Interpolation interpolation;
  private final int[] taps;
  private final float[] weights;
  private final boolean identity;

  private Axis(int size, int inside, Interpolation interpolation, int[] taps, float[] weights) {
    this.size = size;
    this.inside = inside;
    this.interpolation = interpolation;
    this.taps = taps;
    this.weights = weights;
    boolean same = interpolation == Interpolation.NEAREST && inside == size;
    for (int k = 0; same && k < inside; k++) {
      same = taps[k] == k;
    }
    this.identity = same;
  }

  static Axis of(int size, int target, Convention convention, Interpolation interpolation) {
    boolean published = convention == Convention.PUBLISHED;
    long step = published ? size : size - 1;
    long unit = published ? target : target - 1;
    int inside = target;
    while (published && 2L * (inside - 1) * step >= (2 * step - 1) * unit) {
      inside--;
    }
    // On the samples themselves every interpolation is the identity, the spline's filter included.
    Interpolation simplest = step == unit || size == 1 ? Interpolation.NEAREST : interpolation;
    int width = width(simplest);
    int[] taps = new int[inside * width];
    float[] weights = new float[inside * width];
    for (int k = 0; k < inside; k++) {
      int base = (int) (k * step / unit);
      double f = (double) (k * step % unit) / unit;
      int at = k * width;
      switch (simplest) {
        case NEAREST -> {
          taps[at] = Math.min(f >= 0.5 ? base + 1 : base, size - 1);
          weights[at] = 1;
        }
        case LINEAR -> {
          taps[at] = base;
          taps[at + 1] = Math.min(base + 1, size - 1);
          weights[at] = (float) (1 - f);
          weights[at + 1] = (float) f;
        }
        case CUBIC -> {
          double g = 1 - f;
          for (int t = 0; t < 4; t++) {
            taps[at + t] = mirrored(base - 1 + t, size);
          }
          weights[at] = (float) (g * g * g);
          weights[at + 1] = (float) (4 - 6 * f * f + 3 * f * f * f);
          weights[at + 2] = (float) (4 - 6 * g * g + 3 * g * g * g);
          weights[at + 3] = (float) (f * f * f);
        }
      }
    }
    return new Axis(size, inside, simplest, taps, weights);
  }

  private static int mirrored(int index, int size) {
    int period = 2 * size - 2;
    int folded = Math.floorMod(index, period);
    return folded < size ? folded : period - folded;
  }

  private static int width(Interpolation interpolation) {
    return switch (interpolation) {
      case NEAREST -> 1;
      case LINEAR -> 2;
      case CUBIC -> 4;
    };
  }

  /** How many input samples there are. */
  int size() {
    return size;
  }

  /** How many output samples have an input; those beyond, if any, get the fill value. */
  int inside() {
    return inside;
  }

  /** The simplest interpolation that gives the same values as the one that was asked for. */
  Interpolation interpolation() {
    return interpolation;
  }

  /** Whether output is input. */
  boolean isIdentity() {
    return identity;
  }

  /** How many taps an output sample has. */
  int width() {
    return width(interpolation);
  }

  int tap(int output, int tap) {
    return taps[output * width() + tap];
  }

  float weight(int output, int tap) {
    return weights[output * width() + tap];
  }

  int lastTap(int output) {
    int last = 0;
    for (int t = 0; t < width(); t++) {
      last = Math.max(last, tap(output, t));
    }
    return last;
  }
}
