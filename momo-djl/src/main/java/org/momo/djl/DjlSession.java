package org.momo.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.util.Arrays;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;
import org.momo.spi.Tensor;

/** One block of DJL, loaded. */
final class DjlSession implements InferenceSession {
  private final ModelSpec model;
  private final NDManager manager;
  private final Block block;
  private final AutoCloseable owner;
  // Many may run, and the one who closes waits for them: native memory must not go under a run.
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * A session.
   *
   * @param owner what holds the block, closed with the session
   */
  DjlSession(ModelSpec model, NDManager manager, Block block, AutoCloseable owner) {
    this.model = model;
    this.manager = manager;
    this.block = block;
    this.owner = owner;
  }

  @Override
  public Tensor run(Tensor batch) throws InferenceException {
    int[] shape = batch.shape();
    if (shape.length != 4
        || shape[1] != model.channels()
        || shape[2] != model.height()
        || shape[3] != model.width()) {
      throw DjlBackend.failure(
          model,
          "it takes [n, "
              + model.channels()
              + ", "
              + model.height()
              + ", "
              + model.width()
              + "]: was "
              + Arrays.toString(shape),
          null);
    }
    Tensor scores;
    open.readLock().lock();
    try {
      if (closed) {
        throw DjlBackend.failure(model, "its session is closed", null);
      }
      scores = Runs.oneByOne(manager, block, batch, model.classes().size());
    } catch (EngineException | IllegalArgumentException | UnsupportedOperationException e) {
      throw DjlBackend.failure(model, "the run failed", e);
    } catch (IllegalStateException e) {
      throw DjlBackend.failure(model, String.valueOf(e.getMessage()), e);
    } finally {
      open.readLock().unlock();
    }
    for (float value : scores.data()) {
      if (!Float.isFinite(value)) {
        throw DjlBackend.failure(model, "it gave a value that is not finite", null);
      }
    }
    return scores;
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        owner.close();
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("DJL cannot let go of a network", e);
    } finally {
      open.writeLock().unlock();
    }
  }
}
