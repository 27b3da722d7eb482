package org.momo.imaging.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.momo.imaging.model.Workshop;

/**
 * A small convolutional network for {@link Textures}, trained on the spot: sixteen random filters,
 * rectified and averaged, and a softmax regression that is fitted to what they give.
 */
final class TrainedNetwork {
  private static final int SIZE = Textures.SIZE;
  private static final int FILTERS = 16;
  private static final int KERNEL = 7;
  private static final int STRIDE = 2;
  private static final int EACH = 40;

  private final float[] filters = new float[FILTERS * 3 * KERNEL * KERNEL];
  private final float[] weights;
  private final float[] biases;
  private final int classes;

  /** Trains a network whose class k is the texture {@code kinds[k]}. */
  TrainedNetwork(long seed, int... kinds) {
    Random random = new Random(seed);
    classes = kinds.length;
    weights = new float[FILTERS * classes];
    biases = new float[classes];
    for (int i = 0; i < filters.length; i++) {
      filters[i] = (float) (random.nextGaussian() / KERNEL);
    }
    double[][] features = new double[classes * EACH][];
    for (int i = 0; i < features.length; i++) {
      short[][] slices = new short[3][];
      for (int c = 0; c < 3; c++) {
        slices[c] = Textures.slice(kinds[i % classes], random);
      }
      float[] image = normalised(slices);
      features[i] = features(image);
    }
    fit(features);
  }

  /** Three slices from 0 to 1, as the layer shows them. */
  private static float[] normalised(short[][] slices) {
    int least = Integer.MAX_VALUE;
    int most = Integer.MIN_VALUE;
    for (short[] slice : slices) {
      for (short value : slice) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    float[] image = new float[3 * SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) (slices[i / (SIZE * SIZE)][i % (SIZE * SIZE)] - least) / (most - least);
    }
    return image;
  }

  /** What the network gives for a series of three slices, worked out by plain loops. */
  double[] probabilities(short[]... slices) {
    double[] features = features(normalised(slices));
    double[] scores = new double[classes];
    for (int k = 0; k < classes; k++) {
      scores[k] = biases[k];
      for (int f = 0; f < FILTERS; f++) {
        scores[k] += weights[f * classes + k] * features[f];
      }
    }
    double all = Arrays.stream(scores).map(Math::exp).sum();
    return Arrays.stream(scores).map(s -> Math.exp(s) / all).toArray();
  }

  private double[] features(float[] image) {
    int half = SIZE / STRIDE;
    double[] features = new double[FILTERS];
    for (int f = 0; f < FILTERS; f++) {
      double sum = 0;
      for (int y = 0; y < half; y++) {
        for (int x = 0; x < half; x++) {
          sum += Math.max(0, response(image, f, y * STRIDE - KERNEL / 2, x * STRIDE - KERNEL / 2));
        }
      }
      features[f] = sum / (half * half);
    }
    return features;
  }

  private double response(float[] image, int filter, int top, int left) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      for (int v = Math.max(0, -top); v < Math.min(KERNEL, SIZE - top); v++) {
        for (int h = Math.max(0, -left); h < Math.min(KERNEL, SIZE - left); h++) {
          sum +=
              filters[((filter * 3 + c) * KERNEL + v) * KERNEL + h]
                  * image[(c * SIZE + top + v) * SIZE + left + h];
        }
      }
    }
    return sum;
  }

  /** Gradient descent on the mean of the negative log-likelihood, on standardised features. */
  private void fit(double[][] features) {
    double[] mean = new double[FILTERS];
    double[] spread = new double[FILTERS];
    for (int f = 0; f < FILTERS; f++) {
      int at = f;
      mean[f] = Arrays.stream(features).mapToDouble(x -> x[at]).average().orElseThrow();
      double squares =
          Arrays.stream(features).mapToDouble(x -> Math.pow(x[at] - mean[at], 2)).sum();
      spread[f] = Math.sqrt(squares / features.length) + 1e-9;
    }
    double[][] slope = new double[classes][FILTERS];
    double[] offset = new double[classes];
    for (int turn = 0; turn < 400; turn++) {
      double[][] down = new double[classes][FILTERS];
      double[] downOffset = new double[classes];
      for (int i = 0; i < features.length; i++) {
        double[] scores = offset.clone();
        for (int k = 0; k < classes; k++) {
          for (int f = 0; f < FILTERS; f++) {
            scores[k] += slope[k][f] * (features[i][f] - mean[f]) / spread[f];
          }
        }
        double most = Arrays.stream(scores).max().orElseThrow();
        double all = Arrays.stream(scores).map(s -> Math.exp(s - most)).sum();
        for (int k = 0; k < classes; k++) {
          double error = Math.exp(scores[k] - most) / all - (k == i % classes ? 1 : 0);
          downOffset[k] += error;
          for (int f = 0; f < FILTERS; f++) {
            down[k][f] += error * (features[i][f] - mean[f]) / spread[f];
          }
        }
      }
      for (int k = 0; k < classes; k++) {
        offset[k] -= downOffset[k] / features.length;
        for (int f = 0; f < FILTERS; f++) {
          slope[k][f] -= down[k][f] / features.length;
        }
      }
    }
    for (int k = 0; k < classes; k++) {
      double bias = offset[k];
      for (int f = 0; f < FILTERS; f++) {
        weights[f * classes + k] = (float) (slope[k][f] / spread[f]);
        bias -= slope[k][f] * mean[f] / spread[f];
      }
      biases[k] = (float) bias;
    }
  }

  byte[] onnx() {
    return new OnnxFile(3, SIZE, SIZE, classes)
        .constant("filters", filters, FILTERS, 3, KERNEL, KERNEL)
        .constant("weights", weights, FILTERS, classes)
        .constant("biases", biases, classes)
        .convolution("responses", "image", "filters", KERNEL, STRIDE)
        .node("Relu", "rectified", "responses")
        .node("GlobalAveragePool", "means", "rectified")
        .node("Flatten", "features", "means")
        .node("MatMul", "products", "features", "weights")
        .node("Add", "scores", "products", "biases")
        .bytes();
  }

  /** Writes the network as a model package. */
  Path write(Path folder, String name, String modality, List<String> codes) throws IOException {
    return write(folder, name, modality, codes, onnx(), "");
  }

  /** Writes some bytes as the network of a model package. */
  static Path write(
      Path folder, String name, String modality, List<String> codes, byte[] network, String more)
      throws IOException {
    Path here = Files.createDirectories(folder.resolve(name));
    Files.write(here.resolve("model.onnx"), network);
    Files.writeString(
        here.resolve("model.yaml"),
        """
        format: 1
        name: %s
        version: 1.0
        modality: %s
        network: model.onnx
        classes: [%s]
        input: {channels: 3, height: 32, width: 32, layout: nchw}
        picture: {size: 32, interpolation: linear}
        preprocessors: [{imaging.min-max: {}}]
        output: logits
        licence: CC0
        training-data: stripes that were made up
        accuracy: {value: 1, samples: 240, measured-on: its own training data}
        files: {model.onnx: %s}
        %s
        """
            .formatted(name, modality, String.join(", ", codes), Workshop.sha256(network), more));
    return here;
  }
}
