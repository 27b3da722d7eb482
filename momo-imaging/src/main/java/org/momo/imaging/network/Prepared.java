package org.momo.imaging.network;

import java.util.List;
import org.momo.spi.Tensor;

/**
 * A series as its networks are shown it.
 *
 * @param inputs what each network takes, in the order of the networks; empty where the series
 *     cannot be shown
 * @param reason why it cannot, or an empty text
 * @param notes what was noticed on the way
 */
record Prepared(List<Tensor> inputs, String reason, List<String> notes) {
  static Prepared none(String reason, List<String> notes) {
    return new Prepared(List.of(), reason, notes);
  }
}
