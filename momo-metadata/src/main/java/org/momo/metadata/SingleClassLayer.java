package org.momo.metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.StudyClass;
import org.momo.spi.DecisionLayer;
import org.momo.study.Study;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/**
 * Decides where the catalogue has but one class for the study's modality, as for mammography.
 *
 * <p>This class is immutable.
 */
final class SingleClassLayer implements DecisionLayer {
  private final Modalities modalities;
  private final Map<String, List<StudyClass>> groups = new HashMap<>();

  SingleClassLayer(Catalogue catalogue) {
    modalities = new Modalities(catalogue);
    for (StudyClass studyClass : catalogue.classes()) {
      groups.computeIfAbsent(studyClass.modality(), g -> new ArrayList<>()).add(studyClass);
    }
  }

  @Override
  public Opinion consider(Study study) {
    Modalities.Found modality = modalities.of(study);
    String group = modality.group();
    if (group == null) {
      return Opinion.abstain(modality.reason());
    }
    List<StudyClass> all = groups.getOrDefault(group, List.of());
    return all.size() == 1
        ? Opinion.decide(
            all.get(0),
            1,
            new Evidence(
                Evidence.Kind.DECLARED,
                TagPath.of(Tag.MODALITY),
                null,
                group,
                "the only class of the modality"))
        : Opinion.abstain("the modality " + group + " has " + all.size() + " classes");
  }
}
