package org.momo.imaging.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.momo.spi.Tensor;

class ProjectorTest {

  @ParameterizedTest
  @CsvSource({
    "1, 7, 9",
    "2, 5, 64",
    "3, 64, 64",
    "4, 1, 1",
    "15, 20, 31",
    "16, 64, 64",
    "17, 40, 12",
    "24, 64, 64",
    "25, 64, 64",
    "35, 64, 64",
    "36, 64, 64",
    "37, 64, 64",
    "39, 16, 64",
    "40, 64, 65",
    "41, 63, 64",
    "48, 64, 64",
    "61, 64, 64",
    "64, 64, 64",
    "65, 33, 90",
    "100, 64, 64"
  })
  void agrees_with_the_definition(int slices, int rows, int columns) {
    Voxels volume = Volumes.of(slices, slices, rows, columns);
    for (Convention convention : Convention.values()) {
      for (Interpolation interpolation : Interpolation.values()) {
        Projector projector =
            Projector.builder()
                .size(64)
                .convention(convention)
                .interpolation(interpolation)
                .thinBelow(0)
                .build();
        float[] ours = projector.project(volume).data();
        double[] naive = NaiveProjection.project(volume, 64, convention, interpolation, 2);
        for (int i = 0; i < naive.length; i++) {
          double expected = naive[i];
          double tolerance = 0.02;
          if (convention == Convention.PUBLISHED) {
            expected = (long) expected;
            tolerance = 1;
          }
          assertThat((double) ours[i])
              .as("%s %s at %d", convention, interpolation, i)
              .isCloseTo(expected, within(tolerance));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"50, 64, 64", "300, 64, 64", "45, 70, 33", "41, 64, 63", "3, 30, 40", "64, 64, 64"})
  void threads_and_streaming_give_the_same_bits(int slices, int rows, int columns) {
    Voxels volume = Volumes.of(9, slices, rows, columns);
    short[][] data = Volumes.shorts(9, slices, rows, columns);
    ExecutorService pool = Executors.newFixedThreadPool(7);
    try {
      for (Convention convention : Convention.values()) {
        Projector projector = Projector.builder().size(64).convention(convention).build();
        float[] alone = projector.project(volume).data();
        for (int threads : new int[] {2, 3, 8}) {
          assertThat(projector.project(volume, pool, threads).data()).isEqualTo(alone);
        }
        Accumulator one = projector.accumulator(slices, rows, columns, SampleType.INT16);
        for (short[] slice : data) {
          one.add(Voxels.ofShorts(new short[][] {slice}, rows, columns));
        }
        assertThat(one.finish().data()).isEqualTo(alone);
        Accumulator some = projector.accumulator(slices, rows, columns, SampleType.INT16, pool, 3);
        for (int from = 0; from < slices; from += 7) {
          short[][] part = Arrays.copyOfRange(data, from, Math.min(slices, from + 7));
          some.add(Voxels.ofShorts(part, rows, columns));
        }
        assertThat(some.finish().data()).isEqualTo(alone);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void a_pool_may_ask_itself_for_help() throws Exception {
    Voxels volume = Volumes.of(1, 50, 64, 64);
    Projector projector = Projector.builder().size(64).build();
    ExecutorService pool = Executors.newFixedThreadPool(1);
    try {
      Tensor inside = pool.submit(() -> projector.project(volume, pool, 4)).get();
      assertThat(inside.data()).isEqualTo(projector.project(volume).data());
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void types_of_the_same_values_give_the_same_bits() {
    int slices = 50;
    short[][] shorts = Volumes.shorts(4, slices, 64, 64);
    byte[][] bytes = new byte[slices][64 * 64];
    int[][] ints = new int[slices][64 * 64];
    float[][] floats = new float[slices][64 * 64];
    for (int z = 0; z < slices; z++) {
      for (int i = 0; i < 64 * 64; i++) {
        int value = shorts[z][i] & 0xff;
        shorts[z][i] = (short) value;
        bytes[z][i] = (byte) value;
        ints[z][i] = value;
        floats[z][i] = value;
      }
    }
    Projector projector = Projector.builder().size(64).build();
    float[] expected = projector.project(Voxels.ofShorts(shorts, 64, 64)).data();
    assertThat(projector.project(Voxels.ofUnsignedShorts(shorts, 64, 64)).data())
        .isEqualTo(expected);
    assertThat(projector.project(Voxels.ofUnsignedBytes(bytes, 64, 64)).data()).isEqualTo(expected);
    assertThat(projector.project(Voxels.ofInts(ints, 64, 64)).data()).isEqualTo(expected);
    assertThat(projector.project(Voxels.ofFloats(floats, 64, 64)).data()).isEqualTo(expected);
  }

  @Test
  void the_ends_of_sixteen_bits_are_exact() {
    short[][] data = new short[64][64 * 64];
    for (int z = 0; z < 64; z++) {
      Arrays.fill(data[z], (short) (z % 2 == 0 ? 0x8000 : 0x7fff));
    }
    Projector projector = Projector.builder().size(64).build();
    float[] signed = projector.project(Voxels.ofShorts(data, 64, 64)).data();
    assertThat(signed[0]).isEqualTo(-32768f);
    assertThat(signed[64]).isEqualTo(32767f);
    float[] unsigned = projector.project(Voxels.ofUnsignedShorts(data, 64, 64)).data();
    assertThat(unsigned[0]).isEqualTo(32768f);
    assertThat(unsigned[64]).isEqualTo(32767f);
  }

  @Test
  void channels_are_sagittal_coronal_axial() {
    short[][] data = new short[64][64 * 64];
    data[5][10 * 64 + 20] = 100;
    float[] picture =
        Projector.builder().size(64).build().project(Voxels.ofShorts(data, 64, 64)).data();
    assertThat(picture[5 * 64 + 10]).isEqualTo(100f);
    assertThat(picture[64 * 64 + 5 * 64 + 20]).isEqualTo(100f);
    assertThat(picture[2 * 64 * 64 + 10 * 64 + 20]).isEqualTo(100f);
    float sum = 0;
    for (float value : picture) {
      sum += value;
    }
    assertThat(sum).isEqualTo(300f);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0, 0", "2, 0, 0, 1", "3, 0, 1, 2", "38, 0, 18, 37", "39, 0, 19, 38"})
  void a_thin_volume_gives_its_first_middle_and_last_slice(
      int slices, int first, int middle, int last) {
    short[][] data = Volumes.shorts(2, slices, 64, 64);
    float[] picture =
        Projector.builder().size(64).build().project(Voxels.ofShorts(data, 64, 64)).data();
    int[] expected = {first, middle, last};
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < 64 * 64; i++) {
        assertThat(picture[channel * 64 * 64 + i]).isEqualTo(data[expected[channel]][i]);
      }
    }
  }

  @Test
  void forty_slices_are_not_thin_unless_told() {
    Voxels volume = Volumes.of(3, 40, 64, 64);
    Projector paper = Projector.builder().size(64).build();
    Projector code = Projector.builder().size(64).thinBelow(41).build();
    float[] slices = new float[64];
    volume.copyRow(0, 0, slices);
    assertThat(Arrays.copyOf(code.project(volume).data(), 64)).isEqualTo(slices);
    assertThat(Arrays.copyOf(paper.project(volume).data(), 64)).isNotEqualTo(slices);
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void a_constant_volume_stays_constant(Interpolation interpolation) {
    float[][] data = new float[60][50 * 30];
    for (float[] slice : data) {
      Arrays.fill(slice, -7.25f);
    }
    float[] picture =
        Projector.builder()
            .size(64)
            .interpolation(interpolation)
            .build()
            .project(Voxels.ofFloats(data, 50, 30))
            .data();
    for (float value : picture) {
      assertThat(value).isCloseTo(-7.25f, within(1e-5f));
    }
  }

  @Test
  void numbers_that_are_none_do_not_spread() {
    float[][] data = new float[50][64 * 64];
    data[20][100] = Float.NaN;
    data[21][200] = Float.POSITIVE_INFINITY;
    data[22][300] = Float.NEGATIVE_INFINITY;
    data[23][400] = Float.MAX_VALUE;
    for (float value :
        Projector.builder().size(64).build().project(Voxels.ofFloats(data, 64, 64)).data()) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void published_pictures_have_the_fill_value_outside() {
    short[][] data = new short[48][64 * 64];
    for (short[] slice : data) {
      Arrays.fill(slice, (short) -1000);
    }
    Projector projector = Projector.builder().size(64).convention(Convention.PUBLISHED).build();
    // Output 63 samples slice 47.25, which is inside; of 20 slices it would be 19.69, outside.
    assertThat(projector.project(Voxels.ofShorts(data, 64, 64)).data()).containsOnly(-1000f);
    Projector deep =
        Projector.builder().size(64).convention(Convention.PUBLISHED).thinBelow(0).build();
    float[] picture = deep.project(Voxels.ofShorts(Arrays.copyOf(data, 20), 64, 64)).data();
    assertThat(picture[62 * 64]).isEqualTo(-1000f);
    assertThat(picture[63 * 64]).isEqualTo(2f);
    assertThat(picture[2 * 64 * 64]).isEqualTo(2f);
  }

  @Test
  void refuses_what_does_not_fit() {
    assertThatThrownBy(() -> Voxels.ofShorts(new short[2][5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slice 0 must have 2 x 3 samples: were 5");
    assertThatThrownBy(() -> Voxels.ofShorts(new short[0][], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a volume must have at least one voxel: was 0 slices of 2 x 3");
    assertThatThrownBy(() -> Projector.builder().size(15))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size must be between 16 and 1024: was 15");
    Projector projector = Projector.builder().size(16).build();
    Accumulator accumulator = projector.accumulator(2, 2, 3, SampleType.INT16);
    assertThatThrownBy(() -> accumulator.add(Voxels.ofShorts(new short[1][4], 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slices must be 2 x 3 of INT16: were 2 x 2 of INT16");
    assertThatThrownBy(() -> accumulator.add(Voxels.ofShorts(new short[3][6], 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slices must be 2 in all: were 3");
    assertThatThrownBy(accumulator::finish)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("slices must be 2 in all: were 0");
    assertThatThrownBy(() -> projector.project(Volumes.of(1, 2, 2, 2), Runnable::run, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be 1 or more: was 0");
  }
}
