package org.momo.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.momo.decision.Ballot;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.study.Instance;
import org.momo.study.Series;
import org.momo.study.Study;

/**
 * What every decision layer promises. A plugin's author extends this class, says how to make the
 * layer, and inherits the tests.
 */
public abstract class DecisionLayerContract {

  /**
   * Makes the layer.
   *
   * @return a layer as the configuration would build it
   */
  protected abstract DecisionLayer layer();

  /**
   * The catalogue that the layer was made for.
   *
   * @return the catalogue
   */
  protected abstract Catalogue catalogue();

  /**
   * The studies to try the layer on.
   *
   * @return studies of every sort; override to add those that the layer has an opinion of
   */
  protected List<Study> studies() {
    return SampleStudies.all();
  }

  @Test
  @DisplayName("A layer answers every study, however poor, with an opinion that is not null")
  void answersEveryStudy() throws Exception {
    try (DecisionLayer layer = layer()) {
      for (Study study : studies()) {
        assertThat(ask(layer, study)).as("%s", study).isNotNull();
      }
    }
  }

  @Test
  @DisplayName("A layer names only classes of its catalogue")
  void staysInCatalogue() throws Exception {
    try (DecisionLayer layer = layer()) {
      for (Study study : studies()) {
        for (StudyClass named : classes(ask(layer, study))) {
          assertThat(catalogue().find(named.code())).contains(named);
        }
      }
    }
  }

  @Test
  @DisplayName("A layer gives the same opinion whatever the order in which instances came")
  void ignoresOrder() throws Exception {
    try (DecisionLayer layer = layer()) {
      for (Study study : studies()) {
        Opinion expected = ask(layer, study);
        List<Instance> instances = new ArrayList<>();
        for (Series series : study.series()) {
          instances.addAll(series.instances());
        }
        for (int seed = 0; seed < 5; seed++) {
          Collections.shuffle(instances, new Random(seed));
          Study again = Study.group(instances).get(0);
          assertThat(ask(layer, again)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  @DisplayName("A layer gives the same opinions when eight threads ask at once")
  void isThreadSafe() throws Exception {
    try (DecisionLayer layer = layer()) {
      List<Study> studies = studies();
      List<Opinion> expected = new ArrayList<>();
      for (Study study : studies) {
        expected.add(ask(layer, study));
      }
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Callable<List<Opinion>>> tasks =
            Collections.nCopies(
                32,
                () -> {
                  List<Opinion> opinions = new ArrayList<>();
                  for (Study study : studies) {
                    opinions.add(ask(layer, study));
                  }
                  return opinions;
                });
        for (Future<List<Opinion>> opinions : threads.invokeAll(tasks)) {
          assertThat(opinions.get()).isEqualTo(expected);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  @DisplayName("A layer's evidence says why in the catalogue's words, never with the whole text")
  void evidenceIsShort() throws Exception {
    try (DecisionLayer layer = layer()) {
      for (Study study : studies()) {
        for (Evidence evidence : evidence(ask(layer, study))) {
          assertThat(evidence.matched() + evidence.note()).isNotEmpty().hasSizeLessThan(300);
        }
      }
    }
  }

  private static Opinion ask(DecisionLayer layer, Study study) throws Exception {
    Consumer<String> forget = text -> {};
    return layer.consider(
        study,
        new Consultation() {
          @Override
          public Ballot soFar() {
            return Ballot.empty();
          }

          @Override
          public void note(String text) {
            forget.accept(text);
          }
        });
  }

  private static List<StudyClass> classes(Opinion opinion) {
    if (opinion instanceof Opinion.Final known) {
      return List.of(known.studyClass());
    }
    return opinion instanceof Opinion.Votes votes
        ? votes.ballot().votes().stream().map(Vote::studyClass).toList()
        : List.of();
  }

  private static List<Evidence> evidence(Opinion opinion) {
    if (opinion instanceof Opinion.Final known) {
      return List.of(known.evidence());
    }
    return opinion instanceof Opinion.Votes votes
        ? votes.ballot().votes().stream().map(Vote::evidence).toList()
        : List.of();
  }
}
