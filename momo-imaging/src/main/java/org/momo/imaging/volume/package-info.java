/**
 * From the instances of a series to stacks of slices in modality units: what the stored samples
 * mean, which frames belong together and in which order, and which do not count.
 */
@NullMarked
package org.momo.imaging.volume;

import org.jspecify.annotations.NullMarked;
