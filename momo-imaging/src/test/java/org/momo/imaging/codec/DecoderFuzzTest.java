package org.momo.imaging.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.momo.imaging.codec.EncodedStreams.Stream;
import org.momo.spi.Frame;
import org.momo.spi.PixelException;

class DecoderFuzzTest {
  private static final List<Stream> STREAMS = EncodedStreams.all();

  @Property(tries = 3000)
  void a_damaged_stream_gives_a_whole_frame_or_an_error(
      @ForAll @IntRange(min = 0, max = 999) int which,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int changes,
      @ForAll boolean nearTheHead) {
    Stream stream = STREAMS.get(which % STREAMS.size());
    byte[] damaged = stream.bytes().clone();
    Random random = new Random(seed);
    for (int i = 0; i < changes; i++) {
      int span = nearTheHead ? Math.min(damaged.length, 120) : damaged.length;
      int at = random.nextInt(span);
      damaged[at] =
          (byte)
              switch (random.nextInt(4)) {
                case 0 -> 0xff;
                case 1 -> 0;
                case 2 -> damaged[at] ^ 1 << random.nextInt(8);
                default -> random.nextInt(256);
              };
    }
    try {
      Frame frame = stream.decode(damaged);
      assertThat((long) frame.samples().remaining()).isEqualTo(frame.format().bytes());
    } catch (PixelException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
