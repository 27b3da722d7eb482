package org.momo.onnx;

import org.momo.spi.Plugin;
import org.momo.spi.Registry;

/**
 * Offers the backend {@code onnx.runtime}, which runs ONNX files on the processor.
 *
 * <p>Its one option is {@code threads}: how many threads one run uses, 1 to 1,024; one for each
 * core where the configuration does not say.
 *
 * <p>This class is thread-safe.
 */
public final class OnnxPlugin implements Plugin {

  /** For {@link java.util.ServiceLoader}. */
  public OnnxPlugin() {}

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public void contribute(Registry registry) {
    registry.backend("runtime", (options, context) -> OnnxBackend.create(options));
  }
}
