package org.momo.djl;

import java.util.List;

/**
 * How a training went.
 *
 * <p>This class is immutable.
 *
 * @param epochs what was measured after each epoch, in order
 * @param best the index of the epoch whose parameters the network has now: the one of the smallest
 *     validation loss, the first of equals
 * @param stoppedEarly whether training ended before the last epoch that was asked for
 */
public record TrainingReport(List<Epoch> epochs, int best, boolean stoppedEarly) {

  /**
   * Copies the list.
   *
   * @param epochs what was measured after each epoch
   * @param best the index of the epoch that was kept
   * @param stoppedEarly whether training ended before the last epoch that was asked for
   */
  public TrainingReport {
    epochs = List.copyOf(epochs);
  }

  /**
   * What was measured after one epoch.
   *
   * <p>This class is immutable.
   *
   * @param trainingLoss the mean negative log-likelihood while training, in nats
   * @param validationLoss the same of the validation pictures, afterwards
   * @param validationAccuracy how many of the validation pictures were told right, 0 to 1
   */
  public record Epoch(double trainingLoss, double validationLoss, double validationAccuracy) {}

  /**
   * What was measured of the parameters that the network has now.
   *
   * @return the best epoch
   */
  public Epoch kept() {
    return epochs.get(best);
  }
}
