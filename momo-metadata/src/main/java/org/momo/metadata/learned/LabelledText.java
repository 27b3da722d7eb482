package org.momo.metadata.learned;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Region;

/**
 * A text whose regions are known.
 *
 * <p>This class is immutable.
 *
 * @param source where it comes from, such as a hospital; what is held out is held out by source
 * @param language its language, such as {@code en}; empty where not known
 * @param text the text
 * @param group the modality group that it stands for, such as {@code CT}; null where not known
 * @param accepted sets of regions, each of which is right; an empty set where the text names none
 */
public record LabelledText(
    String source,
    String language,
    String text,
    @Nullable String group,
    List<Set<Region>> accepted) {
  /**
   * Checks and copies the parts.
   *
   * @param source where it comes from
   * @param language its language
   * @param text the text
   * @param group the modality group that it stands for
   * @param accepted sets of regions, each of which is right, at least one
   * @throws IllegalArgumentException if nothing is accepted
   */
  public LabelledText {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(text, "text");
    if (accepted.isEmpty()) {
      throw new IllegalArgumentException("a labelled text needs at least one set of regions");
    }
    List<Set<Region>> copies = new ArrayList<>();
    for (Set<Region> regions : accepted) {
      EnumSet<Region> copy = EnumSet.noneOf(Region.class);
      copy.addAll(regions);
      copies.add(Collections.unmodifiableSet(copy));
    }
    accepted = List.copyOf(copies);
  }

  /**
   * Reads the notation of label files.
   *
   * @param notation region names; {@code +} joins what is covered together, {@code |} separates
   *     alternatives, and {@code -} alone is a text that names no region
   * @return the accepted sets
   * @throws IllegalArgumentException if a name is none of {@link Region}'s
   */
  public static List<Set<Region>> accepted(String notation) {
    List<Set<Region>> accepted = new ArrayList<>();
    for (String alternative : notation.strip().split("\\|", -1)) {
      Set<Region> regions = EnumSet.noneOf(Region.class);
      if (!alternative.strip().equals("-")) {
        for (String name : alternative.split("\\+", -1)) {
          regions.add(
              Region.named(name)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "a region must be one of " + List.of(Region.values()))));
        }
      }
      accepted.add(regions);
    }
    return accepted;
  }

  /** The labels alone: texts may name a person. */
  @Override
  public String toString() {
    return "LabelledText[" + source + ", " + language + ", " + group + ", " + accepted + "]";
  }
}
