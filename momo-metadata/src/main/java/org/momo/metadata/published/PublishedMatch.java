package org.momo.metadata.published;

import java.util.Objects;
import org.momo.decision.StudyClass;

/**
 * What the published matcher found in a text.
 *
 * <p>This class is immutable.
 *
 * @param studyClass the class
 * @param exact whether a whole keyword was found; false where only a part of one was
 * @param common the stretch that text and keyword have in common, in reduced form: a keyword of the
 *     catalogue or a part of one
 */
public record PublishedMatch(StudyClass studyClass, boolean exact, String common) {
  /**
   * Checks the parts.
   *
   * @param studyClass the class
   * @param exact whether a whole keyword was found
   * @param common the stretch that text and keyword have in common
   * @throws NullPointerException if a part is null
   */
  public PublishedMatch {
    Objects.requireNonNull(studyClass, "studyClass");
    Objects.requireNonNull(common, "common");
  }
}
