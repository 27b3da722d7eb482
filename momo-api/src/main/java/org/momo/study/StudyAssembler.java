package org.momo.study;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sorts instances into studies and series by their UIDs alone.
 *
 * <ul>
 *   <li>An instance whose SOP Instance UID is already there is a duplicate and is dropped. Of two
 *       that differ, the one from the first place in alphabetical order stays, so that the order of
 *       arrival does not matter.
 *   <li>An instance without Study Instance UID belongs to a study of its own series; without Series
 *       Instance UID either, to a study of its own.
 *   <li>An instance without Series Instance UID belongs to the series of its study that has none,
 *       one for each modality.
 * </ul>
 *
 * <p>This class is not thread-safe.
 */
public final class StudyAssembler {
  private static final Comparator<Instance> BY_NUMBER =
      Comparator.comparing(
              StudyAssembler::instanceNumber, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Instance::uid)
          .thenComparing(instance -> instance.source().orElse(""));

  private final Map<String, Map<String, Map<String, Instance>>> studies = new TreeMap<>();
  private long nameless;

  /** An assembler that holds nothing. */
  public StudyAssembler() {}

  /**
   * Adds an instance.
   *
   * @param instance what came in
   * @return false if it is a duplicate of an instance that is already there
   * @throws NullPointerException if {@code instance} is null
   */
  public boolean add(Instance instance) {
    Header header = Objects.requireNonNull(instance, "instance").header();
    String uid = instance.uid();
    String key = uid.isEmpty() ? instance.source().orElseGet(() -> "#" + nameless++) : uid;
    String seriesUid =
        header
            .string(Tag.SERIES_INSTANCE_UID)
            .orElseGet(() -> "missing:" + header.string(Tag.MODALITY).orElse(""));
    String studyUid =
        header
            .string(Tag.STUDY_INSTANCE_UID)
            .orElseGet(
                () ->
                    header
                        .string(Tag.SERIES_INSTANCE_UID)
                        .map(s -> "missing:" + s)
                        .orElse("missing:" + key));
    Map<String, Instance> series =
        studies
            .computeIfAbsent(studyUid, s -> new TreeMap<>())
            .computeIfAbsent(seriesUid, s -> new TreeMap<>());
    Instance there = series.get(key);
    if (there == null || instance.source().orElse("").compareTo(there.source().orElse("")) < 0) {
      series.put(key, instance);
    }
    return there == null;
  }

  /**
   * The studies of all instances added so far.
   *
   * @return the studies, by UID
   */
  public List<Study> studies() {
    List<Study> result = new ArrayList<>(studies.size());
    studies.forEach((uid, series) -> result.add(study(uid, series)));
    return List.copyOf(result);
  }

  private static Study study(String uid, Map<String, Map<String, Instance>> parts) {
    List<Series> series = new ArrayList<>(parts.size());
    String source = null;
    boolean first = true;
    for (Map.Entry<String, Map<String, Instance>> part : parts.entrySet()) {
      List<Instance> instances = new ArrayList<>(part.getValue().values());
      instances.sort(BY_NUMBER);
      series.add(new Series(part.getKey(), modality(instances), instances));
      for (Instance instance : instances) {
        String place = instance.source().orElse(null);
        source = first ? place : commonPlace(source, place);
        first = false;
      }
    }
    series.sort(
        Comparator.<Series, @Nullable BigDecimal>comparing(
                s -> number(s.header(), Tag.SERIES_NUMBER),
                Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Series::uid));
    return new Study(uid, series, source);
  }

  private static String modality(List<Instance> instances) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Instance instance : instances) {
      instance.header().string(Tag.MODALITY).ifPresent(m -> counts.merge(m, 1, Integer::sum));
    }
    String best = "";
    int most = 0;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        best = entry.getKey();
      }
    }
    return best;
  }

  private static @Nullable String commonPlace(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return null;
    }
    if (a.equals(b)) {
      return a;
    }
    int slash = -1;
    int end = Math.min(a.length(), b.length());
    int i = 0;
    while (i < end && a.charAt(i) == b.charAt(i)) {
      if (a.charAt(i) == '/') {
        slash = i;
      }
      i++;
    }
    boolean aWithinB = i == a.length() && b.length() > i && b.charAt(i) == '/';
    boolean bWithinA = i == b.length() && a.length() > i && a.charAt(i) == '/';
    if (aWithinB || bWithinA) {
      return a.substring(0, i);
    }
    return slash < 0 ? null : a.substring(0, slash);
  }

  private static @Nullable BigDecimal instanceNumber(Instance instance) {
    return number(instance.header(), Tag.INSTANCE_NUMBER);
  }

  private static @Nullable BigDecimal number(Header header, int tag) {
    String text = header.string(tag).orElse("");
    if (text.isEmpty() || text.length() > 16) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
