package org.momo.imaging.projection;

import org.momo.spi.Tensor;

/** Makes a picture of slices that come in order. Implementations are not thread-safe. */
interface Folding {

  /** Takes slices, of which the first has the number {@code first}. */
  void add(Voxels more, int first);

  /** Makes the picture, once all slices have come. */
  Tensor finish();
}
