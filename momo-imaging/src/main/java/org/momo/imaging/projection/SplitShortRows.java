package org.momo.imaging.projection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/** Rows of 16-bit samples in memory, by way of a {@link RowSplitter}. */
final class SplitShortRows implements RowSource {
  private final ShortVoxels voxels;
  private final RowSplitter splitter;
  private final ShortBuffer shorts;
  private final IntBuffer pairs;

  SplitShortRows(ShortVoxels voxels) {
    this.voxels = voxels;
    this.splitter = new RowSplitter(voxels);
    ByteBuffer bytes =
        ByteBuffer.allocate(RowSplitter.LINES * voxels.columns() * Short.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    this.shorts = bytes.asShortBuffer();
    this.pairs = bytes.asIntBuffer();
  }

  @Override
  public int linesAtATime() {
    return RowSplitter.LINES;
  }

  @Override
  public float bias() {
    return splitter.bias();
  }

  @Override
  public int position(int x) {
    return splitter.position(x);
  }

  @Override
  public void read(int slice, int row, Line[] lines, int count) {
    int columns = voxels.columns();
    shorts.put(0, voxels.slice(slice), row * columns, count * columns);
    splitter.read(pairs, slice, 0, lines, 0, count);
  }
}
