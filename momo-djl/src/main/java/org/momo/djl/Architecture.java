package org.momo.djl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.momo.djl.Layer.Convolution;
import org.momo.djl.Layer.Dense;
import org.momo.djl.Layer.GlobalMean;
import org.momo.djl.Layer.Linear;
import org.momo.djl.Layer.MaxPool;
import org.momo.djl.Layer.MeanPool;
import org.momo.djl.Layer.Normalisation;
import org.momo.djl.Layer.Rectifier;
import org.momo.djl.Layer.Residual;

/**
 * The plan of a network whose parameters are named and shaped as in torchvision: the residual
 * networks of He et al. (2016), with the stride in the 3 x 3 convolution, and the densely connected
 * ones of Huang et al. (2017).
 *
 * <p>A narrow variant has fewer channels everywhere, for small tasks and for tests: {@code
 * resnet18-w8} has 8 channels after the first convolution and not 64, {@code densenet121-w8} grows
 * by 8 channels a layer and not by 32, and begins with twice as many.
 *
 * <p>This class is immutable.
 */
public final class Architecture {
  private static final Pattern NAME = Pattern.compile("([a-z]+\\d+)(?:-w([1-9]\\d{0,3}))?");
  private static final Map<String, Plan> PLANS = plans();

  private final String name;
  private final Plan plan;
  private final int width;

  /** What sets two networks of a family apart. */
  private record Plan(boolean dense, boolean bottleneck, int width, List<Integer> layers) {}

  private Architecture(String name, Plan plan, int width) {
    this.name = name;
    this.plan = plan;
    this.width = width;
  }

  private static Map<String, Plan> plans() {
    Map<String, Plan> plans = new LinkedHashMap<>();
    plans.put("resnet18", new Plan(false, false, 64, List.of(2, 2, 2, 2)));
    plans.put("resnet34", new Plan(false, false, 64, List.of(3, 4, 6, 3)));
    plans.put("resnet50", new Plan(false, true, 64, List.of(3, 4, 6, 3)));
    plans.put("resnet101", new Plan(false, true, 64, List.of(3, 4, 23, 3)));
    plans.put("resnet152", new Plan(false, true, 64, List.of(3, 8, 36, 3)));
    plans.put("densenet121", new Plan(true, true, 32, List.of(6, 12, 24, 16)));
    plans.put("densenet161", new Plan(true, true, 48, List.of(6, 12, 36, 24)));
    plans.put("densenet169", new Plan(true, true, 32, List.of(6, 12, 32, 32)));
    plans.put("densenet201", new Plan(true, true, 32, List.of(6, 12, 48, 32)));
    return Collections.unmodifiableMap(plans);
  }

  /**
   * An architecture by its name.
   *
   * @param name torchvision's name, such as {@code resnet152}; with {@code -w} and a number a
   *     narrow or wide variant
   * @return the architecture
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  public static Architecture named(String name) {
    Matcher matcher = NAME.matcher(name);
    Plan plan = matcher.matches() ? PLANS.get(matcher.group(1)) : null;
    if (plan == null) {
      throw new IllegalArgumentException(
          "there is no architecture named "
              + name
              + "; there are "
              + String.join(", ", names())
              + ", each also with a width, as in resnet18-w8");
    }
    String width = matcher.group(2);
    return new Architecture(name, plan, width == null ? plan.width() : Integer.parseInt(width));
  }

  /**
   * The published architectures.
   *
   * @return their names, without those of variants
   */
  public static List<String> names() {
    return List.copyOf(PLANS.keySet());
  }

  /**
   * The name.
   *
   * @return as {@link #named} takes it
   */
  public String name() {
    return name;
  }

  /**
   * The parameters, as a file of weights must have them.
   *
   * @param channels what the network takes: channels of {@code [n, c, h, w]}, 1 or more
   * @param classes what it gives, 1 or more
   * @return names to shapes, in torchvision's order; without the counters {@code
   *     num_batches_tracked}, which no result depends on
   */
  public Map<String, List<Integer>> parameters(int channels, int classes) {
    Map<String, List<Integer>> parameters = new LinkedHashMap<>();
    for (Layer layer : layers(channels, classes)) {
      for (Layer.Named each : layer.parameters()) {
        List<Integer> shape = new ArrayList<>();
        for (int dimension : each.shape()) {
          shape.add(dimension);
        }
        parameters.put(each.name(), List.copyOf(shape));
      }
    }
    return Collections.unmodifiableMap(parameters);
  }

  /** The first convolution's name, which tells how many channels a file of weights is for. */
  String first() {
    return plan.dense() ? "features.conv0" : "conv1";
  }

  /** The last layer's name, which tells how many classes a file of weights is for. */
  String last() {
    return plan.dense() ? "classifier" : "fc";
  }

  /**
   * What the published transfer learning trains: the last stage of a residual network, the last
   * dense layer of the others, and all behind it.
   */
  String transfer() {
    List<Integer> layers = plan.layers();
    return plan.dense() ? "features.denseblock4.denselayer" + layers.get(3) : "layer4";
  }

  /** The layers, one after the other. */
  List<Layer> layers(int channels, int classes) {
    if (channels < 1 || classes < 1) {
      throw new IllegalArgumentException(
          "channels and classes must be 1 or more: were " + channels + " and " + classes);
    }
    return plan.dense() ? denseNet(channels, classes) : resNet(channels, classes);
  }

  private List<Layer> resNet(int channels, int classes) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Convolution("conv1", channels, width, 7, 2, 3));
    layers.add(new Normalisation("bn1", width));
    layers.add(new Rectifier());
    layers.add(new MaxPool(3, 2, 1));
    int in = width;
    int planes = width;
    int expansion = plan.bottleneck() ? 4 : 1;
    for (int stage = 0; stage < 4; stage++) {
      for (int i = 0; i < plan.layers().get(stage); i++) {
        String block = "layer" + (stage + 1) + "." + i;
        int stride = stage > 0 && i == 0 ? 2 : 1;
        int out = planes * expansion;
        layers.add(
            new Residual(
                plan.bottleneck()
                    ? bottleneck(block, in, planes, stride)
                    : basic(block, in, planes, stride),
                stride == 1 && in == out
                    ? List.of()
                    : List.of(
                        new Convolution(block + ".downsample.0", in, out, 1, stride, 0),
                        new Normalisation(block + ".downsample.1", out))));
        layers.add(new Rectifier());
        in = out;
      }
      planes *= 2;
    }
    layers.add(new GlobalMean());
    layers.add(new Linear("fc", in, classes));
    return List.copyOf(layers);
  }

  private static List<Layer> basic(String block, int in, int planes, int stride) {
    return List.of(
        new Convolution(block + ".conv1", in, planes, 3, stride, 1),
        new Normalisation(block + ".bn1", planes),
        new Rectifier(),
        new Convolution(block + ".conv2", planes, planes, 3, 1, 1),
        new Normalisation(block + ".bn2", planes));
  }

  private static List<Layer> bottleneck(String block, int in, int planes, int stride) {
    return List.of(
        new Convolution(block + ".conv1", in, planes, 1, 1, 0),
        new Normalisation(block + ".bn1", planes),
        new Rectifier(),
        new Convolution(block + ".conv2", planes, planes, 3, stride, 1),
        new Normalisation(block + ".bn2", planes),
        new Rectifier(),
        new Convolution(block + ".conv3", planes, 4 * planes, 1, 1, 0),
        new Normalisation(block + ".bn3", 4 * planes));
  }

  private List<Layer> denseNet(int channels, int classes) {
    List<Layer> layers = new ArrayList<>();
    int now = 2 * width;
    layers.add(new Convolution("features.conv0", channels, now, 7, 2, 3));
    layers.add(new Normalisation("features.norm0", now));
    layers.add(new Rectifier());
    layers.add(new MaxPool(3, 2, 1));
    for (int stage = 1; stage <= 4; stage++) {
      for (int i = 1; i <= plan.layers().get(stage - 1); i++) {
        String block = "features.denseblock" + stage + ".denselayer" + i;
        layers.add(
            new Dense(
                List.of(
                    new Normalisation(block + ".norm1", now),
                    new Rectifier(),
                    new Convolution(block + ".conv1", now, 4 * width, 1, 1, 0),
                    new Normalisation(block + ".norm2", 4 * width),
                    new Rectifier(),
                    new Convolution(block + ".conv2", 4 * width, width, 3, 1, 1))));
        now += width;
      }
      if (stage < 4) {
        String transition = "features.transition" + stage;
        layers.add(new Normalisation(transition + ".norm", now));
        layers.add(new Rectifier());
        layers.add(new Convolution(transition + ".conv", now, now / 2, 1, 1, 0));
        layers.add(new MeanPool(2, 2));
        now /= 2;
      }
    }
    layers.add(new Normalisation("features.norm5", now));
    layers.add(new Rectifier());
    layers.add(new GlobalMean());
    layers.add(new Linear("classifier", now, classes));
    return List.copyOf(layers);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Architecture a && a.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
