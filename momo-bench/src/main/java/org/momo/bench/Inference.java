package org.momo.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.momo.decision.Catalogue;
import org.momo.spi.BuildContext;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Factory;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Options;
import org.momo.spi.PixelDecoder;
import org.momo.spi.Plugin;
import org.momo.spi.Preprocessor;
import org.momo.spi.Registry;
import org.momo.spi.Tensor;
import org.momo.spi.VoteRule;

/**
 * A network in one of our backends, as a process of its own, so that its memory is its own: what
 * {@code inference.py} does in Python.
 *
 * <p>Arguments: backend, file, the architecture for DJL and {@code spinning,whole}, a part of it or
 * {@code -} for ONNX Runtime, classes, channels, height, width, batch, threads. Prints {@code
 * ready}, then for each line that it reads the milliseconds of one run, and at the end the MiB that
 * were resident at most and the values.
 */
final class Inference {

  private Inference() {}

  public static void main(String[] args) throws Exception {
    int[] numbers = new int[6];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.parseInt(args[3 + i]);
    }
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < numbers[0]; i++) {
      classes.add("C" + i);
    }
    boolean onnx = args[0].startsWith("onnx");
    Map<String, String> attributes = onnx ? Map.of() : Map.of("architecture", args[2]);
    Map<String, Object> options =
        onnx
            ? Map.of(
                "threads",
                numbers[5],
                "spinning",
                args[2].contains("spinning"),
                "batches",
                args[2].contains("whole") ? "whole" : "one-by-one")
            : Map.of();
    ModelSpec model =
        new ModelSpec(
            "bench",
            "1",
            Path.of(args[1]),
            numbers[1],
            numbers[2],
            numbers[3],
            classes,
            attributes);
    Tensor batch = pictures(numbers[4], numbers[1], numbers[2], numbers[3]);
    try (InferenceBackend backend = backend(args[0], options);
        InferenceSession session = backend.open(model)) {
      float[] values = session.run(batch).data();
      System.out.println("ready");
      BufferedReader asked =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (asked.readLine() != null) {
        long start = System.nanoTime();
        values = session.run(batch).data();
        System.out.printf(Locale.ROOT, "%.3f%n", (System.nanoTime() - start) / 1e6);
      }
      StringBuilder line = new StringBuilder(String.valueOf(resident()));
      for (float value : values) {
        line.append(' ').append(value);
      }
      System.out.println(line);
    }
    System.exit(0);
  }

  /** The same numbers as {@code inference.py} makes, from 0 to 1. */
  static Tensor pictures(int count, int channels, int height, int width) {
    float[] values = new float[count * channels * height * width];
    for (int i = 0; i < values.length; i++) {
      int h = i * (int) 2654435761L;
      h ^= h >>> 15;
      h *= 0x2C1B3C6D;
      h ^= h >>> 12;
      values[i] = (h >>> 8) * 0x1p-24f;
    }
    return Tensor.of(values, count, channels, height, width);
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .sum();
  }

  static InferenceBackend backend(String name, Map<String, Object> options) {
    Map<String, Factory<? extends InferenceBackend>> found = new TreeMap<>();
    for (Plugin plugin : ServiceLoader.load(Plugin.class)) {
      plugin.contribute(new Backends(plugin.name(), found));
    }
    Factory<? extends InferenceBackend> factory = found.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "There is no backend " + name + " among " + found.keySet() + ".");
    }
    return factory.create(Options.of(name, options), new Nothing());
  }

  private record Backends(String plugin, Map<String, Factory<? extends InferenceBackend>> found)
      implements Registry {
    @Override
    public void layer(String name, Factory<? extends DecisionLayer> factory) {}

    @Override
    public void rule(String name, Factory<? extends VoteRule> factory) {}

    @Override
    public void preprocessor(String name, Factory<? extends Preprocessor> factory) {}

    @Override
    public void backend(String name, Factory<? extends InferenceBackend> factory) {
      found.put(plugin + "." + name, factory);
    }

    @Override
    public void decoder(String name, Factory<? extends PixelDecoder> factory) {}
  }

  /** Backends lean on nothing. */
  private static final class Nothing implements BuildContext {
    @Override
    public Catalogue catalogue() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path baseFolder() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Preprocessor preprocessor(String name, Options options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public InferenceBackend backend(String name, Options options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<PixelDecoder> decoders() {
      throw new UnsupportedOperationException();
    }
  }
}
