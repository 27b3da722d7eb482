package org.momo.imaging.projection;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Resamples one slice at a time, along x and then along y.
 *
 * <p>The cost for R × C to N × N, in interpolated samples: N R and then N N. All passes are
 * elementwise over rows; for x the slice is transposed. Slices are resampled before the depth,
 * which is best where slices are fewer than rows, columns and N; else it is at most the cost of the
 * cube away from the best. This class is not thread-safe.
 */
final class SliceResampler {
  private static final int TILE = 16;

  private final Axis x;
  private final Axis y;
  private final float[][] rows;
  private final float[][] columns;
  private final float[][] across;

  SliceResampler(Axis x, Axis y) {
    this.x = x;
    this.y = y;
    this.rows = new float[y.size()][0];
    this.columns = x.isIdentity() ? new float[0][] : new float[x.size()][0];
    this.across = x.isIdentity() ? new float[0][] : new float[x.inside()][0];
  }

  /**
   * Resamples a slice.
   *
   * @param voxels the volume
   * @param slice which slice of it
   * @param target gives the array for each output row that is inside: as long as there are output
   *     columns inside, or longer, and then filled up with the last of them
   */
  void resample(Voxels voxels, int slice, IntFunction<float[]> target) {
    int width = Math.max(x.size(), x.inside());
    for (int row = 0; row < rows.length; row++) {
      // Only now, since the first row may bring a slice to light that does not decode.
      if (rows[row].length == 0) {
        rows[row] = new float[width];
      }
      PlainRows.read(voxels, slice, row, rows[row]);
    }
    if (!x.isIdentity()) {
      if (columns[0].length == 0) {
        Arrays.setAll(columns, k -> new float[y.size()]);
        Arrays.setAll(across, k -> new float[y.size()]);
      }
      transpose(rows, y.size(), x.size(), columns);
      filter(x, columns);
      for (int k = 0; k < x.inside(); k++) {
        mix(x, k, columns, across[k]);
      }
      transpose(across, x.inside(), y.size(), rows);
    }
    filter(y, rows);
    float[] mixed = new float[rows[0].length];
    for (int k = 0; k < y.inside(); k++) {
      mix(y, k, rows, mixed);
      float[] row = target.apply(k);
      System.arraycopy(mixed, 0, row, 0, x.inside());
      Arrays.fill(row, x.inside(), row.length, mixed[x.inside() - 1]);
    }
  }

  private static void transpose(float[][] from, int height, int width, float[][] to) {
    for (int i0 = 0; i0 < height; i0 += TILE) {
      int i1 = Math.min(height, i0 + TILE);
      for (int j = 0; j < width; j++) {
        float[] target = to[j];
        for (int i = i0; i < i1; i++) {
          target[i] = from[i][j];
        }
      }
    }
  }

  private static void filter(Axis axis, float[][] lines) {
    if (axis.interpolation() != Interpolation.CUBIC) {
      return;
    }
    float[] weights = RowMath.firstWeights(axis.size());
    RowMath.scale(lines[0], weights[0]);
    for (int k = 1; k < weights.length; k++) {
      RowMath.addScaled(lines[0], lines[k], weights[k]);
    }
    int last = axis.size() - 1;
    for (int k = 1; k <= last; k++) {
      RowMath.causal(lines[k], lines[k - 1], 0);
    }
    RowMath.lastAnticausal(lines[last], lines[last], lines[last - 1]);
    for (int k = last - 1; k >= 0; k--) {
      RowMath.anticausal(lines[k], lines[k], lines[k + 1]);
    }
  }

  private static void mix(Axis axis, int k, float[][] lines, float[] target) {
    float[] a = lines[axis.tap(k, 0)];
    switch (axis.interpolation()) {
      case CUBIC ->
          RowMath.mix(
              target,
              a,
              lines[axis.tap(k, 1)],
              lines[axis.tap(k, 2)],
              lines[axis.tap(k, 3)],
              axis.weight(k, 0),
              axis.weight(k, 1),
              axis.weight(k, 2),
              axis.weight(k, 3));
      case LINEAR ->
          RowMath.mix(target, a, lines[axis.tap(k, 1)], axis.weight(k, 0), axis.weight(k, 1));
      case NEAREST -> System.arraycopy(a, 0, target, 0, target.length);
    }
  }
}
