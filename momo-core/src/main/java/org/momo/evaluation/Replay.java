package org.momo.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Decision;
import org.momo.decision.Prediction;
import org.momo.decision.StudyClass;
import org.momo.decision.Trace;
import org.momo.study.Study;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two configurations on the same studies, and every study whose answer changes, with the cause: the
 * regression test for a table, a rule or a threshold that was changed.
 *
 * <p>Headers are enough; pixels are decoded only where a configuration has networks. Labels are not
 * needed. Where there are some, a change is also judged: fixed, broken, or neither.
 *
 * <p>The answers are kept in a folder, one line a study, so that memory grows with the causes and
 * not with the studies, and a run that was interrupted goes on where it stopped. The result does
 * not depend on that, nor on the number of threads.
 *
 * <p>This class is immutable.
 */
public final class Replay {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final String FORMAT = "momo-replay-1";

  private final Subject before;
  private final Subject after;
  private final Path folder;
  private final Labels labels;
  private final int threads;
  private final long total;
  private final Progress progress;

  private Replay(Builder builder) {
    this.before = builder.before;
    this.after = builder.after;
    this.folder = builder.folder;
    this.labels = builder.labels;
    this.threads = builder.threads;
    this.total = builder.total;
    this.progress = builder.progress;
  }

  /**
   * Starts a replay.
   *
   * @param before the configuration that answers are compared with
   * @param after the configuration whose answers are looked at
   * @param folder where the answers are kept; made if it is not there
   * @return a builder without labels, for one thread
   * @throws NullPointerException if an argument is null
   */
  public static Builder builder(Subject before, Subject after, Path folder) {
    return new Builder(before, after, folder);
  }

  /**
   * Runs, or goes on with a run that was interrupted.
   *
   * @param studies in the same order whenever the run is resumed
   * @return what changes
   * @throws IOException if the folder cannot be read or written, or holds another run
   * @throws InterruptedException if the thread is interrupted meanwhile; what is done is kept
   */
  public ReplayResult run(Iterator<Study> studies) throws IOException, InterruptedException {
    StoredRun store =
        new StoredRun(
            folder, "replay", Evaluation.fingerprint(FORMAT, List.of(before, after), labels));
    store.run(
        studies,
        threads,
        study -> row(study).write(StoredRun.JSON),
        line -> ReplayRow.read(StoredRun.JSON, line).study(),
        progress,
        total);
    return ReplayResult.of(store, before.name(), after.name());
  }

  private ReplayRow row(Study study) {
    Label label = labels.find(study).orElse(null);
    @Nullable Prediction was = ask(before, study);
    @Nullable Prediction is = ask(after, study);
    boolean same = said(was).equals(said(is));
    return new ReplayRow(
        study.uid(),
        label == null ? "" : label.key(),
        label == null ? "" : label.truth().toString(),
        same ? null : Cause.of(trace(was), trace(is)),
        answer(before, was, label, same),
        answer(after, is, label, same));
  }

  private static @Nullable Prediction ask(Subject subject, Study study) {
    try {
      return subject.classifier().apply(study);
    } catch (RuntimeException e) {
      LOG.warn("{} failed on study {}: {}", subject.name(), study.uid(), e.getClass().getName());
      return null;
    }
  }

  private static String said(@Nullable Prediction prediction) {
    return prediction == null
        ? ReplayResult.UNDECIDED
        : prediction.studyClass().map(StudyClass::code).orElse(ReplayResult.UNDECIDED);
  }

  private static Trace trace(@Nullable Prediction prediction) {
    return prediction == null
        ? new Trace(List.of(new Trace.Failed("the classifier", "it failed")))
        : prediction.trace();
  }

  private static AnswerRow.Answer answer(
      Subject subject, @Nullable Prediction prediction, @Nullable Label label, boolean same) {
    @Nullable StudyClass said = prediction == null ? null : prediction.studyClass().orElse(null);
    return new AnswerRow.Answer(
        label == null ? Verdict.NONE : label.truth().judge(said, subject.catalogue()),
        "",
        said(prediction),
        prediction == null ? 0 : prediction.confidence(),
        prediction == null ? "undecided: failed" : decider(prediction.decision()),
        false,
        0,
        same ? List.of() : TraceText.lines(trace(prediction)));
  }

  /** What decided, or why nothing did. */
  static String decider(Decision decision) {
    if (decision instanceof Decision.Decided decided) {
      return decided.decidedBy();
    }
    return "undecided: "
        + switch (((Decision.Undecided) decision).reason()) {
          case NO_EVIDENCE -> "no evidence";
          case TIE -> "tie";
          case BELOW_THRESHOLD -> "below threshold";
          case LAYER_FAILED -> "layer failed";
        };
  }

  /**
   * Collects the settings of a replay.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder {
    private final Subject before;
    private final Subject after;
    private final Path folder;
    private Labels labels = Labels.of(List.of());
    private int threads = 1;
    private long total = -1;
    private Progress progress = Progress.SILENT;

    private Builder(Subject before, Subject after, Path folder) {
      this.before = Objects.requireNonNull(before, "before");
      this.after = Objects.requireNonNull(after, "after");
      this.folder = Objects.requireNonNull(folder, "folder");
    }

    /**
     * Says what is right, so that changes are judged.
     *
     * @param truth labels of some or all studies
     * @return this builder
     * @throws NullPointerException if {@code truth} is null
     */
    public Builder labels(Labels truth) {
      labels = Objects.requireNonNull(truth, "truth");
      return this;
    }

    /**
     * Says how many studies are classified at a time.
     *
     * @param value 1 or more
     * @return this builder
     * @throws IllegalArgumentException if {@code value} is below 1
     */
    public Builder threads(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("threads must be 1 or more: was " + value);
      }
      threads = value;
      return this;
    }

    /**
     * Says who hears of the progress.
     *
     * @param listener counts studies
     * @param studies how many there will be, or -1 where nobody knows
     * @return this builder
     * @throws NullPointerException if {@code listener} is null
     */
    public Builder progress(Progress listener, long studies) {
      progress = Objects.requireNonNull(listener, "listener");
      total = studies;
      return this;
    }

    /**
     * Makes the replay.
     *
     * @return a replay with what was set so far
     */
    public Replay build() {
      return new Replay(this);
    }
  }
}
