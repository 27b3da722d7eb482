package org.momo.dicom.internal;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The bytes of one object, wherever they lie. Opened for each use, so that a study in memory holds
 * no file open.
 *
 * <p>This class is thread-safe.
 */
public abstract class Content {

  private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);

  /** Content that is open for reading. */
  public abstract static class Opened implements Closeable {

    /**
     * Reads bytes until the target is full.
     *
     * @param position where to begin
     * @param target filled from its position to its limit
     * @throws EOFException if the content ends before
     * @throws IOException if reading fails
     */
    public final void read(long position, ByteBuffer target) throws IOException {
      long at = position;
      while (target.hasRemaining()) {
        int n = readSome(at, target);
        if (n < 0) {
          throw new EOFException();
        }
        at += n;
      }
    }

    /**
     * Reads bytes.
     *
     * @param position where to begin
     * @param count how many
     * @return the bytes
     * @throws EOFException if the content ends before
     * @throws IOException if reading fails
     */
    final byte[] read(long position, int count) throws IOException {
      // In parts, so that a length that lies does not take the memory first.
      byte[] bytes = new byte[Math.min(count, 1 << 20)];
      int done = 0;
      while (true) {
        read(position + done, ByteBuffer.wrap(bytes, done, bytes.length - done));
        done = bytes.length;
        if (done == count) {
          return bytes;
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(count, bytes.length * 4L));
      }
    }

    /**
     * Reads some bytes.
     *
     * @param position where to begin
     * @param target filled from its position on; it has room for one byte at the least
     * @return how many bytes were read, or -1 at the end of the content
     * @throws IOException if reading fails
     */
    abstract int readSome(long position, ByteBuffer target) throws IOException;
  }

  /**
   * Opens the content.
   *
   * @return the bytes; close it
   * @throws IOException if it cannot be opened
   */
  public abstract Opened open() throws IOException;

  /**
   * What to call the content in messages.
   *
   * @return a path or address
   */
  public abstract String name();

  /**
   * Opens a file for reading.
   *
   * @param file the file
   * @return the file; close it
   * @throws IOException if it cannot be opened
   */
  public static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, READ);
  }

  /**
   * A file of a folder.
   *
   * @param folder the folder
   * @param file the file's name in it
   * @return the content
   */
  public static Content ofFile(Path folder, String file) {
    return new OfFile(folder, file);
  }

  /**
   * Bytes in memory.
   *
   * @param bytes not copied
   * @param name what to call them in messages
   * @return the content
   */
  public static Content ofBytes(byte[] bytes, String name) {
    return new OfBytes(bytes, name);
  }

  /**
   * A part of a file, as an archive or an image of a disc holds it.
   *
   * @param file the file
   * @param keep held for as long as the content is, so that a temporary file lives on; or the file
   * @param start where the part begins
   * @param length how long it is in the file
   * @param deflated whether it is deflated, without header and check sum
   * @param name what to call it in messages
   * @return the content
   */
  public static Content ofPart(
      Path file, Object keep, long start, long length, boolean deflated, String name) {
    return new OfPart(file, keep, start, length, deflated, name);
  }

  /** This content from a place on, inflated. */
  final Content inflatedFrom(long offset) {
    Content outer = this;
    return new Content() {
      @Override
      public Opened open() throws IOException {
        return new Inflated(() -> new Reading(outer.open(), offset));
      }

      @Override
      public String name() {
        return outer.name();
      }
    };
  }

  private static final class OfFile extends Content {
    private final Path folder;
    private final String file;

    OfFile(Path folder, String file) {
      this.folder = folder;
      this.file = file;
    }

    @Override
    public Opened open() throws IOException {
      return new Part(open(folder.resolve(file)), 0);
    }

    @Override
    public String name() {
      return folder.resolve(file).toString();
    }
  }

  private static final class OfBytes extends Content {
    private final byte[] bytes;
    private final String name;

    OfBytes(byte[] bytes, String name) {
      this.bytes = bytes;
      this.name = name;
    }

    @Override
    public Opened open() {
      return new Opened() {
        @Override
        int readSome(long position, ByteBuffer target) {
          if (position >= bytes.length) {
            return -1;
          }
          int n = Math.min(target.remaining(), bytes.length - (int) position);
          target.put(bytes, (int) position, n);
          return n;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public String name() {
      return name;
    }
  }

  private static final class OfPart extends Content {
    private final Path file;
    private final Object keep;
    private final long start;
    private final long length;
    private final boolean deflated;
    private final String name;

    OfPart(Path file, Object keep, long start, long length, boolean deflated, String name) {
      this.file = file;
      this.keep = keep;
      this.start = start;
      this.length = length;
      this.deflated = deflated;
      this.name = name;
    }

    @Override
    public Opened open() throws IOException {
      if (!deflated) {
        return openPart();
      }
      return new Inflated(() -> new Reading(openPart(), 0));
    }

    private Part openPart() throws IOException {
      Part part = new Part(open(file), start);
      part.end = start + length;
      part.keep = keep;
      return part;
    }

    @Override
    public String name() {
      return name;
    }
  }

  private static final class Part extends Opened {
    private final FileChannel channel;
    private final long start;
    private long end = Long.MAX_VALUE;

    @SuppressWarnings("unused") // Held, not read: a temporary file lives as long as it is held.
    private Object keep;

    Part(FileChannel channel, long start) {
      this.channel = channel;
      this.start = start;
      this.keep = channel;
    }

    @Override
    int readSome(long position, ByteBuffer target) throws IOException {
      long at = start + position;
      if (at >= end) {
        return -1;
      }
      int kept = target.limit();
      target.limit(target.position() + (int) Math.min(target.remaining(), end - at));
      int n = channel.read(target, at);
      target.limit(kept);
      return n;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Content as a stream, from a place on. */
  private static final class Reading extends InputStream {
    private final Opened opened;
    private final byte[] buffer = new byte[1 << 15];
    private long position;
    private int at;
    private int limit;

    Reading(Opened opened, long position) {
      this.opened = opened;
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      if (at == limit && !fill()) {
        return -1;
      }
      int n = Math.min(count, limit - at);
      System.arraycopy(buffer, at, target, offset, n);
      at += n;
      return n;
    }

    private boolean fill() throws IOException {
      int n = opened.readSome(position, ByteBuffer.wrap(buffer));
      if (n <= 0) {
        return false;
      }
      at = 0;
      limit = n;
      position += n;
      return true;
    }

    @Override
    public void close() throws IOException {
      opened.close();
    }
  }

  private interface Start {
    InputStream stream() throws IOException;
  }

  /** Inflated content; reading backwards begins anew. */
  private static final class Inflated extends Opened {
    private final Start start;
    private Inflater inflater = new Inflater(true);
    private InputStream stream;
    private long position;

    Inflated(Start start) throws IOException {
      this.start = start;
      this.stream = new InflaterInputStream(start.stream(), inflater, 1 << 15);
    }

    @Override
    int readSome(long from, ByteBuffer target) throws IOException {
      if (from < position) {
        close();
        inflater = new Inflater(true);
        stream = new InflaterInputStream(start.stream(), inflater, 1 << 15);
        position = 0;
      }
      stream.skipNBytes(from - position);
      position = from;
      byte[] part = new byte[Math.min(1 << 16, target.remaining())];
      int n = stream.read(part, 0, part.length);
      if (n > 0) {
        target.put(part, 0, n);
        position += n;
      }
      return n;
    }

    @Override
    public void close() throws IOException {
      inflater.end();
      stream.close();
    }
  }

  /**
   * A stream over open content.
   *
   * @param opened closed with the stream
   * @return the bytes from the first on
   */
  public static InputStream stream(Opened opened) {
    return new Reading(opened, 0);
  }
}
