package org.momo.study;

import java.util.Objects;

/**
 * One coded entry: a value, the scheme that defines it, and what it means (PS3.3 section 8.8).
 *
 * <p>This class is immutable.
 *
 * @param scheme the coding scheme designator, such as {@code SCT}, {@code LN} or {@code RADLEX};
 *     empty where the object does not say
 * @param value the code value; empty where the object does not say
 * @param meaning the meaning in words; empty where the object does not say
 */
public record Code(String scheme, String value, String meaning) {

  /**
   * Checks the parts.
   *
   * @param scheme the coding scheme designator, such as {@code SCT}, {@code LN} or {@code RADLEX}
   * @param value the code value
   * @param meaning the meaning in words
   * @throws NullPointerException if a part is null
   */
  public Code {
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(meaning, "meaning");
  }

  /** {@code scheme:value}, without the meaning. */
  @Override
  public String toString() {
    return scheme + ":" + value;
  }
}
