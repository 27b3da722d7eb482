package org.momo.dicom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.momo.dicom.DicomReader;
import org.momo.dicom.SharedData;
import org.momo.dicom.Vr;
import org.momo.study.Header;

/**
 * Every attribute that {@code Tag} names, of every real file, is what pydicom reads. The values
 * themselves are not kept, only digests; {@code src/test/python/pydicom_values.py} makes them, and
 * shows the values of one file with {@code --explain}.
 */
class PydicomTest {
  @Test
  void every_attribute_of_the_real_files_is_what_pydicom_reads() throws Exception {
    Path studies = SharedData.studies();
    Map<String, String> stored = stored();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(studies)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    Set<Integer> tags = tags(stored);
    DicomReader reader = new DicomReader();
    List<String> differing = new ArrayList<>();
    for (Path file : files) {
      String expected = stored.get(digest(Files.readAllBytes(file)));
      List<String> lines = new ArrayList<>();
      lines((RecordHeader) reader.read(file).header(), tags, "", lines);
      String text = String.join("\n", lines);
      if (!digest(text.getBytes(StandardCharsets.UTF_8)).equals(expected)) {
        differing.add(studies.relativize(file) + (expected == null ? " (unknown)" : ""));
      }
    }
    assertThat(differing).as("files whose values pydicom_values.py --explain shows").isEmpty();
    assertThat(files).hasSize(323);
  }

  private static void lines(
      RecordHeader header, Set<Integer> tags, String prefix, List<String> lines) {
    for (int tag : tags) {
      Vr vr = header.vr(tag);
      if (vr == null) {
        continue;
      }
      String name = prefix + String.format("%08X", tag);
      if (vr == Vr.SQ) {
        int i = 0;
        for (Header item : header.items(tag)) {
          lines((RecordHeader) item, tags, name + "[" + i++ + "].", lines);
        }
        continue;
      }
      List<String> values = header.strings(tag);
      if (vr == Vr.FD || vr == Vr.FL) {
        values =
            values.stream()
                .map(
                    v ->
                        String.format(
                            "%016x",
                            Double.doubleToLongBits(
                                vr == Vr.FL ? Float.parseFloat(v) : Double.parseDouble(v))))
                .toList();
      }
      if (!values.isEmpty()) {
        lines.add(name + "=" + String.join("\\", values));
      } else if (!vr.isText()) {
        ByteBuffer bytes = header.bytes(tag).orElseThrow();
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        if (array.length > 0) {
          lines.add(name + "=bytes:" + digest(array));
        }
      }
    }
  }

  /** The tags that the digests were made for. */
  private static Set<Integer> tags(Map<String, String> stored) {
    Set<Integer> tags = new TreeSet<>(Integer::compareUnsigned);
    for (String tag : Objects.requireNonNull(stored.get("tags")).split(" ")) {
      tags.add(Integer.parseUnsignedInt(tag, 16));
    }
    return tags;
  }

  private static Map<String, String> stored() throws IOException {
    Map<String, String> stored = new TreeMap<>();
    try (InputStream in = PydicomTest.class.getResourceAsStream("/org/momo/dicom/pydicom.sha256")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
        int space = line.indexOf(' ');
        stored.put(line.substring(0, space), line.substring(space + 1));
      }
    }
    return stored;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
