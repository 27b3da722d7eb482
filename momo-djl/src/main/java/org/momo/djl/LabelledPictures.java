package org.momo.djl;

import java.io.IOException;
import org.momo.spi.Tensor;

/**
 * Pictures and what they show, to train a network with.
 *
 * <p>Implementations need not be thread-safe.
 */
public interface LabelledPictures {

  /**
   * How many there are.
   *
   * @return 1 or more, always the same
   */
  int size();

  /**
   * One picture, as the network is to see it: projected and normalised.
   *
   * @param index 0 to {@link #size} - 1
   * @return of shape {@code [c, h, w]}, the same for all; for one index always the same values
   * @throws IOException if it cannot be read
   */
  Tensor picture(int index) throws IOException;

  /**
   * What a picture shows.
   *
   * @param index 0 to {@link #size} - 1
   * @return the index of its class, from 0
   */
  int label(int index);
}
