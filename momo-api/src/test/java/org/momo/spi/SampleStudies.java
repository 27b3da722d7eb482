package org.momo.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

/** Small made-up studies for tests of plugins: ordinary ones, and ones that say next to nothing. */
public final class SampleStudies {
  private SampleStudies() {}

  /**
   * A header over a map.
   *
   * @param values tag to value, several values joined by backslashes
   * @return the header
   */
  public static Header header(Map<Integer, String> values) {
    Map<Integer, String> copy = new TreeMap<>(values);
    return Header.of(
        tag -> {
          String value = copy.get(tag);
          return value == null ? null : value.split("\\\\", -1);
        });
  }

  /**
   * A study of one series for each description.
   *
   * @param modality DICOM Modality of every series
   * @param studyDescription Study Description
   * @param seriesDescriptions Series Description of each series, each with two instances
   * @return the study
   */
  public static Study study(
      String modality, String studyDescription, String... seriesDescriptions) {
    List<Instance> instances = new ArrayList<>();
    for (int s = 0; s < seriesDescriptions.length; s++) {
      for (int i = 1; i <= 2; i++) {
        Map<Integer, String> values = new TreeMap<>();
        values.put(Tag.STUDY_INSTANCE_UID, "2.25.1");
        values.put(Tag.SERIES_INSTANCE_UID, "2.25.1." + (s + 1));
        values.put(Tag.SERIES_NUMBER, String.valueOf(s + 1));
        values.put(Tag.SOP_INSTANCE_UID, "2.25.1." + (s + 1) + "." + i);
        values.put(Tag.INSTANCE_NUMBER, String.valueOf(i));
        values.put(Tag.MODALITY, modality);
        values.put(Tag.STUDY_DESCRIPTION, studyDescription);
        values.put(Tag.SERIES_DESCRIPTION, seriesDescriptions[s]);
        instances.add(Instance.of(header(values)));
      }
    }
    return Study.group(instances).get(0);
  }

  /**
   * Studies of every sort that a layer must bear: ordinary, without any text, without modality,
   * with odd characters, with hundreds of series.
   *
   * @return the studies
   */
  public static List<Study> all() {
    String[] many = new String[300];
    for (int i = 0; i < many.length; i++) {
      many[i] = "series " + i;
    }
    return List.of(
        study("CT", "CT Thorax/Abdomen", "Topogram", "Thorax 1.0 B60", "Abdomen 5.0 B30"),
        study("MR", "IRM du genou droit", "t1_tse_sag", "pd_fs_cor"),
        study("", "", ""),
        study("XX", "\u0000\uFFFD \t^^__//", "\uD83E\uDE7B", "a".repeat(10_000)),
        study("PT", "PET/CT Ganzkörper", many),
        Study.group(List.of(Instance.of(Header.empty()))).get(0));
  }
}
