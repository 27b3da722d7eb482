package org.momo.evaluation;

/**
 * Random numbers that are the same on every machine.
 *
 * <p>A SplitMix64 sequence. Its start is derived from a seed and a path, so that each part of a
 * simulation has numbers of its own whichever thread runs it. The derived distributions use strict
 * arithmetic alone.
 */
final class Random64 {
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private long state;
  private double spare;
  private boolean hasSpare;

  Random64(long seed, long... path) {
    long start = mix(seed + STEP);
    for (long part : path) {
      start = mix(start ^ mix(part + STEP)) + STEP;
    }
    state = start;
  }

  private static long mix(long x) {
    long z = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  long nextLong() {
    state += STEP;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** Uniform in (0, 1). */
  private double nextOpen() {
    return ((nextLong() >>> 11) + 0.5) * 0x1p-53;
  }

  /** Uniform in 0 to bound - 1; the bias of a bound below a million is below 1e-9. */
  int nextInt(int bound) {
    return (int) (((nextLong() >>> 33) * bound) >>> 31);
  }

  /** Standard normal, by the polar method. */
  double nextGaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    while (true) {
      double x = 2 * nextDouble() - 1;
      double y = 2 * nextDouble() - 1;
      double square = x * x + y * y;
      if (square < 1 && square > 0) {
        double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
        spare = y * factor;
        hasSpare = true;
        return x * factor;
      }
    }
  }

  /** Gamma of unit scale, by the method of Marsaglia and Tsang (2000). */
  double nextGamma(double shape) {
    if (shape < 1) {
      return nextGamma(shape + 1) * StrictMath.pow(nextOpen(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = nextGaussian();
      double root = 1 + c * x;
      if (root <= 0) {
        continue;
      }
      double v = root * root * root;
      double u = nextOpen();
      double xx = x * x;
      if (u < 1 - 0.0331 * xx * xx
          || StrictMath.log(u) < 0.5 * xx + d * (1 - v + StrictMath.log(v))) {
        return d * v;
      }
    }
  }

  /** Beta, as the share that one gamma has of two. */
  double nextBeta(double a, double b) {
    double x = nextGamma(a);
    double y = nextGamma(b);
    return x / (x + y);
  }

  /** Binomial, by inversion outwards from the most likely count. */
  long nextBinomial(long n, double p) {
    if (n <= 0 || p <= 0) {
      return 0;
    }
    if (p >= 1) {
      return n;
    }
    long mode = Math.min(n, (long) ((n + 1) * p));
    double odds = p / (1 - p);
    double atMode = StrictMath.exp(logBinomial(n, mode, p));
    double left = nextDouble() - atMode;
    if (left < 0) {
      return mode;
    }
    long below = mode;
    long above = mode;
    double down = atMode;
    double up = atMode;
    while (below > 0 || above < n) {
      if (above < n) {
        up *= (double) (n - above) / (above + 1) * odds;
        above++;
        left -= up;
        if (left < 0) {
          return above;
        }
      }
      if (below > 0) {
        down *= (double) below / (n - below + 1) / odds;
        below--;
        left -= down;
        if (left < 0) {
          return below;
        }
      }
    }
    return mode;
  }

  private static double logBinomial(long n, long k, double p) {
    return logFactorial(n)
        - logFactorial(k)
        - logFactorial(n - k)
        + k * StrictMath.log(p)
        + (n - k) * StrictMath.log1p(-p);
  }

  /** ln n!, exact products below 20 and Stirling's series from there on. */
  private static double logFactorial(long n) {
    if (n < 20) {
      double product = 1;
      for (long i = 2; i <= n; i++) {
        product *= i;
      }
      return StrictMath.log(product);
    }
    double x = n + 1.0;
    double inverse = 1 / (x * x);
    return (x - 0.5) * StrictMath.log(x)
        - x
        + 0.5 * StrictMath.log(2 * Math.PI)
        + (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / x;
  }
}
