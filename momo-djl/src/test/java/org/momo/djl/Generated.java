package org.momo.djl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.momo.spi.Tensor;

/**
 * Weights and pictures that {@code src/test/python/reference.py} makes as well, and what
 * torchvision gave for them. The numbers depend on names alone: FNV-1a over the name, then
 * SplitMix64.
 */
final class Generated {
  static final int CLASSES = 7;
  static final int SIZE = 64;

  private Generated() {}

  static double[] values(String name, int count) {
    long seed = 0xCBF29CE484222325L;
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      seed = (seed ^ (each & 0xff)) * 0x100000001B3L;
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      long z = seed + (i + 1) * 0x9E3779B97F4A7C15L;
      z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
      z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
      z ^= z >>> 31;
      values[i] = (z >>> 40) * 0x1p-23 - 1;
    }
    return values;
  }

  static float[] parameter(Layer.Named parameter) {
    String name = parameter.name();
    double[] u = values(name, parameter.size());
    float[] values = new float[u.length];
    double inputs = (double) u.length / parameter.shape()[0];
    for (int i = 0; i < u.length; i++) {
      double value;
      if (parameter.shape().length > 1) {
        value = u[i] * Math.sqrt(6 / inputs);
      } else if (name.endsWith("running_var")) {
        value = 1 + 0.5 * u[i];
      } else if (name.endsWith(".weight")) {
        value = (name.contains("norm") ? 0.85 : 0.6) + 0.3 * u[i];
      } else {
        value = 0.1 * u[i];
      }
      values[i] = (float) value;
    }
    return values;
  }

  /** Two pictures of 3 x 64 x 64. */
  static Tensor pictures() {
    double[] u = values("pictures", 2 * 3 * SIZE * SIZE);
    float[] data = new float[u.length];
    for (int i = 0; i < u.length; i++) {
      data[i] = (float) u[i];
    }
    return Tensor.of(data, 2, 3, SIZE, SIZE);
  }

  static Network network(String architecture) throws IOException {
    return Network.filled(Architecture.named(architecture), 3, CLASSES, Generated::parameter);
  }

  /** What torchvision gave for {@link #pictures}: of two pictures, seven logits each. */
  static float[] torchvision(String architecture) throws IOException {
    String file = architecture.contains("-") ? "narrow.csv" : "torchvision.csv";
    List<String> numbers = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> cells = List.of(line.split(","));
        if (cells.get(0).equals(architecture)) {
          numbers.addAll(cells.subList(2, cells.size()));
        }
      }
    }
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(numbers.get(i));
    }
    if (values.length != 2 * CLASSES) {
      throw new IllegalStateException("there are no outputs of " + architecture);
    }
    return values;
  }

  private static InputStream resource(String name) {
    InputStream in = Generated.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("there is no resource " + name);
    }
    return in;
  }

  /** Unpacks a resource that may end in {@code .gz} there. */
  static Path unpack(String name, Path folder) throws IOException {
    Path file = folder.resolve(name);
    if (Generated.class.getResource(name) != null) {
      try (InputStream in = resource(name)) {
        Files.copy(in, file);
      }
    } else {
      try (InputStream in = new GZIPInputStream(resource(name + ".gz"))) {
        Files.copy(in, file);
      }
    }
    return file;
  }

  static float worst(float[] some, float[] others) {
    if (some.length != others.length) {
      throw new IllegalArgumentException(some.length + " values and " + others.length);
    }
    float worst = 0;
    for (int i = 0; i < some.length; i++) {
      worst = Math.max(worst, Math.abs(some[i] - others[i]));
    }
    return worst;
  }
}
