package org.momo.metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;

/** The catalogue's classes by modality group and regions. This class is immutable. */
final class RegionIndex {
  private final Map<String, Map<Set<Region>, List<StudyClass>>> groups = new HashMap<>();

  RegionIndex(Catalogue catalogue) {
    for (StudyClass studyClass : catalogue.classes()) {
      groups
          .computeIfAbsent(studyClass.modality(), g -> new HashMap<>())
          .computeIfAbsent(studyClass.regions(), r -> new ArrayList<>())
          .add(studyClass);
    }
  }

  /**
   * The class that covers exactly some regions: of the focus, else of none, else the first of the
   * table. Null where there is none, or no region is given.
   */
  @Nullable StudyClass find(String group, Set<Region> regions, @Nullable String focus) {
    List<StudyClass> all = groups.getOrDefault(group, Map.of()).getOrDefault(regions, List.of());
    if (regions.isEmpty() || all.isEmpty()) {
      return null;
    }
    StudyClass plain = null;
    for (StudyClass studyClass : all) {
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
}
