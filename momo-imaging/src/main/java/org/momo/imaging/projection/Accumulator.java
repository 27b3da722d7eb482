package org.momo.imaging.projection;

import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.momo.spi.Tensor;

/**
 * Folds slices into projections as they come, in order from the first to the last.
 *
 * <p>Slices are not kept: at 512 × 512 it holds 43 MiB, whatever the number of slices, and a little
 * more for each thread; of {@link ShortSlices} 36 MiB, half of them outside the heap. The picture
 * is the same to the last bit as that of the whole volume in memory.
 *
 * <p>This class is not thread-safe.
 */
public final class Accumulator {
  private final int slices;
  private final int rows;
  private final int columns;
  private final SampleType type;
  private final Teamwork team;
  private final Projector projector;
  private @Nullable Folding folding;
  private boolean shorts;
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
    this.projector = projector;
  }

  /**
   * Adds slices after those that have been added.
   *
   * @param more one slice or several, of the size and type that were announced; not kept
   * @throws IllegalArgumentException if they are of another size or type, or too many; or if some
   *     are {@link ShortSlices} and others not, or in another format
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
    Folding begun = folding;
    if (begun == null) {
      shorts = more instanceof ShortSlices;
      begun = begin(more);
      folding = begun;
    } else if (shorts != more instanceof ShortSlices) {
      throw new IllegalArgumentException("slices must all be ShortSlices, or none of them");
    }
    begun.add(more, added);
    added += more.slices();
  }

  private Folding begin(Voxels first) {
    if (projector.isThin(slices)) {
      return new Thin(projector);
    }
    Axis x = projector.axis(columns, projector.interpolation());
    Axis y = projector.axis(rows, projector.interpolation());
    DepthSchedule schedule = new DepthSchedule(projector.axis(slices, projector.interpolation()));
    Picture picture = new Picture(projector, schedule.axis(), y.inside(), x.inside(), type);
    int width = projector.paddedWidth();
    return first instanceof ShortSlices stored
            && x.isIdentity()
            && y.isIdentity()
            && RowSplitter.fits(columns)
        ? new StoredFolding(schedule, width, picture, team, stored, projector.scratch())
        : new ResampledFolding(schedule, width, picture, team, x, y);
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
    return Objects.requireNonNull(folding, "slices").finish();
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
}
