package org.momo.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.momo.dicom.DicomSources;
import org.momo.dicom.web.DicomWeb;
import org.momo.study.ReadProblem;
import org.momo.study.ReadReport;
import org.momo.study.Study;
import org.momo.study.StudySource;

/** The studies of all places that a command was given, and the count of what was skipped there. */
final class Places {
  /** Names the environment variable whose value is sent to servers as their Authorization. */
  static final String AUTHORIZATION = "MOMO_AUTHORIZATION";

  private final List<String> places;
  private final ReadReport skipped = new ReadReport();

  /**
   * Checks what can be checked before reading.
   *
   * @param places paths, and addresses of DICOMweb servers
   */
  Places(List<String> places) {
    this.places = List.copyOf(places);
    for (String place : places) {
      if (isServer(place)) {
        server(place);
      } else if (!Files.exists(path(place))) {
        throw new CommandException(place + " does not exist.");
      }
    }
  }

  private static boolean isServer(String place) {
    return place.regionMatches(true, 0, "http://", 0, 7)
        || place.regionMatches(true, 0, "https://", 0, 8);
  }

  private static Path path(String place) {
    try {
      return Path.of(place);
    } catch (InvalidPathException e) {
      throw new CommandException(place + " is no path.");
    }
  }

  private static StudySource server(String place) {
    URI address;
    try {
      address = new URI(place);
    } catch (URISyntaxException e) {
      // It may hold credentials, so it is not repeated.
      throw new CommandException("The address of a DICOMweb server is malformed.");
    }
    DicomWeb.Builder server = DicomWeb.builder(address);
    String authorization = System.getenv(AUTHORIZATION);
    if (authorization != null) {
      server.header("Authorization", authorization);
    }
    return server.build();
  }

  /** The studies, place after place, read when asked for; close the stream. */
  Stream<Study> studies(Consumer<? super ReadProblem> problems) {
    return places.stream().flatMap(place -> read(place, problems));
  }

  private Stream<Study> read(String place, Consumer<? super ReadProblem> problems) {
    try {
      return (isServer(place) ? server(place) : DicomSources.of(path(place)))
          .studies(
              problem -> {
                skipped.accept(problem);
                problems.accept(problem);
              });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** That there is no study. */
  CommandException nothingFound() {
    return new CommandException(
        "No DICOM study was found below "
            + String.join(", ", places)
            + (skipped().isEmpty() ? "." : " (skipped: " + skipped() + ")."));
  }

  /** What was skipped in one line, or an empty text where nothing was. */
  String skipped() {
    StringBuilder text = new StringBuilder();
    for (ReadProblem.Kind kind : ReadProblem.Kind.values()) {
      if (skipped.count(kind) > 0) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(skipped.count(kind))
            .append(' ')
            .append(words(kind));
      }
    }
    return text.toString();
  }

  /** Each reason with its count, a line each; names no file. */
  List<String> reasons() {
    return skipped.reasons().stream()
        .map(
            reason ->
                "  %6d  %s: %s".formatted(reason.count(), words(reason.kind()), reason.reason()))
        .toList();
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
