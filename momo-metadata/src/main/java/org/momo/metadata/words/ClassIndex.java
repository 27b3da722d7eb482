package org.momo.metadata.words;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;

/** Classes by modality group and regions. This class is immutable. */
final class ClassIndex {
  private static final int SPINE_LEVELS =
      bit(Region.SPINE_C) | bit(Region.SPINE_T) | bit(Region.SPINE_L);

  private final Map<String, Map<Integer, List<StudyClass>>> groups = new HashMap<>();
  private final Map<String, StudyClass> byCode = new HashMap<>();

  ClassIndex(Collection<StudyClass> classes) {
    for (StudyClass studyClass : classes) {
      groups
          .computeIfAbsent(studyClass.modality(), g -> new HashMap<>())
          .computeIfAbsent(mask(studyClass.regions()), m -> new ArrayList<>())
          .add(studyClass);
      byCode.put(studyClass.code(), studyClass);
    }
  }

  static int bit(Region region) {
    return 1 << region.ordinal();
  }

  static int mask(Set<Region> regions) {
    int mask = 0;
    for (Region region : regions) {
      mask |= bit(region);
    }
    return mask;
  }

  Set<String> groups() {
    return groups.keySet();
  }

  boolean hasGroup(String group) {
    return groups.containsKey(group);
  }

  @Nullable StudyClass byCode(String code) {
    return byCode.get(code);
  }

  /** The class of exactly these regions: of this focus, else of none, else the first. */
  @Nullable StudyClass exact(String group, int mask, @Nullable String focus) {
    Map<Integer, List<StudyClass>> byMask = groups.get(group);
    List<StudyClass> all = byMask == null ? null : byMask.get(mask);
    if (all == null || mask == 0) {
      return null;
    }
    StudyClass plain = null;
    for (int i = 0; i < all.size(); i++) {
      StudyClass studyClass = all.get(i);
      String its = studyClass.focus().orElse(null);
      if (focus != null && focus.equals(its)) {
        return studyClass;
      }
      if (plain == null && its == null) {
        plain = studyClass;
      }
    }
    return plain != null ? plain : all.get(0);
  }

  /** The class that covers the regions best, where none covers them exactly. */
  @Nullable StudyClass nearest(String group, int mask) {
    Map<Integer, List<StudyClass>> byMask = groups.get(group);
    if (byMask == null || mask == 0) {
      return null;
    }
    int widened = (mask & SPINE_LEVELS) != 0 ? mask & ~SPINE_LEVELS | bit(Region.SPINE) : mask;
    StudyClass general = exact(group, widened, null);
    if (general != null) {
      return general;
    }
    StudyClass best = null;
    double overlap = 0;
    for (Map.Entry<Integer, List<StudyClass>> entry : byMask.entrySet()) {
      int other = entry.getKey();
      double share =
          (double) Integer.bitCount(other & mask) / Math.max(1, Integer.bitCount(other | mask));
      StudyClass first = entry.getValue().get(0);
      if (share > overlap
          || share == overlap && best != null && first.code().compareTo(best.code()) < 0) {
        overlap = share;
        best = first;
      }
    }
    return overlap > 0 ? best : null;
  }
}
