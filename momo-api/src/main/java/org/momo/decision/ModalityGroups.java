package org.momo.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * The modality group of a study, found in one way by all layers: that of most series, where a PET
 * series makes CT to PT and MR to PET with MR, and a scintigraphy makes CT to NM. Of equally many
 * series, the group of most instances goes first, then the first in alphabetical order.
 *
 * <p>This class is immutable.
 */
public final class ModalityGroups {
  /** The group of a PET with MR: no DICOM Modality leads to it, two together do. */
  public static final String PET_MR = "MRPET";

  /** Storage classes that tell the modality of an object that does not. */
  private static final Map<String, String> BY_SOP_CLASS =
      Map.ofEntries(
          Map.entry("1.2.840.10008.5.1.4.1.1.1", "CR"),
          Map.entry("1.2.840.10008.5.1.4.1.1.1.1", "DX"),
          Map.entry("1.2.840.10008.5.1.4.1.1.1.2", "MG"),
          Map.entry("1.2.840.10008.5.1.4.1.1.13.1.3", "MG"),
          Map.entry("1.2.840.10008.5.1.4.1.1.2", "CT"),
          Map.entry("1.2.840.10008.5.1.4.1.1.2.1", "CT"),
          Map.entry("1.2.840.10008.5.1.4.1.1.2.2", "CT"),
          Map.entry("1.2.840.10008.5.1.4.1.1.3.1", "US"),
          Map.entry("1.2.840.10008.5.1.4.1.1.6.1", "US"),
          Map.entry("1.2.840.10008.5.1.4.1.1.6.2", "US"),
          Map.entry("1.2.840.10008.5.1.4.1.1.4", "MR"),
          Map.entry("1.2.840.10008.5.1.4.1.1.4.1", "MR"),
          Map.entry("1.2.840.10008.5.1.4.1.1.4.3", "MR"),
          Map.entry("1.2.840.10008.5.1.4.1.1.4.4", "MR"),
          Map.entry("1.2.840.10008.5.1.4.1.1.12.1", "XA"),
          Map.entry("1.2.840.10008.5.1.4.1.1.12.1.1", "XA"),
          Map.entry("1.2.840.10008.5.1.4.1.1.12.2", "RF"),
          Map.entry("1.2.840.10008.5.1.4.1.1.20", "NM"),
          Map.entry("1.2.840.10008.5.1.4.1.1.128", "PT"),
          Map.entry("1.2.840.10008.5.1.4.1.1.128.1", "PT"),
          Map.entry("1.2.840.10008.5.1.4.1.1.130", "PT"));

  private final Catalogue catalogue;
  private final Set<String> groups;

  private ModalityGroups(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.groups =
        catalogue.classes().stream()
            .map(StudyClass::modality)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The groups of a catalogue.
   *
   * @param catalogue maps DICOM Modalities to groups
   * @return the groups
   */
  public static ModalityGroups of(Catalogue catalogue) {
    return new ModalityGroups(catalogue);
  }

  /**
   * The group of a study.
   *
   * @param study what came in
   * @return a group of the catalogue, or empty where no series belongs to one; {@link #whyNone}
   *     then says why
   */
  public Optional<String> of(Study study) {
    Map<String, long[]> counts = new TreeMap<>();
    for (Series series : study.series()) {
      of(series)
          .ifPresent(
              group -> {
                long[] count = counts.computeIfAbsent(group, g -> new long[2]);
                count[0]++;
                count[1] += series.instances().size();
              });
    }
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    List<String> byCount = new ArrayList<>(counts.keySet());
    byCount.sort(
        (a, b) -> {
          long[] left = counts.getOrDefault(a, new long[2]);
          long[] right = counts.getOrDefault(b, new long[2]);
          return left[0] != right[0]
              ? Long.compare(right[0], left[0])
              : Long.compare(right[1], left[1]);
        });
    return Optional.of(hybrid(byCount.get(0), counts.keySet()));
  }

  private String hybrid(String most, Set<String> present) {
    if (present.contains("PT")) {
      if (most.equals("CT")) {
        return "PT";
      }
      if (most.equals("MR") || most.equals("PT") && present.contains("MR")) {
        return groups.contains(PET_MR) ? PET_MR : "PT";
      }
    }
    return most.equals("CT") && present.contains("NM") ? "NM" : most;
  }

  /**
   * Why a study has no group.
   *
   * @param study a study for which {@link #of(Study)} found none
   * @return in words for the trace; nothing of the patient
   */
  public String whyNone(Study study) {
    Set<String> unmapped = new TreeSet<>();
    study.imageSeries().forEach(series -> unmapped.add(nameable(series.modality())));
    if (unmapped.isEmpty()) {
      return "the study holds no image";
    }
    return unmapped.equals(Set.of(""))
        ? "no series says what its modality is"
        : "the catalogue has no class for the modality "
            + unmapped.stream().filter(m -> !m.isEmpty()).collect(Collectors.joining(", "));
  }

  /**
   * The group of a series by itself.
   *
   * @param series what came in
   * @return a group of the catalogue, or empty where it has no class for the series' modality, or
   *     the series holds no image, whatever its modality says
   */
  public Optional<String> of(Series series) {
    if (!series.isImage()) {
      return Optional.empty();
    }
    String modality = series.modality();
    if (modality.isEmpty()) {
      modality =
          BY_SOP_CLASS.getOrDefault(series.header().string(Tag.SOP_CLASS_UID).orElse(""), "");
    }
    return catalogue.modalityGroup(modality);
  }

  /**
   * Whether a series can speak for a study of a group: a CT series can for a PET study.
   *
   * @param series one of the study's series
   * @param studyGroup the study's group
   * @return true if the series is of that group, or of a modality that is used together with it
   */
  public boolean speaksFor(Series series, String studyGroup) {
    return of(series)
        .filter(
            own ->
                own.equals(studyGroup)
                    || own.equals("PT") && studyGroup.equals(PET_MR)
                    || own.equals("CT") && (studyGroup.equals("PT") || studyGroup.equals("NM"))
                    || own.equals("MR") && (studyGroup.equals("PT") || studyGroup.equals(PET_MR)))
        .isPresent();
  }

  /** A modality as messages may show it: what is no code string is not repeated. */
  private static String nameable(String modality) {
    return modality.matches("[A-Z0-9_ ]{0,16}") ? modality : "(unreadable)";
  }
}
