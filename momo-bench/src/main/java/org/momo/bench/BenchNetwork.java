package org.momo.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A model package of a residual network (He et al., 2016) that has learnt nothing: what it costs to
 * ask is the same. Normalisations are folded into the convolutions, as in a network that serves.
 */
final class BenchNetwork {
  static final List<String> CLASSES =
      List.of(
          "CTAB", "CTB", "CTGE", "CTH", "CTOE", "CTS", "CTSH", "CTT", "CTTA", "CTUE", "CTWS",
          "CTWB");

  /** Makes a network that has learnt nothing as sure of itself as one that has learnt. */
  private static final double TEMPERATURE = 0.01;

  /** Holds the sums of residual blocks to finite sizes, as training does. */
  private static final double RESIDUAL = 0.2;

  private final Random random = new Random(1);
  private final Message graph = new Message().text(2, "residual");
  private int names;

  private BenchNetwork() {}

  /**
   * Writes the package.
   *
   * @param layers 18, of basic blocks, or 50, of bottlenecks
   * @param side rows and columns of the network's input, and of the picture
   */
  static Path write(Path folder, int layers, int side) throws IOException {
    byte[] network = new BenchNetwork().onnx(layers, side);
    Path here = Files.createDirectories(folder.resolve("model"));
    Files.write(here.resolve("model.onnx"), network);
    Files.writeString(
        here.resolve("model.yaml"),
        """
        format: 1
        name: residual-%d
        version: 1
        modality: CT
        network: model.onnx
        classes: [%s]
        input: {channels: 3, height: %d, width: %d}
        picture: {size: %d, convention: published, interpolation: cubic, grey: mean, repairs: false}
        preprocessors: [imaging.min-max]
        output: logits
        temperature: %s
        minimum-confidence: 0
        licence: none, it has learnt nothing
        training-data: none
        accuracy: {value: 0, samples: 1, measured-on: nothing}
        files: {model.onnx: %s}
        """
            .formatted(
                layers,
                String.join(", ", CLASSES),
                side,
                side,
                side,
                TEMPERATURE,
                sha256(network)));
    return here;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private byte[] onnx(int layers, int side) {
    boolean basic = layers == 18;
    int[] blocks = basic ? new int[] {2, 2, 2, 2} : new int[] {3, 4, 6, 3};
    String now = relu(convolution("image", 3, 64, 7, 2, 1));
    now = node("MaxPool", window(3, 2), now);
    int channels = 64;
    for (int stage = 0; stage < blocks.length; stage++) {
      int width = 64 << stage;
      int wide = basic ? width : 4 * width;
      for (int block = 0; block < blocks[stage]; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        String body =
            basic
                ? convolution(
                    relu(convolution(now, channels, width, 3, stride, 1)),
                    width,
                    wide,
                    3,
                    1,
                    RESIDUAL)
                : convolution(
                    relu(
                        convolution(
                            relu(convolution(now, channels, width, 1, 1, 1)),
                            width,
                            width,
                            3,
                            stride,
                            1)),
                    width,
                    wide,
                    1,
                    1,
                    RESIDUAL);
        String shortcut =
            channels == wide && stride == 1 ? now : convolution(now, channels, wide, 1, stride, 1);
        now = relu(node("Add", new Message(), body, shortcut));
        channels = wide;
      }
    }
    now = node("Flatten", new Message(), node("GlobalAveragePool", new Message(), now));
    String weights = constant(1 / Math.sqrt(channels), channels, CLASSES.size());
    graph.message(
        1, new Message().text(1, now).text(1, weights).text(2, "scores").text(4, "MatMul"));
    graph.message(11, value("image", 3, side, side)).message(12, value("scores", CLASSES.size()));
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .bytes();
  }

  private String convolution(String input, int from, int to, int kernel, int stride, double scale) {
    double spread = scale * Math.sqrt(2.0 / (from * kernel * kernel));
    String weights = constant(spread, to, from, kernel, kernel);
    return node("Conv", window(kernel, stride), input, weights);
  }

  private String relu(String input) {
    return node("Relu", new Message(), input);
  }

  private static Message window(int kernel, int stride) {
    int pad = kernel / 2;
    return new Message()
        .message(5, integers("kernel_shape", kernel, kernel))
        .message(5, integers("strides", stride, stride))
        .message(5, integers("pads", pad, pad, pad, pad));
  }

  private String node(String operator, Message attributes, String... inputs) {
    String output = "v" + names++;
    for (String input : inputs) {
      attributes.text(1, input);
    }
    graph.message(1, attributes.text(2, output).text(4, operator));
    return output;
  }

  private String constant(double spread, int... shape) {
    String name = "w" + names++;
    Message tensor = new Message();
    int size = 1;
    for (int dimension : shape) {
      tensor.number(1, dimension);
      size *= dimension;
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      raw.putFloat((float) (spread * random.nextGaussian()));
    }
    graph.message(5, tensor.number(2, 1).text(8, name).field(9, raw.array()));
    return name;
  }

  private static Message integers(String name, int... values) {
    Message attribute = new Message().text(1, name);
    for (int value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, 7);
  }

  private static Message value(String name, int... dimensions) {
    Message shape = new Message().message(1, new Message().text(2, "n"));
    for (int dimension : dimensions) {
      shape.message(1, new Message().number(1, dimension));
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
