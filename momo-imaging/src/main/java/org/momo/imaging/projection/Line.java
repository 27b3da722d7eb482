package org.momo.imaging.projection;

import java.util.Arrays;

/**
 * One row y through all slices: the rows that are still needed, and what has been folded of it.
 * This class is not thread-safe.
 */
final class Line {
  private final float[][] ring;
  private final float[] axial;
  private final float[] sagittal;

  Line(DepthSchedule schedule, int width) {
    this.ring = new float[schedule.ringSize()][width];
    this.axial = new float[width];
    this.sagittal = new float[schedule.axis().inside()];
    clear();
  }

  void clear() {
    Arrays.fill(axial, Float.NEGATIVE_INFINITY);
  }

  /** The row of a slice; its array serves other slices before and after. */
  float[] row(int slice) {
    return ring[slice % ring.length];
  }

  /** The maximum over output planes, for each x. */
  float[] axial() {
    return axial;
  }

  /** The maximum over x, for each output plane. */
  float[] sagittal() {
    return sagittal;
  }
}
