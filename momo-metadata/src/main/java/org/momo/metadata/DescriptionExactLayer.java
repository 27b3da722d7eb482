package org.momo.metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.metadata.published.Reduction;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Options;
import org.momo.study.Study;

/**
 * Compares the whole Study Description, reduced, with the descriptions and names of the classes of
 * the study's modality.
 *
 * <p>One class is the answer. Where the series have different descriptions that mean different
 * classes, each class gets a vote.
 *
 * <p>This class is immutable.
 */
final class DescriptionExactLayer implements DecisionLayer {
  private record Named(StudyClass studyClass, String description) {}

  private final Modalities modalities;
  private final boolean patientsOnly;
  private final Reduction reduction;
  private final Map<String, Map<String, List<Named>>> groups = new HashMap<>();

  DescriptionExactLayer(Options options, Catalogue catalogue) {
    modalities = new Modalities(catalogue);
    patientsOnly = options.flag("patients-only", false);
    reduction = new Reduction(options.strings("ignored-words").orElse(Reduction.BLACKLIST));
    for (StudyClass studyClass : catalogue.classes()) {
      Set<String> descriptions = new LinkedHashSet<>(studyClass.descriptions());
      descriptions.add(studyClass.name());
      Map<String, List<Named>> group =
          groups.computeIfAbsent(studyClass.modality(), g -> new HashMap<>());
      for (String description : descriptions) {
        List<Named> same =
            group.computeIfAbsent(reduction.reduce(description), d -> new ArrayList<>());
        if (same.stream().noneMatch(named -> named.studyClass.equals(studyClass))) {
          same.add(new Named(studyClass, description));
        }
      }
    }
    groups.values().forEach(group -> group.remove(""));
  }

  @Override
  public Opinion consider(Study study) {
    Opinion opinion = lookUp(study);
    return patientsOnly ? NotAPatient.ofPatient(opinion, study) : opinion;
  }

  private Opinion lookUp(Study study) {
    Modalities.Found modality = modalities.of(study);
    if (modality.group() == null) {
      return Opinion.abstain(modality.reason());
    }
    Map<String, List<Named>> known = groups.getOrDefault(modality.group(), Map.of());
    Map<String, Vote> votes = new LinkedHashMap<>();
    boolean any = false;
    for (Texts.Said said : Texts.STUDY_DESCRIPTION.in(study)) {
      any = true;
      for (Named named : known.getOrDefault(reduction.reduce(said.text()), List.of())) {
        votes.putIfAbsent(
            named.studyClass.code(),
            new Vote(named.studyClass, 1, Evidence.matched(said.path(), null, named.description)));
      }
    }
    if (votes.isEmpty()) {
      return Opinion.abstain(
          any
              ? "no class of modality " + modality.group() + " has this study description"
              : "there is no study description");
    }
    if (votes.size() > 1) {
      return Opinion.votes(votes.values());
    }
    Vote only = votes.values().iterator().next();
    return Opinion.decide(only.studyClass(), 1, only.evidence());
  }
}
