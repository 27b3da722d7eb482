package org.momo.imaging.codec;

import org.momo.imaging.codec.EncodedStreams.Stream;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelDecoder;
import org.momo.spi.PixelDecoderContract;

class HighThroughputContractTest extends PixelDecoderContract {
  private final Stream stream = EncodedStreams.named("ht-plain-45");

  @Override
  protected PixelDecoder decoder() {
    return PixelDecoders.jpeg2000();
  }

  @Override
  protected String transferSyntax() {
    return stream.syntax();
  }

  @Override
  protected byte[] encoded() {
    return stream.bytes();
  }

  @Override
  protected FrameFormat format() {
    return stream.format();
  }
}
