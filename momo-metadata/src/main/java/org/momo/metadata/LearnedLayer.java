package org.momo.metadata;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Ballot;
import org.momo.decision.Candidate;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.metadata.learned.Guess;
import org.momo.metadata.learned.TextModel;
import org.momo.spi.BuildContext;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Consultation;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Options;
import org.momo.study.Study;

/**
 * Asks a text model what the descriptions of a study as a whole speak of. The texts of series do
 * not speak: what is trained on procedure names cannot know when a text names no anatomy.
 *
 * <p>Votes weigh what the model gives, the mean over the study's different texts; what it gives to
 * regions that the catalogue has no class for is blank weight.
 *
 * <p>This class is immutable.
 */
final class LearnedLayer implements DecisionLayer {
  private static final List<Texts> TAGS =
      List.of(
          Texts.STUDY_DESCRIPTION,
          Texts.PROCEDURE_CODE_MEANING,
          Texts.REQUESTED_DESCRIPTION,
          Texts.REQUESTED_PROCEDURE,
          Texts.PERFORMED_PROCEDURE,
          Texts.PERFORMED_PROTOCOL);
  private static final double LEAST_SHOWN = 0.02;
  private static final int MOST_TEXTS = 16;

  private final Modalities modalities;
  private final RegionIndex regions;
  private final TextModel model;
  private final double least;

  LearnedLayer(Options options, BuildContext context) {
    modalities = new Modalities(context.catalogue());
    regions = new RegionIndex(context.catalogue());
    least = options.number("abstain-below", 0.8, 0, 1);
    Path file = context.baseFolder().resolve(options.requiredString("model"));
    try {
      model = TextModel.read(file);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          options.where()
              + ": there is no text model "
              + file
              + "; 'momo train-text' makes one of labelled texts",
          e);
    } catch (IOException e) {
      throw new ConfigurationException(options.where() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Opinion consider(Study study) {
    return consider(study, Ballot.empty());
  }

  /** Votes for the class of the same regions that leads already, if one does. */
  @Override
  public Opinion consider(Study study, Consultation consultation) {
    return consider(study, consultation.soFar());
  }

  private Opinion consider(Study study, Ballot soFar) {
    Modalities.Found modality = modalities.of(study);
    String group = modality.group();
    if (group == null) {
      return Opinion.abstain(modality.reason());
    }
    Optional<String> nobody = NotAPatient.reason(study);
    if (nobody.isPresent()) {
      return Opinion.abstain(nobody.get());
    }
    Collection<String> texts = texts(study);
    Map<Set<Region>, Double> sums = new LinkedHashMap<>();
    int spoken = 0;
    for (String text : texts) {
      List<Guess> guesses = model.guess(text, group);
      spoken += guesses.isEmpty() ? 0 : 1;
      for (Guess guess : guesses) {
        sums.merge(guess.regions(), guess.probability(), Double::sum);
      }
    }
    return spoken == 0
        ? Opinion.abstain("no text describes the study as a whole")
        : opinion(sums, spoken, group, soFar);
  }

  private Opinion opinion(Map<Set<Region>, Double> sums, int texts, String group, Ballot soFar) {
    List<Vote> votes = new ArrayList<>();
    double total = 0;
    for (Map.Entry<Set<Region>, Double> entry : sums.entrySet()) {
      double probability = entry.getValue() / texts;
      StudyClass studyClass = classOf(entry.getKey(), group, soFar);
      if (studyClass != null && probability >= LEAST_SHOWN) {
        votes.add(
            new Vote(
                studyClass,
                probability,
                Evidence.inferred(
                    null,
                    model.card().name(),
                    String.format(Locale.ROOT, "probability %.3f", probability))));
        total += probability;
      }
    }
    votes.sort(
        Comparator.comparingDouble((Vote vote) -> -vote.weight())
            .thenComparing(vote -> vote.studyClass().code()));
    double best = votes.isEmpty() ? 0 : votes.get(0).weight();
    if (best < least || votes.isEmpty()) {
      return Opinion.abstain(
          String.format(
              Locale.ROOT,
              "the model %s is not sure: %.2f is less than %.2f",
              model.card().name(),
              best,
              least));
    }
    return new Opinion.Votes(Ballot.of(votes, Math.max(0, 1 - total)));
  }

  /** The class of the regions: the one with most votes so far, else the one of no focus. */
  private @Nullable StudyClass classOf(Set<Region> covered, String group, Ballot soFar) {
    for (Candidate candidate : soFar.count()) {
      StudyClass studyClass = candidate.studyClass();
      if (studyClass.modality().equals(group)
          && !covered.isEmpty()
          && studyClass.regions().equals(covered)) {
        return studyClass;
      }
    }
    return regions.find(group, covered, null);
  }

  private static Collection<String> texts(Study study) {
    Set<String> different = new LinkedHashSet<>();
    for (Texts tag : TAGS) {
      for (Texts.Said said : tag.in(study)) {
        if (different.size() < MOST_TEXTS) {
          different.add(said.text());
        }
      }
    }
    return different;
  }

  /** The model. */
  @Override
  public String toString() {
    return "metadata.learned " + model;
  }
}
