package org.momo.djl;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes layers as an ONNX file: opset 17, the batch free, {@code image} in and {@code scores} out.
 *
 * <p>A normalisation behind a convolution becomes part of it: weights are scaled, and the rest is
 * its bias. One before a convolution cannot, since a rectifier lies between, and stays a node;
 * runtimes make a cheap scaling of it.
 *
 * <p>The file is protobuf, of which a writer needs lengths and little else. Tensors are asked for
 * one by one while they are written, so that memory holds one and not the network.
 */
final class OnnxWriter {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;
  // Beyond it no reader of protobuf follows.
  private static final long LARGEST = Integer.MAX_VALUE;

  private final SafetensorsFile.Source source;
  private final Message nodes = new Message();
  private final List<Constant> constants = new ArrayList<>();
  private int names;

  private interface Values {
    float[] get() throws IOException;
  }

  /** A tensor of the file: its message without the values, which follow when it is written. */
  private record Constant(Message head, int size, Values values) {
    private static final int RAW_DATA = 9;

    long length() {
      return head.size() + new Message().header(RAW_DATA, 4L * size).size() + 4L * size;
    }

    void writeTo(OutputStream out) throws IOException {
      head.writeTo(out);
      new Message().header(RAW_DATA, 4L * size).writeTo(out);
      float[] each = values.get();
      if (each.length != size) {
        throw new IllegalStateException("a tensor changed its size");
      }
      out.write(SafetensorsFile.littleEndian(each));
    }
  }

  private OnnxWriter(SafetensorsFile.Source source) {
    this.source = source;
  }

  /**
   * Writes a network.
   *
   * @param name the graph's name
   * @param layers its layers
   * @param source gives the parameters
   * @param input channels, height and width of a picture
   */
  static void write(
      Path file, String name, List<Layer> layers, SafetensorsFile.Source source, int... input)
      throws IOException {
    int[] output = Layer.output(layers, input);
    OnnxWriter writer = new OnnxWriter(source);
    String features = writer.add(layers.subList(0, layers.size() - 1), "image");
    writer.linear((Layer.Linear) layers.get(layers.size() - 1), features);

    Message before = writer.nodes.text(2, name);
    Message after =
        new Message().message(11, value("image", input)).message(12, value("scores", output));
    long graph = (long) before.size() + after.size();
    for (Constant constant : writer.constants) {
      graph += new Message().header(5, constant.length()).size() + constant.length();
    }
    Message head =
        new Message()
            .number(1, IR_VERSION)
            .text(2, "momo")
            .message(8, new Message().text(1, "").number(2, OPSET))
            .header(7, graph);
    if (head.size() + graph > LARGEST) {
      throw new IOException(
          "An ONNX file of " + graph + " bytes is beyond what readers of protobuf take.");
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      head.writeTo(out);
      before.writeTo(out);
      for (Constant constant : writer.constants) {
        new Message().header(5, constant.length()).writeTo(out);
        constant.writeTo(out);
      }
      after.writeTo(out);
    }
  }

  /** Adds layers and gives the name of what they give. */
  private String add(List<Layer> layers, String input) {
    String now = input;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer instanceof Layer.Convolution c) {
        if (i + 1 < layers.size() && layers.get(i + 1) instanceof Layer.Normalisation n) {
          now = folded(c, n, now);
          i++;
        } else {
          constant(c.name() + ".weight", weight(c), () -> source.values(weight(c)));
          now =
              node("Conv", window(c.kernel(), c.stride(), c.padding()), now, c.name() + ".weight");
        }
      } else if (layer instanceof Layer.Normalisation n) {
        now = normalisation(n, now);
      } else if (layer instanceof Layer.Rectifier) {
        now = node("Relu", new Message(), now);
      } else if (layer instanceof Layer.MaxPool p) {
        now = node("MaxPool", window(p.kernel(), p.stride(), p.padding()), now);
      } else if (layer instanceof Layer.MeanPool p) {
        now = node("AveragePool", window(p.kernel(), p.stride(), 0), now);
      } else if (layer instanceof Layer.GlobalMean) {
        now = node("GlobalAveragePool", new Message(), now);
        now = node("Flatten", new Message().message(5, integer("axis", 1)), now);
      } else if (layer instanceof Layer.Residual r) {
        String body = add(r.body(), now);
        now = node("Add", new Message(), body, add(r.shortcut(), now));
      } else if (layer instanceof Layer.Dense d) {
        String body = add(d.body(), now);
        now = node("Concat", new Message().message(5, integer("axis", 1)), now, body);
      } else {
        throw new IllegalStateException("a linear layer must be the last: " + layer);
      }
    }
    return now;
  }

  private static Layer.Named weight(Layer.Convolution c) {
    return c.parameters().get(0);
  }

  private String folded(Layer.Convolution c, Layer.Normalisation n, String input) {
    constant(c.name() + ".weight", weight(c), () -> foldedWeight(c, n));
    Layer.Named bias = new Layer.Named(c.name() + ".bias", new int[] {c.out()});
    constant(bias.name(), bias, () -> foldedBias(n));
    return node(
        "Conv",
        window(c.kernel(), c.stride(), c.padding()),
        input,
        c.name() + ".weight",
        c.name() + ".bias");
  }

  private float[] foldedWeight(Layer.Convolution c, Layer.Normalisation n) throws IOException {
    float[] weight = source.values(weight(c)).clone();
    double[] scale = scale(n);
    int each = weight.length / c.out();
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) (weight[i] * scale[i / each]);
    }
    return weight;
  }

  private float[] foldedBias(Layer.Normalisation n) throws IOException {
    float[] beta = source.values(n.parameters().get(1)).clone();
    float[] mean = source.values(n.parameters().get(2));
    double[] scale = scale(n);
    for (int i = 0; i < beta.length; i++) {
      beta[i] = (float) (beta[i] - mean[i] * scale[i]);
    }
    return beta;
  }

  private double[] scale(Layer.Normalisation n) throws IOException {
    float[] gamma = source.values(n.parameters().get(0));
    float[] variance = source.values(n.parameters().get(3));
    double[] scale = new double[gamma.length];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = gamma[i] / Math.sqrt((double) variance[i] + Layer.Normalisation.EPSILON);
    }
    return scale;
  }

  private String normalisation(Layer.Normalisation n, String input) {
    String[] inputs = new String[5];
    inputs[0] = input;
    for (int i = 0; i < 4; i++) {
      Layer.Named parameter = n.parameters().get(i);
      constant(parameter.name(), parameter, () -> source.values(parameter));
      inputs[i + 1] = parameter.name();
    }
    Message epsilon = new Message().text(1, "epsilon");
    epsilon.decimal(2, Layer.Normalisation.EPSILON).number(20, 1);
    return node("BatchNormalization", new Message().message(5, epsilon), inputs);
  }

  private void linear(Layer.Linear layer, String input) {
    Layer.Named weight = layer.parameters().get(0);
    Layer.Named bias = layer.parameters().get(1);
    constant(weight.name(), weight, () -> source.values(weight));
    constant(bias.name(), bias, () -> source.values(bias));
    nodes.message(
        1,
        new Message()
            .text(1, input)
            .text(1, weight.name())
            .text(1, bias.name())
            .text(2, "scores")
            .text(3, "scores")
            .text(4, "Gemm")
            .message(5, integer("transB", 1)));
  }

  private String node(String operator, Message attributes, String... inputs) {
    String output = operator + "_" + names++;
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    nodes.message(1, node.text(2, output).text(3, output).text(4, operator).append(attributes));
    return output;
  }

  private static Message window(int kernel, int stride, int padding) {
    return new Message()
        .message(5, integers("kernel_shape", kernel, kernel))
        .message(5, integers("strides", stride, stride))
        .message(5, integers("pads", padding, padding, padding, padding));
  }

  private static Message integer(String name, long value) {
    return new Message().text(1, name).number(3, value).number(20, 2);
  }

  private static Message integers(String name, long... values) {
    Message attribute = new Message().text(1, name);
    for (long value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, 7);
  }

  private void constant(String name, Layer.Named parameter, Values values) {
    Message head = new Message();
    for (int dimension : parameter.shape()) {
      head.number(1, dimension);
    }
    constants.add(new Constant(head.number(2, 1).text(8, name), parameter.size(), values));
  }

  private static Message value(String name, int... dimensions) {
    Message shape = new Message().message(1, new Message().text(2, "n"));
    for (int dimension : dimensions) {
      shape.message(1, new Message().number(1, dimension));
    }
    Message tensor = new Message().number(1, 1).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A message of protobuf in the making; fields are given by their numbers. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message decimal(int field, float value) {
      varint((long) field << 3 | 5);
      out.writeBytes(SafetensorsFile.littleEndian(new float[] {value}));
      return this;
    }

    Message text(int field, String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      header(field, bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    Message message(int field, Message value) {
      return header(field, value.size()).append(value);
    }

    /** The beginning of a field whose bytes follow. */
    Message header(int field, long length) {
      varint((long) field << 3 | 2);
      varint(length);
      return this;
    }

    Message append(Message other) {
      out.writeBytes(other.out.toByteArray());
      return this;
    }

    int size() {
      return out.size();
    }

    void writeTo(OutputStream to) throws IOException {
      out.writeTo(to);
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
