package org.momo.imaging.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shares numbered pieces of work between the calling thread and helpers. The caller works too, and
 * never waits for a helper that has not begun: so it may itself be a task of the same executor.
 * This class is immutable.
 */
final class Teamwork {
  private final Executor executor;
  private final int threads;

  Teamwork(Executor executor, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 or more: was " + threads);
    }
    this.executor = executor;
    this.threads = threads;
  }

  /** The calling thread alone. */
  static Teamwork alone() {
    return new Teamwork(Runnable::run, 1);
  }

  int threads() {
    return threads;
  }

  /**
   * Does all pieces.
   *
   * @param pieces how many there are
   * @param workers makes what thread number i does each of its pieces with
   */
  void run(int pieces, IntFunction<IntConsumer> workers) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Helper> helpers = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, pieces); i++) {
      int number = i;
      Helper helper = new Helper(() -> work(pieces, next, failure, workers, number));
      try {
        executor.execute(helper);
      } catch (RejectedExecutionException e) {
        break;
      }
      helpers.add(helper);
    }
    work(pieces, next, failure, workers, 0);
    boolean interrupted = false;
    for (Helper helper : helpers) {
      interrupted |= helper.join();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private static void work(
      int pieces,
      AtomicInteger next,
      AtomicReference<@Nullable Throwable> failure,
      IntFunction<IntConsumer> workers,
      int number) {
    try {
      int piece = next.getAndIncrement();
      if (piece >= pieces) {
        return;
      }
      IntConsumer worker = workers.apply(number);
      for (; piece < pieces; piece = next.getAndIncrement()) {
        worker.accept(piece);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      next.set(pieces);
    }
  }

  private static final class Helper implements Runnable {
    private final Runnable work;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);

    Helper(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (taken.compareAndSet(false, true)) {
        try {
          work.run();
        } finally {
          done.countDown();
        }
      }
    }

    /** Waits for the work if it has begun, else calls it off; says whether it was interrupted. */
    boolean join() {
      if (taken.compareAndSet(false, true)) {
        return false;
      }
      boolean interrupted = false;
      while (true) {
        try {
          done.await();
          return interrupted;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
  }
}
