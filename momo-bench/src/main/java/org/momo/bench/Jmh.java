package org.momo.bench;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one JMH benchmark for a ratio, in a JVM of its own. */
final class Jmh {

  private Jmh() {}

  /**
   * The average time of one call in the fastest iteration: what disturbs the machine for a second
   * or two is left out.
   *
   * @param benchmark the class that holds the benchmark
   * @param method the name of its {@code @Benchmark} method
   * @param quick one fork and short iterations instead of three and long ones
   * @return seconds a call
   * @throws RunnerException when the benchmark fails
   */
  static double secondsPerCall(Class<?> benchmark, String method, boolean quick)
      throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(quick ? 1 : 3)
            .warmupIterations(quick ? 8 : 12)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(quick ? 3 : 5)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .build();
    // JMH writes to standard output by default, which is kept for the ratios themselves.
    Collection<RunResult> results =
        new Runner(
                options, OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
            .run();
    if (results.size() != 1) {
      throw new RunnerException(
          benchmark.getName() + "." + method + " gave " + results.size() + " results, not one.");
    }
    return results.iterator().next().getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
            .min()
            .orElseThrow()
        / 1e9;
  }
}
