package org.momo.imaging.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decoded samples of one frame, interleaved by pixel, little endian, one byte a sample up to 8 bits
 * of precision and two up to 16.
 */
final class Raster {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  final int width;
  final int height;
  final int components;
  final int precision;
  final int bytesPerSample;
  final byte[] bytes;

  private Raster(int width, int height, int components, int precision) {
    this.width = width;
    this.height = height;
    this.components = components;
    this.precision = precision;
    this.bytesPerSample = precision > 8 ? 2 : 1;
    this.bytes = new byte[width * height * components * bytesPerSample];
  }

  /** Allocates; the caller has checked the size against {@link StreamLimits}. */
  static Raster allocate(int width, int height, int components, int precision) {
    return new Raster(width, height, components, precision);
  }

  /** Writes a line of one component; {@code line[from]} is the first sample. */
  void putLine(int y, int component, int[] line, int from, int shift) {
    int step = components;
    if (bytesPerSample == 1) {
      int at = y * width * components + component;
      for (int x = 0; x < width; x++, at += step) {
        bytes[at] = (byte) (line[from + x] << shift);
      }
    } else {
      int at = (y * width * components + component) * 2;
      for (int x = 0; x < width; x++, at += 2 * step) {
        int value = line[from + x] << shift;
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
      }
    }
  }

  /** Writes part of a line of one component, {@code line[0]} at column {@code x}. */
  void putSpan(int y, int x, int count, int component, int[] line) {
    int at = ((y * width + x) * components + component) * bytesPerSample;
    int step = components * bytesPerSample;
    if (bytesPerSample == 1) {
      for (int i = 0; i < count; i++, at += step) {
        bytes[at] = (byte) line[i];
      }
    } else {
      for (int i = 0; i < count; i++, at += step) {
        SHORTS.set(bytes, at, (short) line[i]);
      }
    }
  }
}
