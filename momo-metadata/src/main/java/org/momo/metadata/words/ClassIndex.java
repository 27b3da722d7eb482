package org.momo.metadata.words;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;

/** Classes by modality group and regions. This class is immutable. */
final class ClassIndex {
  private static final int SPINE_LEVELS =
      bit(Region.SPINE_C) | bit(Region.SPINE_T) | bit(Region.SPINE_L);

  private final Map<String, Map<Integer, Alike>> groups = new HashMap<>();
  private final Map<String, StudyClass> byCode = new HashMap<>();

  /** The classes of one group that cover the same regions. */
  private static final class Alike {
    private final StudyClass first;
    private @Nullable StudyClass plain;
    private final Map<String, StudyClass> byFocus = new HashMap<>();

    Alike(StudyClass first) {
      this.first = first;
    }

    void add(StudyClass studyClass) {
      String focus = studyClass.focus().orElse(null);
      if (focus != null) {
        byFocus.putIfAbsent(focus, studyClass);
      } else if (plain == null) {
        plain = studyClass;
      }
    }
  }

  ClassIndex(Collection<StudyClass> classes) {
    for (StudyClass studyClass : classes) {
      groups
          .computeIfAbsent(studyClass.modality(), g -> new HashMap<>())
          .computeIfAbsent(mask(studyClass.regions()), m -> new Alike(studyClass))
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
    Map<Integer, Alike> byMask = groups.get(group);
    Alike alike = byMask == null ? null : byMask.get(mask);
    if (alike == null || mask == 0) {
      return null;
    }
    StudyClass focused = focus == null ? null : alike.byFocus.get(focus);
    if (focused != null) {
      return focused;
    }
    return alike.plain != null ? alike.plain : alike.first;
  }

  /** The class that covers the regions best, where none covers them exactly. */
  @Nullable StudyClass nearest(String group, int mask) {
    Map<Integer, Alike> byMask = groups.get(group);
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
    for (Map.Entry<Integer, Alike> entry : byMask.entrySet()) {
      int other = entry.getKey();
      double share =
          (double) Integer.bitCount(other & mask) / Math.max(1, Integer.bitCount(other | mask));
      StudyClass first = entry.getValue().first;
      if (share > overlap
          || share == overlap && best != null && first.code().compareTo(best.code()) < 0) {
        overlap = share;
        best = first;
      }
    }
    return overlap > 0 ? best : null;
  }
}
