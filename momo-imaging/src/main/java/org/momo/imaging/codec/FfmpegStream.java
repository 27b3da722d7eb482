package org.momo.imaging.codec;

import java.nio.ByteBuffer;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelException;

/**
 * The packets of a video: an elementary stream, or one inside a program stream, a transport stream
 * or an MP4 file.
 *
 * <p>This class is not thread-safe.
 */
final class FfmpegStream implements AutoCloseable {
  /** Playlists and the like are not among them: these would open other files. */
  private static final String CONTAINERS = "mov,mp4,mpegts,mpeg,mpegvideo,h264,hevc";

  private static final Set<Integer> CODECS =
      Set.of(
          avcodec.AV_CODEC_ID_MPEG1VIDEO,
          avcodec.AV_CODEC_ID_MPEG2VIDEO,
          avcodec.AV_CODEC_ID_H264,
          avcodec.AV_CODEC_ID_HEVC);

  private final FfmpegInput input;
  private final AVFormatContext container;
  private final AVPacket packet;
  private final int size;
  private int video = -1;
  private long read;

  FfmpegStream(ByteBuffer encoded) throws PixelException {
    input = new FfmpegInput(encoded);
    size = encoded.remaining();
    container = avformat.avformat_alloc_context();
    packet = avcodec.av_packet_alloc();
    container.pb(input.context());
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
    avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
    boolean opened = false;
    try {
      int result =
          avformat.avformat_open_input(container, (String) null, (AVInputFormat) null, options);
      opened = result >= 0;
      FfmpegCodec.check(result, "no MPEG-2, H.264 or HEVC stream");
    } finally {
      avutil.av_dict_free(options);
      if (!opened) {
        // FFmpeg has freed the container itself.
        avcodec.av_packet_free(packet);
        input.close();
      }
    }
  }

  /**
   * The next packet of the video.
   *
   * @return the packet, good until the next call, or null at the end
   */
  @Nullable AVPacket next() throws PixelException {
    while (true) {
      avcodec.av_packet_unref(packet);
      if (Thread.currentThread().isInterrupted()) {
        throw new PixelException("ffmpeg: interrupted");
      }
      int result = avformat.av_read_frame(container, packet);
      if (result == avutil.AVERROR_EOF()) {
        return null;
      }
      FfmpegCodec.check(result, "damaged container");
      read += packet.size();
      // An index may name the same bytes again and again.
      if (read > 2L * size) {
        throw new PixelException("ffmpeg: the packets are larger than the stream");
      }
      int stream = packet.stream_index();
      if (video < 0 && isVideo(stream)) {
        video = stream;
      }
      if (stream == video && packet.size() > 0) {
        return packet;
      }
    }
  }

  private boolean isVideo(int stream) {
    AVStream found = container.streams(stream);
    return CODECS.contains(found.codecpar().codec_id());
  }

  /** Opens the decoder of the packets that {@link #next} gives. */
  FfmpegCodec codec(FrameFormat format) throws PixelException {
    AVStream stream = container.streams(video);
    return new FfmpegCodec(stream.codecpar().codec_id(), stream.codecpar(), format);
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avformat.avformat_close_input(container);
    input.close();
  }
}
