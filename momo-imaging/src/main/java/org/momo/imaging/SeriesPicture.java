package org.momo.imaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.projection.Accumulator;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.volume.ImageOptions;
import org.momo.imaging.volume.ImageStack;
import org.momo.imaging.volume.Note;
import org.momo.imaging.volume.SeriesStacks;
import org.momo.spi.Tensor;
import org.momo.study.Series;

/**
 * A series as one picture of three channels, or the reason why there is none.
 *
 * <p>Of slices of a body the channels are what the {@link Projector} makes of them: three maximum
 * intensity projections, or, of few slices, the first, middle and last one. Of one plane over time,
 * and of images that only share a series, they are the first, middle and last image, however many
 * there are.
 *
 * <pre>{@code
 * SeriesPicture picture =
 *     SeriesPicture.of(series, ImageOptions.defaults(), Projector.builder().build());
 * picture.tensor().ifPresentOrElse(this::classify, () -> log(picture.reason()));
 * }</pre>
 *
 * <p>This class is immutable.
 */
public final class SeriesPicture {
  private final @Nullable Tensor tensor;
  private final ImageStack.@Nullable Axis axis;
  private final int slices;
  private final String reason;
  private final List<Note> notes;

  private SeriesPicture(
      @Nullable Tensor tensor,
      ImageStack.@Nullable Axis axis,
      int slices,
      String reason,
      List<Note> notes) {
    this.tensor = tensor;
    this.axis = axis;
    this.slices = slices;
    this.reason = reason;
    this.notes = List.copyOf(notes);
  }

  /**
   * Makes the picture of a series: of its largest stack, where it holds several.
   *
   * <p>Slices are decoded as the projector asks for them and not kept; {@link
   * ImageOptions#threads()} threads decode, resample and fold.
   *
   * @param series what came in
   * @param options how its pixels are read
   * @param projector makes the three channels
   * @return the picture, or the reason why there is none; the same for any number of threads
   */
  public static SeriesPicture of(Series series, ImageOptions options, Projector projector) {
    Objects.requireNonNull(projector, "projector");
    SeriesStacks stacks = SeriesStacks.of(series, options);
    if (stacks.stacks().isEmpty()) {
      return none(stacks.reason().orElse("the series has no images"), stacks.notes());
    }
    return of(stacks.stacks().get(0), stacks.notes(), options, projector);
  }

  /**
   * Makes the picture of one stack.
   *
   * @param stack the slices
   * @param notes what was noticed so far
   * @param options says how many threads work
   * @param projector makes the three channels
   * @return the picture, or the reason why there is none
   */
  public static SeriesPicture of(
      ImageStack stack, List<Note> notes, ImageOptions options, Projector projector) {
    int count = stack.slices();
    ImageStack shown =
        stack.axis() == ImageStack.Axis.SPACE ? stack : stack.select(0, (count - 1) / 2, count - 1);
    StackVoxels voxels = StackVoxels.of(shown);
    List<Note> all = new ArrayList<>(notes);
    Tensor tensor;
    try {
      tensor = fold(voxels, options.threads(), projector);
      voxels.note().ifPresent(all::add);
    } catch (StackVoxels.UndecodableException e) {
      return none(voxels.firstProblem(), all);
    }
    return new SeriesPicture(tensor, stack.axis(), count, "", all);
  }

  private static Tensor fold(StackVoxels voxels, int threads, Projector projector) {
    if (threads == 1) {
      Accumulator accumulator =
          projector.accumulator(voxels.slices(), voxels.rows(), voxels.columns(), voxels.type());
      accumulator.add(voxels);
      return accumulator.finish();
    }
    AtomicInteger names = new AtomicInteger();
    ExecutorService helpers =
        Executors.newFixedThreadPool(
            threads - 1,
            task -> {
              Thread thread = new Thread(task, "momo-pixels-" + names.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    try {
      Accumulator accumulator =
          projector.accumulator(
              voxels.slices(), voxels.rows(), voxels.columns(), voxels.type(), helpers, threads);
      accumulator.add(voxels);
      return accumulator.finish();
    } finally {
      helpers.shutdown();
    }
  }

  private static SeriesPicture none(String reason, List<Note> notes) {
    return new SeriesPicture(null, null, 0, reason, notes);
  }

  /**
   * The picture, in the units of the series: Hounsfield units for CT.
   *
   * @return a tensor {@code [3, size, size]}, or empty where there is none
   */
  public Optional<Tensor> tensor() {
    return Optional.ofNullable(tensor);
  }

  /**
   * What the slices were.
   *
   * @return the axis, or empty where there is no picture
   */
  public Optional<ImageStack.Axis> axis() {
    return Optional.ofNullable(axis);
  }

  /**
   * How many slices the stack had.
   *
   * @return the number, or 0 where there is no picture
   */
  public int slices() {
    return slices;
  }

  /**
   * Why there is no picture.
   *
   * @return one sentence, or an empty string where there is a picture
   */
  public String reason() {
    return reason;
  }

  /**
   * What was noticed on the way, for the trace.
   *
   * @return the notes, in the order in which they came up
   */
  public List<Note> notes() {
    return notes;
  }
}
