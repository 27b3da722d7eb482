package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.momo.StudyClassifier;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * Descriptions on which the published system is known to have answered: its pipeline still gives
 * the answer that it gave, right or wrong; ours gives the right one, or none where there is none.
 */
class PublishedExamplesTest {
  private static StudyClassifier published;
  private static StudyClassifier ours;

  @BeforeAll
  static void build() {
    published = StudyClassifier.builder().catalogue("essen-76").preset("no-network").build();
    ours = StudyClassifier.builder().build();
  }

  @AfterAll
  static void close() {
    published.close();
    ours.close();
  }

  @ParameterizedTest(name = "{0} ({1})")
  @CsvSource({
    "T2 cor Hippocampus,              MR,  -,     HEAD",
    "Vorhandene Voraufnahme,          CR,  KHAND, -",
    "RX torace,                       CR,  -,     CHEST",
    "TC addome completo,              CT,  -,     ABDOMEN+PELVIS",
    "Angio-CT Aorta,                  CT,  -,     CHEST+ABDOMEN",
    "Coronary CTA,                    CT,  -,     HEART",
    "MRCP,                            MR,  -,     ABDOMEN",
    "Prostata mp,                     MR,  -,     PELVIS",
    "t1_tse_tra_KM,                   MR,  -,     -",
    "HWS in 2 Ebenen,                 CR,  -,     SPINE_C",
    "GK PET,                          PT,  -,     WHOLEBODY",
    "Chest/Abdomen/Pelvis w contrast, CT,  CTTA,  CHEST+ABDOMEN+PELVIS",
    "Knie links,                      CR,  KBEIN, LEXT",
    "Thorax p.a. liegend,             CR,  KTH,   CHEST",
    "CT Thx/Abd KM,                   CT,  CTTA,  CHEST+ABDOMEN",
    "Kopf-Hals,                       CT,  CTSH,  HEAD+NECK",
    "LSPINE W/O,                      MR,  MRL,   SPINE_L",
    "Lung screening,                  CT,  CTT,   CHEST",
    "Handgelenk,                      CR,  KHAND, UEXT",
    "CERVICAL SPINE,                  MR,  MRL,   SPINE_C",
    "CERVICAL SPINE,                  CR,  KLWS,  SPINE_C",
    "THORACIC SPINE,                  CR,  KHWS,  SPINE_T",
    "LUMBAR SPINE,                    CR,  KWS,   SPINE_L",
    "CT ABD AND PELVIS,               CT,  CTB,   ABDOMEN+PELVIS",
    "CT CHEST AND UPPER ABD,          CT,  CTT,   CHEST+ABDOMEN",
    "C_A_P,                           CT,  -,     CHEST+ABDOMEN+PELVIS",
    "PET CT SKULL TO THIGH,           PT,  *,     WHOLEBODY",
    "KUB,                             CR,  -,     ABDOMEN",
  })
  void anExampleIsAnsweredAsBeforeAndRightNow(
      String description, String modality, String before, String now) {
    Study study = study(description, modality);
    String code = published.classify(study).studyClass().map(Object::toString).orElse("-");
    if (!before.equals("*")) {
      assertThat(code).as("published").isEqualTo(before);
    }
    String regions =
        ours.classify(study)
            .studyClass()
            .map(c -> c.regions().stream().map(Enum::name).collect(Collectors.joining("+")))
            .orElse("-");
    assertThat(regions).as("ours").isEqualTo(now);
  }

  private static Study study(String description, String modality) {
    Map<Integer, String> values =
        Map.of(
            Tag.STUDY_INSTANCE_UID, "2.25.1",
            Tag.SERIES_INSTANCE_UID, "2.25.2",
            Tag.SOP_INSTANCE_UID, "2.25.3",
            Tag.MODALITY, modality,
            Tag.STUDY_DESCRIPTION, description);
    Header header =
        Header.of(tag -> values.containsKey(tag) ? new String[] {values.get(tag)} : null);
    return Study.group(List.of(Instance.of(header))).get(0);
  }
}
