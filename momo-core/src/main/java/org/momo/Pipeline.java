package org.momo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Ballot;
import org.momo.decision.Candidate;
import org.momo.decision.Catalogue;
import org.momo.decision.Decision;
import org.momo.decision.Opinion;
import org.momo.decision.Prediction;
import org.momo.decision.StudyClass;
import org.momo.decision.Trace;
import org.momo.decision.Vote;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Consultation;
import org.momo.spi.DecisionLayer;
import org.momo.spi.InferenceException;
import org.momo.spi.PixelException;
import org.momo.spi.UnsuitableImageException;
import org.momo.spi.VoteRule;
import org.momo.study.Study;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the layers, applies the rules, counts. Immutable and thread-safe. */
final class Pipeline {
  private static final int MOST_NOTES = 1000;

  /**
   * One layer of a count.
   *
   * @param ownRules the rules for its votes alone, or null where those of the count are for them
   */
  record Member(
      String name,
      DecisionLayer layer,
      double weight,
      @Nullable List<VoteRule> ownRules,
      OnFailure onFailure) {}

  /** Layers whose votes are counted together; a layer alone is a count of one. */
  record Count(
      String name,
      List<Member> members,
      List<VoteRule> rules,
      double threshold,
      OnFailure onFailure) {}

  private final Catalogue catalogue;
  private final List<Count> counts;

  Pipeline(Catalogue catalogue, List<Count> counts) {
    this.catalogue = catalogue;
    this.counts = List.copyOf(counts);
  }

  Prediction classify(Study study) {
    Run run = new Run(study);
    Remarks.of(study).forEach(remark -> run.trace.add(new Trace.Note(remark)));
    Decision decision = run.decide();
    return new Prediction(study.uid(), study.source().orElse(null), decision, new Trace(run.trace));
  }

  /** A rule failed, and the configuration does not allow to go on. */
  private static final class RuleFailure extends Exception {
    private static final long serialVersionUID = 1;

    RuleFailure(String rule) {
      super(rule, null, false, false);
    }
  }

  /** What the rules made of a ballot, and the steps that tell of it. */
  private record Ruled(Ballot ballot, List<Trace.Step> steps) {}

  /** One study on its way. */
  private final class Run {
    private final Study study;
    private final List<Trace.Step> trace = new ArrayList<>();

    Run(Study study) {
      this.study = study;
    }

    Decision decide() {
      Decision.@Nullable Undecided last = null;
      boolean failed = false;
      for (Count count : counts) {
        int before = trace.size();
        Decision decision = decide(count, last);
        if (decision instanceof Decision.Decided) {
          return decision;
        }
        Decision.Undecided undecided = (Decision.Undecided) decision;
        if (undecided.reason() == Decision.Reason.LAYER_FAILED) {
          return undecided;
        }
        failed |=
            trace.subList(before, trace.size()).stream().anyMatch(Trace.Failed.class::isInstance);
        if (undecided.reason() != Decision.Reason.NO_EVIDENCE) {
          last = undecided;
        }
      }
      return last != null
          ? last
          : new Decision.Undecided(
              Decision.Reason.NO_EVIDENCE,
              failed
                  ? "no layer had anything to say, and at least one failed"
                  : "no layer had anything to say",
              List.of());
    }

    private Decision decide(Count count, Decision.@Nullable Undecided last) {
      Ballot raw = Ballot.empty();
      Ballot apart = Ballot.empty();
      Ruled ruled = new Ruled(raw, List.of());
      boolean voted = false;
      List<String> voters = new ArrayList<>();
      try {
        for (Member member : count.members()) {
          Opinion opinion = ask(count, member, ruled.ballot().plus(apart));
          if (opinion == null) {
            if (member.onFailure() == OnFailure.UNDECIDED) {
              trace.addAll(ruled.steps());
              return failed("the layer " + member.name() + " failed", ruled, apart, last);
            }
            continue;
          }
          if (opinion instanceof Opinion.Final answer) {
            return answered(count, member, answer);
          }
          if (!(opinion instanceof Opinion.Votes votes)
              || votes.ballot().votes().isEmpty() && votes.ballot().blank() == 0) {
            continue;
          }
          voted = true;
          voters.add(member.name());
          Ballot ballot = weighed(member, votes.ballot());
          if (member.ownRules() != null) {
            Ruled own = apply(member.ownRules(), ballot, member.onFailure());
            trace.addAll(own.steps());
            apart = apart.plus(own.ballot());
          } else {
            raw = raw.plus(ballot);
            ruled = apply(count.rules(), raw, count.onFailure());
          }
          if (ruled.ballot().absolute().isPresent() || apart.absolute().isPresent()) {
            break;
          }
        }
        trace.addAll(ruled.steps());
      } catch (RuleFailure e) {
        return failed("the vote rule " + e.getMessage() + " failed", ruled, apart, last);
      }
      if (!voted) {
        return new Decision.Undecided(
            Decision.Reason.NO_EVIDENCE, "nothing was voted for", List.of());
      }
      return counted(count, String.join("+", voters), ruled.ballot().plus(apart));
    }

    private Decision failed(
        String what, Ruled ruled, Ballot apart, Decision.@Nullable Undecided last) {
      List<Candidate> candidates = ruled.ballot().plus(apart).count();
      return new Decision.Undecided(
          Decision.Reason.LAYER_FAILED,
          what,
          candidates.isEmpty() && last != null ? last.candidates() : candidates);
    }

    private Decision answered(Count count, Member member, Opinion.Final answer) {
      Candidate only = new Candidate(answer.studyClass(), answer.confidence(), answer.confidence());
      if (answer.confidence() < count.threshold()) {
        String detail = below(only, count.threshold());
        trace.add(new Trace.Counted(member.name(), List.of(only), detail));
        return new Decision.Undecided(Decision.Reason.BELOW_THRESHOLD, detail, List.of(only));
      }
      return new Decision.Decided(
          answer.studyClass(), answer.confidence(), member.name(), List.of(only));
    }

    private Decision counted(Count count, String voters, Ballot ballot) {
      List<Candidate> candidates = ballot.count();
      if (ballot.absolute().isPresent()) {
        StudyClass elected = ballot.absolute().get();
        double share =
            candidates.stream()
                .filter(c -> c.studyClass().code().equals(elected.code()))
                .mapToDouble(Candidate::share)
                .findFirst()
                .orElse(0);
        return decided(voters, candidates, elected, share, elected + " is elected by a rule");
      }
      if (candidates.isEmpty()) {
        String detail = "all votes are blank";
        trace.add(new Trace.Counted(voters, candidates, detail));
        return new Decision.Undecided(Decision.Reason.NO_EVIDENCE, detail, candidates);
      }
      Candidate first = candidates.get(0);
      if (ballot.winner().isEmpty()) {
        List<String> leaders =
            candidates.stream()
                .filter(c -> Ballot.same(first, c))
                .map(c -> c.studyClass().code())
                .toList();
        String detail = "a tie of " + String.join(" and ", leaders);
        trace.add(new Trace.Counted(voters, candidates, detail));
        return new Decision.Undecided(Decision.Reason.TIE, detail, candidates);
      }
      if (first.share() < count.threshold()) {
        String detail = below(first, count.threshold());
        trace.add(new Trace.Counted(voters, candidates, detail));
        return new Decision.Undecided(Decision.Reason.BELOW_THRESHOLD, detail, candidates);
      }
      return decided(
          voters,
          candidates,
          first.studyClass(),
          first.share(),
          first.studyClass() + " leads alone");
    }

    private Decision decided(
        String voters,
        List<Candidate> candidates,
        StudyClass winner,
        double share,
        String outcome) {
      trace.add(new Trace.Counted(voters, candidates, outcome));
      return new Decision.Decided(winner, Math.min(1, share), voters, candidates);
    }

    /** What a layer says, or null where it failed. */
    private @Nullable Opinion ask(Count count, Member member, Ballot soFar) {
      Consulted consulted = new Consulted(count, member, soFar);
      try {
        Opinion opinion = member.layer().consider(study, consulted);
        String fault = fault(opinion);
        if (fault == null) {
          trace.add(new Trace.Asked(member.name(), opinion));
          consulted.close();
          return opinion;
        }
        fail(member.name(), fault);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fail(member.name(), "it was interrupted");
      } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
        fail(member.name(), said(e));
      }
      consulted.close();
      return null;
    }

    private Ballot weighed(Member member, Ballot ballot) {
      if (member.weight() == 1) {
        return ballot;
      }
      trace.add(
          new Trace.Note("the votes of " + member.name() + " count " + member.weight() + " times"));
      return ballot.times(member.weight());
    }

    private Ruled apply(List<VoteRule> rules, Ballot ballot, OnFailure onFailure)
        throws RuleFailure {
      Ballot now = ballot;
      List<Trace.Step> steps = new ArrayList<>();
      for (VoteRule rule : rules) {
        if (now.absolute().isPresent()) {
          break;
        }
        String cause;
        try {
          Ballot next = rule.apply(now);
          @Nullable String fault = next == null ? "it gave no ballot" : fault(next);
          if (fault == null) {
            if (next != now && !next.equals(now)) {
              steps.add(new Trace.RuleApplied(rule.toString(), now, next));
              now = next;
            }
            continue;
          }
          cause = fault;
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
          cause = said(e);
        }
        Log.LOGGER.warn("vote rule {} failed: {}", rule, cause);
        steps.add(new Trace.Failed(rule.toString(), cause));
        if (onFailure == OnFailure.UNDECIDED) {
          trace.addAll(steps);
          throw new RuleFailure(rule.toString());
        }
      }
      return new Ruled(now, steps);
    }

    private void fail(String name, String cause) {
      Log.LOGGER.warn("layer {} failed: {}", name, cause);
      trace.add(new Trace.Failed(name, cause));
    }

    private @Nullable String fault(@Nullable Opinion opinion) {
      if (opinion == null) {
        return "it gave no opinion";
      }
      if (opinion instanceof Opinion.Final answer) {
        return fault(answer.studyClass());
      }
      return opinion instanceof Opinion.Votes votes ? fault(votes.ballot()) : null;
    }

    private @Nullable String fault(Ballot ballot) {
      for (Vote vote : ballot.votes()) {
        String fault = fault(vote.studyClass());
        if (fault != null) {
          return fault;
        }
      }
      return ballot.absolute().map(this::fault).orElse(null);
    }

    private @Nullable String fault(StudyClass studyClass) {
      return catalogue.find(studyClass.code()).filter(studyClass::equals).isPresent()
          ? null
          : "it voted for the class "
              + studyClass.code()
              + ", which is not of the catalogue "
              + catalogue.name();
    }

    /** What a layer may know, until its call ends. */
    private final class Consulted implements Consultation {
      private final Count count;
      private final Member member;
      private final Ballot soFar;
      private final List<String> notes = new ArrayList<>();

      Consulted(Count count, Member member, Ballot soFar) {
        this.count = count;
        this.member = member;
        this.soFar = soFar;
      }

      @Override
      public Ballot soFar() {
        return soFar;
      }

      @Override
      public double weight() {
        return member.weight();
      }

      @Override
      public double threshold() {
        return count.threshold();
      }

      @Override
      public boolean countsDirectly() {
        List<VoteRule> rules = member.ownRules() == null ? count.rules() : member.ownRules();
        return rules.isEmpty() && count.members().get(count.members().size() - 1) == member;
      }

      @Override
      public void note(String text) {
        if (notes.size() < MOST_NOTES) {
          notes.add(text);
        }
      }

      void close() {
        notes.forEach(note -> trace.add(new Trace.Note(note)));
      }
    }
  }

  private static String below(Candidate leader, double threshold) {
    return String.format(
        Locale.ROOT,
        "%s leads with %.3f, less than the %s that is asked for",
        leader.studyClass().code(),
        leader.share(),
        threshold);
  }

  /** Messages of foreign exceptions can hold anything, a patient's name too. */
  private static String said(Throwable thrown) {
    boolean ours =
        thrown instanceof ConfigurationException
            || thrown instanceof InferenceException
            || thrown instanceof PixelException
            || thrown instanceof UnsuitableImageException;
    String type = thrown.getClass().getSimpleName();
    return ours ? type + ": " + thrown.getMessage() : thrown.getClass().getName();
  }

  /** Keeps the look-up of the logger out of class load. */
  private static final class Log {
    static final Logger LOGGER = LoggerFactory.getLogger(StudyClassifier.class);
  }
}
