package org.momo.imaging.projection;

/**
 * The samples of a volume, row by row: {@code slices} × {@code rows} × {@code columns}, x along a
 * row, y from row to row, z from slice to slice. Units are the owner's; projections keep them.
 *
 * <p>Implementations must be thread-safe for reading, and must not change while they are read.
 */
public interface Voxels {

  /**
   * How many slices there are.
   *
   * @return 1 or more
   */
  int slices();

  /**
   * How many rows a slice has.
   *
   * @return 1 or more
   */
  int rows();

  /**
   * How many samples a row has.
   *
   * @return 1 or more
   */
  int columns();

  /**
   * What kind of numbers the samples are.
   *
   * @return the type
   */
  SampleType type();

  /**
   * Copies one row.
   *
   * <p>Kernels need finite numbers: they read a NaN as 0, and magnitudes above 1e30 as 1e30.
   *
   * @param slice which slice, from 0
   * @param row which row of it, from 0
   * @param target gets {@link #columns()} samples, from index 0; the rest is left alone
   */
  void copyRow(int slice, int row, float[] target);

  /**
   * Signed 16-bit samples, as CT scanners store them.
   *
   * @param slices one array for each slice, row after row; not copied
   * @param rows rows of each slice
   * @param columns samples of each row
   * @return the volume
   * @throws IllegalArgumentException if there is no slice, or one has another size
   */
  static Voxels ofShorts(short[][] slices, int rows, int columns) {
    return new ShortVoxels(slices, rows, columns, SampleType.INT16);
  }

  /**
   * Unsigned 16-bit samples.
   *
   * @param slices one array for each slice, row after row; not copied
   * @param rows rows of each slice
   * @param columns samples of each row
   * @return the volume
   * @throws IllegalArgumentException if there is no slice, or one has another size
   */
  static Voxels ofUnsignedShorts(short[][] slices, int rows, int columns) {
    return new ShortVoxels(slices, rows, columns, SampleType.UINT16);
  }

  /**
   * Unsigned 8-bit samples.
   *
   * @param slices one array for each slice, row after row; not copied
   * @param rows rows of each slice
   * @param columns samples of each row
   * @return the volume
   * @throws IllegalArgumentException if there is no slice, or one has another size
   */
  static Voxels ofUnsignedBytes(byte[][] slices, int rows, int columns) {
    return new ArrayVoxels<>(
        slices, a -> a.length, ArrayVoxels::widenBytes, rows, columns, SampleType.UINT8);
  }

  /**
   * 32-bit integer samples.
   *
   * @param slices one array for each slice, row after row; not copied
   * @param rows rows of each slice
   * @param columns samples of each row
   * @return the volume
   * @throws IllegalArgumentException if there is no slice, or one has another size
   */
  static Voxels ofInts(int[][] slices, int rows, int columns) {
    return new ArrayVoxels<>(
        slices, a -> a.length, ArrayVoxels::widenInts, rows, columns, SampleType.INT32);
  }

  /**
   * Single-precision samples.
   *
   * @param slices one array for each slice, row after row; not copied
   * @param rows rows of each slice
   * @param columns samples of each row
   * @return the volume
   * @throws IllegalArgumentException if there is no slice, or one has another size
   */
  static Voxels ofFloats(float[][] slices, int rows, int columns) {
    return new ArrayVoxels<>(
        slices, a -> a.length, ArrayVoxels::copyFloats, rows, columns, SampleType.FLOAT32);
  }
}
