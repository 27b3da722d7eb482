package org.momo.bench;

/**
 * One figure: work of ours held against the same work done by a rival, both measured in one run.
 *
 * <p>To add one, implement this interface in a class of its own and name it in {@link Ratios#ALL}.
 * Check inside {@link #measure} that both sides gave the same answer, or the figure means nothing.
 *
 * <p>Implementations need not be thread-safe: one ratio runs at a time.
 */
public interface Ratio {

  /**
   * The word that selects this ratio on the command line.
   *
   * @return lower-case ASCII letters, digits and dashes, as in {@code matcher-vs-naive}
   */
  String name();

  /**
   * Measures both sides.
   *
   * @param quick whether a rough figure within about ten seconds is enough, as in continuous
   *     integration; otherwise the figure is one to quote
   * @return the figure, or why there is none
   * @throws Exception when a side fails or gives a wrong answer; the other ratios still run
   */
  Outcome measure(boolean quick) throws Exception;

  /** What came of measuring. Implementations are immutable. */
  sealed interface Outcome {}

  /**
   * A figure. This class is immutable.
   *
   * @param value the ratio, finite; which way it is better is part of {@code what}
   * @param what what was measured against what, with both sides' own figures and their units, as in
   *     {@code "matcher 1.2 us a text against naive scan 40 us"}; one line
   */
  record Measured(double value, String what) implements Outcome {}

  /**
   * No figure, because a rival is not installed or its data are absent. This class is immutable.
   *
   * @param reason what is missing, in one line
   */
  record NotMeasured(String reason) implements Outcome {}
}
