package org.momo.imaging.projection;

import java.util.function.ToIntFunction;

/** Voxels over one array for each slice. */
final class ArrayVoxels<A> implements Voxels {
  private final A[] slices;
  private final RowCopy<A> copy;
  private final int rows;
  private final int columns;
  private final SampleType type;

  /** Copies samples of a slice from an offset on. */
  @FunctionalInterface
  interface RowCopy<A> {
    void copy(A slice, int offset, float[] target, int length);
  }

  ArrayVoxels(
      A[] slices,
      ToIntFunction<A> length,
      RowCopy<A> copy,
      int rows,
      int columns,
      SampleType type) {
    checkSize(slices.length, rows, columns);
    for (int z = 0; z < slices.length; z++) {
      checkSlice(z, length.applyAsInt(slices[z]), rows, columns);
    }
    this.slices = slices;
    this.copy = copy;
    this.rows = rows;
    this.columns = columns;
    this.type = type;
  }

  static void checkSize(int slices, int rows, int columns) {
    if (slices < 1 || rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "a volume must have at least one voxel: was "
              + (slices + " slices of " + rows + " x " + columns));
    }
  }

  static void checkSlice(int slice, int length, int rows, int columns) {
    if (length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "slice " + slice + " must have " + rows + " x " + columns + " samples: were " + length);
    }
  }

  static void widenBytes(byte[] slice, int offset, float[] target, int length) {
    for (int x = 0; x < length; x++) {
      target[x] = slice[offset + x] & 0xff;
    }
  }

  static void widenInts(int[] slice, int offset, float[] target, int length) {
    for (int x = 0; x < length; x++) {
      target[x] = slice[offset + x];
    }
  }

  static void copyFloats(float[] slice, int offset, float[] target, int length) {
    System.arraycopy(slice, offset, target, 0, length);
  }

  @Override
  public int slices() {
    return slices.length;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public SampleType type() {
    return type;
  }

  @Override
  public void copyRow(int slice, int row, float[] target) {
    copy.copy(slices[slice], row * columns, target, columns);
  }
}
