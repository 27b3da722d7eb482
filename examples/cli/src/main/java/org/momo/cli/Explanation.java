package org.momo.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.momo.decision.Ballot;
import org.momo.decision.Candidate;
import org.momo.decision.Decision;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Prediction;
import org.momo.decision.StudyClass;
import org.momo.decision.Trace;
import org.momo.decision.Vote;
import org.momo.study.Tag;

/** A trace in words that a radiographer reads: what each layer said, why, and what came of it. */
final class Explanation {
  private static final int SHOWN = 5;

  private final StringBuilder text = new StringBuilder();

  private Explanation() {}

  static String of(Prediction prediction) {
    return new Explanation().write(prediction);
  }

  private String write(Prediction prediction) {
    line(0, "Study " + prediction.studyUid());
    if (prediction.source() != null) {
      line(0, "from  " + prediction.source());
    }
    line(0, "");
    line(0, answer(prediction.decision()));
    runnersUp(prediction.decision());
    line(0, "");
    int number = 0;
    for (Trace.Step step : prediction.trace().steps()) {
      if (step instanceof Trace.Asked) {
        number++;
      }
      step(number, step);
    }
    return text.toString();
  }

  private static String answer(Decision decision) {
    if (decision instanceof Decision.Decided decided) {
      return String.format(
          Locale.ROOT,
          "Answer: %s, %s sure, by %s.",
          named(decided.studyClass()),
          percent(decided.confidence()).strip(),
          decided.decidedBy());
    }
    Decision.Undecided undecided = (Decision.Undecided) decision;
    return "No answer: "
        + switch (undecided.reason()) {
          case NO_EVIDENCE -> "nothing in the study says what it is.";
          case TIE -> "several classes are level.";
          case BELOW_THRESHOLD -> "the best class is not sure enough.";
          case LAYER_FAILED -> "a layer failed.";
        }
        + (undecided.detail().isEmpty() ? "" : " (" + undecided.detail() + ")");
  }

  private void runnersUp(Decision decision) {
    List<Candidate> candidates = decision.candidates();
    if (candidates.size() < (decision instanceof Decision.Decided ? 2 : 1)) {
      return;
    }
    line(0, "Considered:");
    for (Candidate candidate : candidates.subList(0, Math.min(SHOWN, candidates.size()))) {
      line(1, percent(candidate.share()) + "  " + named(candidate.studyClass()));
    }
    if (candidates.size() > SHOWN) {
      line(1, "and " + (candidates.size() - SHOWN) + " more");
    }
  }

  private void step(int number, Trace.Step step) {
    if (step instanceof Trace.Asked asked) {
      line(0, number + ". " + asked.layer() + " " + said(asked.opinion()));
      evidence(asked.opinion());
    } else if (step instanceof Trace.RuleApplied rule) {
      line(1, "rule " + rule.rule() + ": " + rule.before() + "  becomes  " + rule.after());
    } else if (step instanceof Trace.Counted counted) {
      line(1, "count: " + counted.outcome());
    } else if (step instanceof Trace.Failed failed) {
      line(1, failed.name() + " failed: " + failed.cause());
    } else if (step instanceof Trace.Note note) {
      line(1, "note: " + note.text());
    }
  }

  private static String said(Opinion opinion) {
    if (opinion instanceof Opinion.Final known) {
      return "answers " + named(known.studyClass()) + ".";
    }
    if (opinion instanceof Opinion.Votes votes) {
      int n = votes.ballot().votes().size();
      return "casts " + n + (n == 1 ? " vote: " : " votes: ") + weights(votes.ballot()) + ".";
    }
    return "has nothing to say: " + ((Opinion.Abstain) opinion).reason() + ".";
  }

  private static String weights(Ballot ballot) {
    return ballot.count().stream()
        .limit(SHOWN)
        .map(c -> c.studyClass().code() + String.format(Locale.ROOT, " %.3g", c.weight()))
        .collect(Collectors.joining(", "));
  }

  private void evidence(Opinion opinion) {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    if (opinion instanceof Opinion.Final known) {
      reasons.put(reason(known.studyClass(), known.evidence()), 1);
    } else if (opinion instanceof Opinion.Votes votes) {
      for (Vote vote : votes.ballot().votes()) {
        reasons.merge(reason(vote.studyClass(), vote.evidence()), 1, Integer::sum);
      }
    }
    List<Map.Entry<String, Integer>> all = new ArrayList<>(reasons.entrySet());
    for (Map.Entry<String, Integer> each : all.subList(0, Math.min(12, all.size()))) {
      line(1, each.getKey() + (each.getValue() > 1 ? "  (" + each.getValue() + " series)" : ""));
    }
    if (all.size() > 12) {
      line(1, "and " + (all.size() - 12) + " more");
    }
  }

  private static String reason(StudyClass studyClass, Evidence evidence) {
    String where = evidence.attribute().map(path -> Tag.keyword(path.tag())).orElse("");
    String how =
        switch (evidence.kind()) {
          case DECLARED -> where + " declares '" + evidence.matched() + "'";
          case MATCHED -> (where.isEmpty() ? "text" : where) + " says '" + evidence.matched() + "'";
          case INFERRED ->
              evidence.matched() + " infers it" + (where.isEmpty() ? "" : " from " + where);
        };
    return studyClass.code()
        + ": "
        + how
        + (evidence.note().isEmpty() ? "" : " (" + evidence.note() + ")");
  }

  private static String named(StudyClass studyClass) {
    return studyClass.name().equals(studyClass.code())
        ? studyClass.code()
        : studyClass.code() + " (" + studyClass.name() + ")";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%3.0f %%", 100 * share);
  }

  private void line(int depth, String words) {
    text.append("   ".repeat(depth)).append(words).append('\n');
  }
}
