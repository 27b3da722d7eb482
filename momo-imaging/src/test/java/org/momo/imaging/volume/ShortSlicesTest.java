package org.momo.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.momo.imaging.SeriesPicture;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.projection.Voxels;
import org.momo.spi.PixelException;
import org.momo.spi.Tensor;
import org.momo.study.Tag;

/** Slices as 16-bit numbers mean what slices as floats are. */
class ShortSlicesTest {

  @Property(tries = 300)
  void numbers_mean_the_values(
      @ForAll("kinds") Kind kind,
      @ForAll @IntRange(min = 1, max = 9) int columns,
      @ForAll long seed)
      throws PixelException {
    ImageStack stack = stack(kind, 3, 5, columns, seed);
    ShortFormat format = stack.shortFormat().orElse(null);
    Assume.that(format != null);
    float[] values = new float[5 * columns];
    ByteBuffer room = ByteBuffer.allocate(Short.BYTES * 5 * columns);
    for (int slice = 0; slice < 3; slice++) {
      stack.read(slice, values);
      ShortBuffer numbers = stack.readShorts(slice, room).asShortBuffer();
      assertThat(numbers.remaining()).isEqualTo(values.length);
      for (int i = 0; i < values.length; i++) {
        assertThat((float) format.value(numbers.get(i)))
            .as("%s at %d", format, i)
            .isEqualTo(values[i]);
      }
    }
  }

  @Test
  void common_scanners_keep_their_samples() {
    assertThat(stack(new Kind(12, 11, false, 1, -1024, false), 2, 4, 4, 1).shortFormat())
        .contains(new ShortFormat(12, false, -1024));
    assertThat(stack(new Kind(16, 15, true, 1, 0, false), 2, 4, 4, 1).shortFormat())
        .contains(new ShortFormat(16, true, 0));
    assertThat(stack(new Kind(16, 15, true, 1, -1024, false), 2, 4, 4, 1).shortFormat())
        .as("signed, with air below -1024 to be raised")
        .contains(new ShortFormat(16, true, 0));
    assertThat(stack(new Kind(12, 11, false, 0.5, 0, false), 2, 4, 4, 1).shortFormat()).isEmpty();
  }

  @Test
  void pictures_are_those_of_the_values() {
    for (Kind kind :
        List.of(
            new Kind(12, 11, false, 1, -1024, false),
            new Kind(12, 11, true, 1, -1024, false),
            new Kind(13, 14, true, 2, 5, false),
            new Kind(16, 15, false, 1, 0, false),
            new Kind(16, 15, true, 1, -1000, true))) {
      ImageStack stack = stack(kind, 45, 32, 32, 7);
      assertThat(stack.shortFormat()).isPresent();
      int[][] values = new int[45][32 * 32];
      float[] slice = new float[32 * 32];
      for (int z = 0; z < 45; z++) {
        try {
          stack.read(z, slice);
        } catch (PixelException e) {
          throw new AssertionError(e);
        }
        for (int i = 0; i < slice.length; i++) {
          values[z][i] = (int) slice[i];
        }
      }
      Projector projector = Projector.builder().size(32).build();
      Tensor expected = projector.project(Voxels.ofInts(values, 32, 32));
      for (int threads : new int[] {1, 3}) {
        Tensor picture =
            SeriesPicture.of(
                    stack, List.of(), ImageOptions.defaults().withThreads(threads), projector)
                .tensor()
                .orElseThrow();
        assertThat(picture.data()).as("%s, %d threads", kind, threads).isEqualTo(expected.data());
      }
    }
  }

  /** How samples are stored. */
  record Kind(
      int bits, int highBit, boolean signed, double slope, double intercept, boolean padded) {}

  @Provide
  Arbitrary<Kind> kinds() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 16),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(true, false),
            Arbitraries.of(1.0, 1.0, 1.0, 2.0, -1.0, 0.5),
            Arbitraries.of(0.0, -1024.0, -1000.0, -8192.0, 7.0, 0.5),
            Arbitraries.of(true, false))
        .as(
            (bits, above, signed, slope, intercept, padded) ->
                new Kind(bits, Math.min(15, bits - 1 + above), signed, slope, intercept, padded));
  }

  private static ImageStack stack(Kind kind, int slices, int rows, int columns, long seed) {
    List<MadeUp> images = new ArrayList<>();
    for (int z = 0; z < slices; z++) {
      short[] samples = new short[rows * columns];
      for (int i = 0; i < samples.length; i++) {
        long h = (seed + z * 0x9E3779B97F4A7C15L + i) * 0xBF58476D1CE4E5B9L;
        samples[i] = (short) (h >>> 40);
      }
      MadeUp image =
          MadeUp.image("CT", z + 1, rows, columns)
              .at(0, 0, z)
              .with(Tag.BITS_STORED, "" + kind.bits())
              .with(Tag.HIGH_BIT, "" + kind.highBit())
              .with(Tag.PIXEL_REPRESENTATION, kind.signed() ? "1" : "0")
              .with(Tag.RESCALE_SLOPE, "" + kind.slope())
              .with(Tag.RESCALE_INTERCEPT, "" + kind.intercept())
              .frame(samples);
      images.add(kind.padded() ? image.with(Tag.PIXEL_PADDING_VALUE, "" + samples[0]) : image);
    }
    return SeriesStacks.of(MadeUp.series(images), ImageOptions.defaults()).stacks().get(0);
  }
}
