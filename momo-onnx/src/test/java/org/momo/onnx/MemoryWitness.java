package org.momo.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Options;
import org.momo.spi.Tensor;

/**
 * A program for a virtual machine of its own, whose heap is all there from the start: what its
 * resident memory grows by is native. Prints by how many bytes it grew.
 */
final class MemoryWitness {
  private static final int SIDE = 32;

  private MemoryWitness() {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[1]);
    int times = Integer.parseInt(args[2]);
    ModelSpec model =
        new ModelSpec("tiny", "1", file, 3, SIDE, SIDE, List.of("KNEE", "SKULL"), Map.of());
    try (InferenceBackend backend = OnnxBackend.create(Options.none("test"))) {
      switch (args[0]) {
        case "runs" -> {
          Tensor images = Tensor.of(new float[2 * 3 * SIDE * SIDE], 2, 3, SIDE, SIDE);
          try (InferenceSession session = backend.open(model)) {
            grown(times, () -> session.run(images));
          }
        }
        case "sessions" -> grown(times, () -> backend.open(model).close());
        case "refusals" ->
            grown(
                times,
                () -> {
                  try {
                    backend.open(
                        new ModelSpec("tiny", "1", file, 3, SIDE, SIDE, List.of("A"), Map.of()));
                  } catch (InferenceException e) {
                    return;
                  }
                  throw new IllegalStateException("it was not refused");
                });
        default -> {
          // What a forgotten close() would cost, to show that it would be seen.
          FloatBuffer image = FloatBuffer.allocate(3 * SIDE * SIDE);
          long[] shape = {1, 3, SIDE, SIDE};
          OnnxTensor[] forgotten = new OnnxTensor[times * 3];
          int[] next = {0};
          grown(
              times,
              () ->
                  forgotten[next[0]++] =
                      OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), image, shape));
        }
      }
    }
  }

  private interface Act {
    void run() throws Exception;
  }

  /**
   * Warms up with a fifth, then measures twice, and prints the smaller growth: what is lost is lost
   * each time, while compiled code and the like grow once, and later where the machine is busy.
   */
  private static void grown(int times, Act act) throws Exception {
    for (int i = 0; i < times / 5; i++) {
      act.run();
    }
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 2; round++) {
      System.gc();
      long before = resident();
      for (int i = 0; i < times; i++) {
        act.run();
      }
      System.gc();
      least = Math.min(least, resident() - before);
    }
    System.out.println(least);
  }

  private static long resident() throws Exception {
    return 1024
        * Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
  }
}
