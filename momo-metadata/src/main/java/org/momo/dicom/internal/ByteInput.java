package org.momo.dicom.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Bytes that are read forwards, with far jumps that cost nothing where the content is a file.
 *
 * <p>This class is not thread-safe.
 */
public abstract class ByteInput {
  /** Nine headers in ten end within it, and the tenth takes a second read. */
  private static final int FIRST_READ = 4096;

  private static final int SECOND_READ = 2 * FIRST_READ;
  static final int CAPACITY = 8 * FIRST_READ;

  byte[] buffer;
  int at;
  int limit;
  private long base;
  private long end;
  private boolean bounded;
  private boolean jumped;

  private ByteInput(byte[] buffer) {
    this.buffer = buffer;
  }

  /** Reads at most {@code count} bytes at a position; gives how many, or -1 at the end. */
  abstract int read(long position, byte[] target, int offset, int count) throws IOException;

  /** Where the buffer's current byte lies in the content. */
  final long position() {
    return base + at;
  }

  /** Where the content ends, as far as known; {@link Long#MAX_VALUE} where not. */
  final long end() {
    return end;
  }

  /** Whether the content goes on up to a position; asks for its length only where it must. */
  final boolean reaches(long position) throws IOException {
    return position <= base + limit || position <= length();
  }

  /** Where the content ends; {@link Long#MAX_VALUE} where only reading on would tell. */
  final long length() throws IOException {
    if (!bounded) {
      bounded = true;
      end = Math.min(end, size());
    }
    return end;
  }

  /** Asks how long the content is. */
  long size() throws IOException {
    return end;
  }

  /** Begins anew, with content of a known length, or of one to ask for, where it is negative. */
  final void begin(long newLength) {
    base = 0;
    at = 0;
    limit = 0;
    jumped = false;
    end = newLength < 0 ? Long.MAX_VALUE : newLength;
    bounded = newLength >= 0;
  }

  /** Makes the next bytes contiguous in the buffer; false where the content ends before. */
  final boolean ensure(int count) throws IOException {
    return limit - at >= count || fill(count);
  }

  final int available() {
    return limit - at;
  }

  /** Makes room and reads on; false where the content ends before. */
  boolean fill(int count) throws IOException {
    int kept = limit - at;
    if (kept < 0) {
      base += at;
      kept = 0;
    } else {
      System.arraycopy(buffer, at, buffer, 0, kept);
      base += at;
    }
    at = 0;
    limit = kept;
    while (limit < count) {
      // Behind a long value that is stepped over, little is left of most headers.
      int wanted =
          jumped || base + limit == 0
              ? FIRST_READ
              : base + limit == FIRST_READ ? SECOND_READ : CAPACITY;
      jumped = false;
      if (buffer.length < wanted) {
        byte[] larger = new byte[wanted];
        System.arraycopy(buffer, 0, larger, 0, limit);
        buffer = larger;
      }
      long left = end - base - limit;
      if (left <= 0) {
        return false;
      }
      int n = read(base + limit, buffer, limit, (int) Math.min(left, wanted - limit));
      if (n <= 0) {
        end = base + limit;
        return false;
      }
      limit += n;
    }
    return true;
  }

  /** Steps over bytes; what lies past the end shows at the next {@link #ensure}. */
  final void skip(long count) {
    if (count <= limit - at) {
      at += (int) count;
    } else {
      base += at + count;
      at = 0;
      limit = 0;
      jumped = true;
    }
  }

  /** Copies bytes out; false where the content ends before. */
  final boolean copy(byte[] target, int offset, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int n = Math.min(limit - at, count - done);
      if (n <= 0) {
        if (count - done >= CAPACITY) {
          // What is longer than the buffer need not go through it.
          long left = Math.min(count - done, end - position());
          n = left <= 0 ? -1 : read(position(), target, offset + done, (int) left);
          if (n <= 0) {
            end = Math.min(end, position());
            return false;
          }
          base += n;
          done += n;
          jumped = true;
        } else if (!ensure(1)) {
          return false;
        }
        continue;
      }
      System.arraycopy(buffer, at, target, offset + done, n);
      at += n;
      done += n;
    }
    return true;
  }

  /** An input over a part of a file; can be pointed at one file after another. */
  static final class OfFile extends ByteInput {
    private FileChannel channel;
    private long start;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(CAPACITY);

    OfFile(FileChannel channel, long start, long length) {
      super(new byte[FIRST_READ]);
      this.channel = channel;
      this.start = start;
      begin(length);
    }

    void open(FileChannel newChannel, long newStart, long newLength) {
      channel = newChannel;
      start = newStart;
      begin(newLength);
    }

    @Override
    long size() throws IOException {
      return channel.size() - start;
    }

    @Override
    int read(long position, byte[] target, int offset, int count) throws IOException {
      // Read into an array, a channel would look for a direct buffer of its own each time.
      direct.clear().limit(Math.min(count, CAPACITY));
      int n = channel.read(direct, start + position);
      if (n > 0) {
        direct.get(0, target, offset, n);
      }
      return n;
    }
  }

  /** An input over bytes in memory. */
  static final class OfBytes extends ByteInput {
    OfBytes(byte[] bytes, int length) {
      super(bytes);
      begin(length);
      limit = length;
    }

    @Override
    boolean fill(int count) {
      // All there is lies in the array, which is the caller's and stays as it is.
      return false;
    }

    @Override
    int read(long position, byte[] target, int offset, int count) {
      return -1;
    }
  }

  /** An input over a stream. */
  static final class OfStream extends ByteInput {
    private final InputStream stream;
    private final long most;
    private long streamed;

    OfStream(InputStream stream, long most) {
      super(new byte[FIRST_READ]);
      this.stream = stream;
      this.most = most;
      begin(Long.MAX_VALUE);
    }

    @Override
    int read(long position, byte[] target, int offset, int count) throws IOException {
      try {
        while (streamed < position) {
          long n = stream.skip(Math.min(position - streamed, 1L << 30));
          if (n <= 0) {
            if (stream.read() < 0) {
              return -1;
            }
            n = 1;
          }
          streamed += n;
          check();
        }
        int n = stream.read(target, offset, count);
        if (n > 0) {
          streamed += n;
          check();
        }
        return n;
      } catch (EOFException e) {
        // A deflated stream that is cut off; what came before is good.
        return -1;
      }
    }

    private void check() throws IOException {
      if (streamed > most) {
        throw new TooLongException();
      }
    }
  }

  /** The content is longer than the limit allows. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongException() {
      super("The content is longer than the limit.");
    }
  }
}
