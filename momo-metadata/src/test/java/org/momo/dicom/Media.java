package org.momo.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.momo.study.ReadProblem;
import org.momo.study.Study;
import org.momo.study.StudySource;
import org.momo.study.Tag;

/** Small media for tests, and what is read from them. */
final class Media {
  private Media() {}

  /** What a source gave. */
  record Read(List<Study> studies, List<ReadProblem> problems) {
    List<String> uids() {
      return studies.stream().map(Study::uid).toList();
    }

    List<ReadProblem.Kind> kinds() {
      return problems.stream().map(ReadProblem::kind).toList();
    }
  }

  static Read read(StudySource source) throws IOException {
    List<ReadProblem> problems = new ArrayList<>();
    try (Stream<Study> studies = source.studies(problems::add)) {
      return new Read(studies.toList(), problems);
    }
  }

  /** A small CT image of the study {@code 1.2.N}, with four pixels. */
  static DataSet image(int study, int instance) {
    return DataSet.builder()
        .put(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.2")
        .put(Tag.SOP_INSTANCE_UID, "1.2." + study + ".1." + instance)
        .put(Tag.MODALITY, "CT")
        .put(Tag.STUDY_DESCRIPTION, "Thorax " + study)
        .put(Tag.STUDY_INSTANCE_UID, "1.2." + study)
        .put(Tag.SERIES_INSTANCE_UID, "1.2." + study + ".1")
        .put(Tag.INSTANCE_NUMBER, instance)
        .put(Tag.ROWS, 2)
        .put(Tag.COLUMNS, 2)
        .put(Tag.BITS_ALLOCATED, 8)
        .bytes(Tag.PIXEL_DATA, Vr.OB, new byte[] {1, 2, (byte) study, (byte) instance})
        .build();
  }

  static byte[] file(int study, int instance) {
    return DicomWriter.bytes(image(study, instance));
  }

  static byte[] zip(Map<String, byte[]> files) {
    return zip(files, ZipEntry.DEFLATED);
  }

  static byte[] zip(Map<String, byte[]> files, int method) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          java.util.zip.CRC32 crc = new java.util.zip.CRC32();
          crc.update(file.getValue());
          entry.setSize(file.getValue().length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] tar(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A stored image of a disc with three studies and a text. */
  static byte[] disc(String name) {
    try (InputStream stored = Media.class.getResourceAsStream("disc-" + name + ".iso.gz");
        InputStream image = new GZIPInputStream(Objects.requireNonNull(stored))) {
      return image.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
