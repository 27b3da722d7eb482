package org.momo.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Our projections against a plain C loop that does the same work, {@code projections.c} beside this
 * class, compiled on the spot: {@code momo-bench/ratios projections-vs-c}.
 */
final class ProjectionsVsC implements Ratio {
  private static final int SLICES = 300;
  private static final int SIZE = 512;

  @Override
  public String name() {
    return "projections-vs-c";
  }

  @Override
  public Outcome measure(boolean quick) throws Exception {
    if (!Program.works("gcc", "--version")) {
      return new NotMeasured("gcc is not installed");
    }
    Path folder = Files.createTempDirectory("momo-bench");
    try {
      Path source = ProjectionBench.unpack("projections.c", folder);
      String program = folder.resolve("projections").toString();
      String strict = folder.resolve("strict").toString();
      Program.output(
          "gcc", "-O3", "-march=native", "-ffast-math", source.toString(), "-o", program, "-lm");
      Program.output("gcc", "-O3", "-march=native", source.toString(), "-o", strict, "-lm");
      ProjectionBench bench = new ProjectionBench(SLICES, SIZE);
      double ours = Double.POSITIVE_INFINITY;
      double theirs = Double.POSITIVE_INFINITY;
      // Turn by turn, so that a busy machine is busy for both.
      for (int turn = 0; turn < (quick ? 3 : 8); turn++) {
        ProjectionBench.Result rival =
            ProjectionBench.Result.parse(Program.output(program, String.valueOf(SLICES), "6"));
        bench.requireSame(rival);
        theirs = Math.min(theirs, rival.milliseconds());
        ours = Math.min(ours, bench.time(6).milliseconds());
      }
      double plain =
          ProjectionBench.Result.parse(Program.output(strict, String.valueOf(SLICES), "4"))
              .milliseconds();
      return new Measured(
          ours / theirs,
          "times the time of C (gcc -O3 -march=native -ffast-math): three projections of %s, one thread, %.1f ms against %.1f ms (%.1f ms without -ffast-math)"
              .formatted(bench.what(), ours, theirs, plain));
    } finally {
      ProjectionBench.remove(folder);
    }
  }
}
