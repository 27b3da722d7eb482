package org.momo.imaging.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.codec.PixelDecoders;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelDecoder;
import org.momo.spi.PixelException;
import org.momo.study.PixelData;

/**
 * Slices of one size in one order, decoded when asked for.
 *
 * <p>Values are grey, in modality units: Hounsfield units for CT, otherwise what rescaling gives.
 * Row 0 is the top of the stored image, column 0 its left.
 *
 * <p>This class is thread-safe.
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

  /** Frames up to so many bytes are read into memory that is kept for the next. */
  private static final int MOST_ROOM = 1 << 24;

  private final Axis axis;
  private final int rows;
  private final int columns;
  private final List<Source> slices;
  private final double rowSpacing;
  private final double columnSpacing;
  private final double sliceSpacing;
  private final double[] orientation;
  private final ImageOptions options;
  private final @Nullable ShortFormat stored;
  private final @Nullable ShortFormat shorts;
  private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

  ImageStack(
      Axis axis,
      int rows,
      int columns,
      List<Source> slices,
      double rowSpacing,
      double columnSpacing,
      double sliceSpacing,
      double[] orientation,
      ImageOptions options) {
    this.axis = axis;
    this.rows = rows;
    this.columns = columns;
    this.slices = List.copyOf(slices);
    this.rowSpacing = rowSpacing;
    this.columnSpacing = columnSpacing;
    this.sliceSpacing = sliceSpacing;
    this.orientation = orientation.clone();
    this.options = options;
    // What a compressed frame holds is only known when it is decoded.
    boolean plain =
        this.slices.stream().allMatch(each -> PixelDecoders.isNative(each.data.transferSyntax()));
    this.stored = plain ? stored() : null;
    this.shorts = stored != null || !plain ? stored : values();
  }

  /** The format of samples that may stay as they are, and mean the same in all slices. */
  private @Nullable ShortFormat stored() {
    ShortFormat all = null;
    for (Source source : slices) {
      ShortFormat each = isTile(source) ? null : Unpacker.stored(source.module);
      if (each == null || all != null && !all.equals(each)) {
        return null;
      }
      all = each;
    }
    return all;
  }

  /** The format of whole values of 16 bits, where they all are that. */
  private @Nullable ShortFormat values() {
    double least =
        slices.stream()
            .mapToDouble(
                source ->
                    Math.max(
                        bound(source.module, false),
                        source.module.hounsfield ? Unpacker.AIR : Double.NEGATIVE_INFINITY))
            .min()
            .orElse(0);
    double most = most();
    boolean signed = least < 0;
    boolean fits = least >= Short.MIN_VALUE && most <= (signed ? Short.MAX_VALUE : 0xffff);
    return fits && isWhole() ? new ShortFormat(16, signed, 0) : null;
  }

  private boolean isTile(Source source) {
    FrameFormat format = source.module.format;
    return format.rows() != rows || format.columns() != columns;
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
   * Where rows and columns run to in the patient.
   *
   * @return six direction cosines: along a row, then along a column, each towards left, posterior
   *     and superior; empty where they are not known
   */
  public double[] orientation() {
    return orientation.clone();
  }

  /**
   * The smallest value that can be stored.
   *
   * @return a bound of all values, in modality units
   */
  public double least() {
    return slices.stream().mapToDouble(source -> bound(source.module, false)).min().orElse(0);
  }

  /**
   * The largest value that can be stored.
   *
   * @return a bound of all values, in modality units
   */
  public double most() {
    return slices.stream().mapToDouble(source -> bound(source.module, true)).max().orElse(0);
  }

  /**
   * The range of values that the middle slice asks to be shown in.
   *
   * @return the range, or empty where the header names none
   */
  public Optional<DisplayWindow> window() {
    return Optional.ofNullable(slices.get((slices.size() - 1) / 2).module.window);
  }

  private static double bound(PixelModule module, boolean upper) {
    int bits = module.format.bitsStored();
    if (module.palette != null) {
      return upper ? 255 : 0;
    }
    if (module.modality != null) {
      return upper ? 65_535 : 0;
    }
    double low = module.format.signed() ? -Math.scalb(1.0, bits - 1) : 0;
    double high = low + Math.scalb(1.0, bits) - 1;
    if (module.format.samplesPerPixel() > 1) {
      return upper ? high : low;
    }
    boolean rising = module.slope > 0;
    return (upper == rising ? high : low) * module.slope + module.intercept;
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
        axis, rows, columns, chosen, rowSpacing, columnSpacing, sliceSpacing, orientation, options);
  }

  /**
   * Decodes one slice. Several threads may do so at a time.
   *
   * @param index 0 for the first
   * @param into takes rows x columns values, row by row
   * @throws PixelException if it does not decode
   * @throws IndexOutOfBoundsException if there is no such slice, or {@code into} is too short
   */
  public void read(int index, float[] into) throws PixelException {
    Source source = slices.get(index);
    Objects.checkFromIndexSize(0, rows * columns, into.length);
    Worker worker = worker();
    worker.unpack(worker.decode(source), source, into);
    idle.add(worker);
  }

  /**
   * Decodes one slice. Memory for its values is taken once its frame has been decoded, so that a
   * header that claims more than there is costs nothing. Several threads may do so at a time.
   *
   * @param index 0 for the first
   * @return rows x columns values, row by row
   * @throws PixelException if it does not decode
   * @throws IndexOutOfBoundsException if there is no such slice
   */
  public float[] read(int index) throws PixelException {
    Source source = slices.get(index);
    Worker worker = worker();
    Frame frame = worker.decode(source);
    float[] values = new float[rows * columns];
    worker.unpack(frame, source, values);
    idle.add(worker);
    return values;
  }

  private Worker worker() {
    Worker known = idle.poll();
    return known == null ? new Worker() : known;
  }

  /**
   * Whether all values are whole numbers: samples that are not rescaled, or by whole numbers.
   *
   * @return true if they are
   */
  public boolean isWhole() {
    for (Source source : slices) {
      PixelModule module = source.module;
      boolean colour = module.palette != null || module.format.samplesPerPixel() > 1;
      if (colour
          ? options.grey() == ImageOptions.Grey.LUMINANCE || module.format.bitsStored() > 8
          : module.slope != Math.rint(module.slope)
              || module.intercept != Math.rint(module.intercept)) {
        return false;
      }
    }
    return true;
  }

  /**
   * What {@link #readShorts} gives.
   *
   * @return how its numbers are read, or empty where not all values are whole numbers in a range
   *     that 16 bits can hold
   */
  public Optional<ShortFormat> shortFormat() {
    return Optional.ofNullable(shorts);
  }

  /**
   * Decodes one slice to 16-bit numbers, which is faster than {@link #read} where samples can stay
   * as they are stored. Several threads may do so at a time.
   *
   * @param index 0 for the first
   * @param room memory that may be overwritten up to its capacity, 2 x rows x columns bytes or
   *     more; its position and limit may change
   * @return rows x columns numbers, row by row, in little endian order, which {@link #shortFormat}
   *     makes the values of {@link #read}; it may lie in {@code room}, or be read-only
   * @throws PixelException if it does not decode
   * @throws IndexOutOfBoundsException if there is no such slice, or {@code room} is too small
   * @throws IllegalStateException if there is no {@link #shortFormat}
   */
  public ByteBuffer readShorts(int index, ByteBuffer room) throws PixelException {
    if (shorts == null) {
      throw new IllegalStateException("not all values are whole numbers that 16 bits hold");
    }
    Source source = slices.get(index);
    int bytes = Short.BYTES * rows * columns;
    Objects.checkFromIndexSize(0, bytes, room.capacity());
    Worker worker = worker();
    ByteBuffer samples = worker.readShorts(source, room);
    idle.add(worker);
    return samples.slice().limit(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** One thread's scratch space. */
  private final class Worker {
    private final Unpacker unpacker = new Unpacker();
    private float[] whole = new float[0];
    private float[] values = new float[0];
    private ByteBuffer room = ByteBuffer.allocate(0);

    ByteBuffer readShorts(Source source, ByteBuffer into) throws PixelException {
      Frame frame = decode(source, stored == null ? room(source) : into);
      boolean asStated = frame.format().equals(source.module.format);
      if (stored != null) {
        if (!asStated) {
          throw new PixelException("samples are in another format than the header says");
        }
        return Unpacker.whole(frame);
      }
      ByteBuffer numbers = into.clear().limit(Short.BYTES * rows * columns);
      numbers = numbers.slice().order(ByteOrder.LITTLE_ENDIAN);
      // Native colour may come with its chroma brought to full size, and is then of another format.
      if (asStated && !isTile(source) && unpacker.unpack(frame, source.module, numbers)) {
        return numbers;
      }
      int size = rows * columns;
      if (values.length < size) {
        values = new float[size];
      }
      unpack(frame, source, values);
      for (int i = 0; i < size; i++) {
        numbers.putShort(Short.BYTES * i, (short) (int) values[i]);
      }
      return numbers;
    }

    private void unpack(Frame frame, Source source, float[] into) throws PixelException {
      PixelModule module = source.module;
      if (!isTile(source)) {
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

    /** The scratch space for a frame that is native and not large. */
    private ByteBuffer room(Source source) {
      long bytes = source.module.format.bytes();
      if (bytes <= MOST_ROOM
          && room.capacity() < bytes
          && PixelDecoders.isNative(source.data.transferSyntax())) {
        room = ByteBuffer.allocate((int) bytes);
      }
      return room;
    }

    Frame decode(Source source) throws PixelException {
      return decode(source, room(source));
    }

    private Frame decode(Source source, ByteBuffer into) throws PixelException {
      String syntax = source.data.transferSyntax();
      for (PixelDecoder decoder : options.decoders()) {
        if (decoder.supports(syntax)) {
          try {
            return PixelDecoders.isVideo(syntax)
                ? ofVideo(decoder, source, into)
                : ask(decoder, source, into);
          } catch (IOException e) {
            throw new PixelException(
                e.getMessage() == null ? "the frame cannot be read" : e.getMessage(), e);
          }
        }
      }
      throw new PixelException(PixelDecoders.unsupported(syntax));
    }

    /** A video is in memory as a whole, so one at a time. */
    private Frame ofVideo(PixelDecoder decoder, Source source, ByteBuffer into)
        throws IOException, PixelException {
      synchronized (idle) {
        return ask(decoder, source, into);
      }
    }

    private Frame ask(PixelDecoder decoder, Source source, ByteBuffer into)
        throws IOException, PixelException {
      PixelData data = source.data;
      return decoder.decode(
          data.transferSyntax(),
          data.frame(source.frame, into),
          source.module.format,
          source.frame,
          data.frames());
    }
  }
}
