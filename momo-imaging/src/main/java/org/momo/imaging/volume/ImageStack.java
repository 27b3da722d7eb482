package org.momo.imaging.volume;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

  private final Axis axis;
  private final int rows;
  private final int columns;
  private final List<Source> slices;
  private final double rowSpacing;
  private final double columnSpacing;
  private final double sliceSpacing;
  private final double[] orientation;
  private final ImageOptions options;
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
    Worker known = idle.poll();
    Worker worker = known == null ? new Worker() : known;
    worker.read(source, into);
    idle.add(worker);
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
            return PixelDecoders.isVideo(syntax) ? ofVideo(decoder, source) : ask(decoder, source);
          } catch (IOException e) {
            throw new PixelException(
                e.getMessage() == null ? "the frame cannot be read" : e.getMessage(), e);
          }
        }
      }
      throw new PixelException(PixelDecoders.unsupported(syntax));
    }

    /** A video is in memory as a whole, so one at a time. */
    private Frame ofVideo(PixelDecoder decoder, Source source) throws IOException, PixelException {
      synchronized (idle) {
        return ask(decoder, source);
      }
    }

    private Frame ask(PixelDecoder decoder, Source source) throws IOException, PixelException {
      PixelData data = source.data;
      return decoder.decode(
          data.transferSyntax(),
          data.frame(source.frame),
          source.module.format,
          source.frame,
          data.frames());
    }
  }
}
