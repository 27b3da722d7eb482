package org.momo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Decision;
import org.momo.decision.Prediction;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.StudyAssembler;

/**
 * Studies that arrive instance by instance, as a C-STORE receiver or an upload sees them.
 *
 * <p>The session answers at any moment from what it has. An answer that was given is revised when
 * more comes; each answer says how many came before it and whether it is the last. What arrives in
 * whatever order, and however often, ends in the answer that the whole study would have been given
 * at once.
 *
 * <pre>
 * StudySession session = StudySession.of(classifier);
 * session.add(instance);                               // for each that arrives
 * session.revise().forEach(this::show);                // now and then: the answers that changed
 * StudySession.Answer last = session.complete(uid);    // when the sender has closed the study
 * </pre>
 *
 * <p>This class is thread-safe. Instances can be added while a study is being classified.
 */
public final class StudySession {
  private final Function<? super Study, Prediction> classify;
  private final StudyAssembler assembler = new StudyAssembler();
  private final Map<String, State> states = new TreeMap<>();

  private StudySession(Function<? super Study, Prediction> classify) {
    this.classify = Objects.requireNonNull(classify, "classify");
  }

  /** What is known of one study. Guarded by the session. */
  private static final class State {
    private int instances;
    private long arrivals;
    private long answered;
    private boolean complete;
    private @Nullable Answer answer;
  }

  /**
   * An answer and what it rests on.
   *
   * <p>This class is immutable.
   *
   * @param prediction the answer
   * @param revision how many answers of this study differed before it; 0 for the first
   * @param instances how many instances it rests on
   * @param last whether the study was said to be complete, and nothing has arrived since
   */
  public record Answer(Prediction prediction, int revision, int instances, boolean last) {}

  /**
   * A session that asks a classifier.
   *
   * @param classifier not closed by the session
   * @return a session that holds nothing yet
   * @throws NullPointerException if {@code classifier} is null
   */
  public static StudySession of(StudyClassifier classifier) {
    return new StudySession(classifier::classify);
  }

  /**
   * A session that asks a function, for instance one that hands studies to other machines.
   *
   * @param classify gives the same prediction for the same study; safe to call from several threads
   * @return a session that holds nothing yet
   * @throws NullPointerException if {@code classify} is null
   */
  public static StudySession of(Function<? super Study, Prediction> classify) {
    return new StudySession(classify);
  }

  /**
   * Takes an instance in. A study that was complete is open again.
   *
   * @param instance what arrived
   * @return false if it is a duplicate, which changes nothing
   * @throws NullPointerException if {@code instance} is null
   */
  public synchronized boolean add(Instance instance) {
    boolean isNew = assembler.add(instance);
    State state = states.computeIfAbsent(StudyAssembler.studyUid(instance), uid -> new State());
    // A duplicate that differs may have taken the other's place, so it counts as an arrival.
    state.arrivals++;
    if (isNew) {
      state.instances++;
      state.complete = false;
    }
    return isNew;
  }

  /**
   * The studies that something has arrived of.
   *
   * @return their UIDs in order
   */
  public synchronized List<String> studies() {
    return List.copyOf(states.keySet());
  }

  /**
   * Whether the answer that was given last may have to change: something has arrived since, or none
   * was given yet.
   *
   * @param studyUid as {@link StudyAssembler#studyUid} gives it
   * @return false where the next answer will be the one that was given, or nothing is known
   */
  public synchronized boolean mayChange(String studyUid) {
    State state = states.get(studyUid);
    return state != null && !isCurrent(state);
  }

  /**
   * The answer from what has arrived so far. It is computed where something has arrived since the
   * last, and else remembered.
   *
   * @param studyUid as {@link StudyAssembler#studyUid} gives it
   * @return the answer, or empty where nothing of the study has arrived
   */
  public Optional<Answer> answer(String studyUid) {
    Study study;
    int instances;
    long arrivals;
    synchronized (this) {
      State state = states.get(studyUid);
      if (state == null) {
        return Optional.empty();
      }
      if (isCurrent(state)) {
        return Optional.of(remembered(state));
      }
      study = assembler.study(studyUid).orElseThrow();
      instances = state.instances;
      arrivals = state.arrivals;
    }
    Prediction prediction = classify.apply(study);
    synchronized (this) {
      State state = states.get(studyUid);
      if (state == null) {
        return Optional.of(new Answer(prediction, 0, instances, false));
      }
      Answer before = state.answer;
      if (before != null && state.answered > arrivals) {
        // Another thread has answered from more meanwhile.
        return Optional.of(before);
      }
      boolean differs =
          before != null && !before.prediction().decision().equals(prediction.decision());
      int revision = before == null ? 0 : before.revision() + (differs ? 1 : 0);
      boolean last = state.complete && state.arrivals == arrivals;
      state.answered = arrivals;
      state.answer = new Answer(prediction, revision, instances, last);
      return Optional.of(state.answer);
    }
  }

  /**
   * Answers anew for every study that something has arrived of since its last answer.
   *
   * @return the answers that are the first of their study, or differ from the one before in their
   *     decision; by study UID
   */
  public List<Answer> revise() {
    List<Answer> changed = new ArrayList<>();
    for (String uid : studies()) {
      if (!mayChange(uid)) {
        continue;
      }
      Decision before = decision(uid);
      answer(uid)
          .filter(answer -> !answer.prediction().decision().equals(before))
          .ifPresent(changed::add);
    }
    return List.copyOf(changed);
  }

  /**
   * Says that a study is complete: its sender has ended the association, or a time has passed.
   *
   * @param studyUid as {@link StudyAssembler#studyUid} gives it
   * @return the last answer; should more arrive, the study is open again and this is revised
   * @throws IllegalArgumentException if nothing of the study has arrived
   */
  public Answer complete(String studyUid) {
    synchronized (this) {
      State state = states.get(studyUid);
      if (state == null) {
        throw new IllegalArgumentException("Nothing has arrived of the study " + studyUid + ".");
      }
      state.complete = true;
    }
    return answer(studyUid).orElseThrow();
  }

  /**
   * Lets go of a study and of all that arrived of it.
   *
   * @param studyUid as {@link StudyAssembler#studyUid} gives it
   * @return false where nothing of it has arrived
   */
  public synchronized boolean forget(String studyUid) {
    assembler.remove(studyUid);
    return states.remove(studyUid) != null;
  }

  private synchronized @Nullable Decision decision(String uid) {
    State state = states.get(uid);
    Answer answer = state == null ? null : state.answer;
    return answer == null ? null : answer.prediction().decision();
  }

  private static boolean isCurrent(State state) {
    return state.answer != null && state.answered == state.arrivals;
  }

  private static Answer remembered(State state) {
    Answer answer = Objects.requireNonNull(state.answer);
    if (answer.last() != state.complete) {
      answer =
          new Answer(answer.prediction(), answer.revision(), answer.instances(), state.complete);
      state.answer = answer;
    }
    return answer;
  }

  /** How many studies there are; nothing of them. */
  @Override
  public synchronized String toString() {
    return "StudySession[" + states.size() + " studies]";
  }
}
