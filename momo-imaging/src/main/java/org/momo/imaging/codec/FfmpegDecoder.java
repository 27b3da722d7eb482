package org.momo.imaging.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelDecoder;
import org.momo.spi.PixelException;

/**
 * Video, and JPEG with progressive scans, by FFmpeg. Sequential JPEG stays with our own decoder.
 *
 * <p>No other class but its helpers names a class of FFmpeg, so that all else runs without it.
 *
 * <p>This class is thread-safe.
 */
final class FfmpegDecoder implements PixelDecoder {
  private static final String BASE = "1.2.840.10008.1.2.4.";
  private static final Set<String> SEQUENTIAL = Set.of(BASE + "50", BASE + "51");
  private static final Set<String> PROGRESSIVE = Set.of(BASE + "53", BASE + "55");
  private static final int MARKER = 0xff;
  private static final int SCAN = 0xda;
  private static final int PROGRESSIVE_FRAME = 0xc2;

  /**
   * Loads the libraries.
   *
   * @throws LinkageError if they are not on the class path, or not for this platform
   */
  FfmpegDecoder() {
    Loader.load(avutil.class);
    Loader.load(avcodec.class);
    Loader.load(avformat.class);
    // A host that uses FFmpeg itself and has chosen a level keeps it.
    if (avutil.av_log_get_level() == avutil.AV_LOG_INFO) {
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }
  }

  @Override
  public boolean supports(String transferSyntax) {
    return PixelDecoders.isVideo(transferSyntax)
        || SEQUENTIAL.contains(transferSyntax)
        || PROGRESSIVE.contains(transferSyntax);
  }

  @Override
  public Frame decode(String transferSyntax, ByteBuffer encoded, FrameFormat format)
      throws PixelException {
    return decode(transferSyntax, encoded, format, 0, 1);
  }

  @Override
  public Frame decode(
      String transferSyntax, ByteBuffer encoded, FrameFormat format, int index, int frames)
      throws PixelException {
    if (!supports(transferSyntax)) {
      throw new PixelException("ffmpeg does not decode transfer syntax " + transferSyntax);
    }
    if (!encoded.hasRemaining()) {
      throw new PixelException("ffmpeg: no bytes");
    }
    try {
      return decodeNatively(transferSyntax, encoded, format, index, frames);
    } catch (OutOfMemoryError e) {
      // JavaCPP throws it by its own count, when the process is large beside its heap.
      throw new PixelException(
          "ffmpeg: no memory, or the process is larger than JavaCPP allows"
              + " (org.bytedeco.javacpp.maxPhysicalBytes)",
          e);
    }
  }

  private static Frame decodeNatively(
      String transferSyntax, ByteBuffer encoded, FrameFormat format, int index, int frames)
      throws PixelException {
    if (PixelDecoders.isVideo(transferSyntax)) {
      return video(encoded, format, index, frames);
    }
    byte[] bytes = new byte[encoded.remaining()];
    encoded.duplicate().get(bytes);
    return isProgressive(bytes)
        ? image(bytes, format)
        : PixelDecoders.jpeg().decode(BASE + "51", encoded, format);
  }

  private static Frame video(ByteBuffer encoded, FrameFormat format, int index, int frames)
      throws PixelException {
    Start start = index == 0 ? null : start(encoded, index, frames);
    if (start != null) {
      try (FfmpegStream stream = new FfmpegStream(encoded)) {
        Frame found = picture(stream, format, start.packet, index, start.time);
        if (found != null) {
          return found;
        }
      }
    }
    try (FfmpegStream stream = new FfmpegStream(encoded)) {
      Frame found = picture(stream, format, 0, index, null);
      if (found != null) {
        return found;
      }
    }
    throw new PixelException(
        "the video ends before frame " + index + "; its header says that it has " + frames);
  }

  /**
   * Where to begin.
   *
   * @param packet the packet of the last picture before the frame that needs no other
   * @param time when the frame is shown
   */
  private record Start(int packet, long time) {}

  /**
   * Finds the last key picture before a frame.
   *
   * @return null where the times of the packets do not tell for sure, so that the frames must be
   *     counted from the first one
   */
  private static @Nullable Start start(ByteBuffer encoded, int index, int frames)
      throws PixelException {
    long[] times = new long[64];
    boolean[] keys = new boolean[64];
    int count = 0;
    try (FfmpegStream stream = new FfmpegStream(encoded)) {
      for (AVPacket packet = stream.next(); packet != null; packet = stream.next()) {
        if (count == frames || packet.pts() == avutil.AV_NOPTS_VALUE) {
          return null;
        }
        if (count == times.length) {
          times = Arrays.copyOf(times, 2 * count);
          keys = Arrays.copyOf(keys, 2 * count);
        }
        times[count] = packet.pts();
        keys[count] = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
        count++;
      }
    }
    if (count != frames || index >= count) {
      return null;
    }
    long[] shown = Arrays.copyOf(times, count);
    Arrays.sort(shown);
    for (int i = 1; i < count; i++) {
      if (shown[i] == shown[i - 1]) {
        return null;
      }
    }
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (keys[i] && times[i] <= shown[index]) {
        from = i;
      }
    }
    return new Start(from, shown[index]);
  }

  /**
   * Decodes up to a frame.
   *
   * @param from how many packets to skip
   * @param index the frame's index, which counts where there is no time
   * @param time when the frame is shown, or null
   * @return null where it does not come
   */
  private static @Nullable Frame picture(
      FfmpegStream stream, FrameFormat format, int from, int index, @Nullable Long time)
      throws PixelException {
    AVPacket packet = stream.next();
    for (int skipped = 0; skipped < from && packet != null; skipped++) {
      packet = stream.next();
    }
    if (packet == null) {
      return null;
    }
    int seen = 0;
    try (FfmpegCodec codec = stream.codec(format)) {
      while (true) {
        codec.put(packet);
        for (AVFrame picture = codec.next(); picture != null; picture = codec.next()) {
          if (time == null ? seen == index : picture.pts() == time) {
            return FfmpegPicture.frame(picture, 0, false, format);
          }
          seen++;
        }
        if (packet == null) {
          return null;
        }
        packet = stream.next();
      }
    }
  }

  private static Frame image(byte[] bytes, FrameFormat format) throws PixelException {
    AVPacket packet = FfmpegCodec.taken(avcodec.av_packet_alloc());
    try (FfmpegCodec codec = new FfmpegCodec(avcodec.AV_CODEC_ID_MJPEG, null, format)) {
      FfmpegCodec.check(avcodec.av_new_packet(packet, bytes.length), "no room for the stream");
      packet.data().put(bytes, 0, bytes.length);
      codec.put(packet);
      AVFrame picture = codec.next();
      if (picture == null) {
        throw new PixelException("ffmpeg: the stream holds no image");
      }
      return FfmpegPicture.frame(picture, codec.precision(), true, format);
    } finally {
      avcodec.av_packet_free(packet);
    }
  }

  private static boolean isProgressive(byte[] b) {
    int i = 2;
    while (i + 3 < b.length && (b[i] & 0xff) == MARKER) {
      int marker = b[i + 1] & 0xff;
      if (marker == PROGRESSIVE_FRAME) {
        return true;
      }
      if (marker == SCAN) {
        return false;
      }
      i += marker == MARKER ? 1 : 2 + ((b[i + 2] & 0xff) << 8 | b[i + 3] & 0xff);
    }
    return false;
  }

  @Override
  public String toString() {
    return "PixelDecoder[ffmpeg]";
  }
}
