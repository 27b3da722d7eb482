package org.momo.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.momo.study.Tag;
import org.momo.study.TagPath;

class BallotTest {
  private static final StudyClass A = StudyClass.builder("A", "CT").build();
  private static final StudyClass B = StudyClass.builder("B", "CT").build();

  private static Vote vote(StudyClass to, double weight) {
    return new Vote(
        to, weight, Evidence.matched(TagPath.of(Tag.STUDY_DESCRIPTION), null, to.code()));
  }

  @Test
  void theSameWeightInAnotherOrderIsATie() {
    Ballot ballot =
        Ballot.of(
            List.of(
                vote(A, 0.1),
                vote(A, 0.2),
                vote(A, 0.3),
                vote(B, 0.3),
                vote(B, 0.2),
                vote(B, 0.1)));
    assertThat(ballot.winner()).isEmpty();
    assertThat(ballot.count()).extracting(c -> c.studyClass().code()).containsExactly("A", "B");
  }

  @Test
  void blankWeightLowersTheShareAndElectsNobody() {
    Ballot ballot = Ballot.of(List.of(vote(A, 1)), 3);
    assertThat(ballot.count().get(0).share()).isEqualTo(0.25);
    assertThat(ballot.winner()).contains(A);
    assertThat(Ballot.of(List.of(), 3).winner()).isEmpty();
  }

  @Test
  void anElectedClassWinsWhateverTheWeightsSay() {
    Ballot ballot = Ballot.of(List.of(vote(A, 5), vote(B, 1))).elect(B);
    assertThat(ballot.winner()).contains(B);
    assertThat(ballot.plus(Ballot.of(List.of(vote(A, 9)))).winner()).contains(B);
    assertThat(ballot).hasToString("A 5.0, B! 1.0");
  }

  @Test
  void givenVotesKeepTheirWeightAndEvidence() {
    Ballot given = Ballot.of(List.of(vote(A, 2), vote(B, 1))).give(List.of("A"), B);
    assertThat(given.count()).singleElement().satisfies(c -> assertThat(c.weight()).isEqualTo(3));
    assertThat(given.votes()).extracting(v -> v.evidence().matched()).containsExactly("A", "B");
  }
}
