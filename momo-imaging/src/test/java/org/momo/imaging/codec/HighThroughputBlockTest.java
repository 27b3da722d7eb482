package org.momo.imaging.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

class HighThroughputBlockTest {
  private static final int[][] SIZES = {
    {64, 64}, {1, 1}, {1024, 4}, {4, 1024}, {1, 1024}, {1024, 1}, {2, 2}, {3, 5}, {7, 3}, {33, 45},
    {32, 128}, {2, 1000}, {63, 64}, {5, 509}, {1023, 3}
  };

  /** One decoder sees all blocks, so nothing that one block leaves behind may reach the next. */
  private final HighThroughputBlock block = new HighThroughputBlock();

  private final NaiveHighThroughputBlock naive = new NaiveHighThroughputBlock();

  @Property(tries = 4000)
  void any_bytes_decode_as_one_bit_after_another_would(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int kind) {
    Random random = new Random(seed);
    int[] size = SIZES[random.nextInt(SIZES.length)];
    int length = 2 + random.nextInt(random.nextInt(4) == 0 ? 6000 : 300);
    int refinement = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(600);
    int from = random.nextInt(4);
    byte[] bytes = bytes(random, kind, from + length + refinement + random.nextInt(3));
    stateSuffix(random, bytes, from, length);
    int plane = random.nextInt(3) == 0 ? random.nextInt(30) : random.nextInt(3);
    int planes = random.nextInt(3) == 0 ? plane + 1 + random.nextInt(30 - plane) : 30;
    int passes = 1 + random.nextInt(3);
    boolean causal = random.nextBoolean();

    @Nullable String problem =
        block.decode(
            bytes, from, length, refinement, passes, size[0], size[1], plane, planes, causal);
    @Nullable String expected =
        naive.decode(
            bytes, from, length, refinement, passes, size[0], size[1], plane, planes, causal);

    assertThat(problem == null).isEqualTo(expected == null);
    if (problem == null) {
      assertThat(samples(size[0], size[1], block.values, block.stride))
          .isEqualTo(samples(size[0], size[1], naive.values, size[0]));
    }
    Statistics.label("decoded")
        .collect(problem == null)
        .coverage(c -> c.check(true).percentage(p -> p > 10));
  }

  /** Plain noise; many bytes that bring stuffed bits with them; few bits set. */
  private static byte[] bytes(Random random, int kind, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    for (int i = 0; i < count; i++) {
      if (kind == 1 && random.nextInt(3) == 0) {
        bytes[i] = (byte) 0xff;
      } else if (kind == 2 && random.nextInt(3) == 0) {
        bytes[i] = (byte) (random.nextBoolean() ? 0x7f : 0x90);
      } else if (kind == 3) {
        bytes[i] &= (byte) (random.nextInt(256) & random.nextInt(256));
      }
    }
    return bytes;
  }

  private static void stateSuffix(Random random, byte[] bytes, int from, int length) {
    if (random.nextInt(50) > 0) {
      int suffix = 2 + random.nextInt(Math.min(length, 4079) - 1);
      int end = from + length;
      bytes[end - 1] = (byte) (suffix >> 4);
      bytes[end - 2] = (byte) (bytes[end - 2] & 0xf0 | suffix & 15);
    }
  }

  private static int[] samples(int width, int height, int[] values, int stride) {
    int[] samples = new int[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(values, y * stride, samples, y * width, width);
    }
    return samples;
  }
}
