package org.momo.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A line on standard error that moves, where a person watches. Where a file does, runs that know
 * how long they take write a line now and then.
 */
final class Progress implements AutoCloseable {
  private static final long PAUSE = Duration.ofSeconds(20).toNanos();

  private final @Nullable ProgressBar bar;
  private final PrintWriter err;
  private final String unit;
  private long started = System.nanoTime();
  private long told = started;
  private long first = -1;

  private Progress(@Nullable ProgressBar bar, PrintWriter err, String unit) {
    this.bar = bar;
    this.err = err;
    this.unit = unit;
  }

  static Progress start(PrintWriter err, String unit) {
    return start(err, unit, -1);
  }

  static Progress start(PrintWriter err, String unit, long size) {
    if (System.console() == null) {
      return new Progress(null, err, unit);
    }
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName(unit.toLowerCase(Locale.ROOT))
            .setInitialMax(size)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(
                new DelegatingProgressBarConsumer(
                    line -> {
                      err.print('\r' + line);
                      err.flush();
                    }))
            .build(),
        err,
        unit);
  }

  /** So much is done, of a total that may be a guess. */
  synchronized void at(long done, long total) {
    if (first < 0) {
      // What was done in an earlier run, and what it took to get ready, says nothing of the rest.
      first = done;
      started = System.nanoTime();
    }
    if (bar != null) {
      bar.maxHint(Math.max(done, total));
      bar.stepTo(done);
      return;
    }
    long now = System.nanoTime();
    if (now - told > PAUSE && done > first) {
      told = now;
      long seconds = Math.round((now - started) / 1e9 / (done - first) * Math.max(0, total - done));
      err.printf(
          "%,d of %s%,d %s, about %d:%02d min left%n",
          done, unit.equals("studies") ? "about " : "", total, unit, seconds / 60, seconds % 60);
    }
  }

  void step() {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
