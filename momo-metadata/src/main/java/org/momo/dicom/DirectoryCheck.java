package org.momo.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.momo.study.Header;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Tag;

/** Holds what a DICOMDIR names (PS3.3 annex F) against what is there. */
final class DirectoryCheck {
  private DirectoryCheck() {}

  static void check(Path directory, ReadOptions options, Consumer<? super ReadProblem> problems)
      throws IOException {
    TagSelection tags =
        TagSelection.of(
            Tag.DIRECTORY_RECORD_SEQUENCE, Tag.DIRECTORY_RECORD_TYPE, Tag.REFERENCED_FILE_ID);
    Header header = new DicomReader(options.withTags(tags)).read(directory, problem -> {}).header();
    Path folder = directory.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    for (Header record : header.items(Tag.DIRECTORY_RECORD_SEQUENCE)) {
      List<String> parts = record.strings(Tag.REFERENCED_FILE_ID);
      if (!parts.isEmpty() && !isThere(folder, parts)) {
        problems.accept(
            ReadProblem.of(
                Kind.UNREADABLE,
                directory + ": " + String.join("/", parts),
                "The directory names this file, which is absent."));
      }
    }
  }

  private static boolean isThere(Path folder, List<String> parts) {
    for (String part : parts) {
      if (part.equals("..") || part.contains("/")) {
        return false;
      }
    }
    String name = String.join("/", parts);
    try {
      // Some systems show the names of a CD in lower case.
      return Files.isRegularFile(folder.resolve(name))
          || Files.isRegularFile(folder.resolve(name.toLowerCase(Locale.ROOT)));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
