package org.momo.evaluation;

/**
 * How many studies got which verdict.
 *
 * <p>This class is immutable.
 *
 * @param right answered as labelled
 * @param minor answered correctly but too generally, or right in part
 * @param major answered wrongly
 * @param none not answered
 */
public record Tally(long right, long minor, long major, long none) {
  /** No study. */
  public static final Tally EMPTY = new Tally(0, 0, 0, 0);

  /**
   * This tally with one study more.
   *
   * @param verdict what it got
   * @return a new tally
   */
  public Tally plus(Verdict verdict) {
    return new Tally(
        right + (verdict == Verdict.RIGHT ? 1 : 0),
        minor + (verdict == Verdict.MINOR ? 1 : 0),
        major + (verdict == Verdict.MAJOR ? 1 : 0),
        none + (verdict == Verdict.NONE ? 1 : 0));
  }

  /**
   * All studies.
   *
   * @return 0 or more
   */
  public long studies() {
    return right + minor + major + none;
  }

  /**
   * The studies that were answered.
   *
   * @return 0 or more
   */
  public long decided() {
    return right + minor + major;
  }

  /**
   * Predictive power: the studies answered, of all.
   *
   * @return the share
   */
  public Proportion predictivePower() {
    return new Proportion(decided(), studies());
  }

  /**
   * The right answers, of those given: the accuracy that the published study states.
   *
   * @return the share
   */
  public Proportion accuracyOfDecided() {
    return new Proportion(right, decided());
  }

  /**
   * The right answers, of all studies.
   *
   * @return the share
   */
  public Proportion accuracyOfAll() {
    return new Proportion(right, studies());
  }

  /**
   * The minor errors, of the answers given.
   *
   * @return the share
   */
  public Proportion minorOfDecided() {
    return new Proportion(minor, decided());
  }

  /**
   * The major errors, of the answers given.
   *
   * @return the share
   */
  public Proportion majorOfDecided() {
    return new Proportion(major, decided());
  }
}
