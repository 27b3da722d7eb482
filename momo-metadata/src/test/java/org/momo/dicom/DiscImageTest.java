package org.momo.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Series;
import org.momo.study.Study;

/**
 * Images of discs: those that genisoimage (with Joliet; with long names alone) and xorriso (with
 * Rock Ridge) made of the same six files, and hostile ones.
 */
class DiscImageTest {
  private static final int SECTOR = 2048;

  @TempDir Path folder;

  private Media.Read read(byte[] image) throws IOException {
    return read(image, ReadOptions.defaults());
  }

  private Media.Read read(byte[] image, ReadOptions options) throws IOException {
    Path file = Files.write(folder.resolve("image"), image);
    return Media.read(DicomSources.of(file, options));
  }

  @ParameterizedTest
  @ValueSource(strings = {"joliet", "level4", "rr"})
  void every_file_of_a_disc_is_read_with_its_pixels(String name) throws IOException {
    byte[] image = Media.disc(name);
    for (byte[] form : List.of(image, Media.gzip(image), Media.zip(Map.of("cd.iso", image)))) {
      Media.Read read = read(form);
      assertThat(read.uids()).containsExactly("1.2.1", "1.2.2", "1.2.3");
      assertThat(read.kinds()).containsExactly(Kind.NOT_DICOM);
      assertThat(read.problems().get(0).source()).endsWith("/README.TXT");
      assertThat(read.studies().get(2).source()).hasValueSatisfying(s -> s.endsWith("/DEEP"));
      for (Study study : read.studies()) {
        for (Series series : study.series()) {
          for (Instance instance : series.instances()) {
            ByteBuffer frame = instance.pixelData().orElseThrow().frame(0);
            String[] parts = instance.uid().split("\\.");
            assertThat(frame.get(2)).isEqualTo(Byte.parseByte(parts[2]));
            assertThat(frame.get(3)).isEqualTo(Byte.parseByte(parts[4]));
          }
        }
      }
    }
  }

  @Test
  void a_disc_in_a_folder_lies_beside_files() throws IOException {
    Files.write(folder.resolve("cd.iso"), Media.disc("rr"));
    Files.write(folder.resolve("file"), Media.file(1, 9));
    Media.Read read = Media.read(DicomSources.of(folder));
    assertThat(read.uids()).containsExactly("1.2.1", "1.2.2", "1.2.3");
    assertThat(read.studies().get(0).series().get(0).instances()).hasSize(3);
  }

  @Test
  void an_image_cut_anywhere_yields_what_lies_before_the_cut() throws IOException {
    byte[] image = Media.disc("level4");
    int most = 0;
    for (int length = 0; length < image.length; length += 509) {
      Media.Read read = read(Arrays.copyOf(image, length), ReadOptions.defaults().withThreads(1));
      assertThat(read.studies().size()).isGreaterThanOrEqualTo(most);
      most = read.studies().size();
      assertThat(read.problems()).isNotEmpty();
    }
    assertThat(most).isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"joliet", "level4"})
  void a_damaged_image_brings_problems_and_no_exception(String name) throws IOException {
    byte[] whole = Media.disc(name);
    Random random = new Random(20261128);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k < 1 + i % 40; k++) {
        // Where descriptors and folders lie.
        damaged[16 * SECTOR + random.nextInt(24 * SECTOR)] ^= (byte) (1 << random.nextInt(8));
      }
      assertThat(read(damaged, ReadOptions.defaults().withThreads(1)).problems())
          .extracting(ReadProblem::message)
          .noneMatch(m -> m.contains("please report"));
    }
  }

  /** A record of a folder: where its content lies, its flags, its name. */
  private record Record(long sector, long bytes, int flags, String name) {}

  /** An image whose folders are given by their sector, and whose files are images of a study. */
  private static byte[] image(int sectors, Map<Integer, List<Record>> folders) {
    ByteBuffer image = ByteBuffer.allocate(sectors * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    image.position(16 * SECTOR);
    image.put((byte) 1).put("CD001".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    image.putShort(16 * SECTOR + 128, (short) SECTOR);
    put(image, 16 * SECTOR + 156, new Record(20, SECTOR, 2, "\0"));
    image.position(17 * SECTOR);
    image.put((byte) 255).put("CD001".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    folders.forEach(
        (sector, records) -> {
          int at = sector * SECTOR;
          for (Record record : records) {
            at += put(image, at, record);
          }
        });
    return image.array();
  }

  private static int put(ByteBuffer image, int at, Record record) {
    byte[] name = record.name().getBytes(StandardCharsets.ISO_8859_1);
    int length = 33 + name.length + (name.length + 1) % 2;
    image.put(at, (byte) length);
    image.putInt(at + 2, (int) record.sector());
    image.putInt(at + 10, (int) record.bytes());
    image.put(at + 25, (byte) record.flags());
    image.put(at + 32, (byte) name.length);
    image.position(at + 33);
    image.put(name);
    return length;
  }

  private static void file(byte[] image, int sector, int study) {
    byte[] file = Media.file(study, 1);
    System.arraycopy(file, 0, image, sector * SECTOR, file.length);
  }

  @Test
  @Timeout(20)
  void folders_in_a_circle_end_and_hidden_files_are_read() throws IOException {
    long size = Media.file(1, 1).length;
    byte[] image =
        image(
            26,
            Map.of(
                20,
                List.of(
                    new Record(20, SECTOR, 2, "SELF"),
                    new Record(21, SECTOR, 2, "DOWN"),
                    new Record(22, size, 1, "HIDDEN.DCM;1")),
                21,
                List.of(new Record(20, SECTOR, 2, "UP"), new Record(23, size, 0, "A;1"))));
    file(image, 22, 1);
    file(image, 23, 2);
    Media.Read read = read(image);
    assertThat(read.uids()).containsExactly("1.2.1", "1.2.2");
    assertThat(read.problems()).isEmpty();
  }

  @Test
  @Timeout(20)
  void a_folder_of_four_gigabytes_takes_no_memory() throws IOException {
    long size = Media.file(1, 1).length;
    byte[] image =
        image(
            26,
            Map.of(
                20,
                List.of(
                    new Record(21, 0xFFFFF800L, 2, "HUGE"),
                    new Record(0xFFFFFFFFL, 0xFFFFFFFFL, 2, "FAR"),
                    new Record(0xFFFFFFF0L, 500, 0, "FAR.DCM;1"),
                    new Record(22, size, 0, "A;1"))));
    file(image, 22, 1);
    Media.Read read = read(image);
    assertThat(read.uids()).containsExactly("1.2.1");
    assertThat(read.kinds())
        .containsExactlyInAnyOrder(Kind.MALFORMED, Kind.MALFORMED, Kind.TRUNCATED);
  }

  @Test
  void folders_nested_deeper_than_the_limit_are_reported() throws IOException {
    Map<Integer, List<Record>> folders = new java.util.TreeMap<>();
    for (int i = 0; i < 40; i++) {
      folders.put(20 + i, List.of(new Record(21 + i, SECTOR, 2, "D")));
    }
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withFolderDepth(8));
    List<ReadProblem> problems = read(image(70, folders), options).problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).kind()).isEqualTo(Kind.LIMIT_EXCEEDED);
    assertThat(problems.get(0).message()).contains("more than 8 deep", "folderDepth");
  }

  @Test
  void names_that_lead_out_of_the_image_are_refused() throws IOException {
    long size = Media.file(1, 1).length;
    byte[] image =
        image(
            26,
            Map.of(
                20,
                List.of(new Record(22, size, 0, "..;1"), new Record(23, size, 0, "a/../../b;1"))));
    file(image, 22, 1);
    file(image, 23, 2);
    Media.Read read = read(image);
    assertThat(read.uids()).containsExactly("1.2.2");
    assertThat(read.studies().get(0).source()).hasValueSatisfying(s -> s.endsWith("a_.._.._b"));
    assertThat(read.kinds()).containsExactly(Kind.MALFORMED);
  }

  @Test
  void a_file_in_pieces_is_read_where_they_lie_one_behind_the_other() throws IOException {
    byte[] content = Arrays.copyOf(Media.file(1, 1), SECTOR + 100);
    List<Record> records = new ArrayList<>();
    records.add(new Record(22, SECTOR, 0x80, "A;1"));
    records.add(new Record(23, 100, 0, "A;1"));
    records.add(new Record(22, SECTOR, 0x80, "B;1"));
    records.add(new Record(25, 100, 0, "B;1"));
    byte[] image = image(26, Map.of(20, records));
    System.arraycopy(content, 0, image, 22 * SECTOR, content.length);
    Media.Read read = read(image);
    assertThat(read.uids()).containsExactly("1.2.1");
    assertThat(read.problems())
        .extracting(ReadProblem::message)
        .containsExactly("This file lies in several places; unpack the image first.");
  }

  @Test
  void a_disc_with_udf_alone_is_reported_with_what_to_do() throws IOException {
    byte[] image = new byte[20 * SECTOR];
    System.arraycopy("BEA01".getBytes(StandardCharsets.US_ASCII), 0, image, 16 * SECTOR + 1, 5);
    Media.Read read = read(image);
    assertThat(read.kinds()).containsExactly(Kind.UNSUPPORTED);
    assertThat(read.problems().get(0).message()).contains("UDF", "mount or unpack");
  }
}
