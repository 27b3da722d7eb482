package org.momo.metadata;

import java.util.ArrayList;
import java.util.List;
import org.momo.decision.Catalogue;
import org.momo.decision.Opinion;
import org.momo.decision.Vote;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Options;
import org.momo.study.Series;
import org.momo.study.Study;

/**
 * The published series vote: in every series, each of the five published tags has one vote.
 *
 * <p>This class is immutable.
 */
final class SeriesVoteLayer implements DecisionLayer {
  private final Modalities modalities;
  private final SeriesTexts texts;

  SeriesVoteLayer(Options options, Catalogue catalogue) {
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
    List<Vote> votes = new ArrayList<>();
    for (Series series : texts.speaking(study, group)) {
      votes.addAll(texts.votes(series, group));
    }
    return votes.isEmpty()
        ? Opinion.abstain("no text of any series names a class of modality " + group)
        : Opinion.votes(votes);
  }
}
