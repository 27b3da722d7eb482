package org.momo.imaging.projection;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row y through all slices: the rows that are still needed, and what has been folded of it.
 * This class is not thread-safe.
 */
final class Line {
  private final @Nullable float[][] ring;
  private final float[] axial;
  private final float[] sagittal;

  /** A line that has room for all the rows it may need at a time. */
  static Line whole(DepthSchedule schedule, int width) {
    return new Line(schedule, width, new float[schedule.ringSize()][width]);
  }

  /** A line that borrows its rows for as long as they are needed. */
  static Line lean(DepthSchedule schedule, int width) {
    return new Line(schedule, width, new float[schedule.ringSize()][]);
  }

  private Line(DepthSchedule schedule, int width, @Nullable float[][] ring) {
    this.ring = ring;
    this.axial = new float[width];
    this.sagittal = new float[schedule.axis().inside()];
    clear();
  }

  void clear() {
    Arrays.fill(axial, Float.NEGATIVE_INFINITY);
  }

  /** The row of a slice; its array serves other slices before and after. */
  float[] row(int slice) {
    return Objects.requireNonNull(ring[slice % ring.length]);
  }

  /** Takes rows for the slices that a block reads. */
  void borrow(ArrayDeque<float[]> spare, Scratch.Rooms rooms, DepthSchedule.Block block) {
    for (int slice = block.loaded(); slice < block.need(); slice++) {
      float[] row = spare.poll();
      ring[slice % ring.length] = row != null ? row : rooms.row();
    }
  }

  /** Gives back the rows that no block after this one needs. */
  void giveBack(ArrayDeque<float[]> spare, DepthSchedule.Block block) {
    for (int slice = block.keptFrom(); slice < block.keptAfter(); slice++) {
      giveBack(slice % ring.length, spare);
    }
  }

  /** Gives back all rows. */
  void giveBack(ArrayDeque<float[]> spare) {
    for (int at = 0; at < ring.length; at++) {
      giveBack(at, spare);
    }
  }

  private void giveBack(int at, ArrayDeque<float[]> spare) {
    float[] row = ring[at];
    if (row != null) {
      spare.push(row);
      ring[at] = null;
    }
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
