package org.momo.imaging.projection;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;

/**
 * The memory of one picture, kept for the next: taking 35 MB afresh for each, and having the
 * garbage collector move them, costs as much as a third of the folding. It is held softly, so that
 * a host that is short of memory gets it back. No more is kept than was in use at one time.
 *
 * <p>This class is thread-safe.
 */
final class Scratch {

  /** Rows of floats and slices of shorts, each kind of one length, with whatever is in them. */
  static final class Rooms {
    private final int width;
    private final int size;
    private final ArrayDeque<float[]> rows = new ArrayDeque<>();
    private final ArrayDeque<short[]> slices = new ArrayDeque<>();

    private Rooms(int width, int size) {
      this.width = width;
      this.size = size;
    }

    synchronized float[] row() {
      float[] row = rows.poll();
      return row != null ? row : new float[width];
    }

    short[] slice() {
      synchronized (this) {
        short[] slice = slices.poll();
        if (slice != null) {
          return slice;
        }
      }
      return new short[size];
    }

    synchronized void giveBack(float[] row) {
      rows.push(row);
    }

    synchronized void giveBack(short[] slice) {
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
