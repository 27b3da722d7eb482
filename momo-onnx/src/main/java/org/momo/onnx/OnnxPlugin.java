package org.momo.onnx;

import org.momo.spi.Plugin;
import org.momo.spi.Registry;

/**
 * Offers the backend {@code onnx.runtime}, which runs ONNX files. Its options:
 *
 * <ul>
 *   <li>{@code threads}: how many threads one run uses, 1 to 1,024; one for each core where the
 *       configuration does not say.
 *   <li>{@code spinning}: whether the threads of a run keep their cores busy while they wait for
 *       each other, true or false, which is the default. A run on an idle machine is a little
 *       faster with it, and all else slower: the pictures of the next series are made while a
 *       network runs.
 *   <li>{@code batches}: {@code one-by-one}, which is the default, gives an image the same bits in
 *       any batch; with {@code whole} the images of a batch go through the network together, which
 *       wants a file that leaves the size of the batch open, takes the memory of all, and is faster
 *       for some networks; the last bits of a value may then depend on the batch.
 *   <li>{@code provider}: what networks run on: {@code cpu}, which is the default, {@code cuda},
 *       {@code tensorrt}, {@code rocm}, {@code directml}, {@code openvino}, {@code coreml}, {@code
 *       dnnl} or {@code xnnpack}, as far as the build of ONNX Runtime on the class path has it.
 *   <li>{@code device}: which of several graphics cards, from 0.
 *   <li>{@code fallback}: {@code none}, which is the default, makes it an error at {@code build()}
 *       that the provider is not there or does not take a network; with {@code cpu} the processor
 *       takes over and a warning is logged.
 * </ul>
 *
 * <p>On the processor, one by one, an image gets the same bits in any batch; another provider
 * promises less. Files that keep tensors in other files are refused.
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
