package org.momo.imaging.codec;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelException;

/**
 * One of FFmpeg's decoders at work: packets in, pictures out.
 *
 * <p>This class is not thread-safe.
 */
final class FfmpegCodec implements AutoCloseable {
  /** Coded sizes are larger than shown ones, by less than two blocks of 64. */
  private static final int SLACK = 128;

  private static final int CORRUPT = 1;

  private final AVCodecContext context;
  private final AVFrame picture;

  /**
   * Opens a decoder.
   *
   * @param codec FFmpeg's number of it
   * @param parameters what the container says of the stream, or null
   * @param format bounds the pictures
   */
  FfmpegCodec(int codec, @Nullable AVCodecParameters parameters, FrameFormat format)
      throws PixelException {
    AVCodec decoder = avcodec.avcodec_find_decoder(codec);
    if (decoder == null || decoder.isNull()) {
      throw new PixelException("ffmpeg: this build has no decoder for the codec of the stream");
    }
    context = avcodec.avcodec_alloc_context3(decoder);
    picture = avutil.av_frame_alloc();
    boolean opened = false;
    try {
      if (parameters != null) {
        check(avcodec.avcodec_parameters_to_context(context, parameters), "unusable stream");
      }
      context.thread_count(1);
      context.max_pixels((format.columns() + (long) SLACK) * (format.rows() + (long) SLACK));
      check(
          avcodec.avcodec_open2(context, decoder, (AVDictionary) null),
          "the decoder does not take the stream");
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  /**
   * Takes a packet, after all pictures were fetched that came of the one before.
   *
   * @param packet the packet, or null at the end of the stream
   */
  void put(@Nullable AVPacket packet) throws PixelException {
    check(avcodec.avcodec_send_packet(context, packet), "damaged stream");
  }

  /**
   * The next picture in the order of display.
   *
   * @return the picture, good until the next call, or null where another packet is needed
   */
  @Nullable AVFrame next() throws PixelException {
    int result = avcodec.avcodec_receive_frame(context, picture);
    if (result == avutil.AVERROR_EOF()
        || result == org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN()) {
      return null;
    }
    check(result, "damaged stream");
    if (picture.decode_error_flags() != 0 || (picture.flags() & CORRUPT) != 0) {
      throw new PixelException("ffmpeg: damaged stream");
    }
    return picture;
  }

  /** How many bits of each sample were coded, or 0 where the decoder does not say. */
  int precision() {
    return context.bits_per_raw_sample();
  }

  @Override
  public void close() {
    avutil.av_frame_free(picture);
    avcodec.avcodec_free_context(context);
  }

  static void check(int result, String what) throws PixelException {
    if (result < 0) {
      byte[] text = new byte[128];
      avutil.av_strerror(result, text, text.length);
      int end = 0;
      while (end < text.length && text[end] != 0) {
        end++;
      }
      throw new PixelException(
          "ffmpeg: "
              + what
              + " ("
              + new String(text, 0, end, java.nio.charset.StandardCharsets.US_ASCII)
              + ")");
    }
  }

  static <P extends Pointer> P taken(@Nullable P pointer) throws PixelException {
    if (pointer == null || pointer.isNull()) {
      throw new PixelException("ffmpeg: out of memory");
    }
    return pointer;
  }
}
