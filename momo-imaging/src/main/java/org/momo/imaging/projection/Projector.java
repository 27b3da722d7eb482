package org.momo.imaging.projection;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.momo.spi.Tensor;

/**
 * Makes one picture of three channels of a volume.
 *
 * <p>Of a volume of enough slices: the maximum intensity projections of the volume resampled to
 * {@code size} samples along each axis. Channel 0 is sagittal, the maximum along x, with a row for
 * each z and a column for each y; channel 1 is coronal, the maximum along y, with a row for each z
 * and a column for each x; channel 2 is axial, the maximum along z, with a row for each y and a
 * column for each x. Of a thin volume: its first, middle ({@code floor((slices - 1) / 2)}) and last
 * slice, each resampled to {@code size} × {@code size}.
 *
 * <p>Values are in the units of the volume; a spline may overshoot their range. The answer is the
 * same to the last bit for any number of threads.
 *
 * <pre>{@code
 * Projector projector = Projector.builder().build();
 * Tensor picture = projector.project(Voxels.ofShorts(slices, 512, 512));
 * }</pre>
 *
 * <p>It is worth keeping: the memory of one picture serves the next, up to 36 MiB at 512 samples,
 * which the garbage collector may have back.
 *
 * <p>This class is immutable.
 */
public final class Projector {
  private final int size;
  private final Convention convention;
  private final Interpolation interpolation;
  private final Interpolation thinInterpolation;
  private final int thinBelow;
  private final OptionalDouble fill;
  private final Scratch scratch = new Scratch();

  private Projector(Builder builder) {
    this.size = builder.size;
    this.convention = builder.convention;
    this.interpolation = builder.interpolation;
    this.thinInterpolation =
        builder.thinInterpolation != null
            ? builder.thinInterpolation
            : convention == Convention.PUBLISHED ? Interpolation.LINEAR : interpolation;
    this.thinBelow = builder.thinBelow;
    this.fill = builder.fill;
  }

  /**
   * Begins a projector: 512, centred, cubic, thin below 40 slices.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Projects a volume on the calling thread.
   *
   * @param volume the volume
   * @return a tensor {@code [3, size, size]}
   */
  public Tensor project(Voxels volume) {
    return project(volume, Teamwork.alone());
  }

  /**
   * Projects a volume on several threads: the calling one, and helpers from an executor. The caller
   * may itself be a task of the executor; helpers that do not get to start are not waited for.
   *
   * @param volume the volume
   * @param executor where helpers run
   * @param threads how many threads work at most, 1 or more
   * @return a tensor {@code [3, size, size]}, the same as on one thread
   * @throws IllegalArgumentException if {@code threads} is less than 1
   */
  public Tensor project(Voxels volume, Executor executor, int threads) {
    Objects.requireNonNull(executor, "executor");
    return project(volume, new Teamwork(executor, threads));
  }

  /**
   * Takes slices as they come, on the calling thread.
   *
   * @param slices how many will come, 1 or more
   * @param rows rows of each
   * @param columns columns of each
   * @param type what the samples are
   * @return an accumulator that waits for the first slice
   * @throws IllegalArgumentException if a number is less than 1
   */
  public Accumulator accumulator(int slices, int rows, int columns, SampleType type) {
    return new Accumulator(this, slices, rows, columns, type, Teamwork.alone());
  }

  /**
   * Takes slices as they come; those of one {@link Accumulator#add} are shared between threads, and
   * so is the folding.
   *
   * @param slices how many will come, 1 or more
   * @param rows rows of each
   * @param columns columns of each
   * @param type what the samples are
   * @param executor where helpers run
   * @param threads how many threads work at most, 1 or more
   * @return an accumulator that waits for the first slice
   * @throws IllegalArgumentException if a number is less than 1
   */
  public Accumulator accumulator(
      int slices, int rows, int columns, SampleType type, Executor executor, int threads) {
    Objects.requireNonNull(executor, "executor");
    return new Accumulator(this, slices, rows, columns, type, new Teamwork(executor, threads));
  }

  private Tensor project(Voxels volume, Teamwork team) {
    if (!isThin(volume.slices()) && volume.rows() == size && volume.columns() == size) {
      return inMemory(volume, team);
    }
    Accumulator accumulator =
        new Accumulator(
            this, volume.slices(), volume.rows(), volume.columns(), volume.type(), team);
    accumulator.add(volume);
    return accumulator.finish();
  }

  /** Line by line, so that a line's rows stay in the cache from the first read to the maxima. */
  private Tensor inMemory(Voxels volume, Teamwork team) {
    DepthSchedule schedule = new DepthSchedule(axis(volume.slices(), interpolation));
    int width = paddedWidth();
    Picture picture = new Picture(this, schedule.axis(), size, size, volume.type());
    int linesAtATime = RowSource.of(volume).linesAtATime();
    @Nullable DepthKernel[] kernels = new DepthKernel[team.threads()];
    team.run(
        (size + linesAtATime - 1) / linesAtATime,
        number -> {
          RowSource source = RowSource.of(volume);
          DepthKernel kernel = new DepthKernel(schedule, width, source.bias());
          kernels[number] = kernel;
          Line[] lines = new Line[linesAtATime];
          for (int i = 0; i < lines.length; i++) {
            lines[i] = Line.whole(schedule, width);
          }
          return piece -> {
            int row = piece * linesAtATime;
            int count = Math.min(linesAtATime, size - row);
            for (DepthSchedule.Block block : schedule.blocks()) {
              for (int z = block.loaded(); z < block.need(); z++) {
                source.read(z, row, lines, count);
              }
              for (int i = 0; i < count; i++) {
                kernel.process(block, lines[i]);
              }
            }
            for (int i = 0; i < count; i++) {
              picture.line(row + i, lines[i], source::position);
              lines[i].clear();
            }
          };
        });
    IntUnaryOperator order = RowSource.of(volume)::position;
    team.run(schedule.axis().inside(), number -> plane -> picture.coronal(plane, kernels, order));
    return picture.finish();
  }

  Scratch scratch() {
    return scratch;
  }

  boolean isThin(int slices) {
    return slices < thinBelow;
  }

  Axis axis(int samples, Interpolation kind) {
    return Axis.of(samples, size, convention, kind);
  }

  int size() {
    return size;
  }

  Convention convention() {
    return convention;
  }

  Interpolation interpolation() {
    return interpolation;
  }

  Interpolation thinInterpolation() {
    return thinInterpolation;
  }

  /** Rows of the kernels: a power of two of 64 or more. */
  int paddedWidth() {
    return Math.max(64, Integer.highestOneBit(2 * size - 1));
  }

  float fill(SampleType type) {
    return (float) fill.orElse(type.publishedFill());
  }

  /** What is asked for, for instance {@code Projector[512, CENTRED, CUBIC, thin below 40]}. */
  @Override
  public String toString() {
    return "Projector[%d, %s, %s, thin below %d]"
        .formatted(size, convention, interpolation, thinBelow);
  }

  /** Says what a {@link Projector} is to do. This class is not thread-safe. */
  public static final class Builder {
    private int size = 512;
    private Convention convention = Convention.CENTRED;
    private Interpolation interpolation = Interpolation.CUBIC;
    private @Nullable Interpolation thinInterpolation;
    private int thinBelow = 40;
    private OptionalDouble fill = OptionalDouble.empty();

    private Builder() {}

    /**
     * How many samples each axis is resampled to. Default 512.
     *
     * @param samples 16 to 1024
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder size(int samples) {
      if (samples < 16 || samples > 1024) {
        throw new IllegalArgumentException("size must be between 16 and 1024: was " + samples);
      }
      this.size = samples;
      return this;
    }

    /**
     * Which place of the input an output sample stands for. Default {@link Convention#CENTRED}.
     *
     * @param value the convention
     * @return this
     */
    public Builder convention(Convention value) {
      this.convention = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * How values between samples are made. Default {@link Interpolation#CUBIC}.
     *
     * @param value the interpolation
     * @return this
     */
    public Builder interpolation(Interpolation value) {
      this.interpolation = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * How values between samples of the slices of a thin volume are made. Default {@link
     * Interpolation#LINEAR} for {@link Convention#PUBLISHED}, else that of {@link #interpolation}.
     *
     * @param value the interpolation
     * @return this
     */
    public Builder thinInterpolation(Interpolation value) {
      this.thinInterpolation = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * From how many slices on a volume is not thin. Default 40, as the paper says; the published
     * code has 41.
     *
     * @param slices 0 or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder thinBelow(int slices) {
      if (slices < 0) {
        throw new IllegalArgumentException("thinBelow must be 0 or more: was " + slices);
      }
      this.thinBelow = slices;
      return this;
    }

    /**
     * The value of samples that {@link Convention#PUBLISHED} finds outside the volume. Default
     * {@link SampleType#publishedFill}.
     *
     * @param value a finite value in the units of the volume
     * @return this
     * @throws IllegalArgumentException if it is not finite
     */
    public Builder fill(float value) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("fill must be finite: was " + value);
      }
      this.fill = OptionalDouble.of(value);
      return this;
    }

    /**
     * Makes the projector.
     *
     * @return the projector
     */
    public Projector build() {
      return new Projector(this);
    }
  }
}
