package org.momo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.momo.decision.Ballot;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.StudyClass;
import org.momo.decision.Trace;
import org.momo.decision.Vote;
import org.momo.study.Tag;
import org.momo.study.TagPath;

class CauseTest {
  private static final StudyClass HEAD = StudyClass.builder("CT_HEAD", "CT").build();
  private static final StudyClass NECK = StudyClass.builder("CT_NECK", "CT").build();
  private static final TagPath TEXT = TagPath.of(Tag.STUDY_DESCRIPTION);

  private static Vote vote(StudyClass to, double weight, String word) {
    return new Vote(to, weight, Evidence.matched(TEXT, null, word));
  }

  private static Trace.Asked votes(String layer, Vote... votes) {
    return new Trace.Asked(layer, Opinion.votes(List.of(votes)));
  }

  private static Trace.Asked abstains(String layer, String reason) {
    return new Trace.Asked(layer, Opinion.abstain(reason));
  }

  private static Trace.Counted counted(String layers, String outcome) {
    return new Trace.Counted(layers, List.of(), outcome);
  }

  private static Trace trace(Trace.Step... steps) {
    return new Trace(List.of(steps));
  }

  private static void assertCause(
      Trace before, Trace after, Cause.Kind kind, String where, String words) {
    assertThat(Cause.of(before, after)).isEqualTo(new Cause(kind, where, words));
  }

  @Test
  void anAbstentionForAnotherReasonIsNoCause() {
    assertCause(
        trace(abstains("code", "233 classes"), votes("words", vote(HEAD, 1, "head"))),
        trace(abstains("code", "234 classes"), votes("words", vote(NECK, 1, "neck"))),
        Cause.Kind.OTHER_WORDS,
        "words",
        "+neck, -head");
  }

  @Test
  void aLayerThatAbstainedIsToldFromOneThatWasNotThere() {
    Trace answers = trace(votes("exact", vote(HEAD, 1, "ct head")));
    assertCause(
        trace(abstains("exact", "none")), answers, Cause.Kind.ANSWERS_NOW, "exact", "+ct head");
    assertCause(
        answers, trace(abstains("exact", "none")), Cause.Kind.ABSTAINS_NOW, "exact", "-ct head");
    assertCause(trace(), answers, Cause.Kind.ONLY_AFTER, "exact", "+ct head");
    assertCause(answers, trace(), Cause.Kind.ONLY_BEFORE, "exact", "-ct head");
    assertCause(
        answers,
        trace(votes("words", vote(NECK, 1, "neck"))),
        Cause.Kind.OTHER_LAYER,
        "words",
        "+neck, -ct head");
  }

  @Test
  void sameWordsCanMeanOtherClassesOrWeighDifferently() {
    assertCause(
        trace(votes("words", vote(HEAD, 1, "skull"))),
        trace(votes("words", vote(NECK, 1, "skull"))),
        Cause.Kind.OTHER_CLASSES,
        "words",
        "skull");
    assertCause(
        trace(votes("words", vote(HEAD, 1, "skull"))),
        trace(votes("words", vote(HEAD, 0.5, "skull"))),
        Cause.Kind.OTHER_WEIGHTS,
        "words",
        "skull");
  }

  @Test
  void aRuleIsNamed_whetherItIsThereNowOrWasBefore() {
    Ballot ballot = Ballot.of(List.of(vote(HEAD, 1, "head")));
    Trace.Step first = new Trace.RuleApplied("A+B=C", ballot, ballot);
    Trace.Step second = new Trace.RuleApplied("A>B", ballot, ballot);
    Trace.Step end = counted("words", "CT_HEAD leads alone");
    assertCause(trace(end), trace(first, end), Cause.Kind.RULE_APPLIES_NOW, "A+B=C", "");
    assertCause(trace(first, end), trace(end), Cause.Kind.RULE_APPLIED_BEFORE, "A+B=C", "");
    assertCause(trace(first, second), trace(second), Cause.Kind.RULE_APPLIED_BEFORE, "A+B=C", "");
    assertCause(trace(second), trace(first, second), Cause.Kind.RULE_APPLIES_NOW, "A+B=C", "");
  }

  @Test
  void whatIsLeftIsTheCount_aFailure_orSomethingElse() {
    Trace.Step votes = votes("words", vote(HEAD, 1, "head"));
    assertCause(
        trace(votes, counted("words", "CT_HEAD leads alone")),
        trace(votes, counted("words", "below the threshold")),
        Cause.Kind.COUNT,
        "words",
        "");
    assertCause(
        trace(votes),
        trace(new Trace.Failed("network", "out of memory"), votes),
        Cause.Kind.FAILURE,
        "network",
        "+failed");
    assertCause(
        trace(new Trace.Failed("network", "out of memory"), votes),
        trace(votes),
        Cause.Kind.FAILURE,
        "network",
        "-failed");
    assertCause(trace(votes), trace(votes), Cause.Kind.OTHER, "the pipeline", "");
  }
}
