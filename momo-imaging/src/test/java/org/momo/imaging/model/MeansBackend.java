package org.momo.imaging.model;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Tensor;

/**
 * Runs networks of one layer: a file of text, a line for each class, in it a weight for the mean of
 * each channel and a bias. The weight {@code fail} makes every run after the first two fail.
 */
public final class MeansBackend implements InferenceBackend {
  @Override
  public InferenceSession open(ModelSpec model) throws InferenceException {
    List<double[]> weights;
    boolean failing;
    try {
      List<String> lines = Files.readAllLines(model.file());
      failing = lines.remove("fail");
      weights =
          lines.stream()
              .map(l -> Stream.of(l.split(" ")).mapToDouble(Double::parseDouble).toArray())
              .toList();
    } catch (IOException | NumberFormatException e) {
      throw new InferenceException("Model " + model.name() + ": it cannot be read.", e);
    }
    return new Session(model, weights, failing);
  }

  private static final class Session implements InferenceSession {
    private final ModelSpec model;
    private final List<double[]> weights;
    private final boolean failing;
    private int runs;

    Session(ModelSpec model, List<double[]> weights, boolean failing) {
      this.model = model;
      this.weights = weights;
      this.failing = failing;
    }

    @Override
    public synchronized Tensor run(Tensor batch) throws InferenceException {
      if (failing && runs++ >= 2) {
        throw new InferenceException("Model " + model.name() + ": the run failed.");
      }
      int channels = batch.dimension(1);
      int size = batch.dimension(2) * batch.dimension(3);
      float[] out = new float[batch.dimension(0) * weights.size()];
      for (int n = 0; n < batch.dimension(0); n++) {
        for (int k = 0; k < weights.size(); k++) {
          double sum = weights.get(k)[channels];
          for (int c = 0; c < channels; c++) {
            double mean = 0;
            for (int i = 0; i < size; i++) {
              mean += batch.data()[(n * channels + c) * size + i];
            }
            sum += weights.get(k)[c] * mean / size;
          }
          out[n * weights.size() + k] = (float) sum;
        }
      }
      return Tensor.of(out, batch.dimension(0), weights.size());
    }

    @Override
    public void close() {}
  }
}
