package org.momo.imaging.projection;

import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.projection.DepthSchedule.Block;
import org.momo.spi.Tensor;

/**
 * Folds slices into projections as they come, in order from the first to the last.
 *
 * <p>Slices are not kept: at 512 × 512 it holds 43 MiB, whatever the number of slices, and a little
 * more for each thread. The picture is the same to the last bit as that of the whole volume in
 * memory.
 *
 * <p>This class is not thread-safe.
 */
public final class Accumulator {
  private final int slices;
  private final int rows;
  private final int columns;
  private final SampleType type;
  private final Teamwork team;
  private final Folding folding;
  private int added;
  private boolean finished;

  Accumulator(
      Projector projector, int slices, int rows, int columns, SampleType type, Teamwork team) {
    ArrayVoxels.checkSize(slices, rows, columns);
    this.slices = slices;
    this.rows = rows;
    this.columns = columns;
    this.type = Objects.requireNonNull(type, "type");
    this.team = team;
    this.folding = projector.isThin(slices) ? new Thin(projector) : new Deep(projector);
  }

  /**
   * Adds slices after those that have been added.
   *
   * @param more one slice or several, of the size and type that were announced; not kept
   * @throws IllegalArgumentException if they are of another size or type, or too many
   * @throws IllegalStateException if the picture has been made
   */
  public void add(Voxels more) {
    if (finished) {
      throw new IllegalStateException("slices cannot be added to a finished picture");
    }
    if (more.rows() != rows || more.columns() != columns || more.type() != type) {
      throw new IllegalArgumentException(
          "slices must be %d x %d of %s: were %d x %d of %s"
              .formatted(rows, columns, type, more.rows(), more.columns(), more.type()));
    }
    if (more.slices() > slices - added) {
      throw new IllegalArgumentException(
          "slices must be " + slices + " in all: were " + ((long) added + more.slices()));
    }
    folding.add(more, added);
    added += more.slices();
  }

  /**
   * Makes the picture, once.
   *
   * @return a tensor {@code [3, size, size]}, as {@link Projector} describes it
   * @throws IllegalStateException if slices are missing, or the picture has been made
   */
  public Tensor finish() {
    if (finished) {
      throw new IllegalStateException("the picture has been made");
    }
    if (added < slices) {
      throw new IllegalStateException("slices must be " + slices + " in all: were " + added);
    }
    finished = true;
    return folding.finish();
  }

  private sealed interface Folding permits Thin, Deep {
    void add(Voxels more, int first);

    Tensor finish();
  }

  private final class Thin implements Folding {
    private final Picture picture;
    private final Axis x;
    private final Axis y;

    Thin(Projector projector) {
      this.x = projector.axis(columns, projector.thinInterpolation());
      this.y = projector.axis(rows, projector.thinInterpolation());
      this.picture = new Picture(projector, y, y.inside(), x.inside(), type);
    }

    @Override
    public void add(Voxels more, int first) {
      int[] wanted = {0, (slices - 1) / 2, slices - 1};
      int[] here =
          IntStream.range(0, 3)
              .filter(c -> wanted[c] >= first && wanted[c] < first + more.slices())
              .toArray();
      team.run(
          here.length,
          number -> {
            SliceResampler resampler = new SliceResampler(x, y);
            float[][] resampled = new float[y.inside()][x.inside()];
            return piece -> {
              resampler.resample(more, wanted[here[piece]] - first, row -> resampled[row]);
              picture.slice(here[piece], resampled);
            };
          });
    }

    @Override
    public Tensor finish() {
      return picture.finishSlices();
    }
  }

  private final class Deep implements Folding {
    private final Axis x;
    private final Axis y;
    private final DepthSchedule schedule;
    private final int width;
    private final Picture picture;
    private final Line[] lines;
    private final @Nullable SliceResampler[] resamplers;
    private final @Nullable DepthKernel[] kernels;
    private int block;

    Deep(Projector projector) {
      this.x = projector.axis(columns, projector.interpolation());
      this.y = projector.axis(rows, projector.interpolation());
      this.schedule = new DepthSchedule(projector.axis(slices, projector.interpolation()));
      this.width = projector.paddedWidth();
      this.picture = new Picture(projector, schedule.axis(), y.inside(), x.inside(), type);
      this.lines = new Line[y.inside()];
      for (int i = 0; i < lines.length; i++) {
        lines[i] = new Line(schedule, width);
      }
      this.resamplers = new SliceResampler[team.threads()];
      this.kernels = new DepthKernel[team.threads()];
    }

    @Override
    public void add(Voxels more, int first) {
      int slice = first;
      int end = first + more.slices();
      while (slice < end) {
        Block current = schedule.blocks().get(block);
        int upTo = Math.min(end, current.need());
        read(more, first, slice, upTo);
        slice = upTo;
        if (slice == current.need()) {
          fold(current);
          block++;
        }
      }
    }

    private void read(Voxels more, int first, int from, int to) {
      team.run(
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

    private void fold(Block current) {
      team.run(
          lines.length,
          number -> {
            DepthKernel kernel = kernel(number);
            return line -> kernel.process(current, lines[line]);
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

    private DepthKernel kernel(int number) {
      DepthKernel found = kernels[number];
      if (found == null) {
        found = new DepthKernel(schedule, width, 0);
        kernels[number] = found;
      }
      return found;
    }

    @Override
    public Tensor finish() {
      for (int i = 0; i < lines.length; i++) {
        picture.line(i, lines[i], column -> column);
      }
      picture.coronal(kernels, column -> column);
      return picture.finish();
    }
  }
}
