package org.momo.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Decision;
import org.momo.decision.Prediction;
import org.momo.decision.StudyClass;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An external test: one or several configurations on the same labelled studies. Several make it an
 * ablation.
 *
 * <p>The answers are kept in a folder, one line a study, so that memory does not grow with them and
 * a run that was interrupted goes on where it stopped when it is run again over the same studies in
 * the same order. The result does not depend on that, nor on the number of threads.
 *
 * <p>This class is immutable.
 */
public final class Evaluation {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);
  private static final String FORMAT = "momo-evaluation-1";

  /** The attributes whose availability is reported, in the published order where there is one. */
  private static final List<Map.Entry<String, Integer>> TAGS =
      List.of(
          Map.entry("ProcedureCode", Tag.PROCEDURE_CODE_SEQUENCE),
          Map.entry("StudyDescription", Tag.STUDY_DESCRIPTION),
          Map.entry("SeriesDescription", Tag.SERIES_DESCRIPTION),
          Map.entry("BodyPartExamined", Tag.BODY_PART_EXAMINED),
          Map.entry("RequestedProcedure", Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE),
          Map.entry("PerformedProcedure", Tag.PERFORMED_PROCEDURE_STEP_DESCRIPTION),
          Map.entry("ProtocolName", Tag.PROTOCOL_NAME));

  private final Labels labels;
  private final Path folder;
  private final List<Subject> subjects;
  private final int threads;
  private final long total;
  private final Progress progress;

  private Evaluation(Builder builder) {
    this.labels = builder.labels;
    this.folder = builder.folder;
    this.subjects = List.copyOf(builder.subjects);
    this.threads = builder.threads;
    this.total = builder.total;
    this.progress = builder.progress;
  }

  /**
   * Starts an evaluation.
   *
   * @param labels what is right
   * @param folder where the answers are kept; made if it is not there
   * @return a builder without subjects, for one thread
   */
  public static Builder builder(Labels labels, Path folder) {
    return new Builder(labels, folder);
  }

  /**
   * Runs, or goes on with a run that was interrupted.
   *
   * @param studies in the same order whenever the run is resumed; studies without label are counted
   *     and not classified
   * @return what came of it
   * @throws IOException if the folder cannot be read or written, or holds another run
   * @throws InterruptedException if the thread is interrupted meanwhile; what is done is kept
   */
  public EvaluationResult run(Iterator<Study> studies) throws IOException, InterruptedException {
    StoredRun store = new StoredRun(folder, "answers", fingerprint(FORMAT, subjects, labels));
    store.run(
        studies,
        threads,
        study -> row(study).write(StoredRun.JSON),
        line -> AnswerRow.read(StoredRun.JSON, line).study(),
        progress,
        total);
    return EvaluationResult.of(store, subjects, labels);
  }

  private AnswerRow row(Study study) {
    Label label = labels.find(study).orElse(null);
    if (label == null) {
      return new AnswerRow(study.uid(), "", "", "", "", "", List.of());
    }
    List<AnswerRow.Answer> answers = new ArrayList<>(subjects.size());
    for (Subject subject : subjects) {
      answers.add(answer(subject, study, label));
    }
    return new AnswerRow(
        study.uid(),
        label.key(),
        label.truth().toString(),
        label.modality().isEmpty() ? modality(study) : label.modality(),
        label.language(),
        tags(study),
        answers);
  }

  private static AnswerRow.Answer answer(Subject subject, Study study, Label label) {
    long start = System.nanoTime();
    Prediction prediction;
    try {
      prediction = subject.classifier().apply(study);
    } catch (RuntimeException e) {
      LOG.warn("{} failed on study {}: {}", subject.name(), study.uid(), e.getClass().getName());
      return new AnswerRow.Answer(
          Verdict.NONE,
          label.truth().row(null),
          label.truth().column(null),
          0,
          "undecided: failed",
          false,
          System.nanoTime() - start,
          List.of("the classifier failed: " + e.getClass().getName()));
    }
    long nanos = System.nanoTime() - start;
    @Nullable StudyClass said = prediction.studyClass().orElse(null);
    Verdict verdict = label.truth().judge(said, subject.catalogue());
    Decision decision = prediction.decision();
    boolean inferred =
        decision instanceof Decision.Decided decided
            && TraceText.inferred(prediction.trace(), decided.decidedBy());
    return new AnswerRow.Answer(
        verdict,
        label.truth().row(said),
        label.truth().column(said),
        prediction.confidence(),
        Replay.decider(decision),
        inferred,
        nanos,
        verdict == Verdict.RIGHT ? List.of() : TraceText.lines(prediction.trace()));
  }

  /** The modality of most series; of equally many, the first in alphabetical order. */
  private static String modality(Study study) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    study.series().forEach(series -> counts.merge(series.modality(), 1, Integer::sum));
    String best = "";
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (best.isEmpty() || entry.getValue() > counts.getOrDefault(best, 0)) {
        best = entry.getKey();
      }
    }
    return best.isEmpty() ? "not stated" : best;
  }

  private static String tags(Study study) {
    List<String> there = new ArrayList<>();
    for (Map.Entry<String, Integer> entry : TAGS) {
      int tag = entry.getValue();
      for (Series series : study.series()) {
        Header header = series.header();
        if (header.string(tag).isPresent() || !header.codes(tag).isEmpty()) {
          there.add(entry.getKey());
          break;
        }
      }
    }
    return String.join(",", there);
  }

  /** The attributes whose availability is reported. */
  static List<String> tagNames() {
    return TAGS.stream().map(Map.Entry::getKey).toList();
  }

  /** Differs where the answers of one run are of no use to the other. */
  static String fingerprint(String format, List<Subject> subjects, Labels labels) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      StringBuilder text = new StringBuilder(format);
      for (Subject subject : subjects) {
        text.append('\n').append(subject.name()).append('\n').append(subject.fingerprint());
      }
      digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
      for (Label label : labels.all()) {
        digest.update((label + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Collects the settings of an evaluation.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder {
    private final Labels labels;
    private final Path folder;
    private final List<Subject> subjects = new ArrayList<>();
    private int threads = 1;
    private long total = -1;
    private Progress progress = Progress.SILENT;

    private Builder(Labels labels, Path folder) {
      this.labels = Objects.requireNonNull(labels, "labels");
      this.folder = Objects.requireNonNull(folder, "folder");
    }

    /**
     * Adds a configuration.
     *
     * @param subject its name must be new
     * @return this builder
     * @throws IllegalArgumentException if there is a subject of that name
     */
    public Builder subject(Subject subject) {
      if (subjects.stream().anyMatch(s -> s.name().equals(subject.name()))) {
        throw new IllegalArgumentException("two configurations are called " + subject.name());
      }
      subjects.add(subject);
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
     */
    public Builder progress(Progress listener, long studies) {
      progress = Objects.requireNonNull(listener, "listener");
      total = studies;
      return this;
    }

    /**
     * Makes the evaluation.
     *
     * @return an evaluation with what was set so far
     * @throws IllegalStateException if there is no subject
     */
    public Evaluation build() {
      if (subjects.isEmpty()) {
        throw new IllegalStateException("an evaluation needs at least one configuration");
      }
      return new Evaluation(this);
    }
  }
}
