package org.momo.bench;

import java.util.List;
import org.momo.StudyClassifier;
import org.momo.study.Study;

/**
 * Studies a second by metadata, two at a time against one: {@code momo-bench/ratios classify-1000}.
 */
final class Classify1000 implements Ratio {

  @Override
  public String name() {
    return "classify-1000";
  }

  @Override
  public Outcome measure(boolean quick) throws Exception {
    List<Study> studies = ClassifyBench.studies();
    try (StudyClassifier momo = StudyClassifier.builder().build()) {
      long alone = ClassifyBench.decided(momo, studies, 1);
      long together = ClassifyBench.decided(momo, studies, 2);
      if (alone != together || alone < studies.size() / 2) {
        throw new IllegalStateException(alone + " or " + together + " studies are decided");
      }
    }
    double one = Jmh.secondsPerCall(ClassifyBench.class, "oneJob", quick);
    double two = Jmh.secondsPerCall(ClassifyBench.class, "twoJobs", quick);
    return new Measured(
        one / two,
        "times as many studies a second with two jobs as with one: %.0f against %.0f"
            .formatted(ClassifyBench.STUDIES / two, ClassifyBench.STUDIES / one));
  }
}
