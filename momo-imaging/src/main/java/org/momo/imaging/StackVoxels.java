package org.momo.imaging;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.projection.SampleType;
import org.momo.imaging.projection.ShortSlices;
import org.momo.imaging.projection.Voxels;
import org.momo.imaging.volume.ImageStack;
import org.momo.imaging.volume.Note;
import org.momo.imaging.volume.ShortFormat;
import org.momo.spi.PixelException;

/**
 * A stack as voxels that are decoded when a row is asked for. Each thread keeps the slice that it
 * read last, so memory is a slice a thread as long as each thread reads its slices row by row.
 *
 * <p>A slice that does not decode is replaced by its nearest neighbour that does, the earlier one
 * first.
 *
 * <p>This class is thread-safe.
 */
class StackVoxels implements Voxels {
  private static final class Cached {
    int slice = -1;
    float @Nullable [] values;
  }

  @FunctionalInterface
  private interface SliceReader<T> {
    T read(int slice) throws PixelException;
  }

  /** A stack whose values fit into 16 bits. */
  private static final class Shorts extends StackVoxels implements ShortSlices {
    private final ShortFormat format;

    Shorts(ImageStack stack, ShortFormat format) {
      super(stack);
      this.format = format;
    }

    @Override
    public int bits() {
      return format.bits();
    }

    @Override
    public boolean isSigned() {
      return format.signed();
    }

    @Override
    public int offset() {
      return format.offset();
    }

    @Override
    public ByteBuffer slice(int slice, ByteBuffer room) {
      return decode(slice, each -> stack().readShorts(each, room));
    }
  }

  /** More than a tenth of the slices do not decode. */
  static final class UndecodableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UndecodableException(PixelException problem) {
      super(problem);
    }
  }

  private final ImageStack stack;
  private final int most;
  private final SampleType type;
  private final ThreadLocal<Cached> cached;
  private final TreeMap<Integer, PixelException> failed = new TreeMap<>();

  /** The voxels of a stack, in 16 bits where they fit. */
  static StackVoxels of(ImageStack stack) {
    return stack.shortFormat().isPresent()
        ? new Shorts(stack, stack.shortFormat().get())
        : new StackVoxels(stack);
  }

  private StackVoxels(ImageStack stack) {
    this.stack = stack;
    this.most = stack.slices() / 10;
    this.type = type(stack);
    this.cached = ThreadLocal.withInitial(Cached::new);
  }

  private static SampleType type(ImageStack stack) {
    if (!stack.isWhole()) {
      return SampleType.FLOAT32;
    }
    double least = stack.least();
    double most = stack.most();
    if (least >= 0) {
      return most <= 255 ? SampleType.UINT8 : most <= 65_535 ? SampleType.UINT16 : SampleType.INT32;
    }
    return least >= -32_768 && most <= 32_767 ? SampleType.INT16 : SampleType.INT32;
  }

  ImageStack stack() {
    return stack;
  }

  @Override
  public int slices() {
    return stack.slices();
  }

  @Override
  public int rows() {
    return stack.rows();
  }

  @Override
  public int columns() {
    return stack.columns();
  }

  @Override
  public SampleType type() {
    return type;
  }

  @Override
  public void copyRow(int slice, int row, float[] target) {
    Cached here = cached.get();
    if (here.slice != slice) {
      here.slice = -1;
      here.values = decode(slice, each -> read(each, here.values));
      here.slice = slice;
    }
    System.arraycopy(
        Objects.requireNonNull(here.values), row * stack.columns(), target, 0, stack.columns());
  }

  /** Decodes a slice, into memory that is there or, once its frame is, into new memory. */
  private float[] read(int slice, float @Nullable [] values) throws PixelException {
    if (values == null) {
      return stack.read(slice);
    }
    stack.read(slice, values);
    return values;
  }

  <T> T decode(int slice, SliceReader<T> reader) {
    try {
      return reader.read(slice);
    } catch (PixelException e) {
      fail(slice, e);
    }
    for (int distance = 1; distance < stack.slices(); distance++) {
      for (int neighbour : new int[] {slice - distance, slice + distance}) {
        if (neighbour >= 0 && neighbour < stack.slices()) {
          try {
            return reader.read(neighbour);
          } catch (PixelException e) {
            fail(neighbour, e);
          }
        }
      }
    }
    throw new IllegalStateException("unreachable: most slices do not decode");
  }

  private void fail(int slice, PixelException problem) {
    synchronized (failed) {
      failed.put(slice, problem);
      if (failed.size() > most) {
        throw new UndecodableException(failed.firstEntry().getValue());
      }
    }
  }

  /**
   * The problem of the first slice that does not decode: the same whichever thread met one first.
   */
  String firstProblem() {
    float[] values = null;
    for (int slice = 0; slice < stack.slices(); slice++) {
      try {
        values = read(slice, values);
      } catch (PixelException e) {
        return Objects.requireNonNullElse(e.getMessage(), "a frame does not decode");
      }
    }
    return "frames do not decode";
  }

  /** What was replaced. */
  Optional<Note> note() {
    synchronized (failed) {
      if (failed.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Note(
              Note.Kind.UNREADABLE,
              failed.size()
                  + " of "
                  + stack.slices()
                  + " slices do not decode and were replaced by neighbours: "
                  + failed.firstEntry().getValue().getMessage()));
    }
  }
}
