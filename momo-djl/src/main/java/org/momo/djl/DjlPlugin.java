package org.momo.djl;

import org.momo.spi.Plugin;
import org.momo.spi.Registry;

/**
 * Offers the backend {@code djl.pytorch}, which runs TorchScript ({@code .pt}) and the parameters
 * of known architectures ({@code .safetensors}, or a state dict as {@code .pth}) on the processor.
 * For parameters the model's attribute {@code architecture} names the plan, as {@link
 * Architecture#named} takes it.
 *
 * <p>It takes no options: PyTorch has one pool of threads in a process, and that is the host's to
 * size.
 *
 * <p>This class is thread-safe.
 */
public final class DjlPlugin implements Plugin {

  /** For {@link java.util.ServiceLoader}. */
  public DjlPlugin() {}

  @Override
  public String name() {
    return "djl";
  }

  @Override
  public void contribute(Registry registry) {
    registry.backend("pytorch", (options, context) -> new DjlBackend());
  }
}
