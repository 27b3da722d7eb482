package org.momo.study;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instances that share a Study Instance UID, grouped into series, in canonical order.
 *
 * <p>Folders and file names mean nothing, and so does the order of reading: the same instances make
 * the same study.
 *
 * <p>This class is immutable.
 */
public final class Study {
  private final String uid;
  private final List<Series> series;
  private final @Nullable String source;
  private final int duplicates;

  Study(String uid, List<Series> series, @Nullable String source, int duplicates) {
    this.uid = Objects.requireNonNull(uid, "uid");
    this.series = List.copyOf(series);
    this.source = source;
    this.duplicates = duplicates;
  }

  /**
   * Groups instances into studies. The rules are those of {@link StudyAssembler}.
   *
   * @param instances in any order
   * @return the studies, by UID
   * @throws NullPointerException if the collection is null or holds null
   */
  public static List<Study> group(Collection<Instance> instances) {
    StudyAssembler assembler = new StudyAssembler();
    instances.forEach(assembler::add);
    return assembler.studies();
  }

  /**
   * The Study Instance UID.
   *
   * @return the UID, or a stand-in beginning with {@code missing:} where the objects have none
   */
  public String uid() {
    return uid;
  }

  /**
   * The series, by Series Number and then Series Instance UID.
   *
   * @return an immutable list of at least one
   */
  public List<Series> series() {
    return series;
  }

  /**
   * The series that hold images.
   *
   * @return an immutable list in the order of {@link #series()}; empty where the study has only
   *     reports and the like
   */
  public List<Series> imageSeries() {
    return series.stream().filter(Series::isImage).toList();
  }

  /**
   * The header that speaks for the study: that of its first series with images, or of its first
   * series where it has no images.
   *
   * @return the header; never null
   */
  public Header header() {
    return series.stream().filter(Series::isImage).findFirst().orElse(series.get(0)).header();
  }

  /**
   * Where the study came from: the longest path that all its instances share.
   *
   * @return a path or address, or empty where the reader did not say
   */
  public Optional<String> source() {
    return Optional.ofNullable(source);
  }

  /**
   * How many instances were dropped, because one of the same series and SOP Instance UID was there.
   *
   * @return 0 or more
   */
  public int duplicates() {
    return duplicates;
  }

  /** UID and size; never anything of the patient. */
  @Override
  public String toString() {
    return "Study[" + uid + ", " + series.size() + " series]";
  }
}
