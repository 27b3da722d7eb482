package org.momo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.momo.catalogue.Catalogues;
import org.momo.decision.Ballot;
import org.momo.decision.Catalogue;
import org.momo.decision.Decision;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Prediction;
import org.momo.decision.Trace;
import org.momo.decision.Vote;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Consultation;
import org.momo.spi.DecisionLayer;
import org.momo.spi.InferenceException;
import org.momo.spi.SampleStudies;
import org.momo.spi.VoteRule;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

class StudyClassifierTest {
  private static final Catalogue CATALOGUE = Catalogues.named("essen-76");
  private static final Study STUDY = SampleStudies.study("CT", "CT Thorax", "a", "b");

  static DecisionLayer votes(Object... codesAndWeights) {
    List<Vote> votes = new ArrayList<>();
    for (int i = 0; i < codesAndWeights.length; i += 2) {
      votes.add(vote((String) codesAndWeights[i], ((Number) codesAndWeights[i + 1]).doubleValue()));
    }
    return study -> Opinion.votes(votes);
  }

  private static Vote vote(String code, double weight) {
    return new Vote(
        CATALOGUE.find(code).orElseThrow(), weight, Evidence.inferred(null, "test", ""));
  }

  private static StudyClassifier.Builder builder() {
    return StudyClassifier.builder().catalogue(CATALOGUE).discovery(false);
  }

  private static Prediction classify(StudyClassifier.Builder builder) {
    try (StudyClassifier classifier = builder.build()) {
      return classifier.classify(STUDY);
    }
  }

  private static String codes(List<org.momo.decision.Candidate> candidates) {
    return candidates.stream().map(c -> c.studyClass().code()).toList().toString();
  }

  @Test
  void firstLayerWithUniqueLeaderDecides() {
    Prediction prediction =
        classify(
            builder()
                .layer("silent", study -> Opinion.abstain("nothing to say"))
                .layer("torn", votes("CTT", 1, "CTAB", 1))
                .layer("sure", votes("CTT", 3, "CTAB", 1))
                .layer("late", votes("CTAB", 5)));

    Decision.Decided decided = (Decision.Decided) prediction.decision();
    assertThat(decided.studyClass().code()).isEqualTo("CTT");
    assertThat(decided.decidedBy()).isEqualTo("sure");
    assertThat(decided.confidence()).isEqualTo(0.75);
    assertThat(codes(decided.candidates())).isEqualTo("[CTT, CTAB]");
    assertThat(prediction.trace().steps())
        .filteredOn(Trace.Asked.class::isInstance)
        .extracting(step -> ((Trace.Asked) step).layer())
        .containsExactly("silent", "torn", "sure");
    assertThat(prediction.trace().steps())
        .contains(
            new Trace.Counted(
                "torn",
                Ballot.of(List.of(vote("CTT", 1), vote("CTAB", 1))).count(),
                "a tie of CTAB and CTT"));
  }

  @Test
  void tieStaysUndecidedWithBothCandidates() {
    Decision decision =
        classify(builder().layer("x", votes("CTT", 0.1, "CTT", 0.2, "CTAB", 0.3))).decision();
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Undecided.class,
            undecided -> {
              assertThat(undecided.reason()).isEqualTo(Decision.Reason.TIE);
              assertThat(undecided.detail()).isEqualTo("a tie of CTT and CTAB");
              assertThat(codes(undecided.candidates())).isEqualTo("[CTT, CTAB]");
            });
  }

  @Test
  void leaderBelowThresholdDoesNotDecide() {
    Decision decision =
        classify(builder().threshold(0.8).layer("x", votes("CTT", 3, "CTAB", 1))).decision();
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Undecided.class,
            undecided -> {
              assertThat(undecided.reason()).isEqualTo(Decision.Reason.BELOW_THRESHOLD);
              assertThat(undecided.detail())
                  .isEqualTo("CTT leads with 0.750, less than the 0.8 that is asked for");
            });
    assertThat(
            classify(
                    builder()
                        .threshold(0.8)
                        .step(StepConfig.Layer.of("x", votes("CTT", 3, "CTAB", 1)).threshold(0.75)))
                .studyClass())
        .isPresent();
  }

  @Test
  void statedConfidenceBelowThresholdDoesNotDecide() {
    DecisionLayer unsure =
        study ->
            Opinion.decide(
                CATALOGUE.find("CTT").orElseThrow(), 0.4, Evidence.inferred(null, "m", ""));
    assertThat(classify(builder().layer("x", unsure)).confidence()).isEqualTo(0.4);
    assertThat(classify(builder().threshold(0.5).layer("x", unsure)).decision())
        .isInstanceOfSatisfying(
            Decision.Undecided.class,
            u -> assertThat(u.reason()).isEqualTo(Decision.Reason.BELOW_THRESHOLD));
  }

  @Test
  void noEvidenceWhenNobodySpeaks() {
    assertThat(classify(builder().layer("x", study -> Opinion.abstain("no"))).decision())
        .isEqualTo(
            new Decision.Undecided(
                Decision.Reason.NO_EVIDENCE, "no layer had anything to say", List.of()));
  }

  @Test
  void candidatesAreThoseOfTheLastCountThatHadAny() {
    Prediction prediction =
        classify(
            builder()
                .layer("a", votes("CTT", 1, "CTAB", 1))
                .layer("b", votes("CTH", 1, "CTS", 1))
                .layer("c", study -> Opinion.abstain("no")));
    assertThat(codes(prediction.decision().candidates())).isEqualTo("[CTH, CTS]");
  }

  @Test
  void failingLayerCostsNothingElse() {
    DecisionLayer failing =
        study -> {
          throw new IllegalStateException("patient DOE^JOHN");
        };
    Prediction prediction = classify(builder().layer("bad", failing).layer("ok", votes("CTT", 1)));
    assertThat(prediction.studyClass()).isPresent();
    assertThat(prediction.trace().steps())
        .contains(new Trace.Failed("bad", "java.lang.IllegalStateException"));
    assertThat(prediction.toString()).doesNotContain("DOE");
  }

  @Test
  void ownExceptionsAreToldInFull() {
    DecisionLayer failing =
        study -> {
          throw new InferenceException("model ct 1 does not run");
        };
    assertThat(classify(builder().layer("bad", failing)).trace().steps())
        .containsExactly(new Trace.Failed("bad", "InferenceException: model ct 1 does not run"));
  }

  @Test
  void errorsOfALayerAreItsOwnButTheMachinesAreNot() {
    DecisionLayer deep =
        new DecisionLayer() {
          @Override
          public Opinion consider(Study study) throws Exception {
            return consider(study);
          }
        };
    DecisionLayer unlinked =
        study -> {
          throw new NoClassDefFoundError("x");
        };
    DecisionLayer full =
        study -> {
          throw new OutOfMemoryError("x");
        };
    assertThat(
            classify(
                    builder()
                        .layer("deep", deep)
                        .layer("unlinked", unlinked)
                        .layer("ok", votes("CTT", 1)))
                .studyClass())
        .isPresent();
    assertThatThrownBy(() -> classify(builder().layer("full", full)))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void failureCanMakeTheStudyUndecided() {
    DecisionLayer failing =
        study -> {
          throw new IllegalStateException();
        };
    Decision decision =
        classify(
                builder()
                    .layer("torn", votes("CTT", 1, "CTAB", 1))
                    .step(StepConfig.Layer.of("bad", failing).onFailure(OnFailure.UNDECIDED))
                    .layer("ok", votes("CTT", 1)))
            .decision();
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Undecided.class,
            undecided -> {
              assertThat(undecided.reason()).isEqualTo(Decision.Reason.LAYER_FAILED);
              assertThat(undecided.detail()).isEqualTo("the layer bad failed");
              assertThat(codes(undecided.candidates())).isEqualTo("[CTAB, CTT]");
            });
  }

  @Test
  void foreignClassIsAFailure() {
    Catalogue other = Catalogues.named("default");
    DecisionLayer lost =
        study ->
            Opinion.decide(other.classes().iterator().next(), 1, Evidence.inferred(null, "m", ""));
    assertThat(classify(builder().layer("lost", lost)).trace().steps().get(0))
        .isInstanceOfSatisfying(
            Trace.Failed.class,
            failed -> assertThat(failed.cause()).contains("not of the catalogue essen-76"));
  }

  @Test
  void rulesRewriteTheBallotAndTheTraceTells() {
    Prediction prediction =
        classify(
            builder().step(StepConfig.Layer.of("x", votes("CTT", 1, "CTAB", 1)).rules("default")));
    assertThat(prediction.studyClass().orElseThrow().code()).isEqualTo("CTTA");
    assertThat(prediction.confidence()).isEqualTo(1);
    assertThat(prediction.trace().steps())
        .filteredOn(Trace.RuleApplied.class::isInstance)
        .singleElement()
        .satisfies(
            step -> {
              Trace.RuleApplied applied = (Trace.RuleApplied) step;
              assertThat(applied.rule()).isEqualTo("CTT+CTAB=CTTA");
              assertThat(applied.before().codes()).containsExactly("CTAB", "CTT");
              assertThat(applied.after().codes()).containsExactly("CTTA");
            });
  }

  @Test
  void mergedGroupCountsTogetherWithWeights() {
    Prediction prediction =
        classify(
            builder()
                .merge(
                    StepConfig.Layer.of("a", votes("CTT", 1)).weight(1.5),
                    StepConfig.Layer.of("b", votes("CTAB", 1)),
                    StepConfig.Layer.of("c", study -> Opinion.abstain("no"))));
    Decision.Decided decided = (Decision.Decided) prediction.decision();
    assertThat(decided.studyClass().code()).isEqualTo("CTT");
    assertThat(decided.confidence()).isEqualTo(0.6);
    assertThat(decided.decidedBy()).isEqualTo("a+b");
    assertThat(prediction.trace().steps())
        .contains(new Trace.Note("the votes of a count 1.5 times"));
  }

  @Test
  void groupRulesSeeTheVotesInScopeOnly() {
    StepConfig.Layer series = StepConfig.Layer.of("series", votes("CTT", 1));
    StepConfig.Layer network = StepConfig.Layer.of("network", votes("CTAB", 1.5));
    assertThat(
            classify(builder().step(StepConfig.Merge.of(series, network).rules("default")))
                .studyClass()
                .orElseThrow()
                .code())
        .isEqualTo("CTTA");
    assertThat(
            classify(
                    builder()
                        .step(StepConfig.Merge.of(series, network.withoutRules()).rules("default")))
                .studyClass()
                .orElseThrow()
                .code())
        .isEqualTo("CTAB");
  }

  @Test
  void groupRulesSeeAllInScopeVotesAtOnce() {
    // One by one, the first layer's CTT would have become CTTA before CTAB was there.
    Prediction prediction =
        classify(
            builder()
                .step(
                    StepConfig.Merge.of(
                            StepConfig.Layer.of("a", votes("CTT", 2)),
                            StepConfig.Layer.of("b", votes("CTAB", 1)))
                        .rules("CTT-CTAB=CTTA")));
    assertThat(prediction.studyClass().orElseThrow().code()).isEqualTo("CTT");
    assertThat(prediction.trace().steps()).noneMatch(Trace.RuleApplied.class::isInstance);
  }

  @Test
  void electionEndsTheCountBeforeTheNextLayerIsAsked() {
    AtomicInteger asked = new AtomicInteger();
    DecisionLayer network =
        study -> {
          asked.incrementAndGet();
          return votes("CTT", 100).consider(study);
        };
    Prediction prediction =
        classify(
            builder()
                .step(
                    StepConfig.Merge.of(
                            StepConfig.Layer.of("series", votes("CTH", 1, "CTT", 5)),
                            StepConfig.Layer.of("network", network).withoutRules())
                        .rules("minvr")));
    assertThat(prediction.studyClass().orElseThrow().code()).isEqualTo("CTH");
    assertThat(asked).hasValue(0);
    assertThat(prediction.confidence()).isEqualTo(1.0 / 6);
  }

  @Test
  void layersOfAGroupKnowTheVotesSoFar() {
    List<String> seen = new ArrayList<>();
    DecisionLayer curious =
        new DecisionLayer() {
          @Override
          public Opinion consider(Study study) {
            throw new AssertionError("the other form is asked");
          }

          @Override
          public Opinion consider(Study study, Consultation consultation) {
            seen.add(consultation.soFar().toString());
            consultation.note("looked");
            return Opinion.abstain("curious only");
          }
        };
    Prediction prediction =
        classify(
            builder()
                .step(
                    StepConfig.Merge.of(
                            StepConfig.Layer.of("series", votes("CTT", 1, "CTAB", 1)),
                            StepConfig.Layer.of("curious", curious))
                        .rules("default"))
                .layer("curious", curious));
    assertThat(prediction.studyClass()).isPresent();
    assertThat(seen).containsExactly("CTTA 2.0");
    assertThat(prediction.trace().steps()).contains(new Trace.Note("looked"));
  }

  @Test
  void layersKnowHowTheirVotesWillCount() {
    List<String> seen = new ArrayList<>();
    DecisionLayer curious =
        new DecisionLayer() {
          @Override
          public Opinion consider(Study study) {
            throw new AssertionError("the other form is asked");
          }

          @Override
          public Opinion consider(Study study, Consultation consultation) {
            seen.add(
                consultation.weight()
                    + " "
                    + consultation.threshold()
                    + " "
                    + consultation.countsDirectly());
            return Opinion.abstain("curious only");
          }
        };
    classify(
        builder()
            .threshold(0.25)
            .rules("default")
            .step(
                StepConfig.Merge.of(
                    StepConfig.Layer.of("first", curious).withoutRules(),
                    StepConfig.Layer.of("last", curious).weight(2).withoutRules()))
            .layer("ruled", curious)
            .step(StepConfig.Layer.of("alone", curious).withoutRules().threshold(0.5)));
    assertThat(seen)
        .containsExactly("1.0 0.25 false", "2.0 0.25 true", "1.0 0.25 false", "1.0 0.5 true");
  }

  @Test
  void failingRuleLeavesTheBallotAlone() {
    VoteRule bad =
        new VoteRule() {
          @Override
          public Ballot apply(Ballot ballot) {
            throw new IllegalStateException("x");
          }

          @Override
          public String toString() {
            return "bad rule";
          }
        };
    StepConfig.Layer layer =
        StepConfig.Layer.of("x", votes("CTT", 1)).rules(List.of(RuleConfig.of(bad)));
    Prediction prediction = classify(builder().step(layer));
    assertThat(prediction.studyClass()).isPresent();
    assertThat(prediction.trace().steps())
        .contains(new Trace.Failed("bad rule", "java.lang.IllegalStateException"));
    assertThat(classify(builder().step(layer.onFailure(OnFailure.UNDECIDED))).decision())
        .isInstanceOfSatisfying(
            Decision.Undecided.class,
            u -> assertThat(u.detail()).isEqualTo("the vote rule bad rule failed"));
  }

  @Test
  void classifyAllGivesTheSameInTheSameOrder() {
    DecisionLayer byUid =
        study -> {
          int n = Integer.parseInt(study.uid().substring(study.uid().lastIndexOf('.') + 1));
          Thread.sleep(n % 3);
          return n % 5 == 0
              ? Opinion.abstain("fifth")
              : votes(n % 2 == 0 ? "CTT" : "CTAB", 1 + n, "CTH", 3).consider(study);
        };
    List<Study> studies = IntStream.range(0, 200).mapToObj(StudyClassifierTest::numbered).toList();
    try (StudyClassifier classifier = builder().layer("x", byUid).build()) {
      List<Prediction> single = studies.stream().map(classifier::classify).toList();
      for (int jobs : new int[] {1, 2, 8}) {
        try (Stream<Prediction> all = classifier.classifyAll(studies.stream(), jobs)) {
          assertThat(all.toList()).isEqualTo(single);
        }
        assertThat(classifier.classifyAll(studies, jobs).map(PredictionJson::line).toList())
            .isEqualTo(single.stream().map(PredictionJson::line).toList());
      }
    }
  }

  private static Study numbered(int n) {
    return Study.group(
            List.of(
                Instance.of(
                    SampleStudies.header(
                        Map.of(
                            Tag.STUDY_INSTANCE_UID, "2.25." + n,
                            Tag.SERIES_INSTANCE_UID, "2.25." + n + ".1",
                            Tag.SOP_INSTANCE_UID, "2.25." + n + ".1.1",
                            Tag.MODALITY, "CT")))))
        .get(0);
  }

  @Test
  void classifyAllReadsNoFurtherThanItMust() {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    Stream<Study> endless =
        Stream.generate(() -> numbered(read.getAndIncrement())).onClose(closed::incrementAndGet);
    try (StudyClassifier classifier = builder().layer("x", votes("CTT", 1)).build();
        Stream<Prediction> all = classifier.classifyAll(endless, 4)) {
      assertThat(all.limit(10).toList()).hasSize(10);
    }
    assertThat(read.get()).isLessThanOrEqualTo(10 + 8 + 1);
    assertThat(closed).hasValue(1);
  }

  @Test
  void classifyAllAnswersWhatCameBeforeAFault() {
    Stream<Study> broken =
        IntStream.range(0, 10)
            .mapToObj(
                n -> {
                  if (n == 6) {
                    throw new java.io.UncheckedIOException(new java.io.IOException("gone"));
                  }
                  return numbered(n);
                });
    List<String> answered = new ArrayList<>();
    try (StudyClassifier classifier = builder().layer("x", votes("CTT", 1)).build();
        Stream<Prediction> all = classifier.classifyAll(broken, 4)) {
      assertThatThrownBy(() -> all.forEach(p -> answered.add(p.studyUid())))
          .isInstanceOf(java.io.UncheckedIOException.class);
    }
    assertThat(answered).hasSize(6);
  }

  @Test
  void classifyAllHonoursInterrupts() {
    DecisionLayer slow =
        study -> {
          Thread.sleep(60_000);
          return Opinion.abstain("slept");
        };
    try (StudyClassifier classifier = builder().layer("slow", slow).build()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () -> classifier.classifyAll(List.of(numbered(1), numbered(2)), 2).toList())
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void closedClassifierSaysSo() {
    StudyClassifier classifier = builder().layer("x", votes("CTT", 1)).build();
    classifier.close();
    classifier.close();
    assertThatThrownBy(() -> classifier.classify(STUDY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the classifier is closed");
  }

  @Test
  void faultsAreFoundAtBuild() {
    assertThatThrownBy(() -> builder().layer("metadata.series-vote").build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no layer metadata.series-vote; momo-metadata is not on");
    assertThatThrownBy(
            () ->
                builder().step(StepConfig.Layer.of("x", votes("CTT", 1)).rules("CTT>NIX")).build())
        .hasMessage(
            "vote rule \"CTT>NIX\" names the class NIX, which the catalogue essen-76 lacks");
    assertThatThrownBy(
            () -> builder().step(StepConfig.Layer.of("x", votes("CTT", 1)).rules("mine")).build())
        .hasMessage(
            "layers[0] x: the catalogue essen-76 has no rule set mine; it has default, minvr");
    assertThatThrownBy(() -> builder().preset("nix").build())
        .hasMessageStartingWith("there is no preset nix; there are recommended, nwe-layer-5");
    assertThatThrownBy(() -> builder().preset("merged-all").build())
        .hasMessage(
            "the preset merged-all asks imaging.network, and no networks are configured: name"
                + " model packages under 'networks', or use the preset no-network or recommended");
    assertThatThrownBy(() -> builder().layer("x", votes("CTT", 1)).networks(Path.of("m")).build())
        .hasMessageStartingWith("networks are configured, and no layer imaging.network asks them");
    assertThatThrownBy(
            () -> builder().layer("x", votes("CTT", 1)).options("y", Map.of("a", 1)).build())
        .hasMessage("there are options for the layer y, which the pipeline has not; it has x");
    assertThatThrownBy(() -> builder().catalogue("nix").layer("x", votes("CTT", 1)).build())
        .hasMessage(
            "there is no catalogue nix: it is neither a table or folder, nor one of default,"
                + " essen-76");
    assertThatThrownBy(() -> builder().preset("no-network").layer("x", votes("CTT", 1)).build())
        .hasMessageStartingWith("the preset no-network and layers of its own are asked for");
    assertThatThrownBy(() -> builder().threshold(1.2))
        .hasMessage("threshold must be between 0 and 1: was 1.2");
  }
}
