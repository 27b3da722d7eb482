package org.momo.evaluation;

import java.util.Objects;

/**
 * A study's label.
 *
 * <p>This class is immutable.
 *
 * @param key the Study Instance UID, or a part of the study's place such as its folder's name
 * @param truth the accepted answers
 * @param modality the group of modalities to report it under; empty for the study's own
 * @param language the language to report it under; empty where not known
 */
public record Label(String key, Truth truth, String modality, String language) {
  /**
   * Checks the parts.
   *
   * @param key the Study Instance UID, or a part of the study's place
   * @param truth the accepted answers
   * @param modality the group of modalities to report it under
   * @param language the language to report it under
   * @throws NullPointerException if a part is null
   */
  public Label {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(truth, "truth");
    Objects.requireNonNull(modality, "modality");
    Objects.requireNonNull(language, "language");
  }
}
