package org.momo.imaging.volume;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelException;
import org.momo.study.Header;
import org.momo.study.Tag;

/** What a header says of its samples, read once for each instance. */
final class PixelModule {
  final FrameFormat format;
  final float slope;
  final float intercept;
  final @Nullable LookupTable modality;
  final LookupTable @Nullable [] palette;
  final boolean inverted;
  final boolean computed;
  final boolean hounsfield;
  final boolean padded;
  final int paddingLow;
  final int paddingHigh;
  final @Nullable DisplayWindow window;

  private PixelModule(
      FrameFormat format,
      float slope,
      float intercept,
      @Nullable LookupTable modality,
      LookupTable @Nullable [] palette,
      boolean inverted,
      boolean computed,
      boolean padded,
      int paddingLow,
      int paddingHigh,
      @Nullable DisplayWindow window) {
    this.format = format;
    this.slope = slope;
    this.intercept = intercept;
    this.modality = modality;
    this.palette = palette;
    this.inverted = inverted;
    this.computed = computed;
    this.hounsfield = computed && intercept < 0;
    this.padded = padded;
    this.paddingLow = paddingLow;
    this.paddingHigh = paddingHigh;
    this.window = window;
  }

  static PixelModule read(Header header, String modality, ImageOptions options)
      throws PixelException {
    FrameFormat format = format(header, options.limits());
    float slope = header.number(Tag.RESCALE_SLOPE).orElse(1.0).floatValue();
    float intercept = header.number(Tag.RESCALE_INTERCEPT).orElse(0.0).floatValue();
    LookupTable lut = null;
    if (header.string(Tag.RESCALE_SLOPE).isEmpty()) {
      List<Header> tables = header.items(Tag.MODALITY_LUT_SEQUENCE);
      if (!tables.isEmpty()) {
        lut = LookupTable.read(tables.get(0), Tag.LUT_DESCRIPTOR, Tag.LUT_DATA, 0, format.signed());
      }
    }
    boolean units = modality.equals("CT") || modality.equals("PT");
    boolean inverted =
        options.repairs() && format.photometricInterpretation().equals("MONOCHROME1") && !units;
    Double padding =
        options.repairs() && format.samplesPerPixel() == 1
            ? header.number(Tag.PIXEL_PADDING_VALUE).orElse(null)
            : null;
    int low = 0;
    int high = 0;
    if (padding != null) {
      int value = stored(padding, format);
      int limit = stored(header.number(Tag.PIXEL_PADDING_RANGE_LIMIT).orElse(padding), format);
      low = Math.min(value, limit);
      high = Math.max(value, limit);
    }
    return new PixelModule(
        format,
        slope == 0 ? 1 : slope,
        intercept,
        lut,
        palette(header, format),
        inverted,
        options.repairs() && modality.equals("CT"),
        padding != null,
        low,
        high,
        inverted || format.samplesPerPixel() > 1 ? null : DisplayWindow.read(header));
  }

  /** A number of US or SS, read as the samples are: readers may have taken one for the other. */
  private static int stored(double value, FrameFormat format) {
    if (format.bitsStored() > 31) {
      return (int) value;
    }
    int bits = (int) value;
    int unused = 32 - format.bitsStored();
    return format.signed() ? bits << unused >> unused : bits & -1 >>> unused;
  }

  PixelModule withRescale(float newSlope, float newIntercept) {
    return new PixelModule(
        format,
        newSlope == 0 ? 1 : newSlope,
        newIntercept,
        null,
        palette,
        inverted,
        computed,
        padded,
        paddingLow,
        paddingHigh,
        window);
  }

  private static FrameFormat format(Header header, PixelLimits limits) throws PixelException {
    int rows = whole(header, Tag.ROWS, -1);
    int columns = whole(header, Tag.COLUMNS, -1);
    if (rows < 1 || columns < 1) {
      throw new PixelException("Rows and Columns are missing or zero");
    }
    if ((long) rows * columns > limits.pixelsPerFrame()) {
      throw new PixelException(
          "frame of "
              + columns
              + " x "
              + rows
              + " pixels is above the limit of "
              + limits.pixelsPerFrame());
    }
    int samples = whole(header, Tag.SAMPLES_PER_PIXEL, 1);
    int allocated = whole(header, Tag.BITS_ALLOCATED, 16);
    int stored = whole(header, Tag.BITS_STORED, allocated);
    if (stored < 1 || stored > allocated) {
      stored = allocated;
    }
    int high = whole(header, Tag.HIGH_BIT, stored - 1);
    if (high < stored - 1 || high > allocated - 1) {
      high = stored - 1;
    }
    String photometric =
        header.string(Tag.PHOTOMETRIC_INTERPRETATION).orElse(samples == 1 ? "MONOCHROME2" : "RGB");
    try {
      return new FrameFormat(
          rows,
          columns,
          samples,
          allocated,
          stored,
          high,
          whole(header, Tag.PIXEL_REPRESENTATION, 0) == 1,
          samples > 1 && whole(header, Tag.PLANAR_CONFIGURATION, 0) == 1,
          photometric);
    } catch (IllegalArgumentException e) {
      throw new PixelException(
          e.getMessage() == null ? "unusable pixel format" : e.getMessage(), e);
    }
  }

  private static LookupTable @Nullable [] palette(Header header, FrameFormat format)
      throws PixelException {
    if (!format.photometricInterpretation().equals("PALETTE COLOR")
        || format.samplesPerPixel() != 1) {
      return null;
    }
    int[][] tags = {
      {
        Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR,
        Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA,
        Tag.SEGMENTED_RED_PALETTE_COLOR_LOOKUP_TABLE_DATA
      },
      {
        Tag.GREEN_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR,
        Tag.GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA,
        Tag.SEGMENTED_GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA
      },
      {
        Tag.BLUE_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR,
        Tag.BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA,
        Tag.SEGMENTED_BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA
      }
    };
    LookupTable[] tables = new LookupTable[3];
    for (int i = 0; i < 3; i++) {
      LookupTable table =
          LookupTable.read(header, tags[i][0], tags[i][1], tags[i][2], format.signed());
      if (table == null) {
        throw new PixelException("PALETTE COLOR without its palette");
      }
      tables[i] = table;
    }
    return tables;
  }

  static int whole(Header header, int tag, int fallback) {
    return header
        .number(tag)
        .filter(v -> v == Math.rint(v) && Math.abs(v) < 1e9)
        .map(Double::intValue)
        .orElse(fallback);
  }
}
