package org.momo.imaging.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.momo.decision.Ballot;
import org.momo.decision.Vote;
import org.momo.spi.Consultation;

/**
 * Keeps count while a study's series are asked, so as to tell when those that are left cannot
 * change the outcome any more: not if all of them voted with all their weight for the class that
 * comes second.
 *
 * <p>It errs on the side of asking: sums that differ in their last digits must not stop it early.
 */
final class Leader {
  private static final double MARGIN = 1e-6;

  private final Map<String, Double> weights = new LinkedHashMap<>();
  private final double factor;
  private final double threshold;
  private final boolean counts;
  private double total;

  Leader(Consultation consultation, boolean allowed) {
    this.counts = allowed && consultation.countsDirectly();
    this.factor = consultation.weight();
    this.threshold = consultation.threshold();
    Ballot soFar = consultation.soFar();
    total = soFar.blank();
    soFar.votes().forEach(vote -> add(vote.studyClass().code(), vote.weight()));
  }

  private void add(String code, double weight) {
    weights.merge(code, weight, Double::sum);
    total += weight;
  }

  void add(List<Vote> votes) {
    votes.forEach(vote -> add(vote.studyClass().code(), vote.weight() * factor));
  }

  /**
   * Whether the leader stays the leader, and above the threshold.
   *
   * @param left the most weight that the series that are left can have together, before the factor
   */
  boolean cannotChange(double left) {
    if (!counts || weights.isEmpty()) {
      return false;
    }
    double first = 0;
    double second = 0;
    for (double weight : weights.values()) {
      if (weight > first) {
        second = first;
        first = weight;
      } else {
        second = Math.max(second, weight);
      }
    }
    double against = left * factor;
    double all = total + against;
    return first - second - against > MARGIN * all && first > (threshold + MARGIN) * all;
  }
}
