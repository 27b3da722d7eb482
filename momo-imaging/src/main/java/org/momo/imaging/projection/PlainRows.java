package org.momo.imaging.projection;

import java.util.Arrays;

/** Rows by way of {@link Voxels#copyRow}. */
final class PlainRows implements RowSource {
  private static final float LARGEST = 1e30f;

  private final Voxels voxels;

  PlainRows(Voxels voxels) {
    this.voxels = voxels;
  }

  /** Reads one row, finite, and repeats its last sample to the end of the array. */
  static void read(Voxels voxels, int slice, int row, float[] target) {
    voxels.copyRow(slice, row, target);
    int columns = voxels.columns();
    if (!voxels.type().isInteger()) {
      for (int x = 0; x < columns; x++) {
        float v = target[x];
        target[x] = Float.isNaN(v) ? 0 : Math.max(-LARGEST, Math.min(LARGEST, v));
      }
    }
    Arrays.fill(target, columns, target.length, target[columns - 1]);
  }

  @Override
  public int linesAtATime() {
    return 1;
  }

  @Override
  public float bias() {
    return 0;
  }

  @Override
  public int position(int x) {
    return x;
  }

  @Override
  public void read(int slice, int row, Line[] lines, int count) {
    for (int i = 0; i < count; i++) {
      read(voxels, slice, row + i, lines[i].row(slice));
    }
  }
}
