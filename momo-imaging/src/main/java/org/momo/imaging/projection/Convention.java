package org.momo.imaging.projection;

/** Which place of the input an output sample stands for. This class is immutable. */
public enum Convention {

  /**
   * First sample on first, last on last: output {@code k} of {@code n} samples the input of size
   * {@code s} at {@code k (s - 1) / (n - 1)}, as scipy's {@code ndimage.zoom(mode='mirror',
   * grid_mode=False)} does. Nothing falls outside; beyond its ends the spline sees the samples
   * mirrored about the outermost one, which is not repeated ({@code d c b | a b c d | c b a}).
   */
  CENTRED,

  /**
   * As the published system resampled, by way of SimpleITK: the origin is kept, output {@code k}
   * samples the input at {@code k s / n}, without a shift of half a voxel. Between the last sample
   * and half a voxel beyond it the spline sees mirrored samples and a line goes on level; from half
   * a voxel on, the fill value stands. Integer samples stay integers: results are cut off towards
   * zero and held to the range of their type.
   */
  PUBLISHED
}
