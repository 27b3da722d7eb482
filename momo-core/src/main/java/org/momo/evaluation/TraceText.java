package org.momo.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.momo.decision.Candidate;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Trace;
import org.momo.decision.Vote;

/** A trace in lines for people. */
final class TraceText {
  private static final int MOST_LINES = 60;
  private static final int LONGEST_LINE = 400;

  private TraceText() {}

  static List<String> lines(Trace trace) {
    List<String> lines = new ArrayList<>();
    for (Trace.Step step : trace.steps()) {
      if (lines.size() >= MOST_LINES) {
        lines.add("and more");
        break;
      }
      String line = line(step);
      lines.add(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
    }
    return lines;
  }

  /** One step without its figures' last digits. */
  static String line(Trace.Step step) {
    if (step instanceof Trace.Asked asked) {
      return asked.layer() + ": " + opinion(asked.opinion());
    } else if (step instanceof Trace.RuleApplied rule) {
      return "rule " + rule.rule() + ": " + rule.before() + " → " + rule.after();
    } else if (step instanceof Trace.Counted counted) {
      StringBuilder text = new StringBuilder("count of ").append(counted.layers()).append(": ");
      for (Candidate candidate : counted.candidates().stream().limit(8).toList()) {
        text.append(candidate.studyClass().code())
            .append(String.format(Locale.ROOT, " %.1f %%, ", 100 * candidate.share()));
      }
      return text + counted.outcome();
    } else if (step instanceof Trace.Failed failed) {
      return failed.name() + " failed: " + failed.cause();
    }
    return ((Trace.Note) step).text();
  }

  private static String opinion(Opinion opinion) {
    if (opinion instanceof Opinion.Abstain abstain) {
      return "abstains, " + abstain.reason();
    } else if (opinion instanceof Opinion.Final answer) {
      return String.format(
          Locale.ROOT,
          "decides %s at %.2f, %s",
          answer.studyClass().code(),
          answer.confidence(),
          evidence(answer.evidence()));
    }
    StringBuilder text = new StringBuilder("votes");
    for (Vote vote : ((Opinion.Votes) opinion).ballot().votes()) {
      text.append(
          String.format(
              Locale.ROOT,
              " %s × %.2f (%s)",
              vote.studyClass().code(),
              vote.weight(),
              evidence(vote.evidence())));
      if (text.length() > LONGEST_LINE) {
        break;
      }
    }
    return text.toString();
  }

  private static String evidence(Evidence evidence) {
    return evidence.kind().name().toLowerCase(Locale.ROOT)
        + (evidence.matched().isEmpty() ? "" : " “" + evidence.matched() + "”")
        + evidence.attribute().map(tag -> " in " + tag.keywords()).orElse("");
  }

  /** The words and codes that an opinion rests on, for naming a cause. */
  static String matched(Opinion opinion) {
    TreeSet<String> words = new TreeSet<>();
    if (opinion instanceof Opinion.Final answer) {
      words.add(answer.evidence().matched());
    } else if (opinion instanceof Opinion.Votes votes) {
      votes.ballot().votes().forEach(vote -> words.add(vote.evidence().matched()));
    }
    words.remove("");
    return String.join(", ", words);
  }

  /** Whether a network's vote or answer was part of what the given layers counted. */
  static boolean inferred(Trace trace, String decidedBy) {
    List<String> layers = List.of(decidedBy.split("\\+"));
    for (Trace.Step step : trace.steps()) {
      if (step instanceof Trace.Asked asked && layers.contains(asked.layer())) {
        if (asked.opinion() instanceof Opinion.Final answer
            && answer.evidence().kind() == Evidence.Kind.INFERRED) {
          return true;
        }
        if (asked.opinion() instanceof Opinion.Votes votes
            && votes.ballot().votes().stream()
                .anyMatch(vote -> vote.evidence().kind() == Evidence.Kind.INFERRED)) {
          return true;
        }
      }
    }
    return false;
  }
}
