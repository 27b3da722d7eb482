package org.momo.djl;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One layer of a network, as data: what builds a block of DJL and what writes ONNX both read it.
 * Names are torchvision's, without the parameter's own: {@code layer1.0.conv1} has the parameter
 * {@code layer1.0.conv1.weight}.
 */
sealed interface Layer {

  /** A convolution without a bias, from {@code [n, in, h, w]}. */
  record Convolution(String name, int in, int out, int kernel, int stride, int padding)
      implements Layer {}

  /** Batch normalisation of {@code [n, channels, h, w]}, epsilon 1e-5. */
  record Normalisation(String name, int channels) implements Layer {
    static final float EPSILON = 1e-5f;
  }

  /** Nothing below 0. */
  record Rectifier() implements Layer {}

  /** The largest of each window. */
  record MaxPool(int kernel, int stride, int padding) implements Layer {}

  /** The mean of each window, without padding. */
  record MeanPool(int kernel, int stride) implements Layer {}

  /** The mean of each channel, from {@code [n, c, h, w]} to {@code [n, c]}. */
  record GlobalMean() implements Layer {}

  /** A matrix and a bias, from {@code [n, in]} to {@code [n, out]}. */
  record Linear(String name, int in, int out) implements Layer {}

  /**
   * What the body gives plus what the shortcut gives; a shortcut without layers gives its input.
   */
  record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {}

  /** The input, and behind it, as further channels, what the body gives. */
  record Dense(List<Layer> body) implements Layer {}

  /** A parameter of a layer: its name in full and its shape. */
  record Named(String name, int[] shape) {
    int size() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  /** The parameters, and those of the layers inside, in torchvision's order. */
  default List<Named> parameters() {
    if (this instanceof Convolution c) {
      int[] shape = {c.out(), c.in(), c.kernel(), c.kernel()};
      return List.of(new Named(c.name() + ".weight", shape));
    }
    if (this instanceof Normalisation n) {
      return List.of(
          new Named(n.name() + ".weight", new int[] {n.channels()}),
          new Named(n.name() + ".bias", new int[] {n.channels()}),
          new Named(n.name() + ".running_mean", new int[] {n.channels()}),
          new Named(n.name() + ".running_var", new int[] {n.channels()}));
    }
    if (this instanceof Linear l) {
      return List.of(
          new Named(l.name() + ".weight", new int[] {l.out(), l.in()}),
          new Named(l.name() + ".bias", new int[] {l.out()}));
    }
    if (this instanceof Residual r) {
      return Stream.concat(r.body().stream(), r.shortcut().stream())
          .flatMap(each -> each.parameters().stream())
          .toList();
    }
    if (this instanceof Dense d) {
      return d.body().stream().flatMap(each -> each.parameters().stream()).toList();
    }
    return List.of();
  }

  /**
   * The shape that layers give.
   *
   * @param layers the layers, one after the other
   * @param shape what they take, without the batch: {@code [c, h, w]}
   * @return {@code [c, h, w]}, or {@code [c]} after a global mean
   * @throws IllegalArgumentException if the picture is too small for a window
   */
  static int[] output(List<Layer> layers, int... shape) {
    int[] now = shape;
    for (Layer layer : layers) {
      now = layer.output(now);
    }
    return now;
  }

  private int[] output(int[] in) {
    if (this instanceof Convolution c) {
      return window(c.out(), in, c.kernel(), c.stride(), c.padding());
    }
    if (this instanceof MaxPool p) {
      return window(in[0], in, p.kernel(), p.stride(), p.padding());
    }
    if (this instanceof MeanPool p) {
      return window(in[0], in, p.kernel(), p.stride(), 0);
    }
    if (this instanceof GlobalMean) {
      return new int[] {in[0]};
    }
    if (this instanceof Linear l) {
      return new int[] {l.out()};
    }
    if (this instanceof Residual r) {
      return Layer.output(r.body(), in);
    }
    if (this instanceof Dense d) {
      int[] added = Layer.output(d.body(), in);
      return new int[] {in[0] + added[0], in[1], in[2]};
    }
    return in;
  }

  private static int[] window(int channels, int[] in, int kernel, int stride, int padding) {
    int height = in[1] + 2 * padding - kernel;
    int width = in[2] + 2 * padding - kernel;
    if (height < 0 || width < 0) {
      throw new IllegalArgumentException(
          "a picture of " + in[1] + " x " + in[2] + " is too small for a window of " + kernel);
    }
    return new int[] {channels, height / stride + 1, width / stride + 1};
  }
}
