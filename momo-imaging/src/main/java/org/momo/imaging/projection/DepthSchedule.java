package org.momo.imaging.projection;

import java.util.ArrayList;
import java.util.List;

/**
 * When which slice is needed, and which output planes it completes, for one pass through the depth
 * of a volume in order. The blocks depend on the axis alone, so that a volume in memory and one
 * that comes slice by slice give the same bits. This class is immutable.
 */
final class DepthSchedule {

  /** Slices that are filtered together. More cost memory, fewer cost time at the horizon. */
  private static final int BLOCK = 24;

  /**
   * How far beyond a block the anticausal filter begins. What it cannot see weighs 0.268^12, or
   * 1.4e-7, of the change between neighbours there: below the rounding of single precision.
   */
  private static final int HORIZON = 12;

  /** Coefficients before a block which outputs of the block may still ask for. */
  private static final int CARRIED = 3;

  private final Axis axis;
  private final List<Block> blocks;

  /**
   * A step of the pass: slices up to {@code need} are read, those from {@code start} to {@code end}
   * become final, and with them the outputs from {@code firstOutput} to {@code endOutput}.
   */
  record Block(int start, int end, int loaded, int need, int firstOutput, int endOutput) {

    /** The first slice that this block may need. */
    int keptFrom() {
      return Math.max(0, start - CARRIED);
    }

    /** The first slice that a block after this one may need. */
    int keptAfter() {
      return Math.max(0, end - CARRIED);
    }
  }

  DepthSchedule(Axis axis) {
    this.axis = axis;
    List<Block> list = new ArrayList<>();
    int loaded = 0;
    int output = 0;
    int size = axis.size();
    int start = 0;
    while (start < size) {
      int need = Math.min(size, start + BLOCK + (isCubic() ? HORIZON : 0));
      int end = need == size ? size : start + BLOCK;
      int endOutput = output;
      while (endOutput < axis.inside() && axis.lastTap(endOutput) < end) {
        endOutput++;
      }
      list.add(new Block(start, end, loaded, need, output, endOutput));
      start = end;
      loaded = need;
      output = endOutput;
    }
    this.blocks = List.copyOf(list);
  }

  Axis axis() {
    return axis;
  }

  boolean isCubic() {
    return axis.interpolation() == Interpolation.CUBIC;
  }

  List<Block> blocks() {
    return blocks;
  }

  /** How many rows of a line must be kept at a time. */
  int ringSize() {
    return Math.min(axis.size(), BLOCK + HORIZON + CARRIED);
  }
}
