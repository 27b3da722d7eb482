package org.momo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.momo.StudyClassifier;
import org.momo.decision.Prediction;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Classifies 1,000 made-up studies by their metadata: eight series each, texts in five languages,
 * some without any.
 *
 * <p>Run by {@code momo-bench/ratios classify-1000}.
 *
 * <p>This class is not thread-safe.
 */
@State(Scope.Thread)
public class ClassifyBench {
  static final int STUDIES = 1_000;
  private static final int SERIES = 8;
  private static final String[][] KINDS = {
    {"CT", "CT Thorax/Abdomen mit KM", "Thorax 5.0 B31f", "ThoraxAbd", "CHEST"},
    {"MR", "IRM du genou gauche", "SAG DP FAT SAT", "GENOU", "KNEE"},
    {"DX", "XR CHEST PA AND LATERAL", "PA", "CHEST PA", "ABDOMEN"},
    {"US", "Ecografia addome completo", "", "", ""},
    {"MR", "", "t2_tse_sag LWS", "Wirbelsaeule", "LSPINE"},
    {"CT", "", "Axial 1.0", "", "HEAD"},
    {"PT", "PET/CT SKULL BASE TO MID THIGH", "PET WB AC", "PET_CT_WB", ""},
    {"CT", "", "", "", ""},
    {"MG", "RADIOGRAFIA DE MAMA BILATERAL", "R CC", "", "BREAST"},
    {"MR", "RM DE COLUMNA CERVICAL SIMPLE", "STIR SAG", "C-SPINE", "SPINE"},
  };

  private List<Study> studies = List.of();
  private StudyClassifier momo;

  static List<Study> studies() {
    List<Study> studies = new ArrayList<>(STUDIES);
    for (int i = 0; i < STUDIES; i++) {
      String[] kind = KINDS[i % KINDS.length];
      List<Instance> instances = new ArrayList<>();
      for (int s = 1; s <= SERIES; s++) {
        Map<Integer, String> values = new TreeMap<>();
        values.put(Tag.STUDY_INSTANCE_UID, "2.25.7." + i);
        values.put(Tag.SERIES_INSTANCE_UID, "2.25.7." + i + "." + s);
        values.put(Tag.SOP_INSTANCE_UID, "2.25.7." + i + "." + s + ".1");
        values.put(Tag.SERIES_NUMBER, String.valueOf(s));
        values.put(Tag.MODALITY, kind[0]);
        values.put(Tag.STUDY_DESCRIPTION, kind[1]);
        values.put(Tag.SERIES_DESCRIPTION, kind[2].isEmpty() ? "" : kind[2] + " " + s);
        values.put(Tag.PROTOCOL_NAME, kind[3]);
        values.put(Tag.BODY_PART_EXAMINED, kind[4]);
        instances.add(
            Instance.of(
                Header.of(
                    tag -> {
                      String value = values.get(tag);
                      return value == null ? null : new String[] {value};
                    })));
      }
      studies.addAll(Study.group(instances));
    }
    return studies;
  }

  /** Makes the studies and the classifier. */
  @Setup(Level.Trial)
  public void make() {
    studies = studies();
    momo = StudyClassifier.builder().build();
  }

  /** Closes the classifier. */
  @TearDown(Level.Trial)
  public void close() {
    momo.close();
  }

  /**
   * Classifies the studies one after another.
   *
   * @return how many are decided
   */
  @Benchmark
  public long oneJob() {
    return decided(momo, studies, 1);
  }

  /**
   * Classifies the studies two at a time.
   *
   * @return how many are decided
   */
  @Benchmark
  public long twoJobs() {
    return decided(momo, studies, 2);
  }

  static long decided(StudyClassifier momo, List<Study> studies, int jobs) {
    try (Stream<Prediction> predictions = momo.classifyAll(studies.stream(), jobs)) {
      return predictions.filter(prediction -> prediction.studyClass().isPresent()).count();
    }
  }
}
