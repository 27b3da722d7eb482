package org.momo.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.momo.spi.ConfigurationException;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Options;
import org.momo.spi.Tensor;

/** Opens ONNX files with ONNX Runtime. The environment is the process's own and is never closed. */
final class OnnxBackend implements InferenceBackend {
  private final OrtEnvironment environment;
  private final int threads;

  private OnnxBackend(OrtEnvironment environment, int threads) {
    this.environment = environment;
    this.threads = threads;
  }

  static OnnxBackend create(Options options) {
    // 0 leaves the number to the runtime, which takes one for each core.
    int threads = options.has("threads") ? options.integer("threads", 1, 1, 1024) : 0;
    try {
      return new OnnxBackend(OrtEnvironment.getEnvironment(), threads);
    } catch (LinkageError | IllegalStateException e) {
      throw new ConfigurationException(
          options.where()
              + ": the native library of ONNX Runtime does not load on this machine; use a release"
              + " of com.microsoft.onnxruntime that supports it",
          e);
    }
  }

  @Override
  public InferenceSession open(ModelSpec model) throws InferenceException {
    if (!Files.isRegularFile(model.file())) {
      throw failure(model, "there is no file " + model.file(), null);
    }
    OrtSession session;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      session = environment.createSession(model.file().toString(), options);
    } catch (OrtException e) {
      throw failure(model, "ONNX Runtime cannot read " + model.file(), e);
    }
    try {
      requireShapes(model, session);
      OnnxSession opened = new OnnxSession(environment, session, model);
      opened.run(blank(model));
      return opened;
    } catch (OrtException | InferenceException e) {
      close(session);
      throw e instanceof InferenceException inference
          ? inference
          : failure(model, "its inputs and outputs cannot be read", e);
    }
  }

  static InferenceException failure(ModelSpec model, String what, @Nullable Throwable cause) {
    return new InferenceException(
        "Model " + model.name() + " " + model.version() + ": " + what + ".", cause);
  }

  static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot let go of a network", e);
    }
  }

  private static void requireShapes(ModelSpec model, OrtSession session)
      throws OrtException, InferenceException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    long[] wanted = {1, model.channels(), model.height(), model.width()};
    if (inputs.size() != 1) {
      throw failure(model, "it takes " + inputs.keySet() + ", not one image", null);
    }
    if (!(inputs.values().iterator().next().getInfo() instanceof TensorInfo input)
        || input.type != OnnxJavaType.FLOAT
        || !fits(input.getShape(), wanted)) {
      throw failure(
          model,
          "it takes "
              + inputs.values().iterator().next().getInfo()
              + ", and its manifest says float images of "
              + Arrays.toString(wanted),
          null);
    }
  }

  /** Whether a shape is the wanted one, where a negative dimension stands for any. */
  private static boolean fits(long[] shape, long[] wanted) {
    if (shape.length != wanted.length) {
      return false;
    }
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] >= 0 && shape[i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static Tensor blank(ModelSpec model) {
    int size =
        Math.multiplyExact(Math.multiplyExact(model.channels(), model.height()), model.width());
    return Tensor.of(new float[size], 1, model.channels(), model.height(), model.width());
  }

  /** The runtime's name and the number of threads. */
  @Override
  public String toString() {
    return "onnx.runtime[threads " + (threads == 0 ? "one for each core" : threads) + "]";
  }
}
