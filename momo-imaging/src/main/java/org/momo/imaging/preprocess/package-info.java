/**
 * From projections to what a network wants to see: normalisation, windows, contrast, cropping and
 * size, each a {@link org.momo.spi.Preprocessor} that says which units and range it takes and
 * gives.
 */
@NullMarked
package org.momo.imaging.preprocess;

import org.jspecify.annotations.NullMarked;
