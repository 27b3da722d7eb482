/** Inference and training through the Deep Java Library. */
@NullMarked
package org.momo.djl;

import org.jspecify.annotations.NullMarked;
