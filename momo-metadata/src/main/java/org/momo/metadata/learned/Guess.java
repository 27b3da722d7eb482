package org.momo.metadata.learned;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.momo.decision.Region;

/**
 * What a model takes a text to speak of.
 *
 * <p>This class is immutable.
 *
 * @param regions the regions, in their own order; empty for none
 * @param probability how likely that is, 0 to 1
 */
public record Guess(Set<Region> regions, double probability) {
  /**
   * Checks and copies the parts.
   *
   * @param regions the regions
   * @param probability how likely they are
   * @throws IllegalArgumentException if the probability is not between 0 and 1
   */
  public Guess {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be between 0 and 1: was " + probability);
    }
    EnumSet<Region> copy = EnumSet.noneOf(Region.class);
    copy.addAll(regions);
    regions = Collections.unmodifiableSet(copy);
  }
}
