package org.momo.imaging.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.momo.decision.Opinion;
import org.momo.imaging.model.MeansBackend;
import org.momo.imaging.model.Workshop;
import org.momo.spi.DecisionLayer;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Tensor;
import org.momo.study.Study;

/** Pictures are made while a network runs, and never more than there is room for. */
class PreparationTest {
  private static final int SERIES = 40;

  @TempDir Path folder;
  private final Workshop workshop = new Workshop();
  private final AtomicInteger made = new AtomicInteger();

  @Test
  @Timeout(60)
  void pictures_are_made_ahead_up_to_threads_and_a_batch() throws Exception {
    int threads = 3;
    int batch = 2;
    Waiting backend = new Waiting(batch + threads + batch);
    workshop.use(backend);
    try (DecisionLayer layer = layer(threads, batch, "count")) {
      made.set(0);
      backend.wait = true;
      Opinion.Votes votes = (Opinion.Votes) layer.consider(study());
      assertThat(votes.ballot().votes()).hasSize(SERIES);
    }
    // While the first batch was in the network, the room behind it filled up, and no further.
    assertThat(backend.seen).isEqualTo(batch + threads + batch);
    assertThat(made).hasValue(SERIES);
  }

  @Test
  void a_step_that_breaks_on_a_series_costs_that_series() throws Exception {
    try (DecisionLayer layer = layer(2, 1, "third")) {
      made.set(0);
      Opinion.Votes votes = (Opinion.Votes) layer.consider(study());
      assertThat(votes.ballot().votes()).hasSize(SERIES - 1);
    }
  }

  @Test
  void pictures_that_do_not_fit_into_memory_fail_the_layer() throws Exception {
    for (int threads : new int[] {1, 2}) {
      try (DecisionLayer layer = layer(threads, 1, "huge")) {
        made.set(0);
        assertThatExceptionOfType(InferenceException.class)
            .isThrownBy(() -> layer.consider(study()))
            .withMessageContaining("more memory than there is");
      }
    }
  }

  @Test
  @Timeout(60)
  void many_studies_at_once_get_the_answers_of_one() throws Exception {
    try (DecisionLayer layer = layer(3, 2, "count")) {
      Study study = study();
      Opinion alone = layer.consider(study);
      ExecutorService callers = Executors.newFixedThreadPool(6);
      try {
        List<Future<Opinion>> all =
            callers.invokeAll(java.util.Collections.nCopies(24, () -> layer.consider(study)));
        for (Future<Opinion> each : all) {
          assertThat(each.get()).isEqualTo(alone);
        }
      } finally {
        callers.shutdownNow();
      }
    }
  }

  @Test
  @Timeout(60)
  void an_interrupted_caller_stops_and_leaves_no_thread_behind() throws Exception {
    DecisionLayer layer = layer(2, 1, "count");
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> layer.consider(study()));
    layer.close();
    for (int i = 0; i < 500 && running(); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(running()).isFalse();
  }

  private static boolean running() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("momo-pictures-"));
  }

  private DecisionLayer layer(int threads, int batch, String step) throws IOException {
    workshop.preprocessor(
        "count",
        (options, context) ->
            image -> {
              made.incrementAndGet();
              return image;
            });
    workshop.preprocessor(
        "third",
        (options, context) ->
            image -> {
              if (made.incrementAndGet() == 3) {
                throw new IllegalStateException("broken");
              }
              return image;
            });
    workshop.preprocessor(
        "huge",
        (options, context) ->
            image -> {
              if (made.incrementAndGet() == 4) {
                throw new OutOfMemoryError("made up");
              }
              return image;
            });
    Path model =
        Workshop.write(
            folder,
            "ct",
            "CT",
            NetworkLayerTest.ordered("CTT", "1 0 0 0", "CTAB", "0 1 0 0"),
            "output: logits\npreprocessors: [imaging." + step + "]\n");
    return workshop.buildLayer(
        "network", Map.of("models", List.of(model.toString()), "threads", threads, "batch", batch));
  }

  private static Study study() {
    Crafted crafted = new Crafted();
    for (int i = 0; i < SERIES; i++) {
      crafted.series("CT", "s" + i, 1 + i % 3, 0, 0);
    }
    return crafted.study();
  }

  /** Waits in its first run until so many pictures have been made, and a while for more. */
  private final class Waiting implements InferenceBackend {
    private final int wanted;
    private volatile boolean wait;
    private int seen;

    Waiting(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public InferenceSession open(ModelSpec model) throws InferenceException {
      InferenceSession session = new MeansBackend().open(model);
      return new InferenceSession() {
        @Override
        public Tensor run(Tensor images) throws InferenceException {
          if (wait) {
            wait = false;
            try {
              while (made.get() < wanted) {
                TimeUnit.MILLISECONDS.sleep(1);
              }
              TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
              throw new InferenceException("interrupted", e);
            }
            seen = made.get();
          }
          return session.run(images);
        }

        @Override
        public void close() {
          session.close();
        }
      };
    }
  }
}
