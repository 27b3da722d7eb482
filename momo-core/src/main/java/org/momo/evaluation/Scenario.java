package org.momo.evaluation;

/**
 * One situation for the simulated vote over the series of a study.
 *
 * <p>The published experiment is {@link #uncorrelated} and {@link #worstCase}; every other setting
 * starts from one of them and changes what a method says. Classes are numbers from 0.
 *
 * <p>This class is immutable.
 *
 * @param series series in each study
 * @param accuracy the probability that a series' vote names what the series shows; also the mean of
 *     its weight
 * @param classes how many classes there are
 * @param sameError the probability that a wrong vote goes to the one class that the study's class
 *     is mistaken for, instead of to any class: 0 is published as uncorrelated, 1 as maximally
 *     correlated errors
 * @param commonCause the probability that a series votes as the study's common cause does instead
 *     of for itself, so that series are right or wrong together; 0 as published
 * @param labelShare the probability that a series shows its study's class; the others show any
 *     other class; 1 as published
 * @param skew how unequal the classes are: the k-th most frequent has a share proportional to 1 /
 *     k^skew, and wrong votes fall on frequent classes as often; 0 as published
 * @param combinedShare the share of studies that are combined examinations: each series shows one
 *     of two parts, and the right answer is the combination; 0 as published
 * @param rules whether votes for both parts become votes for their combination before the count
 * @param textShare the share of studies whose text votes too; 0 as published
 * @param textAccuracy the probability that the text's vote is right
 * @param textWeight what the text's vote counts, as a multiple of the number of series
 */
public record Scenario(
    int series,
    double accuracy,
    int classes,
    double sameError,
    double commonCause,
    double labelShare,
    double skew,
    double combinedShare,
    boolean rules,
    double textShare,
    double textAccuracy,
    double textWeight) {

  /**
   * Checks the ranges.
   *
   * @param series 1 to 1000
   * @param accuracy more than 0, less than 1
   * @param classes 2 to 1000; a multiple of 3 where studies are combined
   * @param sameError 0 to 1
   * @param commonCause 0 to 1
   * @param labelShare 0 to 1
   * @param skew 0 to 10
   * @param combinedShare 0 to 1
   * @param rules whether votes for both parts become votes for their combination
   * @param textShare 0 to 1
   * @param textAccuracy 0 to 1
   * @param textWeight 0 or more
   * @throws IllegalArgumentException if a part is out of range
   */
  public Scenario {
    between("series", series, 1, 1000);
    if (!(accuracy > 0 && accuracy < 1)) {
      throw new IllegalArgumentException("accuracy must be between 0 and 1: was " + accuracy);
    }
    between("classes", classes, 2, 1000);
    between("sameError", sameError, 0, 1);
    between("commonCause", commonCause, 0, 1);
    between("labelShare", labelShare, 0, 1);
    between("skew", skew, 0, 10);
    between("combinedShare", combinedShare, 0, 1);
    between("textShare", textShare, 0, 1);
    between("textAccuracy", textAccuracy, 0, 1);
    between("textWeight", textWeight, 0, 1e6);
    if ((combinedShare > 0 || rules) && classes % 3 != 0) {
      throw new IllegalArgumentException(
          "combined studies need classes in threes, two parts and their combination: were "
              + classes);
    }
  }

  /**
   * The published experiment with errors that fall on any class.
   *
   * @param series series in each study
   * @param accuracy of a single series' vote
   * @return 12 classes and nothing else
   */
  public static Scenario uncorrelated(int series, double accuracy) {
    return new Scenario(series, accuracy, 12, 0, 0, 1, 0, 0, false, 0, 0, 0);
  }

  /**
   * The published experiment with errors that all fall on the same class.
   *
   * @param series series in each study
   * @param accuracy of a single series' vote
   * @return 12 classes, and each mistaken for one other alone
   */
  public static Scenario worstCase(int series, double accuracy) {
    return uncorrelated(series, accuracy).withSameError(1);
  }

  /**
   * This scenario with another number of classes.
   *
   * @param value 2 to 1000
   * @return a new scenario
   */
  public Scenario withClasses(int value) {
    return new Scenario(
        series,
        accuracy,
        value,
        sameError,
        commonCause,
        labelShare,
        skew,
        combinedShare,
        rules,
        textShare,
        textAccuracy,
        textWeight);
  }

  /**
   * This scenario with errors that fall on the same class more or less often.
   *
   * @param value 0 to 1
   * @return a new scenario
   */
  public Scenario withSameError(double value) {
    return new Scenario(
        series,
        accuracy,
        classes,
        value,
        commonCause,
        labelShare,
        skew,
        combinedShare,
        rules,
        textShare,
        textAccuracy,
        textWeight);
  }

  /**
   * This scenario with series that are right or wrong together.
   *
   * @param value 0 to 1
   * @return a new scenario
   */
  public Scenario withCommonCause(double value) {
    return new Scenario(
        series,
        accuracy,
        classes,
        sameError,
        value,
        labelShare,
        skew,
        combinedShare,
        rules,
        textShare,
        textAccuracy,
        textWeight);
  }

  /**
   * This scenario with fuzzy labels: the study's label holds for a share of its series only.
   *
   * @param value 0 to 1
   * @return a new scenario
   */
  public Scenario withLabelShare(double value) {
    return new Scenario(
        series,
        accuracy,
        classes,
        sameError,
        commonCause,
        value,
        skew,
        combinedShare,
        rules,
        textShare,
        textAccuracy,
        textWeight);
  }

  /**
   * This scenario with classes of unequal frequency.
   *
   * @param value 0 to 10
   * @return a new scenario
   */
  public Scenario withSkew(double value) {
    return new Scenario(
        series,
        accuracy,
        classes,
        sameError,
        commonCause,
        labelShare,
        value,
        combinedShare,
        rules,
        textShare,
        textAccuracy,
        textWeight);
  }

  /**
   * This scenario with combined examinations.
   *
   * @param share of the studies, 0 to 1
   * @param withRules whether votes for both parts become votes for their combination
   * @return a new scenario
   */
  public Scenario withCombined(double share, boolean withRules) {
    return new Scenario(
        series,
        accuracy,
        classes,
        sameError,
        commonCause,
        labelShare,
        skew,
        share,
        withRules,
        textShare,
        textAccuracy,
        textWeight);
  }

  /**
   * This scenario with a text that votes in the same count.
   *
   * @param share of the studies whose text says something, 0 to 1
   * @param rightShare the probability that it is right, 0 to 1
   * @param weight of its vote as a multiple of the number of series
   * @return a new scenario
   */
  public Scenario withText(double share, double rightShare, double weight) {
    return new Scenario(
        series,
        accuracy,
        classes,
        sameError,
        commonCause,
        labelShare,
        skew,
        combinedShare,
        rules,
        share,
        rightShare,
        weight);
  }

  /** What random numbers this scenario gets: equal scenarios, equal numbers. */
  long[] path(int repeat) {
    return new long[] {
      series,
      Double.doubleToLongBits(accuracy),
      classes,
      Double.doubleToLongBits(sameError),
      Double.doubleToLongBits(commonCause),
      Double.doubleToLongBits(labelShare),
      Double.doubleToLongBits(skew),
      Double.doubleToLongBits(combinedShare),
      rules ? 1 : 0,
      Double.doubleToLongBits(textShare),
      Double.doubleToLongBits(textAccuracy),
      Double.doubleToLongBits(textWeight),
      repeat
    };
  }

  private static void between(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          name + " must be between " + low + " and " + high + ": was " + value);
    }
  }
}
