package org.momo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomSources;
import org.momo.dicom.ReadOptions;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * A folder to its studies against gdcm's scanner, which walks the same folder for the tags that the
 * text layers read: {@code momo-bench/ratios headers-vs-scanner}. Both in one thread; what the
 * scanner takes to start, as it does in a folder without objects, does not count.
 */
final class HeadersVsScanner extends HeadersVs {
  private static final int[] TAGS = {
    Tag.SOP_INSTANCE_UID,
    Tag.MODALITY,
    Tag.STUDY_DESCRIPTION,
    Tag.SERIES_DESCRIPTION,
    Tag.BODY_PART_EXAMINED,
    Tag.PROTOCOL_NAME,
    Tag.STUDY_INSTANCE_UID,
    Tag.SERIES_INSTANCE_UID,
    Tag.SERIES_NUMBER,
    Tag.INSTANCE_NUMBER,
    Tag.IMAGE_POSITION_PATIENT,
    Tag.IMAGE_ORIENTATION_PATIENT,
    Tag.ROWS,
    Tag.COLUMNS,
    Tag.REQUESTED_PROCEDURE_DESCRIPTION
  };

  @Override
  public String name() {
    return "headers-vs-scanner";
  }

  @Override
  @Nullable String missing() {
    return Program.works("gdcmscanner", "--version") ? null : "gdcmscanner is not installed";
  }

  @Override
  String what() {
    return "times as fast as gdcmscanner, from a folder to its studies";
  }

  @Override
  double ratio(Times times) {
    return times.theirs() / times.ours();
  }

  @Override
  Times times(FileSet set, boolean quick) throws IOException {
    Path empty = Files.createTempDirectory("momo-bench");
    // It fails in a folder without any file.
    Path nothing = Files.createFile(empty.resolve("nothing"));
    try {
      double ours = Double.POSITIVE_INFINITY;
      double theirs = Double.POSITIVE_INFINITY;
      double start = Double.POSITIVE_INFINITY;
      int turns = Math.min(quick ? 8 : 40, (quick ? 10_000 : 100_000) / set.files().size() + 3);
      for (int turn = 0; turn < turns; turn++) {
        ours = Math.min(ours, studies(set.folder()));
        theirs = Math.min(theirs, scan(set.folder()));
        start = Math.min(start, scan(empty));
      }
      return new Times(ours, theirs - start);
    } finally {
      Files.delete(nothing);
      Files.delete(empty);
    }
  }

  private static double studies(Path folder) throws IOException {
    ReadOptions options = ReadOptions.defaults().withThreads(1);
    long start = System.nanoTime();
    try (Stream<Study> studies = DicomSources.of(folder, options).studies(problem -> {})) {
      if (studies.count() == 0) {
        throw new IOException("The folder holds no study.");
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double scan(Path folder) throws IOException {
    List<String> command = new ArrayList<>(List.of("gdcmscanner", "-r", "-d", folder.toString()));
    for (int tag : TAGS) {
      command.add("-t");
      command.add("%04x,%04x".formatted(tag >>> 16, tag & 0xFFFF));
    }
    long start = System.nanoTime();
    Program.output(command.toArray(String[]::new));
    return (System.nanoTime() - start) / 1e6;
  }
}
