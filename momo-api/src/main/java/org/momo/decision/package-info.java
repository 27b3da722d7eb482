/**
 * What goes out: study classes, the votes for them, and the decision with its reasons.
 *
 * <p>A layer's {@link org.momo.decision.Opinion} carries {@link org.momo.decision.Vote votes} with
 * {@link org.momo.decision.Evidence}; they meet on a {@link org.momo.decision.Ballot}, rules
 * rewrite it, a count ends in a {@link org.momo.decision.Decision}. A {@link
 * org.momo.decision.Prediction} is the decision with its {@link org.momo.decision.Trace}.
 */
@NullMarked
package org.momo.decision;

import org.jspecify.annotations.NullMarked;
