package org.momo.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Our projections against scipy's zoom and three maxima, {@code projections.py} beside this class:
 * {@code momo-bench/ratios projections-vs-scipy}. The quick run takes a smaller volume.
 */
final class ProjectionsVsScipy implements Ratio {
  /** The one on the path, or the system's own, where a distribution's scipy is found. */
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  @Override
  public String name() {
    return "projections-vs-scipy";
  }

  @Override
  public Outcome measure(boolean quick) throws Exception {
    String python = null;
    for (String candidate : PYTHONS) {
      if (python == null && Program.works(candidate, "-c", "import scipy.ndimage")) {
        python = candidate;
      }
    }
    if (python == null) {
      return new NotMeasured("python3 with scipy is not installed");
    }
    int slices = quick ? 112 : 300;
    int size = quick ? 192 : 512;
    Path folder = Files.createTempDirectory("momo-bench");
    try {
      Path script = ProjectionBench.unpack("projections.py", folder);
      ProjectionBench bench = new ProjectionBench(slices, size);
      double ours = bench.time(8).milliseconds();
      ProjectionBench.Result rival =
          ProjectionBench.Result.parse(
              Program.output(
                  python, script.toString(), String.valueOf(slices), String.valueOf(size)));
      bench.requireSame(rival);
      ours = Math.min(ours, bench.time(8).milliseconds());
      return new Measured(
          rival.milliseconds() / ours,
          "times as fast as scipy zoom and max: three projections of %s%s, one thread, %.1f ms against %.0f ms"
              .formatted(
                  bench.what(),
                  quick ? " (small, for the quick run)" : "",
                  ours,
                  rival.milliseconds()));
    } finally {
      ProjectionBench.remove(folder);
    }
  }
}
