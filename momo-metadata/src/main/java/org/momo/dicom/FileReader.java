package org.momo.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.internal.Content;
import org.momo.dicom.internal.HeaderReader;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.slf4j.LoggerFactory;

/**
 * Reads the object that one file holds, or tells that it is a medium with more files.
 *
 * <p>This class is not thread-safe.
 */
final class FileReader {
  private final ReadOptions options;
  private final DicomReader files;
  private final HeaderReader parts;
  private @Nullable String lastFolder;

  FileReader(ReadOptions options) {
    this.options = options;
    this.files = new DicomReader(options);
    this.parts = new HeaderReader(options);
  }

  void read(
      Medium.Entry entry,
      Consumer<? super Instance> instances,
      Consumer<? super Medium.Entry> media,
      Consumer<? super ReadProblem> problems)
      throws InterruptedIOException {
    try {
      Instance instance = instance(entry, problems);
      if (instance == null) {
        problems.accept(
            ReadProblem.of(
                Kind.NOT_AN_IMAGE, entry.name(), "This is a directory of files, and no image."));
        if (entry.isWholeFile()) {
          DirectoryCheck.check(entry.file(), options, problems);
        }
      } else {
        instances.accept(instance);
      }
    } catch (DicomException e) {
      if (e.kind() == Kind.NOT_DICOM) {
        medium(entry, e, media, problems);
      } else {
        problems.accept(e.problem());
      }
    } catch (ClosedByInterruptException e) {
      // Nothing is wrong with the file: this thread is to stop.
      throw interrupted(e);
    } catch (AccessDeniedException e) {
      problems.accept(ReadProblem.of(Kind.UNREADABLE, entry.name(), "The file may not be opened."));
    } catch (IOException e) {
      problems.accept(
          ReadProblem.of(Kind.UNREADABLE, entry.name(), "The file cannot be opened or read."));
    } catch (RuntimeException e) {
      // A fault of ours must not cost the other files.
      LoggerFactory.getLogger(FileReader.class).warn("Reading {} failed.", entry.name(), e);
      problems.accept(
          ReadProblem.of(
              Kind.MALFORMED,
              entry.name(),
              "The reader failed at this file; please report it, with the log."));
    }
  }

  private static void medium(
      Medium.Entry entry,
      DicomException notDicom,
      Consumer<? super Medium.Entry> media,
      Consumer<? super ReadProblem> problems)
      throws InterruptedIOException {
    try {
      if (Medium.isMedium(entry)) {
        media.accept(entry);
      } else {
        problems.accept(notDicom.problem());
      }
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (IOException e) {
      problems.accept(
          ReadProblem.of(Kind.UNREADABLE, entry.name(), "The file cannot be opened or read."));
    }
  }

  /** What a reader throws whose thread was interrupted. */
  static InterruptedIOException interrupted(ClosedByInterruptException cause) {
    InterruptedIOException stopped = new InterruptedIOException("Reading was interrupted.");
    stopped.initCause(cause);
    return stopped;
  }

  /** The instance, or null where the object is a directory of a medium. */
  private @Nullable Instance instance(Medium.Entry entry, Consumer<? super ReadProblem> problems)
      throws IOException {
    if (entry.isWholeFile()) {
      Path file = entry.file();
      try (FileChannel channel = Content.open(file)) {
        Instance instance = files.read(channel, entry.length(), file, problems);
        return files.readDirectory() ? null : instance;
      }
    }
    Content content = entry.content();
    Instance instance;
    if (entry.isDeflated()) {
      try (InputStream stream = Content.stream(content.open())) {
        instance = parts.read(stream, content, entry.name(), problems);
      }
    } else {
      try (FileChannel channel = Content.open(entry.file())) {
        instance =
            parts.read(channel, entry.start(), entry.length(), content, entry.name(), problems);
      }
    }
    return parts.isDirectory() ? null : named(instance, entry.name());
  }

  private Instance named(Instance instance, String name) {
    String path = name.replace('\\', '/');
    int slash = path.lastIndexOf('/');
    if (slash < 0) {
      return instance.from(path);
    }
    String folder = path.substring(0, slash);
    String kept = lastFolder != null && lastFolder.equals(folder) ? lastFolder : folder;
    lastFolder = kept;
    return instance.from(kept, path.substring(slash + 1));
  }
}
