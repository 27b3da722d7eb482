/** What goes out: votes and their evidence, the decision, and the trace that led to it. */
@NullMarked
package org.momo.decision;

import org.jspecify.annotations.NullMarked;
