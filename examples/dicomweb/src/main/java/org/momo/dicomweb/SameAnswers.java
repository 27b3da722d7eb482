package org.momo.dicomweb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.momo.StudyClassifier;
import org.momo.decision.Prediction;
import org.momo.dicom.DicomException;
import org.momo.dicom.DicomSources;
import org.momo.dicom.web.DicomWeb;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.PixelData;
import org.momo.study.ReadProblem;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.StudySource;
import org.momo.study.Tag;

/**
 * Gives files to an Orthanc server and classifies them twice, over DICOMweb and from the disk. Both
 * must come to the same answers by the same way, and find the same pixels.
 *
 * <p>What the server refuses or has already (a file without UIDs, a copy) plays no part. Where it
 * does not hand on an attribute that the file has, or fails to give a frame, that is said, and the
 * class alone must be the same.
 *
 * <p>This class is not thread-safe.
 */
public final class SameAnswers {
  private static final int[] TAGS = tags();

  private final URI orthanc;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int stored;
  private int refused;
  private int frames;
  private final List<String> differences = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private SameAnswers(URI orthanc) {
    this.orthanc = orthanc;
  }

  /**
   * Compares, and ends with exit code 1 where something differs.
   *
   * @param arguments a folder of files, and the address of an Orthanc server that holds nothing yet
   * @throws Exception if the server cannot be reached
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("say a folder and the address of an Orthanc server");
    }
    SameAnswers same = new SameAnswers(URI.create(arguments[1]));
    Path accepted = Files.createTempDirectory("momo-dicomweb");
    try {
      same.upload(Path.of(arguments[0]), accepted);
      same.compare(accepted);
    } finally {
      remove(accepted);
    }
    System.exit(same.differences.isEmpty() ? 0 : 1);
  }

  /** Gives each file to the server, and links those that it takes into a folder. */
  private void upload(Path folder, Path accepted) throws IOException, InterruptedException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      HttpRequest request =
          HttpRequest.newBuilder(orthanc.resolve("/instances"))
              .header("Content-Type", "application/dicom")
              .POST(HttpRequest.BodyPublishers.ofFile(file))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200 && response.body().contains("\"Success\"")) {
        Files.createSymbolicLink(accepted.resolve("" + stored), file.toAbsolutePath());
        stored++;
      } else {
        refused++;
      }
    }
  }

  private void compare(Path accepted) throws IOException {
    Map<String, Study> fromFiles = studies(DicomSources.of(accepted), "files");
    Map<String, Study> fromServer =
        studies(DicomWeb.of(orthanc.resolve("/dicom-web")), "the server");
    if (fromFiles.isEmpty()) {
      differences.add("the server took no file");
    }
    if (!fromFiles.keySet().equals(fromServer.keySet())) {
      differences.add("the files hold other studies than the server");
    }
    int alike = 0;
    try (StudyClassifier momo = StudyClassifier.builder().build()) {
      for (Map.Entry<String, Study> entry : fromFiles.entrySet()) {
        Study onServer = fromServer.get(entry.getKey());
        if (onServer != null) {
          int before = differences.size();
          compare(
              momo.classify(entry.getValue()),
              momo.classify(onServer),
              withheld(entry.getValue(), onServer));
          compare(entry.getValue(), onServer);
          alike += before == differences.size() ? 1 : 0;
        }
      }
    }
    notes.forEach(System.out::println);
    differences.forEach(difference -> System.out.println("DIFFERENT: " + difference));
    System.out.printf(
        "dicomweb: %d files stored, %d refused; %d of %d studies alike, with %d frames; %d differences%n",
        stored, refused, alike, fromFiles.size(), frames, differences.size());
  }

  private static Map<String, Study> studies(StudySource source, String place) throws IOException {
    Map<String, Study> studies = new TreeMap<>();
    Map<ReadProblem.Kind, Integer> skipped = new EnumMap<>(ReadProblem.Kind.class);
    try (Stream<Study> found =
        source.studies(problem -> skipped.merge(problem.kind(), 1, Integer::sum))) {
      found.forEach(study -> studies.put(study.uid(), study));
    }
    System.out.println(place + ": " + studies.size() + " studies; skipped: " + skipped);
    return studies;
  }

  /** The tags that the files have and the server does not hand on. */
  private static Set<String> withheld(Study fromFiles, Study fromServer) {
    Set<String> tags = new TreeSet<>();
    for (int i = 0; i < Math.min(fromFiles.series().size(), fromServer.series().size()); i++) {
      Header file = fromFiles.series().get(i).header();
      Header server = fromServer.series().get(i).header();
      for (int tag : TAGS) {
        boolean isThere = !file.strings(tag).isEmpty() || !file.items(tag).isEmpty();
        if (isThere && server.strings(tag).isEmpty() && server.items(tag).isEmpty()) {
          tags.add(Tag.format(tag));
        }
      }
    }
    return tags;
  }

  /** All tags that MOMO reads; not what the transfer alone is about, and not the pixels. */
  private static int[] tags() {
    return Arrays.stream(Tag.class.getFields())
        .filter(field -> field.getType() == int.class)
        .mapToInt(
            field -> {
              try {
                return field.getInt(null);
              } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
              }
            })
        .filter(tag -> tag >>> 16 > 0x0004 && tag >>> 16 < 0x7FE0)
        .toArray();
  }

  private void compare(Prediction fromFiles, Prediction fromServer, Set<String> withheld) {
    if (!withheld.isEmpty() && fromFiles.studyClass().equals(fromServer.studyClass())) {
      notes.add(
          fromFiles.studyUid()
              + ": the server does not hand on "
              + String.join(" ", withheld)
              + "; the class is the same");
      return;
    }
    if (!fromFiles.decision().equals(fromServer.decision())) {
      differences.add(
          fromFiles.studyUid()
              + ": the answer is "
              + fromFiles.decision()
              + " from files and "
              + fromServer.decision()
              + " from the server");
    } else if (!fromFiles.trace().equals(fromServer.trace())) {
      differences.add(
          fromFiles.studyUid()
              + ": the trace is "
              + fromFiles.trace()
              + " from files and "
              + fromServer.trace()
              + " from the server");
    }
  }

  /** Holds the first and the last frame of each series' first image against each other. */
  private void compare(Study fromFiles, Study fromServer) {
    for (Series series : fromFiles.series()) {
      fromServer.series().stream()
          .filter(other -> other.uid().equals(series.uid()))
          .findFirst()
          .ifPresentOrElse(
              other -> compare(series, other),
              () -> differences.add(series.uid() + ": the server lacks this series"));
    }
  }

  private void compare(Series fromFiles, Series fromServer) {
    if (fromFiles.instances().size() != fromServer.instances().size()) {
      differences.add(fromFiles.uid() + ": the server holds another number of instances");
      return;
    }
    Instance mine = fromFiles.instances().get(0);
    Instance theirs = fromServer.instances().get(0);
    PixelData pixels = mine.pixelData().orElse(null);
    PixelData other = theirs.pixelData().orElse(null);
    if (pixels == null || !mine.isImage()) {
      return;
    }
    if (other == null || other.frames() != pixels.frames()) {
      differences.add(mine.uid() + ": the server gives no or other frames");
      return;
    }
    for (int frame : new TreeSet<>(List.of(0, pixels.frames() - 1))) {
      ByteBuffer wanted;
      try {
        wanted = pixels.frame(frame);
      } catch (IOException e) {
        // What the file does not hold cannot be compared.
        return;
      }
      try {
        ByteBuffer got = other.frame(frame);
        frames++;
        if (!got.equals(wanted) || !other.transferSyntax().equals(pixels.transferSyntax())) {
          differences.add(
              "%s: frame %d has %d bytes in %s from the file, and other %d in %s from the server"
                  .formatted(
                      mine.uid(),
                      frame,
                      wanted.remaining(),
                      pixels.transferSyntax(),
                      got.remaining(),
                      other.transferSyntax()));
        }
      } catch (DicomException e) {
        // A server's own fault (it has none to give) is told apart from an answer that is wrong.
        (e.kind() == ReadProblem.Kind.UNREADABLE ? notes : differences).add(e.getMessage());
      } catch (IOException | UncheckedIOException e) {
        differences.add(mine.uid() + ": " + e.getMessage());
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
