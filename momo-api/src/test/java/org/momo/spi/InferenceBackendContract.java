package org.momo.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every inference backend promises. A plugin's author extends this class, gives the backend
 * and a small model, and inherits the tests.
 */
public abstract class InferenceBackendContract {

  /**
   * Makes the backend.
   *
   * @return a backend as the configuration would build it
   */
  protected abstract InferenceBackend backend();

  /**
   * A small model that the backend opens.
   *
   * @return the model
   * @throws Exception if it cannot be made
   */
  protected abstract ModelSpec model() throws Exception;

  @Test
  @DisplayName("A session gives one finite value for each image and class")
  void givesOneValueEach() throws Exception {
    try (InferenceBackend backend = backend();
        InferenceSession session = backend.open(model())) {
      Tensor result = session.run(batch(5, model()));
      assertThat(result.shape()).containsExactly(5, model().classes().size());
      for (float value : result.data()) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  @DisplayName("An image gets the same values in any batch")
  void ignoresBatchSize() throws Exception {
    try (InferenceBackend backend = backend();
        InferenceSession session = backend.open(model())) {
      Tensor images = batch(6, model());
      float[] together = session.run(images).data();
      int size = images.data().length / 6;
      int classes = model().classes().size();
      for (int i = 0; i < 6; i++) {
        float[] one = Arrays.copyOfRange(images.data(), i * size, (i + 1) * size);
        int[] shape = images.shape();
        shape[0] = 1;
        float[] alone = session.run(Tensor.of(one, shape)).data();
        float[] expected = Arrays.copyOfRange(together, i * classes, (i + 1) * classes);
        for (int c = 0; c < classes; c++) {
          assertThat(alone[c])
              .isCloseTo(expected[c], org.assertj.core.api.Assertions.within(1e-4f));
        }
      }
    }
  }

  @Test
  @DisplayName("A session gives the same bits when four threads run it at once")
  void isThreadSafe() throws Exception {
    try (InferenceBackend backend = backend();
        InferenceSession session = backend.open(model())) {
      Tensor images = batch(2, model());
      float[] expected = session.run(images).data();
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<Tensor>> runs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          runs.add(threads.submit(() -> session.run(images)));
        }
        for (Future<Tensor> run : runs) {
          assertThat(run.get().data()).isEqualTo(expected);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  @DisplayName("A file that is no model is an error that names the model, at opening")
  void refusesGarbage(@TempDir Path folder) throws Exception {
    Path garbage =
        Files.write(folder.resolve(model().file().getFileName().toString()), new byte[999]);
    ModelSpec broken = withFile(model(), garbage);
    try (InferenceBackend backend = backend()) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> backend.open(broken).close())
          .withMessageContaining(model().name());
    }
  }

  @Test
  @DisplayName("A file that is missing is an error that names the model, at opening")
  void refusesMissing(@TempDir Path folder) throws Exception {
    ModelSpec missing = withFile(model(), folder.resolve("not-there.bin"));
    try (InferenceBackend backend = backend()) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> backend.open(missing).close())
          .withMessageContaining(model().name());
    }
  }

  @Test
  @DisplayName("Closing a session twice does nothing")
  void closesTwice() throws Exception {
    try (InferenceBackend backend = backend()) {
      InferenceSession session = backend.open(model());
      session.close();
      session.close();
    }
  }

  private static ModelSpec withFile(ModelSpec model, Path file) {
    return new ModelSpec(
        model.name(),
        model.version(),
        file,
        model.channels(),
        model.height(),
        model.width(),
        model.classes(),
        model.attributes());
  }

  private static Tensor batch(int n, ModelSpec model) {
    Random random = new Random(7);
    float[] data = new float[n * model.channels() * model.height() * model.width()];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextFloat();
    }
    return Tensor.of(data, n, model.channels(), model.height(), model.width());
  }
}
