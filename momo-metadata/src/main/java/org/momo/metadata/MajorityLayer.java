package org.momo.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.momo.decision.Ballot;
import org.momo.decision.Catalogue;
import org.momo.decision.Opinion;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Options;
import org.momo.study.Series;
import org.momo.study.Study;

/**
 * Decides where more than half of the voices agree. Each series is one voice: that of the class
 * which most of its tags speak for, and none where two classes tie. The study description is one
 * voice more.
 *
 * <p>This class is immutable.
 */
final class MajorityLayer implements DecisionLayer {
  private final Modalities modalities;
  private final SeriesTexts texts;

  MajorityLayer(Options options, Catalogue catalogue) {
    modalities = new Modalities(catalogue);
    texts = new SeriesTexts(options, catalogue, modalities);
  }

  @Override
  public Opinion consider(Study study) {
    Modalities.Found modality = modalities.of(study);
    String group = modality.group();
    if (group == null) {
      return Opinion.abstain(modality.reason());
    }
    List<Vote> voices = new ArrayList<>(EqualVotesLayer.ofStudy(study, group, texts.matcher()));
    for (Series series : texts.speaking(study, group)) {
      List<Vote> votes = texts.votes(series, group);
      Optional<StudyClass> winner = Ballot.of(votes).winner();
      votes.stream()
          .filter(vote -> winner.filter(vote.studyClass()::equals).isPresent())
          .findFirst()
          .ifPresent(voices::add);
    }
    Map<String, List<Vote>> byClass = new LinkedHashMap<>();
    voices.forEach(
        vote ->
            byClass.computeIfAbsent(vote.studyClass().code(), c -> new ArrayList<>()).add(vote));
    for (List<Vote> agreeing : byClass.values()) {
      if (agreeing.size() * 2 > voices.size()) {
        return Opinion.votes(agreeing);
      }
    }
    return Opinion.abstain(
        voices.isEmpty()
            ? "no text names a class of modality " + group
            : "none of " + byClass.size() + " classes has more than half of the voices");
  }
}
