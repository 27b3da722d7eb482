package org.momo.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DataSet;
import org.momo.dicom.DicomWriter;
import org.momo.dicom.Vr;
import org.momo.study.Tag;

/**
 * Files whose headers are read: made-up ones, and the development studies where they are there.
 *
 * <p>A made-up file has the hundred attributes of a CT image, two sequences and 512 x 512 pixels,
 * which are a hole in the file. One in eight has 48 KiB of private attributes, as MR images have.
 */
final class HeaderFiles {
  private static final int IN_A_SERIES = 200;
  private static final int IN_A_STUDY = 5 * IN_A_SERIES;
  private static final int IN_A_FOLDER = 1_000;
  private static final int PIXEL_BYTES = 512 * 512 * 2;

  private final List<String[]> elements;

  private HeaderFiles(List<String[]> elements) {
    this.elements = elements;
  }

  static HeaderFiles load() throws IOException {
    try (InputStream source = HeaderFiles.class.getResourceAsStream("header-ct.txt")) {
      String text =
          new String(
              Objects.requireNonNull(source, "header-ct.txt").readAllBytes(),
              StandardCharsets.UTF_8);
      return new HeaderFiles(text.lines().map(line -> line.split(" ", 3)).toList());
    }
  }

  /** The bytes of one object up to its pixels. */
  byte[] header(int number) {
    int study = number / IN_A_STUDY;
    int series = number / IN_A_SERIES;
    DataSet.Builder header = DataSet.builder();
    for (String[] element : elements) {
      String[] values = element.length < 3 ? new String[0] : element[2].split("\\\\");
      header.put(Integer.parseUnsignedInt(element[0], 16), Vr.valueOf(element[1]), values);
    }
    header
        .put(Tag.SOP_INSTANCE_UID, uid("9", number))
        .put(Tag.STUDY_INSTANCE_UID, uid("7", study))
        .put(Tag.SERIES_INSTANCE_UID, uid("8", series))
        .put(Tag.SERIES_NUMBER, series % 5 + 1)
        .put(Tag.INSTANCE_NUMBER, number % IN_A_SERIES + 1)
        .put(Tag.IMAGE_POSITION_PATIENT, "-175", "-316", String.valueOf(number % IN_A_SERIES * 5))
        .sequence(0x00081111, reference(uid("5", study)))
        .sequence(0x00081140, reference(uid("6", series)), reference(uid("6", series + 1)))
        .sequence(
            0x00400260,
            DataSet.builder()
                .put(Tag.CODE_VALUE, "RPID16")
                .put(Tag.CODING_SCHEME_DESIGNATOR, "RADLEX")
                .put(Tag.CODE_MEANING, "CT Chest")
                .build());
    header.bytes(0x00291010, Vr.OB, new byte[number % 8 == 0 ? 10 << 10 : 640]);
    header.bytes(0x00291120, Vr.OB, new byte[number % 8 == 0 ? 38 << 10 : 0]);
    return DicomWriter.bytes(header.build());
  }

  private static DataSet reference(String uid) {
    return DataSet.builder()
        .put(0x00081150, Vr.UI, "1.2.840.10008.5.1.4.1.1.2")
        .put(0x00081155, Vr.UI, uid)
        .build();
  }

  private static String uid(String kind, int number) {
    return "2.25.16343421792543%s.20200103.1015.%07d".formatted(kind, 1_000_000 + number);
  }

  /** Writes a file: the header, and room for its pixels. */
  static void write(byte[] header, Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(header.length + 12);
    bytes.put(header);
    bytes.put(new byte[] {(byte) 0xE0, 0x7F, 0x10, 0, 'O', 'W', 0, 0});
    bytes.putInt(Integer.reverseBytes(PIXEL_BYTES));
    bytes.flip();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long length = bytes.remaining() + (long) PIXEL_BYTES;
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (channel.size() < length) {
        channel.write(ByteBuffer.allocate(1), length - 1);
      }
    }
  }

  /** Writes files into a folder, some hundreds to a folder. */
  List<Path> write(Path root, int count) throws IOException {
    List<Path> files = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Path folder = root.resolve("S%03d".formatted(i / IN_A_FOLDER));
      if (i % IN_A_FOLDER == 0) {
        Files.createDirectory(folder);
      }
      Path file = folder.resolve("I%07d".formatted(i));
      write(header(i), file);
      files.add(file);
    }
    return files;
  }

  /** The folder of the development studies, or null where they are not there. */
  static @Nullable Path real() {
    String told = System.getProperty("momo.shared");
    if (told != null) {
      Path studies = Path.of(told, "data", "studies");
      return Files.isDirectory(studies) ? studies : null;
    }
    for (Path dir = Path.of(System.getProperty("momo.root", "")).toAbsolutePath();
        dir != null;
        dir = dir.getParent()) {
      Path studies = dir.resolve("shared").resolve("data").resolve("studies");
      if (Files.isDirectory(studies)) {
        return studies;
      }
    }
    return null;
  }

  /** All files below a folder. */
  static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Every tag that MOMO names, which are the tags that it keeps. */
  static List<Integer> tags() throws IllegalAccessException {
    List<Integer> tags = new ArrayList<>();
    for (Field field : Tag.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
        int tag = field.getInt(null);
        if (tag >>> 16 > 0x0004 && tag >>> 16 < 0x7FE0) {
          tags.add(tag);
        }
      }
    }
    return tags.stream().sorted().toList();
  }

  /** Removes a folder and all in it. */
  static void remove(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
