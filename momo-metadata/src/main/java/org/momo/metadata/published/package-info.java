/** The matcher of the published system, as its paper and its tables describe it. */
@NullMarked
package org.momo.metadata.published;

import org.jspecify.annotations.NullMarked;
