package org.momo.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How well a vote over the series of a study does, by simulation.
 *
 * <p>The same seed gives the same figures to the last digit, whatever the number of threads, and
 * whichever other scenarios are simulated with it.
 *
 * <p>This class is immutable.
 */
public final class MonteCarlo {
  /** The seed that is used unless another is given. */
  public static final long DEFAULT_SEED = 2022;

  private final int studies;
  private final int repeats;
  private final long seed;
  private final int threads;
  private final Progress progress;

  private MonteCarlo(Builder builder) {
    this.studies = builder.studies;
    this.repeats = builder.repeats;
    this.seed = builder.seed;
    this.threads = builder.threads;
    this.progress = builder.progress;
  }

  /**
   * What came of a scenario.
   *
   * <p>This class is immutable.
   *
   * @param scenario what was simulated
   * @param right studies whose class the vote found, of all
   * @param repeats the share of each repeat, in order
   */
  public record Cell(Scenario scenario, Proportion right, List<Double> repeats) {
    /**
     * Copies the repeats.
     *
     * @param scenario what was simulated
     * @param right studies whose class the vote found, of all
     * @param repeats the share of each repeat, in order
     */
    public Cell {
      repeats = List.copyOf(repeats);
    }

    /**
     * The share of studies whose class the vote found.
     *
     * @return 0 to 1
     */
    public double accuracy() {
      return right.value();
    }

    /**
     * How much the repeats differ.
     *
     * @return the standard deviation over the repeats, with n - 1; 0 for a single one
     */
    public double standardDeviation() {
      double mean = accuracy();
      double squares = 0;
      for (double repeat : repeats) {
        squares += (repeat - mean) * (repeat - mean);
      }
      return repeats.size() < 2 ? 0 : Math.sqrt(squares / (repeats.size() - 1));
    }
  }

  /**
   * Starts a simulation of 6000 studies and 10 repeats on all processors.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The scenarios of the published experiment: uncorrelated errors, then the worst case; within
   * each 1 to 10 series; within each an accuracy of 0.5 to 0.95 in steps of 0.05.
   *
   * @return 200 scenarios
   */
  public static List<Scenario> published() {
    List<Scenario> scenarios = new ArrayList<>(200);
    for (boolean worst : new boolean[] {false, true}) {
      for (int series = 1; series <= 10; series++) {
        for (int step = 10; step < 20; step++) {
          double accuracy = step / 20.0;
          scenarios.add(
              worst
                  ? Scenario.worstCase(series, accuracy)
                  : Scenario.uncorrelated(series, accuracy));
        }
      }
    }
    return List.copyOf(scenarios);
  }

  /**
   * Simulates.
   *
   * @param scenarios what to simulate
   * @return one cell for each scenario, in the same order
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public List<Cell> run(List<Scenario> scenarios) throws InterruptedException {
    long total = (long) scenarios.size() * repeats;
    AtomicLong done = new AtomicLong();
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      for (int repeat = 0; repeat < repeats; repeat++) {
        Random64 random = new Random64(seed, scenario.path(repeat));
        tasks.add(
            () -> {
              int right = simulate(scenario, random);
              progress.at(done.incrementAndGet(), total);
              return right;
            });
      }
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> results = pool.invokeAll(tasks);
      List<Cell> cells = new ArrayList<>(scenarios.size());
      for (int s = 0; s < scenarios.size(); s++) {
        List<Double> shares = new ArrayList<>(repeats);
        long right = 0;
        for (int repeat = 0; repeat < repeats; repeat++) {
          int count = results.get(s * repeats + repeat).get();
          right += count;
          shares.add((double) count / studies);
        }
        Proportion all = new Proportion(right, (long) studies * repeats);
        cells.add(new Cell(scenarios.get(s), all, shares));
      }
      return List.copyOf(cells);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulation failed: " + e.getCause(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private int simulate(Scenario scenario, Random64 random) {
    VoteSimulation simulation = new VoteSimulation(scenario, random);
    int right = 0;
    for (int i = 0; i < studies; i++) {
      right += simulation.nextStudy() ? 1 : 0;
    }
    return right;
  }

  /**
   * Collects the settings of a simulation.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder {
    private int studies = 6000;
    private int repeats = 10;
    private long seed = DEFAULT_SEED;
    private int threads = Runtime.getRuntime().availableProcessors();
    private Progress progress = Progress.SILENT;

    private Builder() {}

    /**
     * Says how many studies a repeat has.
     *
     * @param value 1 or more
     * @return this builder
     * @throws IllegalArgumentException if {@code value} is below 1
     */
    public Builder studies(int value) {
      studies = atLeastOne("studies", value);
      return this;
    }

    /**
     * Says how many repeats there are.
     *
     * @param value 1 or more
     * @return this builder
     * @throws IllegalArgumentException if {@code value} is below 1
     */
    public Builder repeats(int value) {
      repeats = atLeastOne("repeats", value);
      return this;
    }

    /**
     * Fixes the random numbers.
     *
     * @param value any number
     * @return this builder
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Says how many threads work.
     *
     * @param value 1 or more; changes no figure
     * @return this builder
     * @throws IllegalArgumentException if {@code value} is below 1
     */
    public Builder threads(int value) {
      threads = atLeastOne("threads", value);
      return this;
    }

    /**
     * Says who hears of the progress.
     *
     * @param listener counts repeats of scenarios
     * @return this builder
     */
    public Builder progress(Progress listener) {
      progress = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Makes the simulation.
     *
     * @return a simulation with what was set so far
     */
    public MonteCarlo build() {
      return new MonteCarlo(this);
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be 1 or more: was " + value);
      }
      return value;
    }
  }
}
