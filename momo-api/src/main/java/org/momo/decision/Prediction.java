package org.momo.decision;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer for one study, with its reasons.
 *
 * <p>This class is immutable.
 *
 * @param studyUid the Study Instance UID
 * @param source where the study came from, or null where its reader did not say
 * @param decision how it ended
 * @param trace how it came to that
 */
public record Prediction(String studyUid, @Nullable String source, Decision decision, Trace trace) {

  /**
   * Checks the parts.
   *
   * @param studyUid the Study Instance UID
   * @param source where the study came from, or null where its reader did not say
   * @param decision how it ended
   * @param trace how it came to that
   * @throws NullPointerException if a part other than {@code source} is null
   */
  public Prediction {
    Objects.requireNonNull(studyUid, "studyUid");
    Objects.requireNonNull(decision, "decision");
    Objects.requireNonNull(trace, "trace");
  }

  /**
   * The class, where there is one.
   *
   * @return the decided class, or empty where the study is undecided
   */
  public Optional<StudyClass> studyClass() {
    return decision instanceof Decision.Decided decided
        ? Optional.of(decided.studyClass())
        : Optional.empty();
  }

  /**
   * How sure.
   *
   * @return 0 to 1; 0 where the study is undecided
   */
  public double confidence() {
    return decision instanceof Decision.Decided decided ? decided.confidence() : 0;
  }
}
