package org.momo.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What changes between two configurations.
 *
 * <p>This class is immutable; {@link #changes} reads the folder of the run each time.
 */
public final class ReplayResult {
  /** What stands for no answer. */
  public static final String UNDECIDED = "undecided";

  private static final long SEED = 2022;

  private final StoredRun store;
  private final String before;
  private final String after;
  private final long studies;
  private final long otherConfidence;
  private final Effect effect;
  private final Tally tallyBefore;
  private final Tally tallyAfter;
  private final List<Group> groups;
  private final List<Move> moves;

  private ReplayResult(StoredRun store, String before, String after, Count count) {
    this.store = store;
    this.before = before;
    this.after = after;
    this.studies = count.studies;
    this.otherConfidence = count.otherConfidence;
    this.effect = count.all.effect();
    this.tallyBefore = count.before;
    this.tallyAfter = count.after;
    this.moves = moves(count.moves);
    List<Group> byCause = new ArrayList<>();
    count.causes.forEach(
        (cause, sums) -> byCause.add(new Group(cause, sums.effect(), moves(sums.moves))));
    byCause.sort(
        Comparator.comparingLong((Group g) -> -g.effect().changed())
            .thenComparing(g -> g.cause().kind())
            .thenComparing(g -> g.cause().where())
            .thenComparing(g -> g.cause().words()));
    this.groups = List.copyOf(byCause);
  }

  /**
   * What became of some studies.
   *
   * <p>This class is immutable.
   *
   * @param changed studies whose answer is another one
   * @param decidedNow of these, those that were undecided
   * @param undecidedNow of these, those that are undecided now; the others got another class
   * @param labelled of these, those with a label
   * @param fixed labelled studies that are right now and were not
   * @param broken labelled studies that were right and are not now
   */
  public record Effect(
      long changed, long decidedNow, long undecidedNow, long labelled, long fixed, long broken) {}

  /**
   * The studies whose answers change for one cause.
   *
   * <p>This class is immutable.
   *
   * @param cause why
   * @param effect what became of them
   * @param moves from which answer to which, most frequent first
   */
  public record Group(Cause cause, Effect effect, List<Move> moves) {
    /**
     * Copies the moves.
     *
     * @param cause why
     * @param effect what became of them
     * @param moves from which answer to which
     */
    public Group {
      moves = List.copyOf(moves);
    }
  }

  /**
   * From one answer to another.
   *
   * <p>This class is immutable.
   *
   * @param from a class code or {@link #UNDECIDED}
   * @param to a class code or {@link #UNDECIDED}
   * @param studies how many
   */
  public record Move(String from, String to, long studies) {}

  /**
   * A study whose answer changes.
   *
   * <p>This class is immutable.
   *
   * @param study the Study Instance UID
   * @param key the label's key; empty for a study without label
   * @param truth the accepted answers; empty for a study without label
   * @param cause why
   * @param from the first answer
   * @param to the second
   */
  public record Change(
      String study, String key, String truth, Cause cause, Answer from, Answer to) {
    /**
     * Whether the study is right now and was not.
     *
     * @return false for a study without label
     */
    public boolean fixed() {
      return !key.isEmpty() && to.verdict() == Verdict.RIGHT && from.verdict() != Verdict.RIGHT;
    }

    /**
     * Whether the study was right and is not now.
     *
     * @return false for a study without label
     */
    public boolean broken() {
      return !key.isEmpty() && from.verdict() == Verdict.RIGHT && to.verdict() != Verdict.RIGHT;
    }
  }

  /**
   * One configuration's answer.
   *
   * <p>This class is immutable.
   *
   * @param code the class, or {@link #UNDECIDED}
   * @param confidence how sure, 0 to 1
   * @param layer what decided, or why nothing did
   * @param verdict what it is worth; {@link Verdict#NONE} for a study without label
   * @param trace how it came about, in lines
   */
  public record Answer(
      String code, double confidence, String layer, Verdict verdict, List<String> trace) {
    /**
     * Copies the trace.
     *
     * @param code the class
     * @param confidence how sure
     * @param layer what decided
     * @param verdict what it is worth
     * @param trace how it came about
     */
    public Answer {
      trace = List.copyOf(trace);
    }
  }

  /**
   * Hears of changes one by one.
   *
   * <p>Implementations need not be thread-safe.
   */
  @FunctionalInterface
  public interface ChangeReader {
    /**
     * Hears of a change.
     *
     * @param change a study whose answer changes
     * @throws IOException if it cannot be passed on
     */
    void accept(Change change) throws IOException;
  }

  static ReplayResult of(StoredRun store, String before, String after) throws IOException {
    Count count = new Count();
    store.forEach(line -> count.add(ReplayRow.read(StoredRun.JSON, line)));
    return new ReplayResult(store, before, after, count);
  }

  private static List<Move> moves(Map<List<String>, Long> counts) {
    List<Move> moves = new ArrayList<>();
    counts.forEach((pair, n) -> moves.add(new Move(pair.get(0), pair.get(1), n)));
    moves.sort(
        Comparator.comparingLong((Move m) -> -m.studies())
            .thenComparing(Move::from)
            .thenComparing(Move::to));
    return List.copyOf(moves);
  }

  private static Change change(ReplayRow row, Cause cause) {
    return new Change(
        row.study(), row.key(), row.truth(), cause, answer(row.before()), answer(row.after()));
  }

  private static Answer answer(AnswerRow.Answer stored) {
    return new Answer(
        stored.column(), stored.confidence(), stored.layer(), stored.verdict(), stored.trace());
  }

  /**
   * The configuration that answers are compared with.
   *
   * @return its name
   */
  public String before() {
    return before;
  }

  /**
   * The configuration whose answers are looked at.
   *
   * @return its name
   */
  public String after() {
    return after;
  }

  /**
   * How many studies there were.
   *
   * @return 0 or more
   */
  public long studies() {
    return studies;
  }

  /**
   * How many studies keep their answer with another confidence.
   *
   * @return 0 or more
   */
  public long otherConfidence() {
    return otherConfidence;
  }

  /**
   * What became of all studies.
   *
   * @return the counts
   */
  public Effect effect() {
    return effect;
  }

  /**
   * The first configuration on the labelled studies.
   *
   * @return the tally; empty without labels
   */
  public Tally tallyBefore() {
    return tallyBefore;
  }

  /**
   * The second configuration on the labelled studies.
   *
   * @return the tally; empty without labels
   */
  public Tally tallyAfter() {
    return tallyAfter;
  }

  /**
   * Whether the second is better on the labelled studies, by right answers.
   *
   * @return the second compared with the first
   * @throws IllegalStateException if no study is labelled
   */
  public PairedComparison comparison() {
    if (tallyAfter.studies() == 0) {
      throw new IllegalStateException("there is nothing to compare by without labels");
    }
    return PairedComparison.of(effect.fixed(), effect.broken(), tallyAfter.studies(), SEED);
  }

  /**
   * The changes by cause.
   *
   * @return most frequent first
   */
  public List<Group> groups() {
    return groups;
  }

  /**
   * From which answers to which.
   *
   * @return most frequent first
   */
  public List<Move> moves() {
    return moves;
  }

  /**
   * Tells of every study whose answer changes, in the order of the studies.
   *
   * @param reader is told
   * @throws IOException if the run's folder cannot be read
   */
  public void changes(ChangeReader reader) throws IOException {
    store.forEach(
        line -> {
          ReplayRow row = ReplayRow.read(StoredRun.JSON, line);
          if (row.cause() != null) {
            reader.accept(change(row, row.cause()));
          }
        });
  }

  /** Sums over studies. */
  private static final class Sums {
    final Map<List<String>, Long> moves = new TreeMap<>(Comparator.comparing(List::toString));
    long decidedNow;
    long undecidedNow;
    long labelled;
    long fixed;
    long broken;
    long changed;

    void add(Change change) {
      changed++;
      decidedNow += change.from().code().equals(UNDECIDED) ? 1 : 0;
      undecidedNow += change.to().code().equals(UNDECIDED) ? 1 : 0;
      labelled += change.key().isEmpty() ? 0 : 1;
      fixed += change.fixed() ? 1 : 0;
      broken += change.broken() ? 1 : 0;
      moves.merge(List.of(change.from().code(), change.to().code()), 1L, Long::sum);
    }

    Effect effect() {
      return new Effect(changed, decidedNow, undecidedNow, labelled, fixed, broken);
    }
  }

  /** What is summed up while the lines of a run are read. */
  private static final class Count {
    long studies;
    long otherConfidence;
    Tally before = Tally.EMPTY;
    Tally after = Tally.EMPTY;
    final Sums all = new Sums();
    final Map<List<String>, Long> moves = all.moves;
    final Map<Cause, Sums> causes = new LinkedHashMap<>();

    void add(ReplayRow row) {
      studies++;
      if (!row.key().isEmpty()) {
        before = before.plus(row.before().verdict());
        after = after.plus(row.after().verdict());
      }
      Cause cause = row.cause();
      if (cause == null) {
        double difference = row.before().confidence() - row.after().confidence();
        otherConfidence += Math.abs(difference) > 1e-9 ? 1 : 0;
        return;
      }
      Change change = change(row, cause);
      all.add(change);
      causes.computeIfAbsent(cause, c -> new Sums()).add(change);
    }
  }
}
