package org.momo.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Tensor;

/**
 * A network of a known architecture in DJL, with its parameters: loaded from a file, trained,
 * written as ONNX for serving.
 *
 * <pre>{@code
 * Architecture plan = Architecture.named("densenet161");
 * try (Network network = Network.load(plan, Path.of("densenet161.safetensors"))) {
 *   network.writeOnnx(Path.of("model.onnx"), 224, 224);
 * }
 * }</pre>
 *
 * <p>This class is thread-safe, but nobody may use a network while it is trained.
 */
public final class Network implements AutoCloseable {
  private final Architecture architecture;
  private final int channels;
  private final int classes;
  private final List<Layer> layers;
  private final NDManager manager;
  private final LayerBlock block;
  // Many may run, and the one who closes waits for them: native memory must not go under a run.
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private boolean closed;

  private Network(Architecture architecture, int channels, int classes) {
    this.architecture = architecture;
    this.channels = channels;
    this.classes = classes;
    this.layers = architecture.layers(channels, classes);
    Engine engine = DjlEngines.engine(DjlEngines.PYTORCH);
    this.manager = engine.newBaseManager(Device.cpu());
    this.block = new LayerBlock(layers);
  }

  /**
   * Loads a trained network.
   *
   * @param architecture the plan
   * @param weights a safetensors file or a state dict that {@code torch.save} wrote, with
   *     torchvision's names; how many channels and classes there are, its shapes say
   * @return the network; who loads it closes it
   * @throws IOException if the file cannot be read, is damaged or is not of the architecture
   * @throws ConfigurationException if the PyTorch engine is not there
   */
  public static Network load(Architecture architecture, Path weights) throws IOException {
    try (Weights file = Weights.open(weights)) {
      Weights named = file;
      int classes = first(named.shape(architecture.last() + ".weight"), 0, named);
      return filled(architecture, channels(architecture, named), classes, named::values);
    }
  }

  /**
   * Loads a trained network for other classes: all layers but the last, which begins at random.
   *
   * @param architecture the plan
   * @param weights as in {@link #load}; its last layer is not read
   * @param classes how many classes the network is to tell apart, 1 or more
   * @param seed for the last layer; the same seed gives the same network
   * @return the network; who loads it closes it
   * @throws IOException if the file cannot be read, is damaged or is not of the architecture
   * @throws ConfigurationException if the PyTorch engine is not there
   */
  public static Network pretrained(Architecture architecture, Path weights, int classes, long seed)
      throws IOException {
    try (Weights file = Weights.open(weights)) {
      String last = architecture.last() + ".";
      return filled(
          architecture,
          channels(architecture, file),
          classes,
          parameter ->
              parameter.name().startsWith(last) ? random(parameter, seed) : file.values(parameter));
    }
  }

  /**
   * Makes a network that has learnt nothing, as He et al. (2015) begin.
   *
   * @param architecture the plan
   * @param channels what the network takes: channels of {@code [n, c, h, w]}, 1 or more
   * @param classes how many classes the network is to tell apart, 1 or more
   * @param seed the same seed gives the same network
   * @return the network; who makes it closes it
   * @throws ConfigurationException if the PyTorch engine is not there
   */
  public static Network untrained(Architecture architecture, int channels, int classes, long seed) {
    try {
      return filled(architecture, channels, classes, parameter -> random(parameter, seed));
    } catch (IOException e) {
      throw new IllegalStateException("random numbers are not read", e);
    }
  }

  static Network filled(
      Architecture architecture, int channels, int classes, SafetensorsFile.Source source)
      throws IOException {
    Network network = new Network(architecture, channels, classes);
    try {
      for (Layer layer : network.layers) {
        for (Layer.Named each : layer.parameters()) {
          network.set(each, source.values(each));
        }
      }
      return network;
    } catch (IOException | RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  private static int channels(Architecture architecture, Weights weights) throws IOException {
    return first(weights.shape(architecture.first() + ".weight"), 1, weights);
  }

  private static int first(int[] shape, int axis, Weights weights) throws IOException {
    if (shape.length <= axis || shape[axis] < 1) {
      throw weights.damaged("its first or last layer has a shape that no network has");
    }
    return shape[axis];
  }

  private static float[] random(Layer.Named parameter, long seed) {
    float[] values = new float[parameter.size()];
    String name = parameter.name();
    if (parameter.shape().length == 1) {
      boolean one = name.endsWith(".weight") || name.endsWith(".running_var");
      Arrays.fill(values, one ? 1 : 0);
      return values;
    }
    int inputs = values.length / parameter.shape()[0];
    double deviation = Math.sqrt((parameter.shape().length == 4 ? 2.0 : 1.0 / 3) / inputs);
    Random random = new Random(seed * 31 + name.hashCode());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private void set(Layer.Named parameter, float[] values) {
    Shape shape = new Shape(Arrays.stream(parameter.shape()).asLongStream().toArray());
    NDArray array = manager.create(values, shape);
    block.getParameters().get(parameter.name()).setArray(array);
  }

  /** A parameter's values, now. */
  float[] values(Layer.Named parameter) {
    Parameter found = block.getParameters().get(parameter.name());
    return found.getArray().toFloatArray();
  }

  NDManager manager() {
    return manager;
  }

  List<Layer> layers() {
    return layers;
  }

  LayerBlock layerBlock() {
    return block;
  }

  /**
   * The plan.
   *
   * @return the architecture
   */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * What the network takes.
   *
   * @return channels of {@code [n, c, h, w]}
   */
  public int channels() {
    return channels;
  }

  /**
   * What the network gives.
   *
   * @return how many logits for each picture
   */
  public int classes() {
    return classes;
  }

  /**
   * The network as a block of DJL, for programs that use DJL themselves. Its parameters have
   * torchvision's names.
   *
   * @return the block itself, which ends with this network
   */
  public Block block() {
    return block;
  }

  /**
   * Runs the network. Pictures go through one by one, so that a picture gets the same bits in any
   * batch.
   *
   * @param batch pictures of shape {@code [n, c, h, w]}, n from 1
   * @return logits of shape {@code [n, classes]}
   * @throws IllegalArgumentException if the batch has another number of channels, or its pictures
   *     are too small
   * @throws IllegalStateException if the network is closed
   */
  public Tensor run(Tensor batch) {
    int[] shape = batch.shape();
    if (shape.length != 4 || shape[1] != channels) {
      throw new IllegalArgumentException(
          "a batch must be [n, " + channels + ", h, w]: was " + Arrays.toString(shape));
    }
    Layer.output(layers, shape[1], shape[2], shape[3]);
    open.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the network is closed");
      }
      return Runs.oneByOne(manager, block, batch, classes);
    } finally {
      open.readLock().unlock();
    }
  }

  /**
   * Writes the parameters as a safetensors file, with torchvision's names.
   *
   * @param file the file; one that is there is replaced
   * @throws IOException if it cannot be written
   */
  public void writeWeights(Path file) throws IOException {
    SafetensorsFile.write(
        file, layers.stream().flatMap(each -> each.parameters().stream()).toList(), this::values);
  }

  /**
   * Writes the network as an ONNX file: opset 17, {@code image} of {@code [n, c, height, width]} in
   * with n free, {@code scores} of {@code [n, classes]} out, the logits. A normalisation behind a
   * convolution is part of it.
   *
   * @param file the file; one that is there is replaced
   * @param height rows of a picture
   * @param width columns of a picture
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if such a picture is too small
   */
  public void writeOnnx(Path file, int height, int width) throws IOException {
    OnnxWriter.write(file, architecture.name(), layers, this::values, channels, height, width);
  }

  /** Lets go of the parameters. Calling it again does nothing. */
  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        manager.close();
      }
    } finally {
      open.writeLock().unlock();
    }
  }

  /** The architecture, channels and classes. */
  @Override
  public String toString() {
    return "Network[" + architecture + ", " + channels + " channels, " + classes + " classes]";
  }
}
