package org.momo.imaging.projection;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.projection.DepthSchedule.Block;
import org.momo.spi.Tensor;

/** The pass through the depth, block by block; how slices become rows of lines is left open. */
abstract class DeepFolding implements Folding {
  private final DepthSchedule schedule;
  private final int width;
  private final float bias;
  private final Picture picture;
  private final Teamwork team;
  private final Line[] lines;
  private final @Nullable DepthKernel[] kernels;
  private int block;

  DeepFolding(
      DepthSchedule schedule, int width, Picture picture, Teamwork team, Line[] lines, float bias) {
    this.schedule = schedule;
    this.width = width;
    this.picture = picture;
    this.team = team;
    this.lines = lines;
    this.bias = bias;
    this.kernels = new DepthKernel[team.threads()];
  }

  @Override
  public final void add(Voxels more, int first) {
    int slice = first;
    int end = first + more.slices();
    while (slice < end) {
      Block current = schedule.blocks().get(block);
      int upTo = Math.min(end, current.need());
      read(more, first, slice, upTo, current);
      slice = upTo;
      if (slice == current.need()) {
        fold(current);
        block++;
      }
    }
  }

  /** Takes the slices from one number up to another, which belong to a block. */
  abstract void read(Voxels more, int first, int from, int to, Block current);

  /** Folds all lines, whose slices up to {@link Block#need} have been read. */
  abstract void fold(Block current);

  /** The index within a row at which column x is found. */
  abstract IntUnaryOperator order();

  final DepthKernel kernel(int number) {
    DepthKernel found = kernels[number];
    if (found == null) {
      found = new DepthKernel(schedule, width, bias);
      kernels[number] = found;
    }
    return found;
  }

  final Teamwork team() {
    return team;
  }

  final Line[] lines() {
    return lines;
  }

  @Override
  public Tensor finish() {
    IntUnaryOperator order = order();
    team.run(lines.length, number -> line -> picture.line(line, lines[line], order));
    team.run(schedule.axis().inside(), number -> plane -> picture.coronal(plane, kernels, order));
    return picture.finish();
  }
}
