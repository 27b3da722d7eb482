package org.momo.imaging.projection;

import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The memory of one picture, kept for the next: taking 35 MB afresh for each, and having the
 * garbage collector move them, costs as much as a third of the folding. It is held softly, so that
 * a host that is short of memory gets it back. No more is kept than was in use at one time.
 *
 * <p>This class is thread-safe.
 */
final class Scratch {

  /**
   * Rows of floats and slices of bytes, each kind of one length, with whatever is in them. Slices
   * lie outside the heap, where files are read to without a copy; in the heap where there is no
   * room outside.
   */
  static final class Rooms {
    private final int width;
    private final int size;
    private final ArrayDeque<float[]> rows = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> slices = new ArrayDeque<>();

    private Rooms(int width, int size) {
      this.width = width;
      this.size = size;
    }

    synchronized float[] row() {
      float[] row = rows.poll();
      return row != null ? row : new float[width];
    }

    ByteBuffer slice() {
      synchronized (this) {
        ByteBuffer slice = slices.poll();
        if (slice != null) {
          return slice;
        }
      }
      try {
        return ByteBuffer.allocateDirect(size);
      } catch (OutOfMemoryError e) {
        // The host's limit of such memory (MaxDirectMemorySize), which is not that of its heap.
        return ByteBuffer.allocate(size);
      }
    }

    synchronized void giveBack(float[] row) {
      rows.push(row);
    }

    synchronized void giveBack(ByteBuffer slice) {
      slices.push(slice);
    }
  }

  private final ArrayDeque<SoftReference<Rooms>> kept = new ArrayDeque<>();

  /** The rooms of a picture before, or new ones. */
  synchronized Rooms take(int width, int size) {
    while (true) {
      SoftReference<Rooms> next = kept.poll();
      if (next == null) {
        return new Rooms(width, size);
      }
      Rooms rooms = next.get();
      if (rooms != null && rooms.width == width && rooms.size == size) {
        return rooms;
      }
    }
  }

  /** Keeps rooms for a picture to come. */
  synchronized void keep(Rooms rooms) {
    kept.push(new SoftReference<>(rooms));
  }
}
