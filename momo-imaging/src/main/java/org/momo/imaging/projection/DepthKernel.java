package org.momo.imaging.projection;

import java.util.Arrays;
import org.momo.imaging.projection.DepthSchedule.Block;

/**
 * Resamples lines along the depth of a volume and folds what comes out into the three maxima.
 *
 * <p>One kernel serves one thread: it owns a coronal picture of its own and scratch rows. This
 * class is not thread-safe.
 */
final class DepthKernel {
  /*
   * What it computes. A volume of Z slices, with rows and columns already at the target size N, is
   * resampled to N^3 and its maximum taken along x, y and z. The N^3 cube is 512 MiB at N = 512; it
   * never exists. A line here is one row y of all slices: Z rows of N samples. Lines depend on each
   * other in nothing but the coronal picture, where max is free of order, so threads share no other
   * state and any split of lines gives the same bits.
   *
   * How. Interpolating a cubic spline takes a recursive filter first [1, 2]: with q = sqrt(3) - 2,
   *   c+[z] = s[z] + q c+[z-1]            causal, begun by a sum of q^k s[k] (mirrored)
   *   c[z]  = q (c[z+1] - c+[z])          anticausal, begun by q / (q^2 - 1) (c+[Z-1] + q c+[Z-2])
   * and then four B-spline weights for each output. The gain of 6 and the weights' division by 6
   * cancel and are left out. The filter forgets by 0.268 a sample, so the anticausal run need not
   * start at the last slice: it starts 12 slices beyond a block of 24 (see DepthSchedule). A line
   * then keeps 39 rows, not Z: 80 kB at N = 512, which stays in the second-level cache next to the
   * coronal rows in use, and 39 MiB for all lines when a volume comes slice by slice.
   *
   * What it costs, in operations on single-precision numbers:
   *   for each voxel read, Z N^2 of them:
   *     widening to float              2 bytes read from memory, 4 written to cache
   *     causal                         1 product, 1 sum (1 more sum where a bias is taken off)
   *     anticausal, with the horizon   1.5 products, 1.5 sums
   *   for each voxel of the cube, N^3:
   *     interpolation                  4 products, 3 sums; 16 bytes read, 4 written, all in cache
   *     three maxima                   3 maxima; 16 bytes read, 8 written, all in cache
   * For 300 slices of 512^2 that is 79 million voxels read, 157 MB, and 134 million of the cube:
   * about 0.5 G operations on what is read and 1.3 G on the cube, eight or sixteen at a time. Main
   * memory is read once, at the speed at which one core can, and written 3 MiB.
   *
   * Where the time goes (shares of one thread at 512 x 512 x 300 on a Zen 3 core, by samples of the
   * running methods, which miss the copies that reading makes): interpolation with the coronal
   * maximum 34 %, the maximum along the row 25 %, the filter 16 %, reading and widening 13 % and
   * those copies, the axial maximum 9 %, the rest in putting the pictures together. Three things
   * keep it there and are easy to undo by accident:
   *   - Math.max(float) is four to six vector instructions, for NaN and -0; yet it is the only form
   *     of a float maximum that C2 vectorises at Java 17. Three maxima in one loop exceed C2's limit
   *     for unrolling, and the loop falls back to scalar code, five times slower: hence one maximum
   *     fused with the interpolation, and passes of their own for the others, over rows that are
   *     still in the first-level cache.
   *   - A maximum along a row is a reduction, which C2 does vector by vector, slowly: rows are
   *     folded onto 64 lanes first, and those compared as whole numbers (RowMath.ordered). Rows are
   *     padded to a power of two with their last sample.
   *   - C2 at Java 17 does not vectorise short to float: see RowSplitter.
   * Along all other axes the work is elementwise over x, so rows of neighbouring slices never need
   * to be transposed.
   *
   * [1] M. Unser, A. Aldroubi, M. Eden, "B-Spline Signal Processing: Part II - Efficient Design and
   *     Applications", IEEE Transactions on Signal Processing 41(2), 1993.
   * [2] M. Unser, "Splines: A Perfect Fit for Signal and Image Processing", IEEE Signal Processing
   *     Magazine 16(6), 1999.
   */

  private static final int GROUP = 4;

  private final DepthSchedule schedule;
  private final float bias;
  private final float[] firstWeights;
  private final float[][] coronal;
  private final float[][] mixed;
  private final float[] beyond;
  private final float[] lanes;

  /**
   * A kernel.
   *
   * @param schedule the pass through the depth
   * @param width the length of all rows, a power of two
   * @param bias what rows as they are read are too large by
   */
  DepthKernel(DepthSchedule schedule, int width, float bias) {
    this.schedule = schedule;
    this.bias = bias;
    this.firstWeights =
        schedule.isCubic() ? RowMath.firstWeights(schedule.axis().size()) : new float[0];
    this.coronal = new float[schedule.axis().inside()][width];
    for (float[] row : coronal) {
      Arrays.fill(row, Float.NEGATIVE_INFINITY);
    }
    this.mixed = new float[GROUP][width];
    this.beyond = new float[width];
    this.lanes = new float[Math.max(64, width / 2)];
  }

  /** The coronal maximum over all lines so far: output planes of rows. */
  float[][] coronal() {
    return coronal;
  }

  /** Does one block of a line whose rows up to {@link Block#need} have been read. */
  void process(Block block, Line line) {
    if (schedule.isCubic()) {
      filter(block, line);
    } else if (bias != 0) {
      for (int z = block.loaded(); z < block.need(); z++) {
        RowMath.subtract(line.row(z), bias);
      }
    }
    emit(block, line);
  }

  private void filter(Block block, Line line) {
    int from = block.loaded();
    if (from == 0) {
      startCausal(line);
      from = firstWeights.length;
    }
    for (int z = from; z < block.need(); z++) {
      RowMath.causal(line.row(z), line.row(z - 1), bias);
    }

    int last = block.need() - 1;
    RowMath.lastAnticausal(beyond, line.row(last), line.row(last - 1));
    int z = last - 1;
    for (; z >= block.end() + 3; z -= 4) {
      RowMath.anticausalFour(
          beyond, line.row(z), line.row(z - 1), line.row(z - 2), line.row(z - 3));
    }
    for (; z >= block.end(); z--) {
      RowMath.anticausal(beyond, line.row(z), beyond);
    }
    float[] next = beyond;
    z = block.end() - 1;
    if (z == last) {
      next = line.row(last);
      System.arraycopy(beyond, 0, next, 0, next.length);
      z--;
    }
    for (; z > block.start(); z -= 2) {
      RowMath.anticausalTwo(line.row(z - 1), line.row(z), next);
      next = line.row(z - 1);
    }
    if (z == block.start()) {
      RowMath.anticausal(line.row(z), line.row(z), next);
    }
  }

  private void startCausal(Line line) {
    for (int z = 0; bias != 0 && z < firstWeights.length; z++) {
      RowMath.subtract(line.row(z), bias);
    }
    float[] first = line.row(0);
    RowMath.scale(first, firstWeights[0]);
    for (int z = 1; z < firstWeights.length; z++) {
      RowMath.addScaled(first, line.row(z), firstWeights[z]);
    }
    for (int z = 1; z < firstWeights.length; z++) {
      RowMath.causal(line.row(z), line.row(z - 1), 0);
    }
  }

  private void emit(Block block, Line line) {
    int k = block.firstOutput();
    for (; k + GROUP <= block.endOutput(); k += GROUP) {
      for (int i = 0; i < GROUP; i++) {
        interpolate(line, k + i, mixed[i]);
      }
      RowMath.raiseByFour(line.axial(), mixed[0], mixed[1], mixed[2], mixed[3]);
      for (int i = 0; i < GROUP; i++) {
        line.sagittal()[k + i] = RowMath.largest(mixed[i], lanes);
      }
    }
    for (; k < block.endOutput(); k++) {
      interpolate(line, k, mixed[0]);
      RowMath.raise(line.axial(), mixed[0]);
      line.sagittal()[k] = RowMath.largest(mixed[0], lanes);
    }
  }

  private void interpolate(Line line, int k, float[] target) {
    Axis axis = schedule.axis();
    float[] a = line.row(axis.tap(k, 0));
    switch (axis.interpolation()) {
      case CUBIC ->
          RowMath.mixAndRaise(
              target,
              coronal[k],
              a,
              line.row(axis.tap(k, 1)),
              line.row(axis.tap(k, 2)),
              line.row(axis.tap(k, 3)),
              axis.weight(k, 0),
              axis.weight(k, 1),
              axis.weight(k, 2),
              axis.weight(k, 3));
      case LINEAR -> {
        RowMath.mix(target, a, line.row(axis.tap(k, 1)), axis.weight(k, 0), axis.weight(k, 1));
        RowMath.raise(coronal[k], target);
      }
      case NEAREST -> {
        System.arraycopy(a, 0, target, 0, target.length);
        RowMath.raise(coronal[k], target);
      }
    }
  }
}
