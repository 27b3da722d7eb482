package org.momo;

import java.util.ArrayList;
import java.util.List;
import org.momo.catalogue.Catalogues;
import org.momo.decision.Ballot;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;

/** Ballots of the published classes, in few words. */
final class Ballots {
  static final Catalogue ESSEN = Catalogues.named("essen-76");

  private Ballots() {}

  static StudyClass studyClass(String code) {
    return ESSEN.find(code).orElseThrow();
  }

  /** One vote; its evidence tells it from all others. */
  static Vote vote(String code, double weight, int number) {
    return new Vote(studyClass(code), weight, Evidence.inferred(null, "vote " + number, ""));
  }

  /** One vote of weight 1 for each code, in order. */
  static Ballot of(String... codes) {
    List<Vote> votes = new ArrayList<>();
    for (String code : codes) {
      votes.add(vote(code, 1, votes.size()));
    }
    return Ballot.of(votes);
  }

  /** The codes of the votes in order, and the elected class with a {@code !}. */
  static String text(Ballot ballot) {
    List<String> codes = new ArrayList<>();
    ballot.votes().forEach(vote -> codes.add(vote.studyClass().code()));
    ballot.absolute().ifPresent(elected -> codes.add(elected.code() + "!"));
    return String.join(" ", codes);
  }
}
