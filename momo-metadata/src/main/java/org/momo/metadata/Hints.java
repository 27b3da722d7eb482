package org.momo.metadata;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.momo.decision.Region;
import org.momo.study.TagPath;

/**
 * Gathers what the way a series was made says of what it shows.
 *
 * <p>This class is not thread-safe.
 */
final class Hints {
  private final List<Hint> all = new ArrayList<>();

  /**
   * What an attribute says.
   *
   * @param regions what is shown
   * @param reliability how often it is so, 0.5 to 1
   * @param path the attribute
   * @param matched what in it was recognised, in words of this package or of the DICOM standard
   */
  record Hint(Set<Region> regions, double reliability, TagPath path, String matched) {}

  void add(Region region, double reliability, int tag, String matched) {
    add(region, reliability, TagPath.of(tag), matched);
  }

  void add(Region region, double reliability, TagPath path, String matched) {
    add(EnumSet.of(region), reliability, path, matched);
  }

  void add(Set<Region> regions, double reliability, TagPath path, String matched) {
    all.add(new Hint(regions, reliability, path, matched));
  }

  boolean speakFor(Region region) {
    return all.stream().anyMatch(hint -> hint.regions.contains(region));
  }

  List<Hint> all() {
    return all;
  }
}
