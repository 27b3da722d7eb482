package org.momo.imaging.projection;

/** Rows of 16-bit samples in memory, by way of a {@link RowSplitter}. */
final class SplitShortRows implements RowSource {
  private final ShortVoxels voxels;
  private final RowSplitter splitter;

  SplitShortRows(ShortVoxels voxels) {
    this.voxels = voxels;
    this.splitter = new RowSplitter(voxels);
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
    splitter.read(voxels.slice(slice), slice, row, lines, 0, count);
  }
}
