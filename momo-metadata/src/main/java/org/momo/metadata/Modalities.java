package org.momo.metadata;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.decision.ModalityGroups;
import org.momo.study.Series;
import org.momo.study.Study;

/**
 * The modality group of a study with the reason where there is none; see {@link ModalityGroups}.
 *
 * <p>This class is immutable.
 */
final class Modalities {
  private final ModalityGroups groups;

  Modalities(Catalogue catalogue) {
    this.groups = ModalityGroups.of(catalogue);
  }

  /**
   * What was found.
   *
   * @param group the group, or null where there is none
   * @param reason why there is none; empty where there is one
   */
  record Found(@Nullable String group, String reason) {}

  /** The group of a study, or why it has none. */
  Found of(Study study) {
    return groups
        .of(study)
        .map(group -> new Found(group, ""))
        .orElseGet(() -> new Found(null, groups.whyNone(study)));
  }

  /** The group of a series by itself. */
  Optional<String> of(Series series) {
    return groups.of(series);
  }

  /** Whether a series can speak for a study of a group: a CT series can for a PET study. */
  boolean speaksFor(Series series, String studyGroup) {
    return groups.speaksFor(series, studyGroup);
  }
}
