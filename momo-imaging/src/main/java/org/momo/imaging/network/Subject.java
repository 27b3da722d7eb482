package org.momo.imaging.network;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.momo.decision.StudyClass;
import org.momo.imaging.model.PictureSpec;
import org.momo.imaging.volume.SeriesStacks;
import org.momo.study.Series;

/**
 * A series that may vote.
 *
 * @param series what came in
 * @param networks those of its modality
 * @param targets the class that each class of the networks stands for in this study, or null where
 *     it stands for none: a PET study's CT series speak for PET classes
 * @param stacks its images, for each picture that the networks begin with
 * @param scale what its confidence is multiplied by, more than 0 and at most 1
 */
record Subject(
    Series series,
    Ensemble networks,
    List<@Nullable StudyClass> targets,
    Map<PictureSpec, SeriesStacks> stacks,
    double scale) {

  Subject scaled(double factor) {
    return new Subject(series, networks, targets, stacks, factor);
  }
}
