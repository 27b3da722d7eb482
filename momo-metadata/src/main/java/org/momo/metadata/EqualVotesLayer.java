package org.momo.metadata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Vote;
import org.momo.metadata.words.TextKind;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Options;
import org.momo.study.Series;
import org.momo.study.Study;

/**
 * The simplest count: every class that a series speaks for, in whichever of its tags, gets one vote
 * of that series, and the study description counts like one series more. Three tags that repeat the
 * same words are one voice, not three.
 *
 * <p>This class is immutable.
 */
final class EqualVotesLayer implements DecisionLayer {
  private final Modalities modalities;
  private final SeriesTexts texts;
  private final TextMatcher matcher;

  EqualVotesLayer(Options options, Catalogue catalogue) {
    modalities = new Modalities(catalogue);
    texts = new SeriesTexts(options, catalogue, modalities);
    matcher = texts.matcher();
  }

  @Override
  public Opinion consider(Study study) {
    Modalities.Found modality = modalities.of(study);
    String group = modality.group();
    if (group == null) {
      return Opinion.abstain(modality.reason());
    }
    List<Vote> votes = new ArrayList<>(ofStudy(study, group, matcher));
    for (Series series : texts.speaking(study, group)) {
      votes.addAll(once(texts.votes(series, group)));
    }
    return votes.isEmpty()
        ? Opinion.abstain("no text names a class of modality " + group)
        : Opinion.votes(votes);
  }

  /** The votes of the study descriptions, one a class. */
  static Collection<Vote> ofStudy(Study study, String group, TextMatcher matcher) {
    List<Vote> votes = new ArrayList<>();
    for (Texts.Said said : Texts.STUDY_DESCRIPTION.in(study)) {
      matcher
          .match(said.text(), group, TextKind.STUDY)
          .ifPresent(
              match ->
                  votes.add(
                      new Vote(
                          match.studyClass(),
                          1,
                          Evidence.matched(said.path(), null, match.keyword()))));
    }
    return once(votes);
  }

  private static Collection<Vote> once(List<Vote> votes) {
    Map<String, Vote> byClass = new LinkedHashMap<>();
    votes.forEach(vote -> byClass.putIfAbsent(vote.studyClass().code(), vote));
    return byClass.values();
  }
}
