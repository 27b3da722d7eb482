package org.momo.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.momo.spi.ConfigurationException;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Options;
import org.momo.spi.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens ONNX files with ONNX Runtime. The environment is the process's own and is never closed. */
final class OnnxBackend implements InferenceBackend {
  private static final Logger log = LoggerFactory.getLogger(OnnxBackend.class);

  private static final String ONE_BY_ONE = "one-by-one";

  private final OrtEnvironment environment;
  private final int threads;
  private final Provider provider;
  private final int device;
  private final boolean fallsBack;
  private final boolean spins;
  private final boolean together;

  private OnnxBackend(
      OrtEnvironment environment,
      int threads,
      boolean spins,
      boolean together,
      Provider provider,
      int device,
      boolean fallsBack) {
    this.environment = environment;
    this.threads = threads;
    this.spins = spins;
    this.together = together;
    this.provider = provider;
    this.device = device;
    this.fallsBack = fallsBack;
  }

  static OnnxBackend create(Options options) {
    // 0 leaves the number to the runtime, which takes one for each core.
    int threads = options.has("threads") ? options.integer("threads", 1, 1, 1024) : 0;
    boolean spins = options.flag("spinning", false);
    boolean together =
        options.choice("batches", ONE_BY_ONE, List.of(ONE_BY_ONE, "whole")).equals("whole");
    Provider wanted = Provider.named(options.choice("provider", "cpu", Provider.words()));
    int device = options.integer("device", 0, 0, 255);
    boolean fallsBack = options.choice("fallback", "none", List.of("none", "cpu")).equals("cpu");
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      Set<OrtProvider> available = OrtEnvironment.getAvailableProviders();
      if (!wanted.isIn(available)) {
        String message =
            options.where()
                + ": this build of ONNX Runtime does not run on "
                + wanted.word()
                + " but on "
                + Arrays.stream(Provider.values())
                    .filter(each -> each.isIn(available))
                    .map(Provider::word)
                    .collect(Collectors.joining(", "));
        if (!fallsBack) {
          throw new ConfigurationException(
              message + "; say 'fallback: cpu' where the processor will do");
        }
        log.warn("{}; it falls back to cpu", message);
        wanted = Provider.CPU;
      }
      return new OnnxBackend(environment, threads, spins, together, wanted, device, fallsBack);
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
    try {
      OnnxFile.requireSound(model.file());
    } catch (IOException e) {
      throw failure(model, String.valueOf(e.getMessage()), e);
    }
    if (provider == Provider.CPU || !fallsBack) {
      return open(model, provider);
    }
    try {
      return open(model, provider);
    } catch (InferenceException e) {
      log.warn(
          "Model {} {} does not run on {}; it falls back to cpu",
          model.name(),
          model.version(),
          provider.word(),
          e);
      return open(model, Provider.CPU);
    }
  }

  private InferenceSession open(ModelSpec model, Provider on) throws InferenceException {
    OrtSession session;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      options.addConfigEntry("session.intra_op.allow_spinning", spins ? "1" : "0");
      // What fails is thrown; the runtime would also print it.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      on.addTo(options, device);
      session = environment.createSession(model.file().toString(), options);
    } catch (OrtException e) {
      throw failure(
          model,
          "ONNX Runtime cannot read "
              + model.file()
              + (on == Provider.CPU ? "" : ", or cannot run it on " + on.word()),
          e);
    }
    try {
      requireShapes(model, session);
      OnnxSession opened = new OnnxSession(environment, session, model, together);
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

  private void requireShapes(ModelSpec model, OrtSession session)
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
    if (together && input.getShape()[0] >= 0) {
      throw failure(
          model,
          "it takes one image at a time; leave out 'batches: whole', or write it anew",
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

  /** What it runs on, and the number of threads. */
  @Override
  public String toString() {
    return "onnx.runtime["
        + provider.word()
        + ", threads "
        + (threads == 0 ? "one for each core" : threads)
        + "]";
  }
}
