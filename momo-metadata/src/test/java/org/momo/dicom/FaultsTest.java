package org.momo.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * What damage costs. With the system property {@code momo.faults} set to {@code full}, real files
 * are cut at every byte of their headers, and not at a sample of them.
 */
class FaultsTest {
  private static final int[] TAGS = {
    Tag.SPECIFIC_CHARACTER_SET,
    Tag.IMAGE_TYPE,
    Tag.SOP_CLASS_UID,
    Tag.SOP_INSTANCE_UID,
    Tag.STUDY_DATE,
    Tag.MODALITY,
    Tag.MANUFACTURER,
    Tag.STUDY_DESCRIPTION,
    Tag.SERIES_DESCRIPTION,
    Tag.BODY_PART_EXAMINED,
    Tag.PROTOCOL_NAME,
    Tag.STUDY_INSTANCE_UID,
    Tag.SERIES_INSTANCE_UID,
    Tag.SERIES_NUMBER,
    Tag.INSTANCE_NUMBER,
    Tag.IMAGE_POSITION_PATIENT,
    Tag.ROWS,
    Tag.COLUMNS,
    Tag.PIXEL_SPACING,
    Tag.WINDOW_CENTER,
    Tag.REQUESTED_PROCEDURE_DESCRIPTION,
    Tag.PERFORMED_PROCEDURE_STEP_DESCRIPTION
  };

  private static Map<Integer, Object> values(Header header) {
    Map<Integer, Object> values = new TreeMap<>();
    for (int tag : TAGS) {
      if (!header.strings(tag).isEmpty()) {
        values.put(tag, header.strings(tag));
      }
    }
    for (int tag : new int[] {Tag.PROCEDURE_CODE_SEQUENCE, Tag.ANATOMIC_REGION_SEQUENCE}) {
      if (!header.codes(tag).isEmpty()) {
        values.put(tag, header.codes(tag));
      }
    }
    return values;
  }

  /**
   * Cuts an object at many lengths: what is read is a part of what the whole object says, never
   * less than from a shorter cut, and the rest is refused with a clear error.
   */
  private static void checkCuts(byte[] whole, String name, int[] lengths) throws IOException {
    DicomReader reader = new DicomReader();
    Map<Integer, Object> all = values(reader.read(whole, name).header());
    Map<Integer, Object> before = Map.of();
    boolean readable = false;
    for (int length : lengths) {
      byte[] cut = Arrays.copyOf(whole, length);
      List<ReadProblem> problems = new ArrayList<>();
      try {
        Map<Integer, Object> some = values(reader.read(cut, name, problems::add).header());
        readable = true;
        assertThat(all.entrySet()).as("%s cut at %d", name, length).containsAll(some.entrySet());
        assertThat(some.entrySet()).as("%s cut at %d", name, length).containsAll(before.entrySet());
        before = some;
      } catch (DicomException e) {
        assertThat(readable).as("%s cut at %d was read when shorter", name, length).isFalse();
        problems.add(e.problem());
        assertThat(e.getMessage()).contains(name).endsWith(".");
      }
      assertThat(problems).as("%s cut at %d", name, length).hasSizeLessThanOrEqualTo(1);
    }
  }

  private static int[] every(int from, int to, int step) {
    List<Integer> lengths = new ArrayList<>();
    for (int i = from; i <= to; i += step) {
      lengths.add(i);
    }
    return lengths.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void generated_files_are_cut_at_every_byte() throws IOException {
    for (String uid :
        List.of(
            "1.2.840.10008.1.2",
            "1.2.840.10008.1.2.1",
            "1.2.840.10008.1.2.2",
            "1.2.840.10008.1.2.1.99")) {
      Encoded e =
          switch (uid) {
            case "1.2.840.10008.1.2" -> Encoded.implicitLittle();
            case "1.2.840.10008.1.2.2" -> Encoded.explicitBig();
            default -> Encoded.explicitLittle();
          };
      Encoded code = e.fresh().text(0x00080100, "SH", "CT1 ").text(0x00080104, "LO", "Chest ");
      byte[] file =
          e.text(0x00080005, "CS", "ISO_IR 100")
              .text(0x00080008, "CS", "ORIGINAL\\PRIMARY ")
              .text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2\0")
              .text(0x00080018, "UI", "1.2.3.3\0")
              .text(0x00080060, "CS", "CT")
              .text(0x00081030, "LO", "Sch\u00e4del nativ ")
              .openSequence(0x00081032, code)
              .text(0x00091010, "LO", "private!")
              .text(0x0020000D, "UI", "1.2.3.1\0")
              .text(0x0020000E, "UI", "1.2.3.2\0")
              .text(0x00200013, "IS", "12")
              .sequence(0x00082218, code)
              .us(0x00280010, 2)
              .us(0x00280011, 2)
              .us(0x00280100, 8)
              .element(0x7FE00010, "OB", new byte[] {1, 2, 3, 4})
              .file(uid);
      checkCuts(file, uid, every(0, file.length, 1));
    }
    byte[] written = Media.file(3, 4);
    checkCuts(written, "written", every(0, written.length, 1));
  }

  @Test
  void real_files_are_cut_at_every_byte_of_their_headers() throws IOException {
    boolean full = "full".equals(System.getProperty("momo.faults"));
    for (Path file : realFiles(20)) {
      byte[] whole = Files.readAllBytes(file);
      int headerEnd = Math.min(whole.length, headerEnd(whole) + 64);
      byte[] header = Arrays.copyOf(whole, headerEnd);
      int step = full ? 1 : Math.max(1, headerEnd / 1500 | 1);
      checkCuts(header, file.getFileName().toString(), every(0, headerEnd, step));
    }
  }

  /** One file each of studies spread over all of them. */
  private static List<Path> realFiles(int count) throws IOException {
    Path studies = SharedData.studies();
    List<Path> firsts = new ArrayList<>();
    try (Stream<Path> folders = Files.list(studies)) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .filter(Files::isRegularFile)
              .filter(FaultsTest::isReadable)
              .sorted()
              .findFirst()
              .ifPresent(firsts::add);
        }
      }
    }
    List<Path> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(firsts.get(i * firsts.size() / count));
    }
    return chosen;
  }

  private static boolean isReadable(Path file) {
    try {
      return new DicomReader().read(file).pixelData().isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Where the pixels begin: the shortest cut that loses pixels alone. */
  private static int headerEnd(byte[] whole) throws IOException {
    DicomReader reader = new DicomReader();
    int low = 0;
    int high = whole.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean pixels;
      try {
        pixels = reader.read(Arrays.copyOf(whole, middle), "f").pixelData().isPresent();
      } catch (DicomException e) {
        pixels = false;
      }
      if (pixels) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  @Test
  void flipped_bits_never_change_what_is_read_of_another_file() throws IOException {
    Random random = new Random(20261124);
    List<byte[]> good = new ArrayList<>();
    List<Map<Integer, Object>> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] file = Media.file(i % 3, i);
      good.add(file);
      expected.add(values(new DicomReader().read(file, "f").header()));
    }
    DicomReader reader = new DicomReader();
    for (int round = 0; round < 5000; round++) {
      byte[] damaged = good.get(random.nextInt(good.size())).clone();
      for (int k = 0; k < 1 + round % 4; k++) {
        damaged[128 + random.nextInt(damaged.length - 128)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        reader.read(damaged, "damaged");
      } catch (DicomException e) {
        assertThat(e.getMessage()).startsWith("damaged");
      }
      int next = random.nextInt(good.size());
      assertThat(values(reader.read(good.get(next), "f").header())).isEqualTo(expected.get(next));
    }
  }

  @Test
  void a_folder_with_a_third_of_its_files_damaged_yields_every_intact_study(@TempDir Path folder)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int study = 0; study < 40; study++) {
      for (int i = 0; i < 5; i++) {
        files.put("s" + study + "_" + i, Media.file(1_000_000 + 7919 * study, i));
      }
    }
    checkDamaged(folder, files);
  }

  @Test
  void real_studies_with_a_third_of_their_files_damaged_are_found_where_intact(@TempDir Path folder)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    int number = 0;
    long bytes = 0;
    for (Path file : realFiles(60)) {
      byte[] content = Files.readAllBytes(file);
      if (content.length < 2 << 20 && bytes < 40 << 20) {
        files.put("f" + number++, content);
        bytes += content.length;
      }
    }
    assertThat(files).hasSizeGreaterThan(20);
    checkDamaged(folder, files);
  }

  private static void checkDamaged(Path folder, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    Map<String, List<String>> whole = instances(Media.read(DicomSources.of(folder)).studies());
    Random random = new Random(7);
    List<String> damaged = new ArrayList<>(files.keySet());
    java.util.Collections.shuffle(damaged, random);
    damaged = damaged.subList(0, files.size() * 3 / 10);
    java.util.Set<String> lost = new java.util.TreeSet<>();
    for (String name : damaged) {
      byte[] content = files.get(name);
      lost.add(new DicomReader().read(content, name).header().strings(Tag.STUDY_INSTANCE_UID) + "");
      Files.write(folder.resolve(name), damage(content, random));
    }
    for (int threads : new int[] {1, 4}) {
      Media.Read read =
          Media.read(DicomSources.of(folder, ReadOptions.defaults().withThreads(threads)));
      Map<String, List<String>> found = instances(read.studies());
      int intact = 0;
      for (Map.Entry<String, List<String>> study : whole.entrySet()) {
        if (!lost.contains(List.of(study.getKey()) + "")) {
          assertThat(found).containsKey(study.getKey());
          assertThat(found.get(study.getKey())).containsAll(study.getValue());
          intact++;
        }
      }
      assertThat(intact).isPositive();
      assertThat(read.problems()).isNotEmpty();
    }
  }

  private static byte[] damage(byte[] content, Random random) {
    byte[] bytes = content.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> {
        int from = random.nextInt(bytes.length);
        Arrays.fill(bytes, from, Math.min(bytes.length, from + 4096), (byte) 0);
      }
      case 2 -> random.nextBytes(bytes);
      default -> {
        for (int i = 0; i < 200; i++) {
          bytes[random.nextInt(Math.min(bytes.length, 8192))] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return bytes;
  }

  private static Map<String, List<String>> instances(List<Study> studies) {
    Map<String, List<String>> found = new TreeMap<>();
    for (Study study : studies) {
      List<String> all = found.computeIfAbsent(study.uid(), uid -> new ArrayList<>());
      for (Series series : study.series()) {
        for (Instance instance : series.instances()) {
          all.add(instance.uid() + values(instance.header()));
        }
      }
    }
    return found;
  }
}
