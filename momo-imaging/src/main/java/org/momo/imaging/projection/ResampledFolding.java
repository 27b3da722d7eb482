package org.momo.imaging.projection;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.projection.DepthSchedule.Block;

/** Slices that are resampled as they come. */
final class ResampledFolding extends DeepFolding {
  private final Axis x;
  private final Axis y;
  private final @Nullable SliceResampler[] resamplers;

  ResampledFolding(
      DepthSchedule schedule, int width, Picture picture, Teamwork team, Axis x, Axis y) {
    super(schedule, width, picture, team, lines(schedule, width, y.inside()), 0);
    this.x = x;
    this.y = y;
    this.resamplers = new SliceResampler[team.threads()];
  }

  private static Line[] lines(DepthSchedule schedule, int width, int count) {
    Line[] lines = new Line[count];
    for (int i = 0; i < count; i++) {
      lines[i] = Line.whole(schedule, width);
    }
    return lines;
  }

  @Override
  void read(Voxels more, int first, int from, int to, Block current) {
    Line[] lines = lines();
    team()
        .run(
            to - from,
            number ->
                piece -> {
                  int slice = from + piece;
                  if (x.isIdentity() && y.isIdentity()) {
                    for (int row = 0; row < lines.length; row++) {
                      PlainRows.read(more, slice - first, row, lines[row].row(slice));
                    }
                  } else {
                    resampler(number).resample(more, slice - first, row -> lines[row].row(slice));
                  }
                });
  }

  private SliceResampler resampler(int number) {
    SliceResampler found = resamplers[number];
    if (found == null) {
      found = new SliceResampler(x, y);
      resamplers[number] = found;
    }
    return found;
  }

  @Override
  void fold(Block current) {
    Line[] lines = lines();
    team()
        .run(
            lines.length,
            number -> {
              DepthKernel kernel = kernel(number);
              return line -> kernel.process(current, lines[line]);
            });
  }

  @Override
  IntUnaryOperator order() {
    return column -> column;
  }
}
