package org.momo.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.dicom.DataSet;
import org.momo.dicom.DicomReader;
import org.momo.dicom.DicomWriter;
import org.momo.dicom.Vr;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.volume.ImageOptions;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

/** Files whose pixel data are not what their header says, from their bytes to their picture. */
class HostilePixelsTest {
  private static final String BASE = "1.2.840.10008.1.2";
  private static final String RLE = BASE + ".5";
  private static final long MEBIBYTE = 1 << 20;

  /** One thread, so that what it allocates is all that is allocated. */
  private static final ImageOptions OPTIONS = ImageOptions.defaults().withThreads(1);

  private static final Projector PROJECTOR = Projector.builder().size(16).build();

  private static DataSet.Builder image(int rows, int columns, long frames) {
    return DataSet.builder()
        .put(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.7.3")
        .put(Tag.SOP_INSTANCE_UID, "1.2.3.1")
        .put(Tag.STUDY_INSTANCE_UID, "1.2.3")
        .put(Tag.SERIES_INSTANCE_UID, "1.2.3.4")
        .put(Tag.MODALITY, "US")
        .put(Tag.SAMPLES_PER_PIXEL, 1)
        .put(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .put(Tag.NUMBER_OF_FRAMES, String.valueOf(frames))
        .put(Tag.ROWS, rows)
        .put(Tag.COLUMNS, columns)
        .put(Tag.BITS_ALLOCATED, 8)
        .put(Tag.BITS_STORED, 8)
        .put(Tag.HIGH_BIT, 7)
        .put(Tag.PIXEL_REPRESENTATION, 0);
  }

  private static byte[] plain(int rows, int columns, long frames, int bytes) {
    return DicomWriter.bytes(
        image(rows, columns, frames).bytes(Tag.PIXEL_DATA, Vr.OB, new byte[bytes]).build());
  }

  /** A file with an offset table of our choice. */
  private static byte[] encapsulated(
      String syntax, int size, int frames, int[] table, byte[]... fragments) {
    byte[] file =
        DicomWriter.bytes(
            image(size, size, frames).frames(syntax, List.of(new byte[] {1, 2})).build());
    int head = file.length - 8 - 10 - 12;
    ByteBuffer bytes =
        ByteBuffer.allocate(
                head
                    + 8
                    + 4 * table.length
                    + Arrays.stream(fragments).mapToInt(f -> 8 + f.length).sum()
                    + 8)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(file, 0, head);
    bytes.putInt(0xE000FFFE).putInt(4 * table.length);
    for (int offset : table) {
      bytes.putInt(offset);
    }
    for (byte[] fragment : fragments) {
      bytes.putInt(0xE000FFFE).putInt(fragment.length).put(fragment);
    }
    bytes.putInt(0xE0DDFFFE).putInt(0);
    return bytes.array();
  }

  /** Run lengths of an image of 4 x 4 of one value. */
  private static byte[] runs(int value) {
    byte[] frame = new byte[66];
    frame[0] = 1;
    frame[4] = 64;
    frame[64] = -15;
    frame[65] = (byte) value;
    return frame;
  }

  /** Reads and projects, within ten seconds and 64 MiB. */
  private static SeriesPicture picture(byte[]... files) {
    AtomicLong allocated = new AtomicLong();
    SeriesPicture picture =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> {
              ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
              long before = thread.getCurrentThreadAllocatedBytes();
              List<Instance> instances = new ArrayList<>();
              for (byte[] file : files) {
                instances.add(new DicomReader().read(file, "file"));
              }
              SeriesPicture made =
                  SeriesPicture.of(
                      Study.group(instances).get(0).series().get(0), OPTIONS, PROJECTOR);
              allocated.set(thread.getCurrentThreadAllocatedBytes() - before);
              return made;
            });
    assertThat(allocated.get()).isLessThan(64 * MEBIBYTE);
    return picture;
  }

  private static float[] values(SeriesPicture picture) {
    float[] data = picture.tensor().orElseThrow(() -> new AssertionError(picture.reason())).data();
    return new float[] {data[0], data[256], data[512]};
  }

  @Test
  void more_frames_than_the_data_hold_are_a_reason() {
    assertThat(picture(plain(4, 4, 5, 16 * 3)).reason()).contains("end before frame 4 begins");
    assertThat(picture(plain(4, 4, 2_000_000_000L, 16)).reason()).contains("end before frame");
    assertThat(picture(plain(60_000, 1000, 3, 16)).reason()).contains("16 bytes only");
  }

  @ParameterizedTest
  @ValueSource(strings = {".4.50", ".4.57", ".4.80", ".4.90", ".4.201", ".5"})
  void compressed_frames_that_are_fewer_than_announced_are_a_reason(String syntax) {
    SeriesPicture picture =
        picture(encapsulated(BASE + syntax, 4, 1_000_000, new int[0], runs(1), runs(2)));

    assertThat(picture.tensor()).isEmpty();
    assertThat(picture.reason()).isNotBlank();
  }

  @Test
  void a_frame_that_is_larger_than_any_image_is_a_reason() {
    assertThat(picture(plain(65_535, 65_535, 1, 16)).reason()).contains("above the limit");
    assertThat(picture(encapsulated(RLE, 65_535, 1, new int[0], runs(1))).reason())
        .contains("above the limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {".4.50", ".4.70", ".4.80", ".4.90", ".4.201", ".5"})
  void a_large_frame_of_a_few_compressed_bytes_takes_no_memory(String syntax) {
    SeriesPicture picture = picture(encapsulated(BASE + syntax, 2000, 1, new int[0], runs(1)));

    assertThat(picture.tensor()).isEmpty();
    assertThat(picture.reason()).isNotBlank();
  }

  @Test
  void offset_tables_that_make_no_sense_are_not_believed() {
    byte[][] three = {runs(10), runs(20), runs(30)};
    int apart = 8 + 66;
    List<int[]> tables =
        List.of(
            new int[] {0, apart, 2 * apart},
            new int[] {2 * apart, apart, 0},
            new int[] {0, 2 * apart, apart},
            new int[] {0, 0, 0},
            new int[] {0, apart, apart},
            new int[] {0, apart, 1 << 30},
            new int[] {0, apart, -1},
            new int[] {-apart, 0, apart},
            new int[] {0, 7, 9},
            new int[] {0, apart},
            new int[] {0, apart, 2 * apart, 3 * apart});
    for (int[] table : tables) {
      assertThat(values(picture(encapsulated(RLE, 4, 3, table, three))))
          .as(Arrays.toString(table))
          .containsExactly(10, 20, 30);
    }
  }

  @Test
  void fragments_of_nothing_are_a_reason() {
    for (String syntax : List.of(".4.50", ".4.51", ".4.57", ".4.80", ".4.90", ".4.201", ".5")) {
      for (int count : new int[] {1, 2, 5}) {
        byte[][] empty = new byte[count][0];
        SeriesPicture picture = picture(encapsulated(BASE + syntax, 4, count, new int[0], empty));
        assertThat(picture.tensor()).isEmpty();
        assertThat(picture.reason()).as(syntax).isNotBlank();
      }
      SeriesPicture none = picture(encapsulated(BASE + syntax, 4, 1, new int[0]));
      assertThat(none.reason()).contains("no fragment");
    }
  }

  @Test
  void empty_fragments_between_frames_cost_nothing() {
    byte[] empty = new byte[0];
    int apart = 8 + 66;
    int[] table = {0, apart + 8, 2 * apart + 8};

    SeriesPicture picture =
        picture(encapsulated(RLE, 4, 3, table, runs(10), empty, runs(20), runs(30), empty));

    assertThat(values(picture)).containsExactly(10, 20, 30);
  }

  @Test
  void images_without_size_or_samples_are_a_reason() {
    assertThat(picture(plain(0, 4, 1, 16)).reason()).contains("missing or zero");
    assertThat(picture(plain(4, 0, 1, 16)).reason()).contains("missing or zero");
    assertThat(picture(plain(4, 4, 1, 0)).tensor()).isEmpty();
    assertThat(values(picture(plain(4, 4, 0, 16)))).containsExactly(0, 0, 0);
    assertThat(values(picture(plain(4, 4, -7, 16)))).containsExactly(0, 0, 0);
  }

  @Test
  void a_hundred_thousand_files_of_one_pixel_are_read_and_projected() {
    SeriesPicture picture =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () -> {
              List<Instance> instances = new ArrayList<>();
              for (int i = 0; i < 100_000; i++) {
                instances.add(
                    new DicomReader()
                        .read(
                            DicomWriter.bytes(
                                image(1, 1, 1)
                                    .put(Tag.SOP_INSTANCE_UID, "1.2.3." + i)
                                    .put(Tag.MODALITY, "CT")
                                    .put(Tag.INSTANCE_NUMBER, String.valueOf(i))
                                    .bytes(Tag.PIXEL_DATA, Vr.OB, new byte[] {(byte) i, 0})
                                    .build()),
                            "file"));
              }
              return SeriesPicture.of(
                  Study.group(instances).get(0).series().get(0), OPTIONS, PROJECTOR);
            });
    assertThat(picture.slices()).isEqualTo(OPTIONS.limits().framesPerSeries());
    assertThat(picture.tensor()).isPresent();
  }
}
