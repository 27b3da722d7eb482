package com.example.momo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.momo.decision.Ballot;
import org.momo.decision.Evidence;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.spi.VoteRule;
import org.momo.spi.VoteRuleContract;
import org.momo.study.TagPath;

class DropRareRuleTest extends VoteRuleContract {
  private static final StudyClass A = StudyClass.builder("A", "CT").build();
  private static final StudyClass B = StudyClass.builder("B", "CT").build();

  @Override
  protected VoteRule rule() {
    return new DropRareRule(5);
  }

  @Override
  protected List<Ballot> ballots() {
    return List.of(ballot(5, 1), ballot(4, 1), ballot(5, 2));
  }

  private static Ballot ballot(int a, int b) {
    List<Vote> votes = new ArrayList<>(Collections.nCopies(a, vote(A)));
    votes.addAll(Collections.nCopies(b, vote(B)));
    return Ballot.of(votes);
  }

  private static Vote vote(StudyClass to) {
    return new Vote(to, 1, Evidence.matched(TagPath.of(0x0008103E), null, "word"));
  }
}
