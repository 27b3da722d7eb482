package org.momo.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Tensor;

/** Opens TorchScript and parameters of known architectures with DJL's PyTorch engine. */
final class DjlBackend implements InferenceBackend {
  static final String ARCHITECTURE = "architecture";

  private final Engine engine;

  /** Starts the engine, so that one that is missing is known when the classifier is built. */
  DjlBackend() {
    engine = DjlEngines.engine(DjlEngines.PYTORCH);
  }

  @Override
  public InferenceSession open(ModelSpec model) throws InferenceException {
    if (!Files.isRegularFile(model.file())) {
      throw failure(model, "there is no file " + model.file(), null);
    }
    String name = model.file().getFileName().toString().toLowerCase(Locale.ROOT);
    DjlSession session =
        name.endsWith(".safetensors") || name.endsWith(".pth")
            ? parameters(model)
            : torchScript(model);
    try {
      session.run(blank(model));
      return session;
    } catch (InferenceException e) {
      session.close();
      throw e;
    }
  }

  private static DjlSession parameters(ModelSpec model) throws InferenceException {
    String plan = model.attributes().get(ARCHITECTURE);
    if (plan == null) {
      throw failure(
          model, "its manifest must name its architecture, as in 'architecture: resnet18'", null);
    }
    Network network;
    try {
      network = Network.load(Architecture.named(plan), model.file());
    } catch (IOException | IllegalArgumentException e) {
      throw failure(model, String.valueOf(e.getMessage()), e);
    }
    if (network.channels() != model.channels() || network.classes() != model.classes().size()) {
      network.close();
      throw failure(
          model,
          "it takes "
              + network.channels()
              + " channels and gives "
              + network.classes()
              + " values an image, and its manifest says "
              + model.channels()
              + " and "
              + model.classes().size(),
          null);
    }
    return new DjlSession(model, network.manager(), network.layerBlock(), network);
  }

  private DjlSession torchScript(ModelSpec model) throws InferenceException {
    Model module = null;
    try {
      TorchScriptFile.requireSound(model.file());
      module = engine.newModel(model.name(), Device.cpu());
      // Whatever it was trained on.
      module.load(model.file(), null, Map.of("mapLocation", "true"));
      return new DjlSession(model, module.getNDManager(), module.getBlock(), module);
    } catch (IOException e) {
      throw failure(model, String.valueOf(e.getMessage()), closing(module, e));
    } catch (MalformedModelException | RuntimeException e) {
      throw failure(
          model, "PyTorch cannot read " + model.file() + " as TorchScript", closing(module, e));
    }
  }

  private static Throwable closing(@Nullable Model module, Throwable cause) {
    if (module != null) {
      module.close();
    }
    return cause;
  }

  static InferenceException failure(ModelSpec model, String what, @Nullable Throwable cause) {
    return new InferenceException(
        "Model " + model.name() + " " + model.version() + ": " + what + ".", cause);
  }

  private static Tensor blank(ModelSpec model) {
    int size =
        Math.multiplyExact(Math.multiplyExact(model.channels(), model.height()), model.width());
    return Tensor.of(new float[size], 1, model.channels(), model.height(), model.width());
  }

  /** The engine's name and version. */
  @Override
  public String toString() {
    return "djl.pytorch[" + engine.getVersion() + "]";
  }
}
