package org.momo.metadata.words;

import java.util.Objects;
import org.momo.decision.StudyClass;

/**
 * A class that a text speaks for.
 *
 * <p>This class is immutable.
 *
 * @param studyClass the class
 * @param strength how firmly
 * @param keyword the terms of the catalogue that led to it, joined by {@code " + "}
 */
public record ClassMatch(StudyClass studyClass, Strength strength, String keyword) {
  /**
   * Checks the parts.
   *
   * @param studyClass the class
   * @param strength how firmly
   * @param keyword the terms of the catalogue that led to it, joined by {@code " + "}
   */
  public ClassMatch {
    Objects.requireNonNull(studyClass, "studyClass");
    Objects.requireNonNull(strength, "strength");
    Objects.requireNonNull(keyword, "keyword");
  }
}
