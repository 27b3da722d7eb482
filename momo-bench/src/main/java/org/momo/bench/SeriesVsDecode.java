package org.momo.bench;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomReader;
import org.momo.imaging.SeriesPicture;
import org.momo.imaging.codec.PixelDecoders;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.volume.ImageOptions;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelDecoder;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.PixelData;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * A series compressed by JPEG 2000 to its picture against decoding its frames and nothing else on
 * all cores: {@code momo-bench/ratios series-vs-decode}. Near 1 where all cores decode all the time
 * and the rest is hidden behind. Its slices are one real image over and over, at other places.
 */
final class SeriesVsDecode implements Ratio {
  private static final String IMAGE = "S200/J2KR/MR4_J2KR";

  private static final Projector PROJECTOR = Projector.builder().build();

  @Override
  public String name() {
    return "series-vs-decode";
  }

  @Override
  public Outcome measure(boolean quick) throws Exception {
    Path studies = HeaderFiles.real();
    if (studies == null || !Files.isReadable(studies.resolve(IMAGE))) {
      return new NotMeasured("the development studies are not there");
    }
    Instance image = new DicomReader().read(studies.resolve(IMAGE));
    int slices = quick ? 48 : 300;
    int processors = Runtime.getRuntime().availableProcessors();
    ByteBuffer encoded = image.pixelData().orElseThrow().frame(0);
    FrameFormat format = format(image.header());
    ExecutorService pool = Executors.newFixedThreadPool(processors);
    double decoding = Double.POSITIVE_INFINITY;
    double whole = Double.POSITIVE_INFINITY;
    try {
      Series series = series(image, encoded, slices);
      for (int turn = 0; turn < 3; turn++) {
        decoding = Math.min(decoding, decode(pool, processors, encoded, format, slices));
        long start = System.nanoTime();
        SeriesPicture picture = SeriesPicture.of(series, ImageOptions.defaults(), PROJECTOR);
        whole = Math.min(whole, (System.nanoTime() - start) / 1e9);
        if (picture.slices() != slices || picture.tensor().isEmpty()) {
          throw new IllegalStateException("no picture of all slices: " + picture.reason());
        }
      }
    } finally {
      pool.shutdown();
    }
    return new Measured(
        whole / decoding,
        "times the time of decoding alone on %d processors: %d slices of %d x %d in JPEG 2000, %.2f s against %.2f s"
            .formatted(processors, slices, format.rows(), format.columns(), whole, decoding));
  }

  private static double decode(
      ExecutorService pool, int threads, ByteBuffer encoded, FrameFormat format, int slices)
      throws Exception {
    PixelDecoder decoder = PixelDecoders.jpeg2000();
    AtomicInteger next = new AtomicInteger();
    List<Future<Long>> results = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      results.add(
          pool.submit(
              () -> {
                long bytes = 0;
                while (next.getAndIncrement() < slices) {
                  Frame frame =
                      decoder.decode("1.2.840.10008.1.2.4.90", encoded.duplicate(), format);
                  bytes += frame.samples().remaining();
                }
                return bytes;
              }));
    }
    long bytes = 0;
    for (Future<Long> each : results) {
      bytes += each.get();
    }
    if (bytes != slices * format.bytes()) {
      throw new IllegalStateException("frames were not decoded");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static FrameFormat format(Header header) {
    int bits = number(header, Tag.BITS_STORED);
    return new FrameFormat(
        number(header, Tag.ROWS),
        number(header, Tag.COLUMNS),
        1,
        number(header, Tag.BITS_ALLOCATED),
        bits,
        bits - 1,
        number(header, Tag.PIXEL_REPRESENTATION) == 1,
        false,
        "MONOCHROME2");
  }

  private static int number(Header header, int tag) {
    return header.number(tag).orElseThrow().intValue();
  }

  private static Series series(Instance image, ByteBuffer encoded, int slices) {
    List<Instance> all = new ArrayList<>();
    for (int z = 0; z < slices; z++) {
      Map<Integer, List<String>> own = new HashMap<>();
      own.put(Tag.SOP_INSTANCE_UID, List.of("2.25.9." + (z + 1)));
      own.put(Tag.INSTANCE_NUMBER, List.of(String.valueOf(z + 1)));
      own.put(Tag.IMAGE_POSITION_PATIENT, List.of("0", "0", String.valueOf(z)));
      own.put(Tag.IMAGE_ORIENTATION_PATIENT, List.of("1", "0", "0", "0", "1", "0"));
      all.add(Instance.of(new Moved(image.header(), own), new OneFrame(encoded)));
    }
    return Study.group(all).get(0).series().get(0);
  }

  /** A header with some values of its own. */
  private record Moved(Header header, Map<Integer, List<String>> own) implements Header {
    @Override
    public List<String> strings(int tag) {
      @Nullable List<String> mine = own.get(tag);
      return Objects.requireNonNullElseGet(mine, () -> header.strings(tag));
    }

    @Override
    public List<Header> items(int sequenceTag) {
      return header.items(sequenceTag);
    }
  }

  private record OneFrame(ByteBuffer encoded) implements PixelData {
    @Override
    public String transferSyntax() {
      return "1.2.840.10008.1.2.4.90";
    }

    @Override
    public int frames() {
      return 1;
    }

    @Override
    public ByteBuffer frame(int index) {
      return encoded.duplicate();
    }
  }
}
