package org.momo.bench;

import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.momo.djl.Architecture;
import org.momo.djl.Network;

/**
 * Our backend {@code onnx.runtime} against the same version of ONNX Runtime in Python, {@code
 * inference.py} beside this class, on the same file, which we wrote; and against DJL, and against
 * itself in eight bits: {@code momo-bench/ratios onnx-vs-python}. Each side is a process of its own
 * with as many threads as there are cores; the two take turns, one run each, and the shortest of
 * each counts. Both sides let waiting threads spin and run a batch whole, as Python does by default
 * and ours does not; our default is a figure beside it. The quick run takes a smaller network and
 * picture.
 */
final class OnnxVsPython implements Ratio {
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");
  private static final int CLASSES = 12;
  private static final int TURNS = 12;
  private static final int TURNS_BESIDE = 3;

  /** The shortest time, the most memory, and what came out. */
  private record Side(double milliseconds, long mebibytes, float[] values) {
    static Side of(double milliseconds, String line) {
      String[] words = line.strip().split(" ");
      float[] values = new float[words.length - 1];
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.parseFloat(words[i + 1]);
      }
      return new Side(milliseconds, Long.parseLong(words[0]), values);
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
        Side ours;
        Side theirs;
        try (Program.Asked java = java("onnx.runtime", onnx, "spinning,whole", size, batch);
            Program.Asked inPython = python(script, onnx, size, batch)) {
          List<Side> both = inTurns(List.of(java, inPython), TURNS);
          ours = both.get(0);
          theirs = both.get(1);
        }
        Side byDefault = alone(java("onnx.runtime", onnx, "-", size, batch));
        Side djl = alone(java("djl.pytorch", weights, architecture, size, batch));
        requireClose(architecture, ours, theirs, 1e-4);
        requireClose(architecture, ours, byDefault, 1e-4);
        requireClose(architecture, ours, djl, 1e-3);
        worst = Math.max(worst, ours.milliseconds() / theirs.milliseconds());
        lines.add(
            "%s %dx3x%dx%d %s against %s, %.3f; by default %s, DJL %s"
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

  /** The sides of some programs that run in turn: first to last, then last to first. */
  private static List<Side> inTurns(List<Program.Asked> programs, int turns) throws IOException {
    double[] shortest = new double[programs.size()];
    Arrays.fill(shortest, Double.POSITIVE_INFINITY);
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < shortest.length; i++) {
        int next = turn % 2 == 0 ? i : shortest.length - 1 - i;
        shortest[next] = Math.min(shortest[next], Double.parseDouble(programs.get(next).ask()));
      }
    }
    List<Side> sides = new ArrayList<>();
    for (int i = 0; i < shortest.length; i++) {
      sides.add(Side.of(shortest[i], programs.get(i).end()));
    }
    return sides;
  }

  private static Side alone(Program.Asked program) throws IOException {
    try (program) {
      return inTurns(List.of(program), TURNS_BESIDE).get(0);
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
    Side side = alone(java("onnx.runtime", small, "spinning", size, 1));
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

  private static Program.Asked java(String backend, Path file, String kind, int size, int batch)
      throws IOException {
    return new Program.Asked(
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
        String.valueOf(cores()));
  }

  private Program.Asked python(Path script, Path file, int size, int batch) throws IOException {
    return new Program.Asked(
        python,
        script.toString(),
        "run",
        file.toString(),
        "3",
        String.valueOf(size),
        String.valueOf(size),
        String.valueOf(batch),
        String.valueOf(cores()));
  }
}
