package org.momo.imaging.projection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Voxels of 16 bits in memory. */
final class ShortVoxels implements ShortSlices {
  private final short[][] slices;
  private final int rows;
  private final int columns;
  private final SampleType type;

  ShortVoxels(short[][] slices, int rows, int columns, SampleType type) {
    ArrayVoxels.checkSize(slices.length, rows, columns);
    for (int z = 0; z < slices.length; z++) {
      ArrayVoxels.checkSlice(z, slices[z].length, rows, columns);
    }
    this.slices = slices;
    this.rows = rows;
    this.columns = columns;
    this.type = type;
  }

  short[] slice(int z) {
    return slices[z];
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
  public int bits() {
    return 16;
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public boolean isSigned() {
    return type == SampleType.INT16;
  }

  @Override
  public ByteBuffer slice(int slice, ByteBuffer room) {
    room.clear()
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .put(slices[slice], 0, rows * columns);
    return room;
  }

  @Override
  public void copyRow(int slice, int row, float[] target) {
    short[] samples = slices[slice];
    int offset = row * columns;
    if (type == SampleType.UINT16) {
      for (int x = 0; x < columns; x++) {
        target[x] = samples[offset + x] & 0xffff;
      }
    } else {
      for (int x = 0; x < columns; x++) {
        target[x] = samples[offset + x];
      }
    }
  }
}
