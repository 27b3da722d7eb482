package org.momo.djl;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of weights: tensors by name, read one by one, so that memory holds the largest and not the
 * file. Nothing of a file is run.
 */
abstract class Weights implements Closeable {
  /** More than any architecture has, and few enough to hold. */
  static final int MOST_TENSORS = 100_000;

  private static final int MOST_DIMENSIONS = 8;

  final Path file;

  Weights(Path file) {
    this.file = file;
  }

  /**
   * Opens a file of either kind; which it is, its first bytes say.
   *
   * @throws IOException if it cannot be read or is damaged; the message names file and place
   */
  static Weights open(Path file) throws IOException {
    byte[] head = new byte[4];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.wrap(head);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        continue;
      }
    }
    if (head[0] == 'P' && head[1] == 'K') {
      return new StateDictFile(file);
    }
    if ((head[0] & 0xff) == 0x80 && head[1] >= 2 && head[1] <= 5) {
      throw new IOException(
          file
              + " is a bare pickle, as PyTorch before 1.6 wrote them; load it there and save it"
              + " again, best with safetensors");
    }
    return new SafetensorsFile(file);
  }

  /** The tensors' names, in alphabetical order. */
  abstract Set<String> names();

  /**
   * A tensor's shape.
   *
   * @throws IOException if there is no such tensor
   */
  abstract int[] shape(String name) throws IOException;

  /**
   * A tensor's values, the last dimension the fastest.
   *
   * @throws IOException if there is no such tensor or it cannot be read
   */
  abstract float[] values(String name) throws IOException;

  /**
   * A tensor's values, if it has the shape that it must have.
   *
   * @throws IOException if it is missing or has another shape; the message names both
   */
  final float[] values(Layer.Named parameter) throws IOException {
    int[] shape = shape(parameter.name());
    if (!Arrays.equals(shape, parameter.shape())) {
      throw damaged(
          parameter.name()
              + " has the shape "
              + Arrays.toString(shape)
              + ", and the architecture needs "
              + Arrays.toString(parameter.shape()));
    }
    return values(parameter.name());
  }

  final IOException damaged(String what) {
    return new IOException(file + ": " + what);
  }

  final IOException missing(String name) {
    return damaged("there is no tensor " + name + "; is it the architecture that was said?");
  }

  /** How many values a shape has, if that many fit into an array. */
  final int count(String name, int[] shape) throws IOException {
    long count = 1;
    for (int dimension : shape) {
      count *= dimension;
      if (count > Integer.MAX_VALUE - 16) {
        throw damaged(name + " has more values than can be held: " + Arrays.toString(shape));
      }
    }
    return (int) count;
  }

  /** A dimension as a file states it. */
  final int dimension(String name, int rank, long value) throws IOException {
    if (value < 0 || value > Integer.MAX_VALUE || rank >= MOST_DIMENSIONS) {
      throw damaged(
          name + " must have at most " + MOST_DIMENSIONS + " dimensions, each from 0 to 2^31 - 1");
    }
    return (int) value;
  }

  /** How a file stores a number. */
  enum Type {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** Numbers as floats: exact but for doubles and long integers, which are rounded. */
    float[] floats(ByteBuffer from, int count) {
      ByteBuffer in = from.order(ByteOrder.LITTLE_ENDIAN);
      float[] values = new float[count];
      switch (this) {
        case F32 -> in.asFloatBuffer().get(values);
        case F64 -> fill(values, i -> (float) in.getDouble(8 * i));
        case F16 -> fill(values, i -> half(in.getShort(2 * i)));
        case BF16 -> fill(values, i -> Float.intBitsToFloat(in.getShort(2 * i) << 16));
        case I64 -> fill(values, i -> in.getLong(8 * i));
        case I32 -> fill(values, i -> in.getInt(4 * i));
        case I16 -> fill(values, i -> in.getShort(2 * i));
        case I8 -> fill(values, i -> in.get(i));
        default -> fill(values, i -> in.get(i) & 0xff);
      }
      return values;
    }

    private interface At {
      float get(int i);
    }

    private static void fill(float[] values, At at) {
      for (int i = 0; i < values.length; i++) {
        values[i] = at.get(i);
      }
    }

    /** IEEE 754 binary16. */
    static float half(short bits) {
      int exponent = bits >> 10 & 0x1f;
      int fraction = bits & 0x3ff;
      float size;
      if (exponent == 31) {
        size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
      } else if (exponent == 0) {
        size = fraction * 0x1p-24f;
      } else {
        size = Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
      }
      return bits < 0 ? -size : size;
    }

    /** By the name in a safetensors header, or null. */
    static @Nullable Type named(String name) {
      for (Type type : values()) {
        if (type.name().equals(name.toUpperCase(Locale.ROOT))) {
          return type;
        }
      }
      return null;
    }
  }
}
