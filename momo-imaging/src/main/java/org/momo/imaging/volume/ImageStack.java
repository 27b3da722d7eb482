package org.momo.imaging.volume;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.codec.PixelDecoders;
import org.momo.spi.Frame;
import org.momo.spi.PixelDecoder;
import org.momo.spi.PixelException;
import org.momo.study.PixelData;

/**
 * Slices of one size in one order, decoded when asked for.
 *
 * <p>Values are grey, in modality units: Hounsfield units for CT, otherwise what rescaling gives.
 * Row 0 is the top of the stored image, column 0 its left.
 *
 * <p>This class is immutable and thread-safe as far as its pixel data are.
 */
public final class ImageStack {
  /** What the order of the slices means. */
  public enum Axis {
    /**
     * Slices of one body, ordered along their normal, or as numbered where positions are missing.
     */
    SPACE,
    /** One plane over time. */
    TIME,
    /** Images that have nothing to do with each other but the series, such as radiographs. */
    VIEWS
  }

  /** Takes slices. */
  @FunctionalInterface
  public interface SliceConsumer {
    /**
     * Takes one slice.
     *
     * @param index its index, 0 for the first; each call's is one more than the last's
     * @param slice rows x columns values, row by row; to be read during the call alone
     */
    void accept(int index, float[] slice);
  }

  /** One slice: a frame, or a tile of one. */
  static final class Source {
    final PixelModule module;
    final PixelData data;
    final int frame;
    final int tileColumn;
    final int tileRow;

    Source(PixelModule module, PixelData data, int frame, int tileColumn, int tileRow) {
      this.module = module;
      this.data = data;
      this.frame = frame;
      this.tileColumn = tileColumn;
      this.tileRow = tileRow;
    }
  }

  private final Axis axis;
  private final int rows;
  private final int columns;
  private final List<Source> slices;
  private final double rowSpacing;
  private final double columnSpacing;
  private final double sliceSpacing;
  private final ImageOptions options;

  ImageStack(
      Axis axis,
      int rows,
      int columns,
      List<Source> slices,
      double rowSpacing,
      double columnSpacing,
      double sliceSpacing,
      ImageOptions options) {
    this.axis = axis;
    this.rows = rows;
    this.columns = columns;
    this.slices = List.copyOf(slices);
    this.rowSpacing = rowSpacing;
    this.columnSpacing = columnSpacing;
    this.sliceSpacing = sliceSpacing;
    this.options = options;
  }

  /**
   * What the order of the slices means.
   *
   * @return the axis
   */
  public Axis axis() {
    return axis;
  }

  /**
   * How many rows each slice has.
   *
   * @return 1 or more
   */
  public int rows() {
    return rows;
  }

  /**
   * How many columns each slice has.
   *
   * @return 1 or more
   */
  public int columns() {
    return columns;
  }

  /**
   * How many slices there are.
   *
   * @return 1 or more
   */
  public int slices() {
    return slices.size();
  }

  /**
   * The distance between rows.
   *
   * @return millimetres, or 0 where it is not known
   */
  public double rowSpacing() {
    return rowSpacing;
  }

  /**
   * The distance between columns.
   *
   * @return millimetres, or 0 where it is not known
   */
  public double columnSpacing() {
    return columnSpacing;
  }

  /**
   * The distance between slices.
   *
   * @return millimetres, or 0 where it is not known
   */
  public double sliceSpacing() {
    return sliceSpacing;
  }

  /**
   * This stack with some of its slices.
   *
   * @param indexes which, in the order wanted
   * @return a new stack
   * @throws IndexOutOfBoundsException if there is no such slice
   */
  public ImageStack select(int... indexes) {
    List<Source> chosen = new ArrayList<>(indexes.length);
    for (int index : indexes) {
      chosen.add(slices.get(index));
    }
    return new ImageStack(
        axis, rows, columns, chosen, rowSpacing, columnSpacing, sliceSpacing, options);
  }

  /**
   * Decodes one slice.
   *
   * @param index 0 for the first
   * @return a new array of rows x columns values, row by row
   * @throws PixelException if it does not decode
   * @throws IndexOutOfBoundsException if there is no such slice
   */
  public float[] slice(int index) throws PixelException {
    float[] values = new float[rows * columns];
    new Worker().read(slices.get(index), values);
    return values;
  }

  /**
   * Decodes all slices, ahead on as many threads as the options say, and hands them over in order
   * on the calling thread. A slice that does not decode is replaced by the one before it, or the
   * first one by those after it.
   *
   * @param consumer takes the slices
   * @return a note where slices were replaced, else an empty list
   * @throws PixelException if more than a tenth of the slices do not decode; the message is the
   *     first problem's
   */
  public List<Note> forEach(SliceConsumer consumer) throws PixelException {
    int threads = Math.min(options.threads(), slices.size());
    Delivery delivery = new Delivery(consumer);
    if (threads <= 1) {
      Worker worker = new Worker();
      float[] values = new float[rows * columns];
      float[] spare = new float[rows * columns];
      for (int i = 0; i < slices.size(); i++) {
        PixelException problem = null;
        try {
          worker.read(slices.get(i), values);
        } catch (PixelException e) {
          problem = e;
        }
        float[] free = delivery.take(values, spare, problem);
        spare = free == values ? spare : values;
        values = free;
      }
      return delivery.finish();
    }
    ahead(threads, delivery);
    return delivery.finish();
  }

  private void ahead(int threads, Delivery delivery) throws PixelException {
    AtomicInteger names = new AtomicInteger();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "momo-pixels-" + names.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    ThreadLocal<Worker> workers = ThreadLocal.withInitial(Worker::new);
    Deque<float[]> free = new ArrayDeque<>();
    Deque<float[]> used = new ArrayDeque<>();
    Deque<Future<@Nullable PixelException>> pending = new ArrayDeque<>();
    int window = Math.min(slices.size(), 2 * threads);
    for (int i = 0; i <= window; i++) {
      free.add(new float[rows * columns]);
    }
    float[] spare = free.remove();
    int next = 0;
    try {
      for (int i = 0; i < slices.size(); i++) {
        while (next < slices.size() && !free.isEmpty()) {
          Source source = slices.get(next++);
          float[] values = free.remove();
          used.add(values);
          pending.add(
              pool.submit(
                  () -> {
                    try {
                      workers.get().read(source, values);
                      return null;
                    } catch (PixelException e) {
                      return e;
                    }
                  }));
        }
        PixelException problem = pending.remove().get();
        float[] values = used.remove();
        float[] given = delivery.take(values, spare, problem);
        spare = given == values ? spare : values;
        free.add(given);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PixelException("interrupted while decoding", e);
    } catch (ExecutionException e) {
      throw new PixelException("decoding failed: " + e.getCause(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** Hands slices over in order, with neighbours in place of those that do not decode. */
  private final class Delivery {
    private final SliceConsumer consumer;
    private int index;
    private int leading;
    private int failures;
    private float @Nullable [] last;
    private @Nullable PixelException first;

    Delivery(SliceConsumer consumer) {
      this.consumer = consumer;
    }

    /** Returns the buffer that may be written to again; the other one holds the last good slice. */
    float[] take(float[] values, float[] spare, @Nullable PixelException problem)
        throws PixelException {
      if (problem == null) {
        for (; leading > 0; leading--) {
          consumer.accept(index++, values);
        }
        consumer.accept(index++, values);
        float[] before = last;
        last = values;
        return before == null ? spare : before;
      }
      first = first == null ? problem : first;
      if (++failures * 10 > slices.size()) {
        throw first;
      }
      if (last == null) {
        leading++;
      } else {
        consumer.accept(index++, last);
      }
      return values;
    }

    List<Note> finish() {
      if (first == null) {
        return List.of();
      }
      return List.of(
          new Note(
              Note.Kind.UNREADABLE,
              failures
                  + " of "
                  + slices.size()
                  + " slices do not decode and were replaced by neighbours: "
                  + first.getMessage()));
    }
  }

  /** One thread's scratch space. */
  private final class Worker {
    private final Unpacker unpacker = new Unpacker();
    private float[] whole = new float[0];

    void read(Source source, float[] into) throws PixelException {
      PixelModule module = source.module;
      Frame frame = decode(source);
      if (module.format.rows() == rows && module.format.columns() == columns) {
        unpacker.unpack(frame, module, options.grey(), into);
        return;
      }
      int wide = module.format.columns();
      int size = wide * module.format.rows();
      if (whole.length < size) {
        whole = new float[size];
      }
      unpacker.unpack(frame, module, options.grey(), whole);
      for (int y = 0; y < rows; y++) {
        System.arraycopy(
            whole,
            (source.tileRow * rows + y) * wide + source.tileColumn * columns,
            into,
            y * columns,
            columns);
      }
    }

    private Frame decode(Source source) throws PixelException {
      String syntax = source.data.transferSyntax();
      for (PixelDecoder decoder : options.decoders()) {
        if (decoder.supports(syntax)) {
          try {
            return decoder.decode(syntax, source.data.frame(source.frame), source.module.format);
          } catch (IOException e) {
            throw new PixelException(
                e.getMessage() == null ? "the frame cannot be read" : e.getMessage(), e);
          }
        }
      }
      throw new PixelException(PixelDecoders.unsupported(syntax));
    }
  }
}
