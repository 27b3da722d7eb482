package org.momo.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.ReadReport;
import org.momo.study.Study;
import org.momo.study.Tag;

/** Folders as they come: links, circles, what may not be read, directories that lie. */
class FolderTest {
  @TempDir Path folder;

  private Media.Read read() throws IOException {
    return Media.read(DicomSources.of(folder));
  }

  @Test
  void a_folder_without_files_has_no_studies_and_no_problems() throws IOException {
    Files.createDirectories(folder.resolve("a/b/c"));
    assertThat(read()).isEqualTo(new Media.Read(List.of(), List.of()));
  }

  @Test
  void a_place_that_is_not_there_is_an_error_that_names_it() {
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> DicomSources.of(absent).studies())
        .isInstanceOf(IOException.class)
        .hasMessage(absent + " does not exist; name a folder or a file that does.");
  }

  @Test
  void folders_and_names_mean_nothing() throws IOException {
    Files.createDirectories(folder.resolve("x/y"));
    Files.write(folder.resolve("x/y/IM1.exe"), Media.file(1, 1));
    Files.write(folder.resolve("x/ "), Media.file(2, 1));
    Files.write(folder.resolve("\u00fcmlaut"), Media.file(1, 2));
    Media.Read read = read();
    assertThat(read.uids()).containsExactly("1.2.1", "1.2.2");
    assertThat(read.studies().get(0).series().get(0).instances()).hasSize(2);
  }

  @Test
  void circles_of_links_end_and_links_that_lead_outside_are_not_followed(@TempDir Path outside)
      throws IOException {
    Path inner = Files.createDirectories(folder.resolve("a/b"));
    Files.write(inner.resolve("f"), Media.file(1, 1));
    Files.write(outside.resolve("secret"), Media.file(9, 1));
    Files.createSymbolicLink(inner.resolve("up"), folder);
    Files.createSymbolicLink(inner.resolve("self"), Path.of("."));
    Files.createSymbolicLink(folder.resolve("out"), outside);
    Files.createSymbolicLink(folder.resolve("broken"), Path.of("nowhere"));
    Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
    Media.Read read = read();
    assertThat(read.uids()).containsExactly("1.2.1");
    assertThat(read.kinds()).hasSize(5).containsOnly(Kind.UNREADABLE);
    assertThat(read.problems())
        .extracting(ReadProblem::message)
        .contains(
            "This link leads to a folder outside, so it is not followed.",
            "This link leads to a folder that was entered already.",
            "This cannot be opened; a link may be broken, or a permission missing.");
  }

  @Test
  void a_link_to_a_file_is_that_file(@TempDir Path outside) throws IOException {
    Files.write(outside.resolve("f"), Media.file(4, 1));
    Files.createSymbolicLink(folder.resolve("link"), outside.resolve("f"));
    assertThat(read().uids()).containsExactly("1.2.4");
  }

  @Test
  void what_may_not_be_read_is_reported_and_the_rest_is_read() throws IOException {
    Files.write(folder.resolve("good"), Media.file(1, 1));
    Path file = Files.write(folder.resolve("file"), Media.file(2, 1));
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      Assumptions.assumeFalse(
          Files.isReadable(file), "Skipped: this user may read files whatever their permissions.");
      Media.Read read = read();
      assertThat(read.uids()).containsExactly("1.2.1");
      assertThat(read.kinds()).containsOnly(Kind.UNREADABLE).hasSize(2);
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void folders_nested_too_deep_are_reported_and_the_rest_is_read() throws IOException {
    Path deep = folder;
    for (int i = 0; i < 5; i++) {
      deep = Files.createDirectory(deep.resolve("d"));
      Files.write(deep.resolve("f"), Media.file(i, 1));
    }
    ReadLimits three =
        new ReadLimits(
            1 << 20, 1000, 8, 1 << 20, 1 << 20, 1000, 3, 2, 1 << 20, ReadLimits.defaults().time());
    Media.Read read = Media.read(DicomSources.of(folder, ReadOptions.defaults().withLimits(three)));
    assertThat(read.uids()).containsExactly("1.2.0", "1.2.1", "1.2.2");
    assertThat(read.kinds()).containsExactly(Kind.LIMIT_EXCEEDED);
  }

  @Test
  void an_empty_file_and_one_of_zeros_are_no_dicom() throws IOException {
    Files.write(folder.resolve("empty"), new byte[0]);
    Files.write(folder.resolve("zeros"), new byte[3000]);
    assertThat(read().kinds()).containsExactly(Kind.NOT_DICOM, Kind.NOT_DICOM);
  }

  @Test
  void a_duplicate_is_dropped_and_reported_wherever_it_lies() throws IOException {
    Files.write(folder.resolve("b"), Media.file(1, 1));
    Files.write(folder.resolve("a"), Media.file(1, 1));
    Media.Read read = read();
    assertThat(read.studies().get(0).series().get(0).instances()).hasSize(1);
    assertThat(read.studies().get(0).source()).hasValue(slashed(folder.resolve("a")));
    assertThat(read.kinds()).containsExactly(Kind.DUPLICATE);
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static DataSet directory(String... fileIds) {
    DataSet[] records = new DataSet[fileIds.length];
    for (int i = 0; i < fileIds.length; i++) {
      records[i] =
          DataSet.builder()
              .put(Tag.DIRECTORY_RECORD_TYPE, Vr.CS, "IMAGE")
              .put(Tag.REFERENCED_FILE_ID, Vr.CS, fileIds[i].split("/"))
              .build();
    }
    return DataSet.builder()
        .put(Tag.SOP_CLASS_UID, "1.2.840.10008.1.3.10")
        .put(Tag.SOP_INSTANCE_UID, "1.2.99")
        .sequence(Tag.DIRECTORY_RECORD_SEQUENCE, records)
        .build();
  }

  @Test
  void a_directory_is_checked_and_not_trusted() throws IOException {
    Files.createDirectory(folder.resolve("IMG"));
    Files.write(folder.resolve("IMG/A"), Media.file(1, 1));
    Files.write(folder.resolve("IMG/unnamed"), Media.file(1, 2));
    Files.write(folder.resolve("img2"), Media.file(2, 1));
    DicomWriter.write(
        directory("IMG/A", "IMG/GONE", "IMG2", "../../etc/passwd"), folder.resolve("DICOMDIR"));
    for (Path place : List.of(folder, folder.resolve("DICOMDIR"))) {
      Media.Read read = Media.read(DicomSources.of(place));
      assertThat(read.uids()).containsExactly("1.2.1", "1.2.2");
      assertThat(read.studies().get(0).series().get(0).instances()).hasSize(2);
      assertThat(read.problems())
          .extracting(ReadProblem::message)
          .containsExactlyInAnyOrder(
              "This is a directory of files, and no image.",
              "The directory names this file, which is absent.",
              "The directory names this file, which is absent.");
      assertThat(read.problems())
          .extracting(ReadProblem::source)
          .anyMatch(source -> source.endsWith("DICOMDIR: IMG/GONE"))
          .anyMatch(source -> source.endsWith("DICOMDIR: ../../etc/passwd"));
    }
  }

  @Test
  void a_damaged_directory_costs_nothing_else() throws IOException {
    Files.write(folder.resolve("A"), Media.file(1, 1));
    byte[] whole = DicomWriter.bytes(directory("A", "B"));
    for (int length = 132; length < whole.length; length++) {
      Files.write(folder.resolve("DICOMDIR"), java.util.Arrays.copyOf(whole, length));
      for (Path place : List.of(folder, folder.resolve("DICOMDIR"))) {
        Media.Read read = Media.read(DicomSources.of(place, ReadOptions.defaults().withThreads(1)));
        if (place.equals(folder) || length > 300) {
          assertThat(read.uids()).as("cut at %d", length).containsExactly("1.2.1");
        }
        assertThat(read.problems()).isNotEmpty();
      }
    }
  }

  /** With the system property {@code momo.faults} set to {@code full}, the million is whole. */
  @Test
  void a_folder_of_a_million_files_is_walked_to_its_end() throws IOException {
    int count = "full".equals(System.getProperty("momo.faults")) ? 1_000_000 : 5_000;
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve(Integer.toHexString(i * 0x9E3779B1));
      if (i % 1_000 == 7) {
        Files.write(file, Media.file(i / 100_000, i));
      } else {
        Files.createFile(file);
      }
    }
    ReadReport report = new ReadReport();
    try (Stream<Study> studies = DicomSources.of(folder).studies(report)) {
      assertThat(studies.mapToInt(study -> study.series().get(0).instances().size()).sum())
          .isEqualTo(count / 1_000);
    }
    assertThat(report.count(Kind.NOT_DICOM)).isEqualTo(count - count / 1_000);
    assertThat(report.reasons()).hasSize(1);
  }

  @Test
  void a_pipe_is_left_alone() throws IOException, InterruptedException {
    Files.write(folder.resolve("A"), Media.file(1, 1));
    Process made;
    try {
      made = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start();
    } catch (IOException e) {
      Assumptions.abort("Skipped: this system makes no pipes.");
      return;
    }
    Assumptions.assumeTrue(
        made.waitFor() == 0 && Files.exists(folder.resolve("pipe"), LinkOption.NOFOLLOW_LINKS),
        "Skipped: this system makes no pipes.");
    Media.Read read = read();
    assertThat(read.uids()).containsExactly("1.2.1");
    assertThat(read.problems())
        .extracting(ReadProblem::message)
        .containsExactly("This is neither a file nor a folder.");
  }
}
