/** Pixel decoding, volumes, resampling, projections, and the layer that lets networks vote. */
module org.momo.imaging {
  requires transitive org.momo.api;
  requires static org.bytedeco.ffmpeg;
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires org.snakeyaml.engine;

  exports org.momo.imaging;
  exports org.momo.imaging.codec;
  exports org.momo.imaging.model;
  exports org.momo.imaging.network;
  exports org.momo.imaging.plugin;
  exports org.momo.imaging.preprocess;
  exports org.momo.imaging.projection;
  exports org.momo.imaging.volume;

  provides org.momo.spi.Plugin with
      org.momo.imaging.plugin.ImagingPlugin;
}
