package org.momo.imaging.network;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes small networks as ONNX: the protobuf of its published schema, opset 13. */
final class OnnxFile {
  private final Message graph = new Message().text(2, "small");

  /** From images to scores, n of each. */
  OnnxFile(int channels, int height, int width, int classes) {
    graph.message(11, value("image", -1, channels, height, width));
    graph.message(12, value("scores", -1, classes));
  }

  OnnxFile node(String operator, String output, String... inputs) {
    graph.message(1, nodeOf(operator, output, inputs));
    return this;
  }

  OnnxFile convolution(String output, String input, String weights, int kernel, int stride) {
    int pad = kernel / 2;
    graph.message(
        1,
        nodeOf("Conv", output, input, weights)
            .message(5, integers("kernel_shape", kernel, kernel))
            .message(5, integers("strides", stride, stride))
            .message(5, integers("pads", pad, pad, pad, pad)));
    return this;
  }

  OnnxFile constant(String name, float[] values, int... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    Message tensor = new Message();
    Arrays.stream(shape).forEach(dimension -> tensor.number(1, dimension));
    graph.message(5, tensor.number(2, 1).text(8, name).field(9, raw.array()));
    return this;
  }

  byte[] bytes() {
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .bytes();
  }

  private static Message nodeOf(String operator, String output, String... inputs) {
    Message node = new Message();
    Arrays.stream(inputs).forEach(input -> node.text(1, input));
    return node.text(2, output).text(4, operator);
  }

  private static Message integers(String name, int... values) {
    Message attribute = new Message().text(1, name);
    Arrays.stream(values).forEach(each -> attribute.number(8, each));
    return attribute.number(20, 7);
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
