package org.momo.dicom.internal;

import java.util.function.Consumer;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.StudyAssembler;

/**
 * Puts instances into their studies and says which count for nothing there.
 *
 * <p>This class is thread-safe.
 */
public final class Gathering {
  private Gathering() {}

  /**
   * Adds an instance.
   *
   * @param assembler added to
   * @param instance what came in
   * @param problems told of duplicates, and of what is no image
   */
  public static void add(
      StudyAssembler assembler, Instance instance, Consumer<? super ReadProblem> problems) {
    if (!assembler.add(instance)) {
      problems.accept(
          ReadProblem.of(
              Kind.DUPLICATE,
              instance.source().orElse(""),
              "This instance was read from another place already."));
    } else if (!instance.isImage()) {
      problems.accept(
          ReadProblem.of(
              Kind.NOT_AN_IMAGE,
              instance.source().orElse(""),
              "This object is no image, so it does not vote."));
    }
  }
}
