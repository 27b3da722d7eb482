package com.example.momo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import org.momo.decision.Ballot;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.spi.BuildContext;
import org.momo.spi.Options;
import org.momo.spi.VoteRule;

/** Drops the votes of a class that has one vote alone where another has many. */
record DropRareRule(int many) implements VoteRule {
  static DropRareRule create(Options options, BuildContext context) {
    return new DropRareRule(options.integer("many", 5, 2, 1000));
  }

  @Override
  public Ballot apply(Ballot ballot) {
    Map<StudyClass, Long> votes =
        ballot.votes().stream().collect(groupingBy(Vote::studyClass, counting()));
    boolean clear = votes.values().stream().anyMatch(n -> n >= many);
    List<Vote> kept = ballot.votes().stream().filter(v -> votes.get(v.studyClass()) > 1).toList();
    return clear && votes.containsValue(1L) ? Ballot.of(kept, ballot.blank()) : ballot;
  }
}
