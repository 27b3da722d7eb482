package org.momo.imaging.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;
import org.momo.imaging.volume.ImageOptions.Grey;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelException;

/**
 * Native samples to grey values in modality units.
 *
 * <p>This class is not thread-safe; it keeps its scratch space from frame to frame.
 */
final class Unpacker {
  /**
   * Nothing is thinner than nothing: lower values are what scanners put outside of their circle.
   */
  static final float AIR = -1024;

  /** Lower than every 16-bit value of any sign, and no difference to one overflows. */
  private static final int NO_FLOOR = -(1 << 20);

  private static final int CHUNK = 4096;

  private byte[] bytes = new byte[0];
  private short[] shorts = new short[0];
  private int[] ints = new int[0];
  private final int[] pairs = new int[CHUNK / 2];

  /** Writes rows x columns values, row by row. */
  void unpack(Frame frame, PixelModule module, Grey grey, float[] into) throws PixelException {
    check(frame);
    FrameFormat format = frame.format();
    if (format.bitsAllocated() > 32) {
      throw new PixelException("samples of " + format.bitsAllocated() + " bits are not supported");
    }
    int pixels = format.rows() * format.columns();
    switch (format.samplesPerPixel()) {
      case 1:
        single(frame.samples(), format, module, grey, pixels, into);
        break;
      case 2:
        throw new PixelException("images of 2 samples a pixel are not supported");
      default:
        colour(frame.samples(), format, grey, pixels, into);
    }
    if (module.hounsfield) {
      for (int i = 0; i < pixels; i++) {
        into[i] = Math.max(into[i], AIR);
      }
    }
  }

  private static void check(Frame frame) throws PixelException {
    if (frame.samples().remaining() < frame.format().bytes()) {
      throw new PixelException(
          "frame holds "
              + frame.samples().remaining()
              + " bytes where its format needs "
              + frame.format().bytes());
    }
  }

  /** How samples that may stay as they are stored are read; null where they must be changed. */
  static @Nullable ShortFormat stored(PixelModule module) {
    FrameFormat format = module.format;
    if (!isPlain(module)
        || module.padded
        || module.slope != 1
        || format.highBit() != format.bitsStored() - 1
        || Math.abs(module.intercept) >= 1 << 20
        || module.intercept != Math.rint(module.intercept)) {
      return null;
    }
    int least = format.signed() ? -1 << format.bitsStored() - 1 : 0;
    return module.hounsfield && least + module.intercept < AIR
        ? null
        : new ShortFormat(format.bitsStored(), format.signed(), (int) module.intercept);
  }

  private static boolean isPlain(PixelModule module) {
    return module.format.samplesPerPixel() == 1
        && module.format.bitsAllocated() == 16
        && module.palette == null
        && module.modality == null
        && !module.inverted;
  }

  /** The samples as they are stored, all of them. */
  static ByteBuffer whole(Frame frame) throws PixelException {
    check(frame);
    return frame.samples();
  }

  /**
   * Writes rows x columns values, row by row, as {@link #unpack(Frame, PixelModule, Grey, float[])}
   * would, where samples are of the common kind: of 16 bits, grey, rescaled by whole numbers.
   *
   * @param into takes them from index 0 on, in its order, which is little endian
   * @return whether they are, and have been written
   */
  boolean unpack(Frame frame, PixelModule module, ByteBuffer into) throws PixelException {
    check(frame);
    FrameFormat format = frame.format();
    int pixels = format.rows() * format.columns();
    if (!isPlain(module)
        || module.padded
        || Math.abs(module.slope) > 1 << 14
        || Math.abs(module.intercept) > 1 << 20
        || pixels % 2 != 0) {
      return false;
    }
    IntBuffer from = frame.samples().slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    IntBuffer target = into.asIntBuffer();
    int floor = module.hounsfield ? (int) AIR : NO_FLOOR;
    int slope = (int) module.slope;
    int intercept = (int) module.intercept;
    int up = 31 - format.highBit();
    int down = 32 - format.bitsStored();
    for (int at = 0; at < pixels; at += CHUNK) {
      int count = Math.min(CHUNK, pixels - at);
      from.get(at / 2, pairs, 0, count / 2);
      if (format.signed()) {
        signed(pairs, up, down, slope, intercept, floor);
      } else {
        unsigned(pairs, up, down, slope, intercept, floor);
      }
      target.put(at / 2, pairs, 0, count / 2);
    }
    return true;
  }

  /*
   * Two samples an int, for C2 on Java 17 has no vector form of short to int. What lies below a
   * sample's bits drops out with the shift down.
   */
  private static void signed(int[] pairs, int up, int down, int slope, int intercept, int floor) {
    for (int i = 0; i < pairs.length; i++) {
      int pair = pairs[i];
      int low = (pair << up >> down) * slope + intercept - floor;
      int high = (pair << up - 16 >> down) * slope + intercept - floor;
      low = (low & ~(low >> 31)) + floor;
      high = (high & ~(high >> 31)) + floor;
      pairs[i] = low & 0xffff | high << 16;
    }
  }

  private static void unsigned(int[] pairs, int up, int down, int slope, int intercept, int floor) {
    for (int i = 0; i < pairs.length; i++) {
      int pair = pairs[i];
      int low = (pair << up >>> down) * slope + intercept - floor;
      int high = (pair << up - 16 >>> down) * slope + intercept - floor;
      low = (low & ~(low >> 31)) + floor;
      high = (high & ~(high >> 31)) + floor;
      pairs[i] = low & 0xffff | high << 16;
    }
  }

  private void single(
      ByteBuffer samples,
      FrameFormat format,
      PixelModule module,
      Grey grey,
      int pixels,
      float[] into) {
    if (module.palette == null
        && module.modality == null
        && !module.padded
        && !module.inverted
        && format.bitsAllocated() == 16) {
      sixteen(samples, format, module.slope, module.intercept, pixels, into);
      return;
    }
    int[] values = integers(samples, format, pixels);
    if (module.palette != null) {
      for (int i = 0; i < pixels; i++) {
        float red = eightBits(module.palette[0], values[i]);
        float green = eightBits(module.palette[1], values[i]);
        float blue = eightBits(module.palette[2], values[i]);
        into[i] = grey(red, green, blue, grey, true);
      }
      return;
    }
    if (module.padded) {
      replacePadding(values, module, pixels);
    }
    int sum =
        format.signed()
            ? -1
            : format.bitsStored() == 32 ? -1 : (int) ((1L << format.bitsStored()) - 1);
    boolean wide = format.bitsStored() == 32 && !format.signed();
    for (int i = 0; i < pixels; i++) {
      int value = module.inverted ? sum - values[i] : values[i];
      if (module.modality != null) {
        into[i] = module.modality.map(value);
      } else {
        into[i] = number(value, wide) * module.slope + module.intercept;
      }
    }
  }

  private void sixteen(
      ByteBuffer samples,
      FrameFormat format,
      float slope,
      float intercept,
      int pixels,
      float[] into) {
    if (shorts.length < pixels) {
      shorts = new short[pixels];
    }
    short[] values = shorts;
    samples.slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(values, 0, pixels);
    int up = 31 - format.highBit();
    int down = 32 - format.bitsStored();
    if (format.signed()) {
      for (int i = 0; i < pixels; i++) {
        into[i] = (float) (values[i] << up >> down) * slope + intercept;
      }
    } else {
      for (int i = 0; i < pixels; i++) {
        into[i] = (float) (values[i] << up >>> down) * slope + intercept;
      }
    }
  }

  private static void replacePadding(int[] values, PixelModule module, int pixels) {
    int least = Integer.MAX_VALUE;
    boolean any = false;
    for (int i = 0; i < pixels; i++) {
      if (values[i] < module.paddingLow || values[i] > module.paddingHigh) {
        least = Math.min(least, values[i]);
        any = true;
      }
    }
    if (!any) {
      return;
    }
    for (int i = 0; i < pixels; i++) {
      if (values[i] >= module.paddingLow && values[i] <= module.paddingHigh) {
        values[i] = least;
      }
    }
  }

  private static float eightBits(LookupTable table, int value) {
    int entry = table.map(value);
    return table.bits > 8 ? entry >> 8 : entry;
  }

  private void colour(ByteBuffer samples, FrameFormat format, Grey grey, int pixels, float[] into) {
    int components = format.samplesPerPixel();
    int[] values = integers(samples, format, pixels * components);
    String photometric = format.photometricInterpretation();
    int step = format.planar() ? 1 : components;
    int apart = format.planar() ? pixels : 1;
    int first = photometric.equals("ARGB") ? apart : 0;
    boolean luma = photometric.startsWith("YBR_FULL");
    boolean partial = photometric.startsWith("YBR_PARTIAL");
    boolean whole = format.bitsStored() <= 8;
    boolean wide = format.bitsStored() == 32 && !format.signed();
    float top = (float) ((1L << format.bitsStored()) - 1);
    float centre = (float) (1L << (format.bitsStored() - 1));
    for (int i = 0; i < pixels; i++) {
      float a = number(values[first + i * step], wide);
      float b = number(values[first + i * step + apart], wide);
      float c = number(values[first + i * step + 2 * apart], wide);
      if (luma || partial) {
        float y = partial ? (a - centre / 8) * (255f / 219f) : a;
        float scale = partial ? 255f / 224f : 1;
        float blueness = (b - centre) * scale;
        float redness = (c - centre) * scale;
        a = clamp(y + 1.402f * redness, top);
        b = clamp(y - 0.344136f * blueness - 0.714136f * redness, top);
        c = clamp(y + 1.772f * blueness, top);
      }
      into[i] = grey(a, b, c, grey, whole);
    }
  }

  private static float number(int value, boolean wide) {
    return wide ? (float) (value & 0xffffffffL) : value;
  }

  private static float clamp(float value, float top) {
    return Math.min(Math.max(value, 0), top);
  }

  private static float grey(float red, float green, float blue, Grey grey, boolean whole) {
    if (grey == Grey.LUMINANCE) {
      return 0.299f * red + 0.587f * green + 0.114f * blue;
    }
    float mean = (red + green + blue) / 3;
    return whole ? (float) Math.floor(mean) : mean;
  }

  private int[] integers(ByteBuffer raw, FrameFormat format, int count) {
    if (ints.length < count) {
      ints = new int[count];
    }
    int[] values = ints;
    ByteBuffer samples = raw.slice().order(ByteOrder.LITTLE_ENDIAN);
    int up = 31 - format.highBit();
    int down = 32 - format.bitsStored();
    switch (format.bitsAllocated()) {
      case 1:
        for (int i = 0; i < count; i++) {
          values[i] = samples.get(i >> 3) >> (i & 7) & 1;
        }
        return values;
      case 8:
        if (bytes.length < count) {
          bytes = new byte[count];
        }
        samples.get(bytes, 0, count);
        for (int i = 0; i < count; i++) {
          values[i] = bytes[i];
        }
        break;
      case 16:
        if (shorts.length < count) {
          shorts = new short[count];
        }
        samples.asShortBuffer().get(shorts, 0, count);
        for (int i = 0; i < count; i++) {
          values[i] = shorts[i];
        }
        break;
      case 32:
        samples.asIntBuffer().get(values, 0, count);
        break;
      default:
        int size = format.bitsAllocated() / 8;
        for (int i = 0; i < count; i++) {
          int value = 0;
          for (int b = 0; b < size; b++) {
            value |= (samples.get(i * size + b) & 0xff) << (8 * b);
          }
          values[i] = value;
        }
    }
    if (format.signed()) {
      for (int i = 0; i < count; i++) {
        values[i] = values[i] << up >> down;
      }
    } else {
      for (int i = 0; i < count; i++) {
        values[i] = values[i] << up >>> down;
      }
    }
    return values;
  }
}
