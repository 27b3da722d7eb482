package org.momo.bench;

import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.momo.djl.Architecture;
import org.momo.djl.Network;

/**
 * Our backend {@code onnx.runtime} against the same version of ONNX Runtime in Python, {@code
 * inference.py} beside this class, on the same file, which we wrote; and against DJL, and against
 * itself in eight bits: {@code momo-bench/ratios onnx-vs-python}. Each side is a process of its own
 * with as many threads as there are cores. Both sides let waiting threads spin, as Python does by
 * default and ours does not; our default is a figure beside it. The quick run takes a smaller
 * network and picture.
 */
final class OnnxVsPython implements Ratio {
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");
  private static final int CLASSES = 12;
  private static final int ROUNDS = 3;

  /** The shortest time, the most memory, and what came out. */
  private record Side(double milliseconds, long mebibytes, float[] values) {
    static Side parse(String line) {
      String[] words = line.strip().split(" ");
      float[] values = new float[words.length - 2];
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.parseFloat(words[i + 2]);
      }
      return new Side(Double.parseDouble(words[0]), Long.parseLong(words[1]), values);
    }

    Side best(Side other) {
      return new Side(
          Math.min(milliseconds, other.milliseconds), Math.max(mebibytes, other.mebibytes), values);
    }

    /** The largest difference, as a part of the largest value. */
    double distance(Side other) {
      double difference = 0;
      double largest = 0;
      for (int i = 0; i < values.length; i++) {
        difference = Math.max(difference, Math.abs(values[i] - other.values[i]));
        largest = Math.max(largest, Math.abs(other.values[i]));
      }
      return difference / largest;
    }

    @Override
    public String toString() {
      return "%.0f ms (%d MiB)".formatted(milliseconds, mebibytes);
    }
  }

  private String python = "";

  @Override
  public String name() {
    return "onnx-vs-python";
  }

  @Override
  public Outcome measure(boolean quick) throws Exception {
    String version = OrtEnvironment.getEnvironment().getVersion();
    String check = "import onnxruntime; assert onnxruntime.__version__ == '" + version + "'";
    python =
        PYTHONS.stream().filter(each -> Program.works(each, "-c", check)).findFirst().orElse("");
    if (python.isEmpty()) {
      return new NotMeasured("python3 with onnxruntime " + version + " is not installed");
    }
    if (!Files.isReadable(Path.of("/proc/self/status"))) {
      return new NotMeasured("memory is read from /proc, which this system does not have");
    }
    boolean quantises = Program.works(python, "-c", "import onnxruntime.quantization");
    List<String> lines = new ArrayList<>();
    double worst = 0;
    for (String architecture : quick ? List.of("resnet18") : List.of("resnet152", "densenet161")) {
      worst = Math.max(worst, compare(architecture, quick, quantises, lines));
    }
    if (!quantises) {
      lines.add("not in eight bits, since python3 has no package onnx");
    }
    return new Measured(
        worst,
        "times the time of ONNX Runtime %s in Python, at worst, on %d cores%s: %s"
            .formatted(
                version,
                cores(),
                quick ? " (small, for the quick run)" : "",
                String.join("; ", lines)));
  }

  /** Measures one network, says the figures in lines, and gives the worst ratio. */
  private double compare(String architecture, boolean quick, boolean quantises, List<String> lines)
      throws IOException {
    int size = quick ? 224 : 512;
    double worst = 0;
    Path folder = Files.createTempDirectory("momo-bench");
    try {
      write(architecture, size, folder);
      Path script = ProjectionBench.unpack("inference.py", folder);
      Path onnx = folder.resolve("model.onnx");
      Path weights = folder.resolve("weights.safetensors");
      Side single = null;
      for (int batch : new int[] {1, 4}) {
        int times = quick ? 5 : 3;
        Side ours = java("onnx.runtime", onnx, "spinning", size, batch, times);
        Side theirs = python(script, onnx, size, batch, times);
        for (int i = 1; i < ROUNDS; i++) {
          ours = ours.best(java("onnx.runtime", onnx, "spinning", size, batch, times));
          theirs = theirs.best(python(script, onnx, size, batch, times));
        }
        Side byDefault = java("onnx.runtime", onnx, "-", size, batch, times);
        Side djl = java("djl.pytorch", weights, architecture, size, batch, times);
        requireClose(architecture, ours, theirs, 1e-4);
        requireClose(architecture, ours, byDefault, 1e-4);
        requireClose(architecture, ours, djl, 1e-3);
        worst = Math.max(worst, ours.milliseconds() / theirs.milliseconds());
        lines.add(
            "%s %dx3x%dx%d %s against %s, %.3f; without spinning %s, DJL %s"
                .formatted(
                    architecture,
                    batch,
                    size,
                    size,
                    ours,
                    theirs,
                    ours.milliseconds() / theirs.milliseconds(),
                    byDefault,
                    djl));
        single = single == null ? ours : single;
      }
      if (quantises && single != null) {
        lines.add(eightBits(script, folder, size, single));
      }
      return worst;
    } finally {
      ProjectionBench.remove(folder);
    }
  }

  private String eightBits(Path script, Path folder, int size, Side full) throws IOException {
    Path small = folder.resolve("small.onnx");
    Program.output(
        python,
        script.toString(),
        "quantise",
        folder.resolve("model.onnx").toString(),
        small.toString(),
        "3",
        String.valueOf(size),
        String.valueOf(size));
    Side side = java("onnx.runtime", small, "spinning", size, 1, 4);
    return "in eight bits %s, %.2f times as fast, %.0f of %.0f MiB on disk, values within %.1f %% of the largest"
        .formatted(
            side,
            full.milliseconds() / side.milliseconds(),
            Files.size(small) / 1048576.0,
            Files.size(folder.resolve("model.onnx")) / 1048576.0,
            100 * side.distance(full));
  }

  private static void write(String architecture, int size, Path folder) throws IOException {
    try (Network network = Network.untrained(Architecture.named(architecture), 3, CLASSES, 1)) {
      for (Pair<String, Parameter> each : network.block().getParameters()) {
        // What has learnt nothing grows from block to block; this keeps it in range.
        if (each.getKey().matches("layer.*\\.bn[23]\\.weight")) {
          each.getValue().getArray().muli(0.4f);
        }
      }
      network.writeOnnx(folder.resolve("model.onnx"), size, size);
      network.writeWeights(folder.resolve("weights.safetensors"));
    }
  }

  private static void requireClose(String what, Side ours, Side theirs, double most)
      throws IOException {
    if (ours.values().length != theirs.values().length || !(ours.distance(theirs) <= most)) {
      throw new IOException("The sides differ on " + what + ": by " + ours.distance(theirs));
    }
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static Side java(String backend, Path file, String kind, int size, int batch, int times)
      throws IOException {
    return Side.parse(
        Program.output(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            Inference.class.getName(),
            backend,
            file.toString(),
            kind,
            String.valueOf(CLASSES),
            "3",
            String.valueOf(size),
            String.valueOf(size),
            String.valueOf(batch),
            String.valueOf(times),
            String.valueOf(cores())));
  }

  private Side python(Path script, Path file, int size, int batch, int times) throws IOException {
    return Side.parse(
        Program.output(
            python,
            script.toString(),
            "run",
            file.toString(),
            "3",
            String.valueOf(size),
            String.valueOf(size),
            String.valueOf(batch),
            String.valueOf(times),
            String.valueOf(cores())));
  }
}
