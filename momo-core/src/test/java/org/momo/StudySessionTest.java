package org.momo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.momo.catalogue.Catalogues;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Prediction;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.spi.DecisionLayer;
import org.momo.spi.SampleStudies;
import org.momo.study.Instance;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

class StudySessionTest {
  private static final List<StudyClass> CLASSES =
      List.copyOf(Catalogues.named("essen-76").classes());

  /** Votes for one class a series, chosen by what the series says and how large it is. */
  private static final DecisionLayer BY_SERIES =
      study -> {
        List<Vote> votes = new ArrayList<>();
        for (Series series : study.series()) {
          String text = series.header().string(Tag.SERIES_DESCRIPTION).orElse("");
          StudyClass c = CLASSES.get(Math.floorMod(text.hashCode(), CLASSES.size()));
          votes.add(new Vote(c, series.instances().size(), Evidence.inferred(null, "test", "")));
        }
        return Opinion.votes(votes);
      };

  private static StudyClassifier classifier() {
    return StudyClassifier.builder()
        .catalogue(Catalogues.named("essen-76"))
        .discovery(false)
        .layer("series", BY_SERIES)
        .build();
  }

  private static Instance instance(int study, int series, int number, String text) {
    Map<Integer, String> values = new TreeMap<>();
    values.put(Tag.STUDY_INSTANCE_UID, "2.25." + study);
    values.put(Tag.SERIES_INSTANCE_UID, "2.25." + study + "." + series);
    values.put(Tag.SERIES_NUMBER, "" + series);
    values.put(Tag.SOP_INSTANCE_UID, "2.25." + study + "." + series + "." + number);
    values.put(Tag.INSTANCE_NUMBER, "" + number);
    values.put(Tag.MODALITY, "CT");
    values.put(Tag.SERIES_DESCRIPTION, text);
    return Instance.of(SampleStudies.header(values));
  }

  @Property(tries = 200)
  void any_order_and_interleaving_ends_in_the_answer_of_the_batch(@ForAll long seed) {
    Random random = new Random(seed);
    List<Instance> all = new ArrayList<>();
    for (int study = 1; study <= 3; study++) {
      int seriesCount = 1 + random.nextInt(3);
      for (int series = 1; series <= seriesCount; series++) {
        int count = 1 + random.nextInt(5);
        for (int i = 1; i <= count; i++) {
          all.add(instance(study, series, i, "text " + random.nextInt(4)));
        }
      }
    }
    try (StudyClassifier classifier = classifier()) {
      List<Instance> arrivals = new ArrayList<>(all);
      for (int i = random.nextInt(4); i > 0; i--) {
        arrivals.add(all.get(random.nextInt(all.size())));
      }
      Map<String, Prediction> batch = new TreeMap<>();
      for (Study study : Study.group(arrivals)) {
        batch.put(study.uid(), classifier.classify(study));
      }
      for (Study study : Study.group(all)) {
        // What comes twice is told in the trace and plays no part in the decision.
        assertThat(batch.get(study.uid()).decision())
            .isEqualTo(classifier.classify(study).decision());
      }
      Collections.shuffle(arrivals, random);
      StudySession session = StudySession.of(classifier);
      for (Instance arrival : arrivals) {
        session.add(arrival);
        if (random.nextInt(3) == 0) {
          session.revise();
        }
        if (random.nextInt(5) == 0) {
          session.complete(session.studies().get(0));
        }
      }
      Map<String, Prediction> streamed = new TreeMap<>();
      for (String uid : session.studies()) {
        StudySession.Answer answer = session.complete(uid);
        assertThat(answer.last()).isTrue();
        streamed.put(uid, answer.prediction());
      }
      assertThat(streamed).isEqualTo(batch);
    }
  }

  @Test
  void a_late_series_reopens_the_study_and_revises_the_answer() {
    try (StudyClassifier classifier = classifier()) {
      StudySession session = StudySession.of(classifier);
      assertThat(session.add(instance(1, 1, 1, "a"))).isTrue();
      assertThat(session.mayChange("2.25.1")).isTrue();
      StudySession.Answer first = session.complete("2.25.1");
      assertThat(first.last()).isTrue();
      assertThat(first.revision()).isZero();
      assertThat(session.mayChange("2.25.1")).isFalse();

      session.add(instance(1, 2, 1, "b"));
      session.add(instance(1, 2, 2, "b"));
      assertThat(session.mayChange("2.25.1")).isTrue();
      List<StudySession.Answer> changed = session.revise();
      assertThat(changed).hasSize(1);
      assertThat(changed.get(0).revision()).isEqualTo(1);
      assertThat(changed.get(0).last()).isFalse();
      assertThat(changed.get(0).instances()).isEqualTo(3);
      assertThat(session.revise()).isEmpty();
      assertThat(session.answer("2.25.1").orElseThrow().last()).isFalse();
      assertThat(session.complete("2.25.1").last()).isTrue();
    }
  }

  @Test
  void a_duplicate_changes_nothing_and_what_is_known_is_not_asked_again() {
    AtomicInteger asked = new AtomicInteger();
    try (StudyClassifier classifier = classifier()) {
      StudySession session =
          StudySession.of(
              study -> {
                asked.incrementAndGet();
                return classifier.classify(study);
              });
      session.add(instance(1, 1, 1, "a"));
      session.answer("2.25.1");
      session.answer("2.25.1");
      assertThat(asked).hasValue(1);
      assertThat(session.add(instance(1, 1, 1, "a"))).isFalse();
      assertThat(session.revise()).isEmpty();
    }
  }

  @Test
  void a_study_can_be_forgotten_and_an_unknown_one_has_no_answer() {
    try (StudyClassifier classifier = classifier()) {
      StudySession session = StudySession.of(classifier);
      session.add(instance(1, 1, 1, "a"));
      assertThat(session.forget("2.25.1")).isTrue();
      assertThat(session.studies()).isEmpty();
      assertThat(session.answer("2.25.1")).isEmpty();
      assertThatThrownBy(() -> session.complete("2.25.1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2.25.1");
    }
  }
}
