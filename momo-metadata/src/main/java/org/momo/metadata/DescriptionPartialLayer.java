package org.momo.metadata;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Vote;
import org.momo.metadata.words.TextKind;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Options;
import org.momo.study.Study;

/**
 * Looks for keywords in the Study Description.
 *
 * <p>A class that is named outright gets the strong weight, one that merely fits the weak weight,
 * each times the number of series, so that the study's own words stand up to those of its series
 * where both are counted together. A weight of 0 is no vote: without further words the published
 * matcher decides by whole keywords alone.
 *
 * <p>This class is immutable.
 */
final class DescriptionPartialLayer implements DecisionLayer {
  private final Modalities modalities;
  private final TextMatcher matcher;
  private final double strong;
  private final double weak;

  DescriptionPartialLayer(Options options, Catalogue catalogue) {
    modalities = new Modalities(catalogue);
    String name = TextMatcher.chosen(options);
    matcher = TextMatcher.of(name, options, catalogue, 4);
    strong = options.number("strong", 1.5, 0, 1000);
    weak = options.number("weak", name.equals(TextMatcher.PUBLISHED) ? 0 : 0.5, 0, 1000);
  }

  @Override
  public Opinion consider(Study study) {
    Modalities.Found modality = modalities.of(study);
    String group = modality.group();
    if (group == null) {
      return Opinion.abstain(modality.reason());
    }
    List<Texts.Said> descriptions = new ArrayList<>(Texts.STUDY_DESCRIPTION.in(study));
    if (descriptions.isEmpty()) {
      return Opinion.abstain("there is no study description");
    }
    Set<String> seen = new LinkedHashSet<>();
    List<Vote> votes = new ArrayList<>();
    for (Texts.Said said : descriptions) {
      Optional<TextMatch> match = matcher.match(said.text(), group, TextKind.STUDY);
      double weight = match.map(m -> m.strong() ? strong : weak).orElse(0.0);
      if (match.isPresent() && weight > 0 && seen.add(match.get().studyClass().code())) {
        votes.add(
            new Vote(
                match.get().studyClass(),
                weight * study.series().size(),
                Evidence.matched(said.path(), null, match.get().keyword())));
      }
    }
    return votes.isEmpty()
        ? Opinion.abstain("the study description names no class of modality " + group)
        : Opinion.votes(votes);
  }
}
