package org.momo.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The votes of a layer, or of several that are counted together.
 *
 * <p>Besides its votes a ballot can hold blank weight: weight that a layer keeps from every class
 * because it is not sure. It lowers the shares and elects nobody.
 *
 * <p>This class is immutable.
 */
public final class Ballot {
  /**
   * Weights that differ by no more than this part of the larger one are the same: a tie. Sums of
   * the same weights in another order differ by less.
   */
  public static final double TOLERANCE = 1e-9;

  private static final Ballot EMPTY = new Ballot(List.of(), 0, null);

  private final List<Vote> votes;
  private final double blank;
  private final @Nullable StudyClass absolute;

  private Ballot(List<Vote> votes, double blank, @Nullable StudyClass absolute) {
    this.votes = List.copyOf(votes);
    this.blank = blank;
    this.absolute = absolute;
  }

  /**
   * The ballot without votes.
   *
   * @return the empty ballot
   */
  public static Ballot empty() {
    return EMPTY;
  }

  /**
   * A ballot of votes.
   *
   * @param votes in a fixed order, since sums are taken in it
   * @return the ballot
   */
  public static Ballot of(Collection<Vote> votes) {
    return new Ballot(List.copyOf(votes), 0, null);
  }

  /**
   * A ballot of votes and blank weight.
   *
   * @param votes in a fixed order
   * @param blank weight for nobody; finite, 0 or more
   * @return the ballot
   * @throws IllegalArgumentException if {@code blank} is negative or not finite
   */
  public static Ballot of(Collection<Vote> votes, double blank) {
    if (!(blank >= 0) || Double.isInfinite(blank)) {
      throw new IllegalArgumentException("blank weight must be finite and 0 or more: was " + blank);
    }
    return new Ballot(List.copyOf(votes), blank, null);
  }

  /**
   * The votes.
   *
   * @return an immutable list in the order in which they were cast
   */
  public List<Vote> votes() {
    return votes;
  }

  /**
   * The weight that is for nobody.
   *
   * @return 0 or more
   */
  public double blank() {
    return blank;
  }

  /**
   * The class that a rule has elected, whatever the weights say.
   *
   * @return the class, or empty where no rule has
   */
  public Optional<StudyClass> absolute() {
    return Optional.ofNullable(absolute);
  }

  /**
   * Whether there is no vote.
   *
   * @return true if nobody got a vote; blank weight is no vote
   */
  public boolean isEmpty() {
    return votes.isEmpty();
  }

  /**
   * Whether a class has a vote.
   *
   * @param code the class's code
   * @return true if there is at least one vote for it
   */
  public boolean has(String code) {
    return votes.stream().anyMatch(vote -> vote.studyClass().code().equals(code));
  }

  /**
   * The codes of all classes that have a vote.
   *
   * @return in alphabetical order
   */
  public Set<String> codes() {
    Set<String> codes = new TreeSet<>();
    votes.forEach(vote -> codes.add(vote.studyClass().code()));
    return codes;
  }

  /**
   * This ballot and another, counted together.
   *
   * @param other its votes come after this ballot's
   * @return a new ballot; absolute where one of the two is, this one's class first
   */
  public Ballot plus(Ballot other) {
    List<Vote> all = new ArrayList<>(votes.size() + other.votes.size());
    all.addAll(votes);
    all.addAll(other.votes);
    return new Ballot(all, blank + other.blank, absolute != null ? absolute : other.absolute);
  }

  /**
   * This ballot with each vote replaced.
   *
   * @param change gives the vote that stands in place of a vote
   * @return a new ballot of as many votes, with the same blank weight
   */
  public Ballot map(UnaryOperator<Vote> change) {
    return new Ballot(votes.stream().map(change).toList(), blank, absolute);
  }

  /**
   * This ballot with all weights multiplied, blank weight too.
   *
   * @param factor finite and more than 0
   * @return a new ballot
   */
  public Ballot times(double factor) {
    return new Ballot(
        votes.stream().map(vote -> vote.times(factor)).toList(), blank * factor, absolute);
  }

  /**
   * This ballot with some classes' votes given to another class.
   *
   * @param codes the classes that lose their votes
   * @param to the class that gets them
   * @return a new ballot; weights and evidence stay
   */
  public Ballot give(Collection<String> codes, StudyClass to) {
    return map(vote -> codes.contains(vote.studyClass().code()) ? vote.withClass(to) : vote);
  }

  /**
   * This ballot, decided for a class whatever the weights say.
   *
   * @param elected the class
   * @return a new ballot
   * @throws NullPointerException if {@code elected} is null
   */
  public Ballot elect(StudyClass elected) {
    return new Ballot(votes, blank, Objects.requireNonNull(elected, "elected"));
  }

  /**
   * Counts.
   *
   * @return every class that has a vote, most weight first; of equal weights, by code
   */
  public List<Candidate> count() {
    Map<String, Double> weights = new LinkedHashMap<>();
    Map<String, StudyClass> classes = new LinkedHashMap<>();
    double total = blank;
    for (Vote vote : votes) {
      weights.merge(vote.studyClass().code(), vote.weight(), Double::sum);
      classes.putIfAbsent(vote.studyClass().code(), vote.studyClass());
      total += vote.weight();
    }
    List<Candidate> candidates = new ArrayList<>(weights.size());
    for (Map.Entry<String, StudyClass> entry : classes.entrySet()) {
      double weight = weights.getOrDefault(entry.getKey(), 0.0);
      candidates.add(new Candidate(entry.getValue(), weight, weight / total));
    }
    candidates.sort(
        Comparator.comparingDouble((Candidate candidate) -> -candidate.weight())
            .thenComparing(candidate -> candidate.studyClass().code()));
    return List.copyOf(candidates);
  }

  /**
   * The class that leads alone.
   *
   * @return the absolute class where there is one; else the class of most weight, or empty where
   *     there is no vote or the first two are within {@link #TOLERANCE} of each other
   */
  public Optional<StudyClass> winner() {
    if (absolute != null) {
      return Optional.of(absolute);
    }
    List<Candidate> candidates = count();
    if (candidates.isEmpty()
        || (candidates.size() > 1 && same(candidates.get(0), candidates.get(1)))) {
      return Optional.empty();
    }
    return Optional.of(candidates.get(0).studyClass());
  }

  /**
   * Whether two candidates are tied.
   *
   * @param a a candidate
   * @param b a candidate
   * @return true if their weights are within {@link #TOLERANCE} of the larger
   */
  public static boolean same(Candidate a, Candidate b) {
    return Math.abs(a.weight() - b.weight()) <= TOLERANCE * Math.max(a.weight(), b.weight());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ballot that
        && votes.equals(that.votes)
        && Double.compare(blank, that.blank) == 0
        && Objects.equals(absolute, that.absolute);
  }

  @Override
  public int hashCode() {
    return Objects.hash(votes, blank, absolute);
  }

  /** Codes and weights, for instance {@code CTT 2.0, CTAB 1.0}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Candidate candidate : count()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(candidate.studyClass().code())
          .append(candidate.studyClass().equals(absolute) ? "! " : " ")
          .append(candidate.weight());
    }
    return text.isEmpty() ? "no votes" : text.toString();
  }
}
