package org.momo.bench;

/**
 * How much faster two threads project than one: {@code momo-bench/ratios projections-2-threads}.
 */
final class ProjectionsTwoThreads implements Ratio {

  @Override
  public String name() {
    return "projections-2-threads";
  }

  @Override
  public Outcome measure(boolean quick) {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      return new NotMeasured("there is one processor");
    }
    ProjectionBench bench = new ProjectionBench(300, 512);
    bench.time(4, 2);
    double one = Double.POSITIVE_INFINITY;
    double two = Double.POSITIVE_INFINITY;
    for (int turn = 0; turn < (quick ? 3 : 8); turn++) {
      one = Math.min(one, bench.time(5).milliseconds());
      two = Math.min(two, bench.time(5, 2));
    }
    return new Measured(
        one / two,
        "times as fast on two threads as on one: three projections of %s, %.1f ms against %.1f ms"
            .formatted(bench.what(), two, one));
  }
}
