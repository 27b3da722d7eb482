package org.momo.imaging.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.SeriesPicture;
import org.momo.imaging.model.LoadedModel;
import org.momo.imaging.model.PictureSpec;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.volume.ImageOptions;
import org.momo.imaging.volume.SeriesStacks;
import org.momo.spi.ConfigurationException;
import org.momo.spi.InferenceException;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/**
 * Makes the pictures of a study's series ahead of the networks, so that all cores work while one of
 * them runs. Pictures come in the order of the series, and only so many wait as there are threads
 * to make them, and a batch.
 *
 * <p>This class is not thread-safe.
 */
final class Preparation implements AutoCloseable {
  private final Iterator<Subject> ahead;
  private final @Nullable ExecutorService helpers;
  private final ImageOptions images;
  private final int window;
  private final int threadsEach;
  private final Deadline deadline;
  private final Map<PictureSpec, Projector> projectors = new ConcurrentHashMap<>();
  private final Deque<Future<Prepared>> waiting = new ArrayDeque<>();

  /**
   * Starts.
   *
   * @param helpers make the pictures, or null where the thread that asks does
   */
  Preparation(
      List<Subject> subjects,
      @Nullable ExecutorService helpers,
      NetworkOptions options,
      ImageOptions images,
      Deadline deadline) {
    this.ahead = subjects.iterator();
    this.helpers = helpers;
    this.images = images;
    this.window = options.threads() + options.batch();
    // A picture is the same to the last bit for any number of threads; few series share them all.
    this.threadsEach = Math.max(1, options.threads() / Math.max(1, subjects.size()));
    this.deadline = deadline;
  }

  private void fill() {
    while (helpers != null && waiting.size() < window && ahead.hasNext()) {
      Subject next = ahead.next();
      waiting.add(helpers.submit(() -> prepare(next)));
    }
  }

  /** The next series' pictures; there must be one. */
  Prepared next() throws InterruptedException, InferenceException {
    if (helpers == null) {
      Subject next = ahead.next();
      try {
        return prepare(next);
      } catch (OutOfMemoryError e) {
        throw tooLarge(e);
      }
    }
    fill();
    Future<Prepared> first = waiting.remove();
    try {
      Prepared prepared = first.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
      fill();
      return prepared;
    } catch (TimeoutException e) {
      first.cancel(false);
      throw deadline.passed();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutOfMemoryError error) {
        throw tooLarge(error);
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException runtime
          ? runtime
          : new IllegalStateException(e.getCause());
    }
  }

  /** Which pictures fit must not change an answer in silence. */
  private static InferenceException tooLarge(OutOfMemoryError cause) {
    return new InferenceException(
        "the pictures of a series need more memory than there is; give the JVM more, or the layer"
            + " fewer threads",
        cause);
  }

  private Prepared prepare(Subject subject) {
    try {
      return pictures(subject);
    } catch (ConfigurationException e) {
      throw e;
    } catch (RuntimeException e) {
      // A vendor's decoder or preprocessor may fail on one series: it costs that series alone.
      return Prepared.none("its picture cannot be made: " + e.getClass().getName(), List.of());
    }
  }

  private Prepared pictures(Subject subject) {
    Map<PictureSpec, Tensor> pictures = new LinkedHashMap<>();
    Set<String> notes = new LinkedHashSet<>();
    for (Map.Entry<PictureSpec, SeriesStacks> each : subject.stacks().entrySet()) {
      PictureSpec spec = each.getKey();
      SeriesStacks stacks = each.getValue();
      SeriesPicture picture =
          SeriesPicture.of(
              stacks.stacks().get(0),
              stacks.notes(),
              spec.options(images).withThreads(threadsEach),
              projectors.computeIfAbsent(spec, PictureSpec::projector));
      picture.notes().forEach(note -> notes.add(note.text()));
      if (picture.tensor().isEmpty()) {
        return Prepared.none(picture.reason(), List.copyOf(notes));
      }
      pictures.put(spec, picture.tensor().get());
    }
    List<Tensor> inputs = new ArrayList<>();
    for (LoadedModel model : subject.networks().models()) {
      Tensor picture = pictures.get(model.manifest().picture());
      if (picture == null) {
        throw new IllegalStateException("a network's picture was not planned");
      }
      try {
        inputs.add(model.prepare(picture));
      } catch (UnsuitableImageException e) {
        return Prepared.none(String.valueOf(e.getMessage()), List.copyOf(notes));
      }
    }
    return new Prepared(inputs, "", List.copyOf(notes));
  }

  /**
   * Stops what has not begun, and forgets the rest. Nothing is interrupted: that would close the
   * channel of an archive under all who read from it.
   */
  @Override
  public void close() {
    waiting.forEach(future -> future.cancel(false));
    waiting.clear();
  }
}
