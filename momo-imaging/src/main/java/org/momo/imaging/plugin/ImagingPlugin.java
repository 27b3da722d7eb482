package org.momo.imaging.plugin;

import org.momo.imaging.codec.PixelDecoders;
import org.momo.imaging.network.NetworkLayer;
import org.momo.imaging.preprocess.Preprocessors;
import org.momo.spi.Plugin;
import org.momo.spi.Registry;

/**
 * The plugin {@code imaging}: the layer {@link NetworkLayer network}, the pixel decoders {@code
 * native}, {@code rle}, {@code jpeg}, {@code jpeg-ls}, {@code jpeg2000} and, where its libraries
 * are on the class path, {@code ffmpeg}, and the {@linkplain Preprocessors preprocessors}.
 *
 * <p>This class is thread-safe.
 */
public final class ImagingPlugin implements Plugin {
  /** Made by {@link java.util.ServiceLoader}. */
  public ImagingPlugin() {}

  @Override
  public String name() {
    return "imaging";
  }

  @Override
  public void contribute(Registry registry) {
    registry.layer("network", NetworkLayer::create);
    registry.decoder("native", (options, context) -> PixelDecoders.nativeSamples());
    registry.decoder("rle", (options, context) -> PixelDecoders.rle());
    registry.decoder("jpeg", (options, context) -> PixelDecoders.jpeg());
    registry.decoder("jpeg-ls", (options, context) -> PixelDecoders.jpegLs());
    registry.decoder("jpeg2000", (options, context) -> PixelDecoders.jpeg2000());
    registry.decoder("ffmpeg", (options, context) -> PixelDecoders.ffmpeg());
    Preprocessors.contribute(registry);
  }
}
