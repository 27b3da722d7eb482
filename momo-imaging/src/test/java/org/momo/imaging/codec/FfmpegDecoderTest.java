package org.momo.imaging.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.momo.MomoConfig;
import org.momo.StudyClassifier;
import org.momo.imaging.SeriesPicture;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.volume.ImageOptions;
import org.momo.imaging.volume.MadeUp;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelDecoder;
import org.momo.spi.PixelException;
import org.momo.study.Series;
import org.momo.study.Tag;

/** Runs where FFmpeg's libraries are on the class path; the build brings those of Linux. */
class FfmpegDecoderTest {
  private static final String BASE = "1.2.840.10008.1.2.4.";
  private static final int FRAMES = 30;
  private static final int COLUMNS = 96;
  private static final int ROWS = 64;

  private static PixelDecoder decoder;

  @BeforeAll
  static void load() {
    try {
      decoder = PixelDecoders.ffmpeg();
    } catch (ConfigurationException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  /** One of the videos of make_videos.py. */
  record Video(String file, String syntax, int bits, int tolerance) {
    byte[] bytes() {
      try (InputStream in = FfmpegDecoderTest.class.getResourceAsStream("video/" + file)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    FrameFormat format() {
      return colour(bits);
    }

    Frame frame(int index, int frames) throws PixelException {
      return decoder.decode(
          syntax, ByteBuffer.wrap(bytes()).asReadOnlyBuffer(), format(), index, frames);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  private static FrameFormat colour(int bits) {
    int allocated = bits > 8 ? 16 : 8;
    return new FrameFormat(
        ROWS, COLUMNS, 3, allocated, bits, bits - 1, false, false, "YBR_PARTIAL_420");
  }

  static List<Video> videos() {
    return List.of(
        new Video("mpeg2.mpg", BASE + "100", 8, 4),
        new Video("mpeg2.m2v", BASE + "101", 8, 4),
        new Video("h264.mp4", BASE + "102", 8, 4),
        new Video("h264.h264", BASE + "103.1", 8, 4),
        new Video("h264-709.ts", BASE + "104", 8, 4),
        new Video("h264-full.mp4", BASE + "106", 8, 4),
        new Video("hevc.ts", BASE + "107", 8, 4),
        new Video("hevc.hevc", BASE + "107.1", 8, 4),
        new Video("hevc10.mp4", BASE + "108", 10, 16));
  }

  @ParameterizedTest
  @MethodSource("videos")
  void frames_come_in_the_order_of_display_and_in_the_colours_that_were_encoded(Video video)
      throws PixelException {
    int scale = video.bits() > 8 ? 4 : 1;
    for (int i : new int[] {0, 1, 2, 9, 10, 11, 14, 15, 19, 20, 21, 28, 29}) {
      Frame frame = video.frame(i, FRAMES);
      assertThat(frame.format().photometricInterpretation()).isEqualTo("RGB");
      assertThat(frame.format().bitsStored()).isEqualTo(video.bits());
      int grey = 20 + 7 * i;
      assertQuarter(frame, 0, 0, video, scale * grey, scale * grey, scale * grey);
      assertQuarter(frame, 1, 0, video, scale * 200, scale * 30, scale * 30);
      assertQuarter(frame, 0, 1, video, scale * 30, scale * 180, scale * 30);
      assertQuarter(frame, 1, 1, video, scale * 30, scale * 30, scale * 200);
    }
  }

  private static void assertQuarter(Frame frame, int right, int low, Video video, int... colour) {
    for (int c = 0; c < 3; c++) {
      long sum = 0;
      int count = 0;
      for (int y = 8 + low * ROWS / 2; y < (low + 1) * ROWS / 2 - 8; y++) {
        for (int x = 8 + right * COLUMNS / 2; x < (right + 1) * COLUMNS / 2 - 8; x++) {
          int at = (y * COLUMNS + x) * 3 + c;
          sum +=
              video.bits() > 8
                  ? frame.samples().getShort(2 * at) & 0xffff
                  : frame.samples().get(at) & 0xff;
          count++;
        }
      }
      assertThat((int) (sum / count))
          .as("quarter %d %d, colour %d", right, low, c)
          .isBetween(colour[c] - video.tolerance(), colour[c] + video.tolerance());
    }
  }

  @ParameterizedTest
  @MethodSource("videos")
  void a_frame_from_its_key_picture_on_is_the_one_that_counting_finds(Video video)
      throws PixelException {
    for (int i = 0; i < FRAMES; i++) {
      Frame sought = video.frame(i, FRAMES);
      // With a number of frames that is wrong the times of the packets are not believed.
      Frame counted = video.frame(i, FRAMES + 1);
      assertThat(sought.samples()).as("frame %d", i).isEqualTo(counted.samples());
    }
  }

  @ParameterizedTest
  @MethodSource("videos")
  void a_frame_behind_the_end_is_refused(Video video) {
    assertThatThrownBy(() -> video.frame(FRAMES, FRAMES + 5))
        .isInstanceOf(PixelException.class)
        .hasMessage("the video ends before frame 30; its header says that it has 35");
  }

  @ParameterizedTest
  @MethodSource("videos")
  void a_damaged_video_is_a_pixel_exception_or_a_frame(Video video) {
    byte[] whole = video.bytes();
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 150; i++) {
      byte[] damaged =
          Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
      for (int flips = random.nextInt(20); flips > 0 && damaged.length > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        Frame frame =
            decoder.decode(
                video.syntax(), ByteBuffer.wrap(damaged), video.format(), i % FRAMES, FRAMES);
        assertThat((long) frame.samples().remaining()).isEqualTo(frame.format().bytes());
      } catch (PixelException e) {
        refused++;
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void what_is_no_video_is_refused() {
    byte[] playlist =
        "#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n".getBytes(StandardCharsets.UTF_8);
    byte[] list = "ffconcat version 1.0\nfile /etc/hostname\n".getBytes(StandardCharsets.UTF_8);
    for (byte[] bytes :
        List.of(playlist, list, new byte[5000], "text".getBytes(StandardCharsets.UTF_8))) {
      assertThatThrownBy(
              () -> decoder.decode(BASE + "102", ByteBuffer.wrap(bytes), colour(8), 0, 1))
          .isInstanceOf(PixelException.class)
          .hasMessageStartingWith("ffmpeg: no MPEG-2, H.264 or HEVC stream");
    }
  }

  @Test
  void a_video_of_another_size_is_refused_before_it_is_decoded() {
    Video video = videos().get(2);
    FrameFormat small = new FrameFormat(8, 8, 3, 8, 8, 7, false, false, "YBR_PARTIAL_420");
    FrameFormat turned =
        new FrameFormat(COLUMNS, ROWS, 3, 8, 8, 7, false, false, "YBR_PARTIAL_420");
    for (FrameFormat wrong : List.of(small, turned)) {
      assertThatThrownBy(
              () ->
                  decoder.decode(video.syntax(), ByteBuffer.wrap(video.bytes()), wrong, 3, FRAMES))
          .isInstanceOf(PixelException.class)
          .hasMessageContaining("where the header says");
    }
  }

  @Test
  void grey_is_the_luma_where_the_header_says_one_sample() throws PixelException {
    Video video = videos().get(2);
    FrameFormat grey = new FrameFormat(ROWS, COLUMNS, 1, 8, 8, 7, false, false, "MONOCHROME2");

    Frame frame = decoder.decode(video.syntax(), ByteBuffer.wrap(video.bytes()), grey, 15, FRAMES);

    assertThat(frame.samples().remaining()).isEqualTo(ROWS * COLUMNS);
    assertThat(frame.samples().get(16 * COLUMNS + 20) & 0xff).isBetween(121, 129);
    // Red: 0.299 x 200 + 0.701 x 30.
    assertThat(frame.samples().get(16 * COLUMNS + 70) & 0xff).isBetween(77, 85);
  }

  @Test
  void progressive_jpeg_is_decoded_and_sequential_jpeg_is_left_to_our_own() throws Exception {
    BufferedImage image = new BufferedImage(COLUMNS, ROWS, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < COLUMNS; x++) {
        image.getRaster().setSample(x, y, 0, 2 * x + y / 2);
      }
    }
    FrameFormat grey = new FrameFormat(ROWS, COLUMNS, 1, 8, 8, 7, false, false, "MONOCHROME2");
    byte[] progressive = jpeg(image, true);
    byte[] sequential = jpeg(image, false);

    assertThatThrownBy(
            () -> PixelDecoders.jpeg().decode(BASE + "50", ByteBuffer.wrap(progressive), grey))
        .hasMessageContaining("progressive coding is not supported");
    for (String syntax : List.of("50", "51", "53", "55")) {
      Frame frame = decoder.decode(BASE + syntax, ByteBuffer.wrap(progressive), grey);
      for (int y = 0; y < ROWS; y++) {
        for (int x = 0; x < COLUMNS; x++) {
          assertThat(frame.samples().get(y * COLUMNS + x) & 0xff)
              .isBetween(2 * x + y / 2 - 3, 2 * x + y / 2 + 3);
        }
      }
    }
    assertThat(decoder.decode(BASE + "50", ByteBuffer.wrap(sequential), grey).samples())
        .isEqualTo(
            PixelDecoders.jpeg().decode(BASE + "50", ByteBuffer.wrap(sequential), grey).samples());
  }

  private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(0.98f);
    how.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(to);
      writer.write(null, new IIOImage(image, null, null), how);
    }
    writer.dispose();
    return out.toByteArray();
  }

  @Test
  void a_video_in_a_series_shows_its_first_middle_and_last_frame() {
    Video video = videos().get(2);
    MadeUp object =
        MadeUp.image("NM", 1, ROWS, COLUMNS)
            .syntax(video.syntax())
            .with(Tag.SAMPLES_PER_PIXEL, "3")
            .with(Tag.BITS_ALLOCATED, "8")
            .with(Tag.BITS_STORED, "8")
            .with(Tag.HIGH_BIT, "7")
            .with(Tag.PIXEL_REPRESENTATION, "0")
            .with(Tag.PHOTOMETRIC_INTERPRETATION, "YBR_PARTIAL_420");
    for (int i = 0; i < FRAMES; i++) {
      object.frame(video.bytes());
    }
    Series series = MadeUp.series(List.of(object));
    Projector projector = Projector.builder().size(COLUMNS).build();
    ImageOptions options = ImageOptions.defaults();

    SeriesPicture without = SeriesPicture.of(series, options, projector);
    SeriesPicture with =
        SeriesPicture.of(series, options.withDecoders(List.of(decoder)), projector);

    assertThat(without.reason())
        .isEqualTo(
            "transfer syntax 1.2.840.10008.1.2.4.102 (MPEG-4 video) needs the decoder"
                + " imaging.ffmpeg: add org.bytedeco:ffmpeg-platform:8.0.1-1.5.13 to the class path"
                + " and imaging.ffmpeg to the configuration's decoders");
    float[] values = with.tensor().orElseThrow().data();
    int place = 20 * COLUMNS + 20;
    int channel = COLUMNS * COLUMNS;
    assertThat(values[place]).isBetween(16f, 24f);
    assertThat(values[channel + place]).isBetween(114f, 122f);
    assertThat(values[2 * channel + place]).isBetween(219f, 227f);
  }

  @Test
  void a_configuration_that_names_the_decoder_without_its_libraries_says_what_to_add()
      throws Exception {
    List<URL> places = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("ffmpeg") && !entry.contains("javacpp")) {
        places.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader alone =
        new URLClassLoader(places.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Method ffmpeg = alone.loadClass(PixelDecoders.class.getName()).getMethod("ffmpeg");
      assertThatThrownBy(() -> ffmpeg.invoke(null))
          .cause()
          .hasMessage(
              "the decoder imaging.ffmpeg needs org.bytedeco:ffmpeg-platform:8.0.1-1.5.13 on the"
                  + " class path, with the libraries of this platform");
      Method standard = alone.loadClass(PixelDecoders.class.getName()).getMethod("standard");
      assertThat((List<?>) standard.invoke(null)).hasSize(5);
    }
  }

  @Test
  void a_configuration_switches_the_decoder_on_by_its_name() {
    String yaml = "preset: no-network\ndecoders: [imaging.ffmpeg]\n";
    MomoConfig config = MomoConfig.parse("momo.yaml", yaml, Path.of("."));
    try (StudyClassifier classifier = StudyClassifier.builder().config(config).build()) {
      assertThat(classifier.config().decoders()).containsOnlyKeys("imaging.ffmpeg");
    }
  }

  @Test
  void the_dependency_that_is_named_is_the_one_that_was_tested() {
    String tested =
        org.bytedeco.ffmpeg.global.avcodec.class.getPackage().getImplementationVersion();
    assertThat(PixelDecoders.unsupported(BASE + "102"))
        .contains("org.bytedeco:ffmpeg-platform:" + tested + " ");
  }

  @Test
  void videos_are_decoded_by_several_threads_at_a_time() throws Exception {
    Video video = videos().get(4);
    Frame alone = video.frame(17, FRAMES);
    List<CompletableFuture<Frame>> all =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return video.frame(17, FRAMES);
                          } catch (PixelException e) {
                            throw new AssertionError(e);
                          }
                        }))
            .toList();
    for (CompletableFuture<Frame> each : all) {
      assertThat(each.get().samples()).isEqualTo(alone.samples());
    }
  }
}
