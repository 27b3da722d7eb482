/**
 * Maximum intensity projections of a resampled volume, without the resampled volume.
 *
 * <p>{@link org.momo.imaging.projection.Projector} says what is wanted, {@link
 * org.momo.imaging.projection.Voxels} is what it is made of, and {@link
 * org.momo.imaging.projection.Accumulator} takes slices as they come. Results are the same to the
 * last bit for any number of threads, in memory or slice by slice.
 */
@NullMarked
package org.momo.imaging.projection;

import org.jspecify.annotations.NullMarked;
