package org.momo.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.nio.FloatBuffer;
import org.momo.spi.Tensor;

/** Runs blocks of DJL. */
final class Runs {

  private Runs() {}

  /**
   * Runs a block on each picture alone: the engine chooses its kernels by the size of the batch,
   * and they differ in the last bits.
   *
   * @param batch {@code [n, c, h, w]}
   * @param classes how many values an image must give
   * @return {@code [n, classes]}
   * @throws IllegalStateException if the block gives another number of values; the message is part
   *     of a sentence
   */
  static Tensor oneByOne(NDManager manager, Block block, Tensor batch, int classes) {
    int[] shape = batch.shape();
    int size = batch.data().length / shape[0];
    float[] scores = new float[Math.multiplyExact(shape[0], classes)];
    for (int i = 0; i < shape[0]; i++) {
      FloatBuffer picture = FloatBuffer.wrap(batch.data(), i * size, size);
      try (NDManager run = manager.newSubManager()) {
        NDArray image = run.create(picture, new Shape(1, shape[1], shape[2], shape[3]));
        NDList given = block.forward(new ParameterStore(run, false), new NDList(image), false);
        float[] values = given.isEmpty() ? new float[0] : given.head().toFloatArray();
        if (values.length != classes) {
          throw new IllegalStateException(
              "it gives "
                  + values.length
                  + " values an image, and its manifest names "
                  + classes
                  + " classes");
        }
        System.arraycopy(values, 0, scores, i * classes, classes);
      }
    }
    return Tensor.of(scores, shape[0], classes);
  }
}
