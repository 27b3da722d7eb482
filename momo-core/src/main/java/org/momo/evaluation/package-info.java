/** How good a classifier is: metrics, ablations and statistics. */
@NullMarked
package org.momo.evaluation;

import org.jspecify.annotations.NullMarked;
