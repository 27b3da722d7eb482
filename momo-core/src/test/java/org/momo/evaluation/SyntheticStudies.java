package org.momo.evaluation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.momo.decision.Ballot;
import org.momo.decision.Candidate;
import org.momo.decision.Catalogue;
import org.momo.decision.Decision;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Prediction;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;
import org.momo.decision.Trace;
import org.momo.decision.Vote;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/** Studies, labels and classifiers whose figures are known beforehand. */
final class SyntheticStudies {
  private static final String[] MODALITIES = {"CT", "MR", "DX", "US"};

  private SyntheticStudies() {}

  /** Class {@code i} has the parent {@code 0} unless it is 0 itself. */
  static Catalogue catalogue(int classes) {
    Catalogue.Builder catalogue = Catalogue.builder("synthetic");
    Region[] regions = Region.values();
    for (int i = 0; i < classes; i++) {
      catalogue.add(
          StudyClass.builder(code(i), MODALITIES[i % 4])
              .regions(regions[i % regions.length])
              .parents(i == 0 ? List.of() : List.of(code(0)))
              .build());
    }
    return catalogue.build();
  }

  static String code(int i) {
    return String.format("%s-%03d", MODALITIES[i % 4], i);
  }

  static Study study(int i) {
    return Study.group(
            List.of(
                Instance.of(
                    Header.of(
                        tag ->
                            switch (tag) {
                              case Tag.STUDY_INSTANCE_UID -> new String[] {"2.25." + i};
                              case Tag.SERIES_INSTANCE_UID -> new String[] {"2.25." + i + ".1"};
                              case Tag.SOP_INSTANCE_UID -> new String[] {"2.25." + i + ".1.1"};
                              case Tag.MODALITY -> new String[] {MODALITIES[i % 4]};
                              case Tag.STUDY_DESCRIPTION ->
                                  i % 3 == 0 ? null : new String[] {"Text " + i % 10};
                              default -> null;
                            }))))
        .get(0);
  }

  static Iterator<Study> studies(int n) {
    return IntStream.range(0, n).mapToObj(SyntheticStudies::study).iterator();
  }

  static Labels labels(int n, int classes) {
    List<Label> labels = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      labels.add(
          new Label(
              "2.25." + i,
              Truth.ofClasses(List.of(code(i % classes))),
              "",
              i % 2 == 0 ? "en" : "de"));
    }
    return Labels.of(labels);
  }

  /**
   * Right but for every {@code wrong}-th study, which is a neighbour's, every 7th, which is class
   * 0, and every 11th, which is undecided.
   */
  static Subject subject(String name, Catalogue catalogue, int classes, int wrong) {
    List<StudyClass> all = List.copyOf(catalogue.classes());
    Function<Study, Prediction> classifier =
        study -> {
          int i = Integer.parseInt(study.uid().substring(5));
          int said = i % wrong == 0 ? (i + 4) % classes : i % 7 == 0 ? 0 : i % classes;
          StudyClass answer = all.get(said);
          Evidence evidence =
              i % 5 == 0
                  ? Evidence.inferred(null, "model 1", "0.9")
                  : Evidence.matched(
                      TagPath.of(Tag.STUDY_DESCRIPTION), null, "word <" + said + ">");
          Ballot ballot = Ballot.of(List.of(new Vote(answer, 1, evidence)));
          List<Candidate> candidates = ballot.count();
          Trace trace =
              new Trace(
                  List.of(
                      new Trace.Asked("metadata.code", new Opinion.Abstain("no procedure code")),
                      new Trace.Asked("metadata.words", new Opinion.Votes(ballot)),
                      new Trace.Counted("metadata.words", candidates, "decided")));
          Decision decision =
              i % 11 == 0
                  ? new Decision.Undecided(Decision.Reason.TIE, "two classes lead", candidates)
                  : new Decision.Decided(
                      answer,
                      i % wrong == 0 ? 0.55 : 0.6 + i % 40 / 100.0,
                      i % 3 == 0 ? "metadata.words" : "metadata.series-vote",
                      candidates);
          return new Prediction(study.uid(), null, decision, trace);
        };
    return new Subject(name, name + wrong, catalogue, classifier);
  }
}
