package org.momo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Maps an iterator by several threads and gives the results in the order of the input. No more than
 * twice as many inputs as threads are held at a time.
 */
final class Ordered<T, R> implements Iterator<R>, AutoCloseable {
  private final Iterator<T> input;
  private final Function<T, R> work;
  private final ThreadPoolExecutor pool;
  private final int window;
  private final Deque<Future<R>> running = new ArrayDeque<>();
  private @Nullable RuntimeException inputFault;
  private boolean ended;

  Ordered(Iterator<T> input, Function<T, R> work, int jobs) {
    this.input = input;
    this.work = work;
    this.window = 2 * jobs;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            jobs,
            jobs,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "momo-classify-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    // A stream that nobody reads to its end or closes must not keep threads for ever.
    this.pool.allowCoreThreadTimeOut(true);
  }

  private void fill() {
    while (!ended && running.size() < window) {
      T next;
      try {
        if (!input.hasNext()) {
          ended = true;
          return;
        }
        next = input.next();
      } catch (RuntimeException e) {
        // What came before the fault is still answered, as one by one it would be.
        inputFault = e;
        ended = true;
        return;
      }
      running.add(pool.submit(() -> work.apply(next)));
    }
  }

  @Override
  public boolean hasNext() {
    fill();
    if (!running.isEmpty()) {
      return true;
    }
    close();
    if (inputFault != null) {
      RuntimeException fault = inputFault;
      inputFault = null;
      throw fault;
    }
    return false;
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      return running.remove().get();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      CancellationException cancelled =
          new CancellationException("interrupted while studies were being classified");
      cancelled.initCause(e);
      throw cancelled;
    } catch (ExecutionException e) {
      close();
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    ended = true;
    running.forEach(future -> future.cancel(true));
    running.clear();
    pool.shutdownNow();
  }
}
