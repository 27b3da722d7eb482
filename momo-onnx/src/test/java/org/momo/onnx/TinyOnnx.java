package org.momo.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the smallest network that is one: the mean of each channel, times a matrix. The bytes are
 * those of the published protobuf schema of ONNX.
 */
final class TinyOnnx {

  private TinyOnnx() {}

  /**
   * A network from {@code [n, channels, height, width]} to {@code [n, weights / channels]}.
   *
   * @param weights a matrix of channels rows
   */
  static byte[] meansTimes(float[] weights, int channels, int height, int width) {
    int classes = weights.length / channels;
    return model(
        initializer("weights", weights, channels, classes), classes, -1, channels, height, width);
  }

  /** The same, for batches of one image. */
  static byte[] forOneImage(float[] weights, int channels, int height, int width) {
    int classes = weights.length / channels;
    return model(
        initializer("weights", weights, channels, classes), classes, 1, channels, height, width);
  }

  /** The same, but the matrix is said to lie in another file. */
  static byte[] withWeightsIn(String location, int classes, int channels, int height, int width) {
    Message elsewhere =
        new Message()
            .number(1, channels)
            .number(1, classes)
            .number(2, 1)
            .text(8, "weights")
            .message(13, new Message().text(1, "location").text(2, location))
            .number(14, 1);
    return model(elsewhere, classes, -1, channels, height, width);
  }

  /** A graph inside a graph inside a graph. */
  static byte[] nested(int depth) {
    Message graph = new Message().text(2, "innermost");
    for (int i = 0; i < depth; i++) {
      Message attribute = new Message().text(1, "body").message(6, graph).number(20, 5);
      graph = new Message().message(1, new Message().text(4, "Loop").message(5, attribute));
    }
    return new Message().number(1, 8).message(7, graph).bytes();
  }

  private static byte[] model(
      Message weights, int classes, int batch, int channels, int height, int width) {
    Message graph =
        new Message()
            .message(1, node("GlobalAveragePool", "means", "image"))
            .message(1, node("Flatten", "flat", "means"))
            .message(1, node("MatMul", "scores", "flat", "weights"))
            .text(2, "tiny")
            .message(5, weights)
            .message(11, value("image", batch, channels, height, width))
            .message(12, value("scores", batch, classes));
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .bytes();
  }

  private static Message node(String operator, String output, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(2, output).text(4, operator);
  }

  private static Message initializer(String name, float[] values, int rows, int columns) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return new Message()
        .number(1, rows)
        .number(1, columns)
        .number(2, 1)
        .text(8, name)
        .field(9, raw.array());
  }

  private static Message value(String name, int... dimensions) {
    Message shape = new Message();
    for (int dimension : dimensions) {
      shape.message(
          1, dimension < 0 ? new Message().text(2, "n") : new Message().number(1, dimension));
    }
    Message tensor = new Message().number(1, 1).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A protobuf message in the making. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return field(field, value.bytes());
    }

    Message field(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long rest = value;
      while (rest > 0x7f) {
        out.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
