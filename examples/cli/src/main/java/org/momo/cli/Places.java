package org.momo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.momo.dicom.DicomSources;
import org.momo.study.ReadProblem;
import org.momo.study.Study;

/** The studies of all places that a command was given, and the count of what was skipped there. */
final class Places {
  private final List<Path> paths;
  private final Map<ReadProblem.Kind, Integer> skipped = new EnumMap<>(ReadProblem.Kind.class);

  Places(List<Path> paths) {
    this.paths = List.copyOf(paths);
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new CommandException(path + " does not exist.");
      }
    }
  }

  /** The studies, place after place, read when asked for; close the stream. */
  Stream<Study> studies(Consumer<? super ReadProblem> problems) {
    return paths.stream().flatMap(path -> read(path, problems));
  }

  private Stream<Study> read(Path path, Consumer<? super ReadProblem> problems) {
    try {
      return DicomSources.of(path)
          .studies(
              problem -> {
                synchronized (skipped) {
                  skipped.merge(problem.kind(), 1, Integer::sum);
                }
                problems.accept(problem);
              });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What was skipped in one line, or an empty text where nothing was. */
  String skipped() {
    synchronized (skipped) {
      StringBuilder text = new StringBuilder();
      skipped.forEach(
          (kind, count) ->
              text.append(text.isEmpty() ? "" : ", ")
                  .append(count)
                  .append(' ')
                  .append(words(kind)));
      return text.toString();
    }
  }

  private static String words(ReadProblem.Kind kind) {
    return switch (kind) {
      case NOT_DICOM -> "not DICOM";
      case TRUNCATED -> "cut short";
      case MALFORMED -> "malformed";
      case LIMIT_EXCEEDED -> "beyond a limit";
      case UNSUPPORTED -> "not supported";
      case DUPLICATE -> "there twice";
      case NOT_AN_IMAGE -> "no images";
      case UNREADABLE -> "unreadable";
    };
  }
}
