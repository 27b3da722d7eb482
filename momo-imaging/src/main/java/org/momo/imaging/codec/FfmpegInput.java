package org.momo.imaging.codec;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.momo.spi.PixelException;

/**
 * A stream in memory as FFmpeg reads it, in pieces.
 *
 * <p>This class is not thread-safe; several objects may be in use at a time.
 */
final class FfmpegInput implements AutoCloseable {
  private static final int PIECE = 1 << 16;
  private static final int FROM_START = 0;
  private static final int FROM_HERE = 1;
  private static final int FROM_END = 2;

  /** JavaCPP has room for ten functions of a kind, so all inputs share these two. */
  private static final Map<Long, FfmpegInput> OPEN = new ConcurrentHashMap<>();

  private static final AtomicLong NEXT = new AtomicLong();
  private static final Reading READING = new Reading();
  private static final Seeking SEEKING = new Seeking();

  private final long ticket = NEXT.incrementAndGet();
  private final ByteBuffer stream;
  private final byte[] piece = new byte[PIECE];
  private final AVIOContext context;

  FfmpegInput(ByteBuffer encoded) throws PixelException {
    stream = encoded.slice();
    BytePointer buffer = new BytePointer(avutil.av_malloc(PIECE));
    if (buffer.isNull()) {
      throw new PixelException("ffmpeg: out of memory");
    }
    context =
        avformat.avio_alloc_context(buffer, PIECE, 0, new Ticket(ticket), READING, null, SEEKING);
    if (context == null || context.isNull()) {
      avutil.av_free(buffer);
      throw new PixelException("ffmpeg: out of memory");
    }
    OPEN.put(ticket, this);
  }

  AVIOContext context() {
    return context;
  }

  @Override
  public void close() {
    OPEN.remove(ticket);
    // FFmpeg may have put another buffer in the place of ours.
    avutil.av_free(context.buffer());
    avformat.avio_context_free(context);
  }

  private int read(BytePointer target, int most) {
    int count = Math.min(Math.min(most, PIECE), stream.remaining());
    if (count <= 0) {
      return avutil.AVERROR_EOF();
    }
    stream.get(piece, 0, count);
    target.put(piece, 0, count);
    return count;
  }

  private long seek(long offset, int whence) {
    if ((whence & avformat.AVSEEK_SIZE) != 0) {
      return stream.limit();
    }
    long from =
        switch (whence & ~avformat.AVSEEK_FORCE) {
          case FROM_START -> 0;
          case FROM_HERE -> stream.position();
          case FROM_END -> stream.limit();
          default -> -1;
        };
    long to = from + offset;
    if (from < 0 || to < 0 || to > stream.limit()) {
      return org.bytedeco.ffmpeg.presets.avutil.AVERROR_EINVAL();
    }
    stream.position((int) to);
    return to;
  }

  /** Carries a number where C carries an address. */
  private static final class Ticket extends Pointer {
    Ticket(long number) {
      address = number;
    }
  }

  /** Never throws: an exception cannot pass through C. */
  private static final class Reading extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer target, int most) {
      FfmpegInput input = OPEN.get(opaque.address());
      return input == null ? avutil.AVERROR_EOF() : input.read(target, most);
    }
  }

  private static final class Seeking extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      FfmpegInput input = OPEN.get(opaque.address());
      return input == null ? -1 : input.seek(offset, whence);
    }
  }
}
