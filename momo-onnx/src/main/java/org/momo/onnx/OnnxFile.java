package org.momo.onnx;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Looks an ONNX file over before native code does: that its messages fit into one another and the
 * file, and that no tensor lies in another file, which a manifest's SHA-256 would not cover.
 * Tensors are skipped, not read.
 *
 * <p>This class is not thread-safe.
 */
final class OnnxFile {
  /** The most that protobuf allows. */
  private static final long LARGEST = Integer.MAX_VALUE;

  /** Graphs inside graphs: loops and branches. */
  private static final int DEEPEST = 32;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer window = ByteBuffer.allocate(1 << 14);
  // Where in the file the window begins, and where the next byte is read.
  private long start;
  private long at;
  private boolean hasGraph;

  /** The messages that lead to a tensor. */
  private enum Kind {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    SPARSE,
    FUNCTION,
    TRAINING,
    OTHER;

    /** What a field of this message holds, by the published schema of ONNX. */
    Kind field(long number) {
      return switch (this) {
        case MODEL ->
            number == 7 ? GRAPH : number == 20 ? TRAINING : number == 25 ? FUNCTION : OTHER;
        case TRAINING -> number == 1 || number == 2 ? GRAPH : OTHER;
        case FUNCTION -> number == 7 ? NODE : number == 11 ? ATTRIBUTE : OTHER;
        case GRAPH -> number == 1 ? NODE : number == 5 ? TENSOR : number == 15 ? SPARSE : OTHER;
        case NODE -> number == 5 ? ATTRIBUTE : OTHER;
        case ATTRIBUTE ->
            number == 5 || number == 10
                ? TENSOR
                : number == 6 || number == 11
                    ? GRAPH
                    : number == 22 || number == 23 ? SPARSE : OTHER;
        case SPARSE -> number == 1 || number == 2 ? TENSOR : OTHER;
        default -> OTHER;
      };
    }
  }

  private OnnxFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
    window.limit(0);
  }

  /**
   * Refuses what is damaged, is no ONNX, or has tensors elsewhere.
   *
   * @throws IOException with a message that names the file and the byte
   */
  static void requireSound(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > LARGEST) {
        throw new IOException(file + " has " + size + " bytes, more than ONNX allows");
      }
      OnnxFile onnx = new OnnxFile(file, channel);
      onnx.message(Kind.MODEL, size, 0);
      if (!onnx.hasGraph) {
        throw new IOException(file + " is no ONNX file: it has no graph");
      }
    }
  }

  private void message(Kind kind, long end, int depth) throws IOException {
    if (depth > 4 * DEEPEST) {
      throw damaged(at, "graphs lie in one another more than " + DEEPEST + " deep");
    }
    while (at < end) {
      long field = at;
      long tag = varint(end);
      long number = tag >>> 3;
      if (number == 0 || number > (1 << 29) - 1) {
        throw damaged(field, "there is no field " + number);
      }
      switch ((int) (tag & 7)) {
        case 0 -> {
          long value = varint(end);
          if (kind == Kind.TENSOR && number == 14 && value != 0) {
            throw external();
          }
        }
        case 1 -> skip(field, 8, end);
        case 5 -> skip(field, 4, end);
        case 2 -> {
          long length = varint(end);
          if (length < 0 || length > end - at) {
            throw damaged(
                field, "a field has " + length + " bytes, and there are " + (end - at) + " left");
          }
          if (kind == Kind.TENSOR && number == 13) {
            throw external();
          }
          Kind inside = kind.field(number);
          hasGraph |= kind == Kind.MODEL && inside == Kind.GRAPH;
          if (inside == Kind.OTHER) {
            at += length;
          } else {
            message(inside, at + length, depth + 1);
          }
        }
        default -> throw damaged(field, "a field is of a kind that ONNX does not have");
      }
    }
  }

  private IOException external() {
    return new IOException(
        file
            + " keeps tensors in another file, which nothing vouches for; save the network as one"
            + " file");
  }

  private IOException damaged(long where, String what) {
    return new IOException(
        file + " is no ONNX file, or a damaged one: at byte " + where + " " + what);
  }

  private void skip(long field, int length, long end) throws IOException {
    if (length > end - at) {
      throw damaged(field, "a field ends too early");
    }
    at += length;
  }

  private long varint(long end) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw damaged(at, "a number ends too early");
      }
      int next = next();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw damaged(at, "a number is too long");
  }

  private int next() throws IOException {
    if (at < start || at >= start + window.limit()) {
      start = at;
      window.clear();
      int read = channel.read(window, start);
      if (read <= 0) {
        throw new EOFException(file + " ends at byte " + start + ", earlier than it did before");
      }
      window.flip();
    }
    return window.get((int) (at++ - start)) & 0xff;
  }
}
