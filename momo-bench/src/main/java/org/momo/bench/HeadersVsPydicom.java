package org.momo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomReader;
import org.momo.study.Tag;

/**
 * Reading headers against pydicom, which stops before pixels and keeps the same tags, {@code
 * headers.py} beside this class: {@code momo-bench/ratios headers-vs-pydicom}.
 */
final class HeadersVsPydicom extends HeadersVs {
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  private String python = "";

  @Override
  public String name() {
    return "headers-vs-pydicom";
  }

  @Override
  @Nullable String missing() {
    for (String candidate : PYTHONS) {
      if (Program.works(candidate, "-c", "import pydicom")) {
        python = candidate;
        return null;
      }
    }
    return "python3 with pydicom is not installed";
  }

  @Override
  String what() {
    return "times as fast as pydicom with stop_before_pixels and specific_tags";
  }

  @Override
  double ratio(Times times) {
    return times.theirs() / times.ours();
  }

  @Override
  Times times(FileSet set, boolean quick) throws Exception {
    DicomReader reader = new DicomReader();
    int turns = (quick ? 10_000 : 100_000) / set.files().size() + 1;
    double ours = time(reader, set.files(), turns);
    int studies = read(reader, set.files());
    Path folder = Files.createTempDirectory("momo-bench");
    try {
      Path paths =
          Files.write(folder.resolve("paths"), set.files().stream().map(Path::toString).toList());
      Path tags =
          Files.write(
              folder.resolve("tags"),
              HeaderFiles.tags().stream().map(Integer::toHexString).toList());
      String output =
          Program.output(
              python,
              ProjectionBench.unpack("headers.py", folder).toString(),
              paths.toString(),
              tags.toString(),
              quick ? "1" : "2");
      String[] parts = output.trim().split(" ");
      int rival = Integer.parseInt(parts[2]);
      if (Math.abs(studies - rival) * 20 > studies) {
        throw new IOException(
            "%d of the files name a study, or %d as pydicom reads them (%s)."
                .formatted(studies, rival, Tag.format(Tag.STUDY_INSTANCE_UID)));
      }
      ours = Math.min(ours, time(reader, set.files(), turns));
      return new Times(ours, Double.parseDouble(parts[0]));
    } finally {
      ProjectionBench.remove(folder);
    }
  }
}
