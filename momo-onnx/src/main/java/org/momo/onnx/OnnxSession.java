package org.momo.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Tensor;

/**
 * One ONNX file, loaded. Images go through one by one, unless batches are wanted whole: the runtime
 * chooses its kernels by the size of the batch, and they differ in the last bits.
 */
final class OnnxSession implements InferenceSession {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ModelSpec model;
  private final boolean together;
  private final String input;
  // The runtime reads native memory only. Kept here, there is as much of it as runs at once.
  private final Queue<FloatBuffer> spare = new ConcurrentLinkedQueue<>();
  // Many may run, and the one who closes waits for them: native memory must not go under a run.
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private boolean closed;

  OnnxSession(OrtEnvironment environment, OrtSession session, ModelSpec model, boolean together) {
    this.environment = environment;
    this.session = session;
    this.model = model;
    this.together = together;
    this.input = session.getInputNames().iterator().next();
  }

  @Override
  public Tensor run(Tensor batch) throws InferenceException {
    int[] shape = batch.shape();
    if (shape.length != 4
        || shape[1] != model.channels()
        || shape[2] != model.height()
        || shape[3] != model.width()) {
      throw OnnxBackend.failure(
          model,
          "it takes [n, "
              + model.channels()
              + ", "
              + model.height()
              + ", "
              + model.width()
              + "]: was "
              + Arrays.toString(shape),
          null);
    }
    int classes = model.classes().size();
    float[] scores = new float[Math.multiplyExact(shape[0], classes)];
    open.readLock().lock();
    try {
      if (closed) {
        throw OnnxBackend.failure(model, "its session is closed", null);
      }
      int size = batch.data().length / shape[0];
      int count = together ? shape[0] : 1;
      FloatBuffer images = spare.poll();
      if (images == null || images.capacity() < count * size) {
        images =
            ByteBuffer.allocateDirect(Math.multiplyExact(4, count * size))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
      }
      for (int i = 0; i < shape[0]; i += count) {
        run(
            images.clear().put(batch.data(), i * size, count * size).flip(),
            count,
            scores,
            i * classes);
      }
      spare.add(images);
    } finally {
      open.readLock().unlock();
    }
    return Tensor.of(scores, shape[0], classes);
  }

  private void run(FloatBuffer images, int count, float[] scores, int at)
      throws InferenceException {
    int classes = model.classes().size();
    long[] shape = {count, model.channels(), model.height(), model.width()};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, images, shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      FloatBuffer values =
          result.get(0) instanceof OnnxTensor output ? output.getFloatBuffer() : null;
      if (values == null) {
        throw OnnxBackend.failure(model, "its first output is no tensor of floats", null);
      }
      if (values.remaining() != count * classes) {
        throw OnnxBackend.failure(
            model,
            "it gives "
                + values.remaining() / count
                + " values an image, and its manifest names "
                + classes
                + " classes",
            null);
      }
      values.get(scores, at, count * classes);
    } catch (OrtException e) {
      throw OnnxBackend.failure(model, "the run failed", e);
    }
    for (int i = at; i < at + count * classes; i++) {
      if (!Float.isFinite(scores[i])) {
        throw OnnxBackend.failure(model, "it gave a value that is not finite", null);
      }
    }
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        OnnxBackend.close(session);
      }
    } finally {
      open.writeLock().unlock();
    }
  }
}
