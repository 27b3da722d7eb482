package org.momo.imaging.projection;

/**
 * Reads rows of a volume into padded rows of floats. One serves one thread. Implementations are not
 * thread-safe.
 */
interface RowSource {

  /** How many lines are read at a time, at most. */
  int linesAtATime();

  /** What the values that {@link #read} gives are too large by. */
  float bias();

  /** The index within a row at which column x is found. */
  int position(int x);

  /**
   * Reads one slice of some lines.
   *
   * @param slice which slice
   * @param row the row of the first line
   * @param lines the lines whose row for this slice is filled
   * @param count how many of the lines, {@link #linesAtATime()} at most
   */
  void read(int slice, int row, Line[] lines, int count);

  /** The fitting source for some voxels. */
  static RowSource of(Voxels voxels) {
    return voxels instanceof ShortVoxels shorts && RowSplitter.fits(shorts.columns())
        ? new SplitShortRows(shorts)
        : new PlainRows(voxels);
  }
}
