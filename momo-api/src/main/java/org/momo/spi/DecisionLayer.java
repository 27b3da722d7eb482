package org.momo.spi;

import org.momo.decision.Opinion;
import org.momo.study.Study;

/**
 * One way to find a study's class.
 *
 * <p>A layer depends on nothing but the study and its own options: the same study gets the same
 * opinion to the last bit. A layer that does not know abstains; one that throws has failed, which
 * the trace tells and which costs this study alone.
 *
 * <p>Implementations must be thread-safe.
 */
@FunctionalInterface
public interface DecisionLayer extends AutoCloseable {

  /**
   * Considers a study.
   *
   * @param study what came in
   * @return an abstention with its reason, the answer, or votes; never null
   * @throws Exception if the layer fails
   */
  Opinion consider(Study study) throws Exception;

  /**
   * Considers a study in view of what is on the ballot already. The engine calls this form; it asks
   * {@link #consider(Study)} unless a layer wants to know more.
   *
   * @param study what came in
   * @param consultation the votes so far, and a place for notes
   * @return an abstention with its reason, the answer, or votes; never null
   * @throws Exception if the layer fails
   */
  default Opinion consider(Study study, Consultation consultation) throws Exception {
    return consider(study);
  }

  /** Lets go of what the layer holds. Does nothing unless a layer overrides it. */
  @Override
  default void close() {}
}
