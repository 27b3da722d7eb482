package org.momo.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What abstaining buys: with answers below a threshold withheld, how many studies are still
 * answered, and how many of those answers are wrong.
 *
 * <p>This class is immutable.
 *
 * @param points one for each confidence that occurs, highest threshold first, coverage rising
 * @param area the mean risk over all coverages that occur (AURC): lower is better; NaN without
 *     answers
 */
public record RiskCoverage(List<Point> points, double area) {

  /**
   * One threshold.
   *
   * <p>This class is immutable.
   *
   * @param threshold answers of at least this confidence are given
   * @param answered studies that are answered, of all studies
   * @param wrong answers that are wrong, of those given
   */
  public record Point(double threshold, Proportion answered, Proportion wrong) {}

  /**
   * Copies the points.
   *
   * @param points one for each confidence that occurs
   * @param area the area under the curve
   */
  public RiskCoverage {
    points = List.copyOf(points);
  }

  /**
   * Measures.
   *
   * @param confidences stated confidences of the studies that were decided, 0 to 1
   * @param right whether each answer was right, in the same order
   * @param studies all studies, the undecided ones too
   * @return the curve
   * @throws IllegalArgumentException if the arrays differ in length, a confidence is not between 0
   *     and 1, or there are fewer studies than answers
   */
  public static RiskCoverage of(double[] confidences, boolean[] right, long studies) {
    Samples.check(confidences, right);
    if (studies < confidences.length) {
      throw new IllegalArgumentException(
          "there cannot be more answers than studies: were "
              + confidences.length
              + " of "
              + studies);
    }
    // The bits of doubles from 0 on sort as the doubles do, and leave the top bit free.
    long[] keys = new long[confidences.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Double.doubleToLongBits(confidences[i] + 0.0) << 1 | (right[i] ? 1 : 0);
    }
    Arrays.sort(keys);
    List<Point> points = new ArrayList<>();
    long given = 0;
    long wrong = 0;
    double area = 0;
    for (int i = keys.length - 1; i >= 0; ) {
      long bits = keys[i] >>> 1;
      long from = given;
      for (; i >= 0 && keys[i] >>> 1 == bits; i--) {
        given++;
        wrong += 1 - (keys[i] & 1);
      }
      points.add(
          new Point(
              Double.longBitsToDouble(bits),
              new Proportion(given, studies),
              new Proportion(wrong, given)));
      area += (double) wrong / given * (given - from);
    }
    return new RiskCoverage(points, area / given);
  }

  /**
   * The threshold of largest coverage at which the answers given were good enough.
   *
   * @param accuracy the least share of right answers, 0 to 1
   * @return the point, or empty where no threshold reaches it
   */
  public Optional<Point> thresholdFor(double accuracy) {
    return last(point -> point.wrong().value() <= 1 - accuracy + 1e-12);
  }

  /**
   * The threshold of largest coverage at which the answers given are good enough with 95 %
   * confidence: the upper end of the risk's Wilson interval is low enough, so that few answers
   * cannot pass by luck.
   *
   * @param accuracy the least share of right answers, 0 to 1
   * @return the point, or empty where no threshold reaches it
   */
  public Optional<Point> assuredThresholdFor(double accuracy) {
    return last(point -> point.wrong().interval().high() <= 1 - accuracy + 1e-12);
  }

  private Optional<Point> last(Predicate<Point> enough) {
    for (int i = points.size() - 1; i >= 0; i--) {
      if (enough.test(points.get(i))) {
        return Optional.of(points.get(i));
      }
    }
    return Optional.empty();
  }
}
