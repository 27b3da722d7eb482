package org.momo.study;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sorts instances into studies and series by their UIDs alone. Neither folders nor names nor the
 * order of arrival change what comes out.
 *
 * <ul>
 *   <li>An instance whose SOP Instance UID is already in its series is a duplicate and is dropped.
 *       Of two that differ, the one from the first place in alphabetical order stays; of two from
 *       one place, or from no place, the one whose attributes come first.
 *   <li>An instance without SOP Instance UID is never a duplicate.
 *   <li>An instance without Study Instance UID belongs to a study of its own series; without Series
 *       Instance UID either, to a study with those that agree with it in every attribute.
 *   <li>An instance without Series Instance UID belongs to the series of its study that has none,
 *       one for each modality.
 *   <li>A study that holds several patients' instances, by Patient ID, stays one study: the UID
 *       decides.
 * </ul>
 *
 * <p>This class is not thread-safe.
 */
public final class StudyAssembler {
  private static final String MISSING = "missing:";

  /**
   * The attributes by which instances without UIDs are told apart. None says who the patient is.
   */
  private static final int[] CONTENT = {
    Tag.IMAGE_TYPE,
    Tag.SOP_CLASS_UID,
    Tag.STUDY_DATE,
    Tag.MODALITY,
    Tag.MANUFACTURER,
    Tag.MANUFACTURER_MODEL_NAME,
    Tag.STUDY_DESCRIPTION,
    Tag.SERIES_DESCRIPTION,
    Tag.BODY_PART_EXAMINED,
    Tag.PROTOCOL_NAME,
    Tag.SEQUENCE_NAME,
    Tag.VIEW_POSITION,
    Tag.LATERALITY,
    Tag.IMAGE_LATERALITY,
    Tag.SERIES_NUMBER,
    Tag.ACQUISITION_NUMBER,
    Tag.INSTANCE_NUMBER,
    Tag.IMAGE_POSITION_PATIENT,
    Tag.IMAGE_ORIENTATION_PATIENT,
    Tag.TEMPORAL_POSITION_IDENTIFIER,
    Tag.ECHO_TIME,
    Tag.REPETITION_TIME,
    Tag.TRIGGER_TIME,
    Tag.NUMBER_OF_FRAMES,
    Tag.ROWS,
    Tag.COLUMNS,
    Tag.PIXEL_SPACING,
    Tag.WINDOW_CENTER,
    Tag.WINDOW_WIDTH,
    Tag.REQUESTED_PROCEDURE_DESCRIPTION,
    Tag.PERFORMED_PROCEDURE_STEP_DESCRIPTION
  };

  private static final Comparator<Instance> BY_CONTENT = StudyAssembler::compareContent;

  private static final Comparator<Instance> BY_PLACE =
      Comparator.<Instance, String>comparing(instance -> instance.source().orElse(""))
          .thenComparing(BY_CONTENT);

  private final Map<String, Map<String, InstanceSet>> studies = new TreeMap<>();

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
    String studyUid = studyUid(instance);
    String seriesUid = header.string(Tag.SERIES_INSTANCE_UID).orElse("");
    if (seriesUid.isEmpty()) {
      seriesUid = MISSING + header.string(Tag.MODALITY).orElse("");
    }
    return studies
        .computeIfAbsent(studyUid, s -> new TreeMap<>())
        .computeIfAbsent(seriesUid, s -> new InstanceSet())
        .add(instance);
  }

  /**
   * The study that an instance belongs to.
   *
   * @param instance any instance
   * @return its Study Instance UID, or the stand-in that {@link Study#uid()} gives where it has
   *     none
   * @throws NullPointerException if {@code instance} is null
   */
  public static String studyUid(Instance instance) {
    Header header = instance.header();
    return header
        .string(Tag.STUDY_INSTANCE_UID)
        .orElseGet(
            () -> MISSING + header.string(Tag.SERIES_INSTANCE_UID).orElseGet(() -> digest(header)));
  }

  /**
   * One study, of the instances added so far.
   *
   * @param uid as {@link #studyUid} gives it
   * @return the study, or empty where none of its instances was added
   * @throws NullPointerException if {@code uid} is null
   */
  public Optional<Study> study(String uid) {
    Map<String, InstanceSet> parts = studies.get(uid);
    return parts == null ? Optional.empty() : Optional.of(study(uid, parts));
  }

  /**
   * Lets go of one study.
   *
   * @param uid as {@link #studyUid} gives it
   * @return false where none of its instances was added
   * @throws NullPointerException if {@code uid} is null
   */
  public boolean remove(String uid) {
    return studies.remove(uid) != null;
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

  private static Study study(String uid, Map<String, InstanceSet> parts) {
    List<Series> series = new ArrayList<>(parts.size());
    String source = null;
    boolean first = true;
    int duplicates = 0;
    for (Map.Entry<String, InstanceSet> part : parts.entrySet()) {
      List<Instance> instances = sorted(part.getValue().instances());
      duplicates += part.getValue().duplicates;
      series.add(new Series(part.getKey(), modality(instances), instances));
      for (Instance instance : instances) {
        if (first || source != null) {
          String place = instance.source().orElse(null);
          source = first ? place : commonPlace(source, place);
          first = false;
        }
      }
    }
    series.sort(
        Comparator.<Series, @Nullable BigDecimal>comparing(
                s -> number(s.header(), Tag.SERIES_NUMBER),
                Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Series::uid));
    return new Study(uid, series, source, duplicates);
  }

  private static List<Instance> sorted(List<Instance> instances) {
    List<Numbered> numbered = new ArrayList<>(instances.size());
    for (Instance instance : instances) {
      numbered.add(
          new Numbered(number(instance.header(), Tag.INSTANCE_NUMBER), instance.uid(), instance));
    }
    numbered.sort(
        Comparator.<Numbered, @Nullable BigDecimal>comparing(
                Numbered::number, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Numbered::uid)
            .thenComparing(Numbered::instance, BY_CONTENT)
            .thenComparing(n -> n.instance().source().orElse("")));
    return numbered.stream().map(Numbered::instance).toList();
  }

  private record Numbered(@Nullable BigDecimal number, String uid, Instance instance) {}

  private static String modality(List<Instance> instances) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Instance instance : instances) {
      String stated = SopClass.modality(instance.header());
      if (!stated.isEmpty()) {
        counts.merge(stated, 1, Integer::sum);
      }
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

  private static int compareContent(Instance a, Instance b) {
    for (int tag : CONTENT) {
      List<String> left = a.header().strings(tag);
      List<String> right = b.header().strings(tag);
      for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
        int order = left.get(i).compareTo(right.get(i));
        if (order != 0) {
          return order;
        }
      }
      if (left.size() != right.size()) {
        return Integer.compare(left.size(), right.size());
      }
    }
    return 0;
  }

  private static String digest(Header header) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int tag : CONTENT) {
        for (String value : header.strings(tag)) {
          digest.update(value.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) '\\');
        }
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java lacks SHA-256, which each must have.", e);
    }
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

  /**
   * The instances of one series, found by UID. Keeps a hash of each UID and not the UID, since a
   * million of those are heavier than all else that is known of their instances.
   */
  private static final class InstanceSet {
    private final List<Instance> nameless = new ArrayList<>(0);
    private @Nullable Instance[] table = new Instance[4];
    private int[] hashes = new int[4];
    private int size;
    private int duplicates;

    boolean add(Instance instance) {
      String uid = instance.uid();
      if (uid.isEmpty()) {
        nameless.add(instance);
        return true;
      }
      int hash = hash(uid);
      int i = slot(hash, table.length);
      for (Instance there = table[i]; there != null; there = table[i]) {
        if (hashes[i] == hash && there.uid().equals(uid)) {
          if (BY_PLACE.compare(instance, there) < 0) {
            table[i] = instance;
          }
          duplicates++;
          return false;
        }
        i = i + 1 & table.length - 1;
      }
      table[i] = instance;
      hashes[i] = hash;
      size++;
      if (size * 4 > table.length * 3) {
        grow();
      }
      return true;
    }

    private void grow() {
      @Nullable Instance[] before = table;
      int[] hashesBefore = hashes;
      table = new Instance[before.length * 2];
      hashes = new int[table.length];
      for (int k = 0; k < before.length; k++) {
        if (before[k] != null) {
          int i = slot(hashesBefore[k], table.length);
          while (table[i] != null) {
            i = i + 1 & table.length - 1;
          }
          table[i] = before[k];
          hashes[i] = hashesBefore[k];
        }
      }
    }

    /** Salted, so that nobody can choose UIDs that all fall on one place. The order is not kept. */
    private int hash(String uid) {
      long hash = System.identityHashCode(this);
      for (int i = 0; i < uid.length(); i++) {
        hash = (hash ^ uid.charAt(i)) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
      }
      return (int) (hash ^ hash >>> 32);
    }

    private static int slot(int hash, int length) {
      return hash & length - 1;
    }

    List<Instance> instances() {
      List<Instance> all = new ArrayList<>(size + nameless.size());
      for (Instance instance : table) {
        if (instance != null) {
          all.add(instance);
        }
      }
      all.addAll(nameless);
      return all;
    }
  }
}
