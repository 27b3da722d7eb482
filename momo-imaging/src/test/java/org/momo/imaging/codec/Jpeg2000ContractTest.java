package org.momo.imaging.codec;

import org.momo.imaging.codec.EncodedStreams.Stream;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelDecoder;
import org.momo.spi.PixelDecoderContract;

class Jpeg2000ContractTest extends PixelDecoderContract {
  private final Stream stream = EncodedStreams.named("j2k-plain");

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
