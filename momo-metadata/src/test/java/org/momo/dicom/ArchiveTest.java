package org.momo.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.StudySource;

/** Studies in zip, tar and gzip files, honest and hostile. */
class ArchiveTest {
  @TempDir Path folder;

  private Media.Read read(byte[] archive) throws IOException {
    return read(archive, ReadOptions.defaults());
  }

  private Media.Read read(byte[] archive, ReadOptions options) throws IOException {
    Path file = folder.resolve("archive");
    Files.write(file, archive);
    return Media.read(DicomSources.of(file, options));
  }

  private static Map<String, byte[]> twoStudies() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("CD/b", Media.file(1, 1));
    files.put("CD/a", Media.file(1, 2));
    files.put("CD/sub/c", Media.file(2, 1));
    files.put("CD/readme.txt", "Nothing to see in this text.".getBytes());
    return files;
  }

  private static byte[] archive(String form) {
    return switch (form) {
      case "zip" -> Media.zip(twoStudies());
      case "zip, stored" -> Media.zip(twoStudies(), ZipEntry.STORED);
      case "tar" -> Media.tar(twoStudies());
      case "tar.gz" -> Media.gzip(Media.tar(twoStudies()));
      case "zip in zip" -> Media.zip(Map.of("inner", Media.zip(twoStudies())));
      case "zip in stored zip" ->
          Media.zip(Map.of("inner", Media.zip(twoStudies())), ZipEntry.STORED);
      case "tar in zip in tar.gz" ->
          Media.gzip(Media.tar(Map.of("a", Media.zip(Map.of("b", Media.tar(twoStudies()))))));
      case "image of a disc" -> Media.disc("joliet");
      default -> throw new IllegalArgumentException(form);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zip",
        "zip, stored",
        "tar",
        "tar.gz",
        "zip in zip",
        "zip in stored zip",
        "tar in zip in tar.gz"
      })
  void all_that_an_archive_holds_is_read_with_its_pixels(String form) throws IOException {
    for (int threads : new int[] {1, 3}) {
      Media.Read read = read(archive(form), ReadOptions.defaults().withThreads(threads));
      assertThat(read.uids()).containsExactly("1.2.1", "1.2.2");
      assertThat(read.kinds()).containsExactly(Kind.NOT_DICOM);
      assertThat(read.problems().get(0).source()).endsWith("CD/readme.txt");
      checkPixels(read.studies());
      assertThat(read.studies().get(1).source()).hasValueSatisfying(s -> s.endsWith("CD/sub/c"));
    }
  }

  private static void checkPixels(List<Study> studies) throws IOException {
    for (Study study : studies) {
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

  @Test
  void a_compressed_file_that_is_no_archive_is_read() throws IOException {
    Media.Read read = read(Media.gzip(Media.file(7, 1)));
    assertThat(read.uids()).containsExactly("1.2.7");
    checkPixels(read.studies());
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void archives_in_a_folder_are_read_beside_files() throws IOException {
    Files.write(folder.resolve("one.dcm"), Media.file(1, 9));
    Files.write(folder.resolve("two.zip"), Media.zip(twoStudies()));
    Files.write(folder.resolve("three"), Media.tar(Map.of("x", Media.file(3, 1))));
    Media.Read read = Media.read(DicomSources.of(folder));
    assertThat(read.uids()).containsExactly("1.2.1", "1.2.2", "1.2.3");
    assertThat(read.studies().get(0).series().get(0).instances()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "C:/evil", "a\\..\\..\\evil"})
  void an_entry_whose_name_leads_out_is_refused_and_the_rest_is_read(String name)
      throws IOException {
    Map<String, byte[]> files = twoStudies();
    files.put(name, Media.file(5, 1));
    Media.Read zip = read(Media.zip(files));
    assertThat(zip.uids()).containsExactly("1.2.1", "1.2.2");
    assertThat(zip.problems())
        .filteredOn(p -> p.kind() == Kind.MALFORMED)
        .singleElement()
        .satisfies(
            p ->
                assertThat(p.message())
                    .isEqualTo(
                        "An entry's name leads out of the archive, so the entry is not read."));
    Media.Read tar = read(Media.tar(files));
    assertThat(tar.uids()).containsExactly("1.2.1", "1.2.2");
    assertThat(tar.kinds()).contains(Kind.MALFORMED);
  }

  @Test
  void archives_nested_too_deep_are_refused() throws IOException {
    byte[] four = Media.zip(Map.of("f", Media.file(1, 1)));
    for (int i = 0; i < 3; i++) {
      four = Media.zip(Map.of("z" + i, four));
    }
    assertThat(read(four).uids()).containsExactly("1.2.1");
    Media.Read five = read(Media.zip(Map.of("z", four, "shallow", Media.file(2, 1))));
    assertThat(five.uids()).containsExactly("1.2.2");
    assertThat(five.kinds()).containsExactly(Kind.LIMIT_EXCEEDED);
    assertThat(five.problems().get(0).message())
        .isEqualTo(
            "Archives are nested more than 4 deep; raise the limit archiveDepth if they are to be"
                + " read.");
  }

  @Test
  void what_is_compressed_again_and_again_ends() throws IOException {
    byte[] content = Media.file(1, 1);
    for (int i = 0; i < 20; i++) {
      content = Media.gzip(content);
    }
    assertThat(read(content).kinds()).containsExactly(Kind.LIMIT_EXCEEDED);
  }

  @Test
  void a_bomb_ends_at_the_limit_and_costs_nothing_else() throws IOException {
    byte[] zeros = new byte[4 << 20];
    byte[] bomb = Media.zip(Map.of("t.tar", Media.tar(Map.of("zeros", zeros))));
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withInflatedBytes(1 << 20));
    Map<String, byte[]> files = twoStudies();
    files.put("a-bomb.zip", bomb);
    files.put("b-bomb.tar.gz", Media.gzip(Media.tar(Map.of("zeros", zeros))));
    Media.Read read = read(Media.zip(files), options);
    assertThat(read.uids()).containsExactly("1.2.1", "1.2.2");
    assertThat(read.problems())
        .filteredOn(p -> p.kind() == Kind.LIMIT_EXCEEDED)
        .hasSize(2)
        .allSatisfy(p -> assertThat(p.message()).contains("more than 1048576 bytes"));
  }

  @Test
  void many_small_bombs_share_one_limit() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 10; i++) {
      files.put("z" + i, Media.tar(Map.of("zeros" + i, new byte[100_000])));
    }
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withInflatedBytes(350_000));
    Media.Read read = read(Media.zip(files), options);
    assertThat(read.kinds()).filteredOn(k -> k == Kind.LIMIT_EXCEEDED).hasSize(7);
    assertThat(read.kinds()).filteredOn(k -> k == Kind.NOT_DICOM).hasSize(3);
  }

  @Test
  void an_entry_that_inflates_without_end_ends_at_the_limit() throws IOException {
    Encoded endless = Encoded.explicitLittle().text(0x00080060, "CS", "CT");
    for (int i = 0; i < 40; i++) {
      endless.element(0x00091010, "OB", new byte[1 << 16]);
    }
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withInflatedBytes(1 << 20));
    Media.Read read = read(Media.zip(Map.of("e", endless.bytes(), "f", Media.file(2, 1))), options);
    assertThat(read.uids()).containsExactly("1.2.2");
    assertThat(read.kinds()).containsExactly(Kind.LIMIT_EXCEEDED);
  }

  @Test
  void more_files_than_the_limit_are_reported_and_those_before_it_read() throws IOException {
    ReadOptions options = ReadOptions.defaults().withLimits(ReadLimits.defaults().withEntries(2));
    for (int i = 0; i < 4; i++) {
      Files.write(folder.resolve("f" + i), Media.file(i, 1));
    }
    Media.Read walked = Media.read(DicomSources.of(folder, options));
    assertThat(walked.uids()).containsExactly("1.2.0", "1.2.1");
    assertThat(walked.kinds()).containsExactly(Kind.LIMIT_EXCEEDED);
    Media.Read zipped = read(Media.zip(twoStudies()), options);
    assertThat(zipped.kinds()).containsExactly(Kind.LIMIT_EXCEEDED);
  }

  @Test
  void an_encrypted_entry_is_reported_and_the_rest_is_read() throws IOException {
    byte[] zip = Media.zip(twoStudies());
    // The flag of the first entry, in its local header and in the central directory.
    zip[6] |= 1;
    for (int i = 0; i + 4 < zip.length; i++) {
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
        zip[i + 8] |= 1;
        break;
      }
    }
    Media.Read read = read(zip);
    assertThat(read.uids()).containsExactly("1.2.1", "1.2.2");
    assertThat(read.problems())
        .filteredOn(p -> p.kind() == Kind.UNSUPPORTED)
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("encrypted"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "tar", "tar.gz", "zip in zip"})
  void a_damaged_archive_brings_problems_and_no_exception(String form) throws IOException {
    byte[] whole = archive(form);
    Random random = new Random(20261124);
    for (int i = 0; i < 150; i++) {
      byte[] damaged =
          Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
      for (int k = 0; k < 1 + i % 5 && damaged.length > 0; k++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Media.Read read = read(damaged, ReadOptions.defaults().withThreads(1));
      assertThat(read.problems())
          .extracting(ReadProblem::message)
          .noneMatch(m -> m.contains("please report"));
    }
  }

  @Test
  void one_damaged_entry_costs_itself_alone() throws IOException {
    byte[] two = Media.zip(twoStudies());
    // The first entry's deflated bytes; the others and the directory stay whole.
    for (int i = 40; i < 60; i++) {
      two[i] = (byte) 0xFF;
    }
    Media.Read read = read(two);
    assertThat(read.uids()).containsExactly("1.2.1", "1.2.2");
    assertThat(read.studies().get(0).series().get(0).instances()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"zip", "zip, stored", "tar", "tar.gz", "zip in zip", "image of a disc", "folder"})
  void a_thread_that_is_interrupted_stops_and_blames_no_file(String form) throws IOException {
    Path place = folder.resolve("place");
    if (form.equals("folder")) {
      Files.createDirectory(place);
      Files.write(place.resolve("a"), Media.file(1, 1));
      Files.write(place.resolve("b"), Media.file(1, 2));
    } else {
      Files.write(place, archive(form));
    }
    for (int threads : new int[] {1, 3}) {
      List<ReadProblem> problems = new ArrayList<>();
      StudySource source = DicomSources.of(place, ReadOptions.defaults().withThreads(threads));
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(() -> source.studies(problems::add))
            .isInstanceOf(InterruptedIOException.class)
            .hasMessage("Reading was interrupted.");
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(problems).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "zip, stored", "tar", "tar.gz", "image of a disc"})
  void an_interrupted_reader_of_pixels_costs_nobody_else(String form) throws Exception {
    List<Study> studies = read(archive(form)).studies();
    Thread stopped =
        new Thread(
            () -> {
              for (int i = 0; i < 300; i++) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> checkPixels(studies)).isInstanceOf(IOException.class);
              }
            });
    AtomicReference<Throwable> failure = new AtomicReference<>();
    stopped.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
    stopped.start();
    while (stopped.isAlive()) {
      checkPixels(studies);
    }
    assertThat(failure.get()).isNull();
    checkPixels(studies);
  }
}
