/** The layers that judge a study by its codes and its words. */
@NullMarked
package org.momo.metadata;

import org.jspecify.annotations.NullMarked;
