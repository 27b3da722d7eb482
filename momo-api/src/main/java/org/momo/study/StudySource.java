package org.momo.study;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A place that studies come from: a folder, a medium, a stream, a server.
 *
 * <p>What cannot be read is reported and costs nothing else. The same content gives the same
 * studies in the same order.
 *
 * <p>Implementations must be thread-safe; the streams that they return need not be.
 */
@FunctionalInterface
public interface StudySource {

  /**
   * Reads the studies.
   *
   * @param problems told of each thing that was skipped, and why; may be called from several
   *     threads, one call at a time
   * @return the studies; close the stream when done with it. Reading on may throw {@link
   *     java.io.UncheckedIOException}
   * @throws IOException if the place itself cannot be read
   * @throws NullPointerException if {@code problems} is null
   */
  Stream<Study> studies(Consumer<? super ReadProblem> problems) throws IOException;

  /**
   * Reads the studies and says nothing of what was skipped.
   *
   * @return the studies; close the stream when done with it
   * @throws IOException if the place itself cannot be read
   */
  default Stream<Study> studies() throws IOException {
    return studies(problem -> {});
  }
}
