package org.momo.imaging.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  private static final float AIR = -1024;

  private byte[] bytes = new byte[0];
  private short[] shorts = new short[0];
  private int[] ints = new int[0];

  /** Writes rows x columns values, row by row. */
  void unpack(Frame frame, PixelModule module, Grey grey, float[] into) throws PixelException {
    FrameFormat format = frame.format();
    if (frame.samples().remaining() < format.bytes()) {
      throw new PixelException(
          "frame holds "
              + frame.samples().remaining()
              + " bytes where its format needs "
              + format.bytes());
    }
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
