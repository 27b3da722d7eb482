package org.momo.dicom;

import java.nio.file.Path;
import java.util.Objects;
import org.momo.study.StudySource;

/**
 * Where studies come from.
 *
 * <p>This class is thread-safe.
 */
public final class DicomSources {
  private DicomSources() {}

  /**
   * The studies of a place, with the default options; see {@link #of(Path, ReadOptions)}.
   *
   * @param place a folder or a file
   * @return its studies
   * @throws NullPointerException if {@code place} is null
   */
  public static StudySource of(Path place) {
    return of(place, ReadOptions.defaults());
  }

  /**
   * The studies of a place. What it is shows in its content, not in its name:
   *
   * <ul>
   *   <li>a folder: every file in it and below it, in whatever order, however named. Links to files
   *       are followed, links to folders where they lead to a place inside that was not entered yet
   *   <li>a DICOM object: the study that it belongs to, as far as the file knows it
   *   <li>a DICOMDIR: the folder that it lies in. It is checked, not trusted: files that it names
   *       and that are not there are reported, files that it does not name are read
   *   <li>a zip, tar, tar.gz or gz file, or an image of a disc (ISO 9660, with or without Joliet),
   *       here or in a folder or in another archive: every file in it. Nothing is unpacked but what
   *       must be, into a temporary file
   *   <li>DICOM JSON, compressed by gzip or not: see {@link DicomJson#source}
   * </ul>
   *
   * <p>Instances are grouped by their UIDs alone; see {@link org.momo.study.StudyAssembler}. What
   * is skipped is reported with reason, file, offset and tag, and costs nothing else. Objects that
   * are no images stay in their study, do not vote, and are reported as {@link
   * org.momo.study.ReadProblem.Kind#NOT_AN_IMAGE}.
   *
   * @param place a folder or a file
   * @param options what to keep, what that may cost, how many threads
   * @return its studies
   * @throws NullPointerException if an argument is null
   */
  public static StudySource of(Path place, ReadOptions options) {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(options, "options");
    return problems -> PlaceReader.studies(place, options, problems);
  }
}
