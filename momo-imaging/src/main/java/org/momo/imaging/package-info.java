/** Pixels, volumes, projections, and the layer that lets networks vote. */
@NullMarked
package org.momo.imaging;

import org.jspecify.annotations.NullMarked;
