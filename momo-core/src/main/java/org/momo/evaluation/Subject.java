package org.momo.evaluation;

import java.util.Objects;
import java.util.function.Function;
import org.momo.decision.Catalogue;
import org.momo.decision.Prediction;
import org.momo.study.Study;

/**
 * Something that is evaluated: a configuration under a name.
 *
 * <p>This class is immutable, and its classifier must be thread-safe.
 *
 * @param name how reports name it
 * @param fingerprint a text that changes when its answers may; an interrupted run is resumed only
 *     where it is the same
 * @param catalogue what its answers are taken from
 * @param classifier gives the answers, for instance {@code StudyClassifier::classify}; it must be
 *     thread-safe
 */
public record Subject(
    String name, String fingerprint, Catalogue catalogue, Function<Study, Prediction> classifier) {
  /**
   * Checks the parts.
   *
   * @param name how reports name it
   * @param fingerprint a text that changes when its answers may
   * @param catalogue what its answers are taken from
   * @param classifier gives the answers
   * @throws NullPointerException if a part is null
   */
  public Subject {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(classifier, "classifier");
  }
}
