package org.momo.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.momo.imaging.volume.ImageOptions;
import org.momo.imaging.volume.ImageStack;
import org.momo.imaging.volume.SeriesStacks;
import org.momo.spi.PixelException;
import org.momo.spi.Tensor;
import org.momo.study.Series;
import org.momo.study.Study;

/**
 * The published procedure, step by step as it is described, and nothing made cheaper: of each
 * series every slice is decoded once to see its size and once for its values; the volume is
 * resampled to a full cube by cubic B-splines, each of whose samples is a sum over 64 coefficients;
 * the cube is projected three times; the network is loaded from its file, run once, and let go.
 *
 * <p>It is no straw man: coefficients and weights along each axis are worked out once, and all
 * processors work on a cube.
 */
final class OriginalProcedure {
  private static final int TAPS = 4;

  /** Where an output sample lies: its first coefficient, after mirroring, and the four weights. */
  private record Place(int[] at, double[] weights) {}

  private final int size;

  OriginalProcedure(int size) {
    this.size = size;
  }

  /** The network's answer for each series. */
  Map<String, float[]> judge(Study study, Path network) throws PixelException, OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, float[]> answers = new LinkedHashMap<>();
    for (Series series : study.series()) {
      FloatBuffer picture = FloatBuffer.wrap(normalised(picture(series)).data());
      try (OrtSession session = environment.createSession(network.toString());
          OnnxTensor input =
              OnnxTensor.createTensor(environment, picture, new long[] {1, 3, size, size});
          OrtSession.Result result =
              session.run(Map.of(session.getInputNames().iterator().next(), input))) {
        answers.put(series.uid(), ((float[][]) result.get(0).getValue())[0]);
      }
    }
    return answers;
  }

  /** Three projections of the cube, in whole numbers as the input has them. */
  Tensor picture(Series series) throws PixelException {
    ImageStack stack =
        SeriesStacks.of(series, ImageOptions.published().withThreads(1)).stacks().get(0);
    int depth = stack.slices();
    int rows = stack.rows();
    int columns = stack.columns();
    float[] slice = new float[rows * columns];
    for (int z = 0; z < depth; z++) {
      stack.read(z, slice);
    }
    float[] volume = new float[depth * rows * columns];
    for (int z = 0; z < depth; z++) {
      stack.read(z, slice);
      System.arraycopy(slice, 0, volume, z * slice.length, slice.length);
    }
    double[] coefficients = coefficients(volume, depth, rows, columns);
    float[] cube = cube(coefficients, depth, rows, columns);
    float[] picture = new float[3 * size * size];
    Arrays.fill(picture, Float.NEGATIVE_INFINITY);
    for (int z = 0; z < size; z++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          float value = cube[(z * size + y) * size + x];
          int sagittal = z * size + y;
          int coronal = (size + z) * size + x;
          int axial = (2 * size + y) * size + x;
          picture[sagittal] = Math.max(picture[sagittal], value);
          picture[coronal] = Math.max(picture[coronal], value);
          picture[axial] = Math.max(picture[axial], value);
        }
      }
    }
    return Tensor.of(picture, 3, size, size);
  }

  private static Tensor normalised(Tensor picture) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : picture.data()) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    float[] values = new float[picture.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (picture.data()[i] - least) / (most - least);
    }
    return Tensor.of(values, picture.shape());
  }

  private static double[] coefficients(float[] volume, int depth, int rows, int columns) {
    double[] c = new double[volume.length];
    for (int i = 0; i < c.length; i++) {
      c[i] = volume[i];
    }
    int plane = rows * columns;
    IntStream.range(0, depth)
        .parallel()
        .forEach(
            z -> {
              for (int y = 0; y < rows; y++) {
                filter(c, z * plane + y * columns, 1, columns);
              }
              for (int x = 0; x < columns; x++) {
                filter(c, z * plane + x, columns, rows);
              }
            });
    IntStream.range(0, plane).parallel().forEach(i -> filter(c, i, plane, depth));
    return c;
  }

  /** The recursive filter that makes coefficients of samples, mirrored at both ends (Unser). */
  private static void filter(double[] c, int start, int step, int count) {
    double pole = Math.sqrt(3) - 2;
    double first = c[start];
    double power = pole;
    for (int i = 1; i < Math.min(count, 40); i++, power *= pole) {
      first += power * c[start + i * step];
    }
    c[start] = 6 * first;
    for (int i = 1; i < count; i++) {
      c[start + i * step] = 6 * c[start + i * step] + pole * c[start + (i - 1) * step];
    }
    int last = start + (count - 1) * step;
    c[last] = pole / (pole * pole - 1) * (c[last] + pole * c[last - step]);
    for (int i = count - 2; i >= 0; i--) {
      c[start + i * step] = pole * (c[start + (i + 1) * step] - c[start + i * step]);
    }
  }

  private List<Place> places(int count) {
    List<Place> places = new ArrayList<>(size);
    for (int k = 0; k < size; k++) {
      double t = (double) k * count / size;
      int whole = (int) Math.floor(t);
      double f = t - whole;
      double[] weights = {
        (1 - f) * (1 - f) * (1 - f) / 6,
        2.0 / 3 - f * f * (2 - f) / 2,
        2.0 / 3 - (1 - f) * (1 - f) * (1 + f) / 2,
        f * f * f / 6
      };
      int[] at = new int[TAPS];
      for (int i = 0; i < TAPS; i++) {
        int index = Math.abs(whole - 1 + i);
        at[i] = index < count ? index : 2 * (count - 1) - index;
      }
      places.add(new Place(at, weights));
    }
    return places;
  }

  private float[] cube(double[] c, int depth, int rows, int columns) {
    List<Place> along = places(depth);
    List<Place> down = places(rows);
    List<Place> across = places(columns);
    float[] cube = new float[size * size * size];
    IntStream.range(0, size)
        .parallel()
        .forEach(
            z -> {
              Place inZ = along.get(z);
              for (int y = 0; y < size; y++) {
                Place inY = down.get(y);
                for (int x = 0; x < size; x++) {
                  Place inX = across.get(x);
                  double sum = 0;
                  for (int k = 0; k < TAPS; k++) {
                    for (int j = 0; j < TAPS; j++) {
                      int row = (inZ.at[k] * rows + inY.at[j]) * columns;
                      double weight = inZ.weights[k] * inY.weights[j];
                      for (int i = 0; i < TAPS; i++) {
                        sum += weight * inX.weights[i] * c[row + inX.at[i]];
                      }
                    }
                  }
                  // Samples are whole numbers before and after.
                  cube[(z * size + y) * size + x] = (int) sum;
                }
              }
            });
    return cube;
  }
}
