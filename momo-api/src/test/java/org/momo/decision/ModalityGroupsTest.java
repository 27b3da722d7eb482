package org.momo.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.momo.spi.SampleStudies;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

class ModalityGroupsTest {
  private static final Catalogue CATALOGUE =
      Catalogue.builder("small")
          .add(StudyClass.builder("C", "CT").build())
          .add(StudyClass.builder("P", "PT").build())
          .modalityGroup("CT", "CT")
          .modalityGroup("MR", "MR")
          .modalityGroup("PT", "PT")
          .modalityGroup("NM", "NM")
          .modalityGroup("CR", "XR")
          .modalityGroup("DX", "XR")
          .build();
  private static final Catalogue WITH_PET_MR =
      CATALOGUE.toBuilder().add(StudyClass.builder("M", "MRPET").build()).build();

  private final ModalityGroups groups = ModalityGroups.of(CATALOGUE);
  private final ModalityGroups withPetMr = ModalityGroups.of(WITH_PET_MR);

  @Test
  void most_series_say_it_then_most_instances() {
    assertThat(groups.of(study("CR 1", "DX 1", "CT 9"))).contains("XR");
    assertThat(groups.of(study("CR 1", "CT 2"))).contains("CT");
    assertThat(groups.of(study("CT 1", "CR 1"))).contains("CT");
  }

  @Test
  void pet_and_scintigraphy_rename_what_comes_with_them() {
    assertThat(groups.of(study("CT 1", "CT 1", "PT 1"))).contains("PT");
    assertThat(groups.of(study("CT 1", "CT 1", "NM 1"))).contains("NM");
    assertThat(groups.of(study("MR 1", "MR 1", "PT 1"))).contains("PT");
    assertThat(withPetMr.of(study("MR 1", "MR 1", "PT 1"))).contains("MRPET");
    assertThat(withPetMr.of(study("MR 1", "PT 1", "PT 1"))).contains("MRPET");
    assertThat(withPetMr.of(study("PT 1"))).contains("PT");
  }

  @Test
  void a_study_without_a_group_says_why() {
    assertThat(groups.of(study("US 1", "SR 1"))).isEmpty();
    assertThat(groups.whyNone(study("US 1", "SR 1")))
        .isEqualTo("the catalogue has no class for the modality US");
    assertThat(groups.whyNone(study("SR 1"))).isEqualTo("the study holds no image");
    assertThat(groups.whyNone(study(" 1"))).isEqualTo("no series says what its modality is");
    assertThat(groups.whyNone(study("DOE^JOHN^OF^NOWHERE 1"))).endsWith("(unreadable)");
  }

  @Test
  void ct_and_mr_speak_for_the_pet_that_they_came_with() {
    Study study = study("CT 1", "MR 1", "PT 1", "CR 1");
    assertThat(study.series().stream().map(s -> groups.speaksFor(s, "PT")))
        .containsExactly(true, true, true, false);
    assertThat(study.series().stream().map(s -> groups.speaksFor(s, "MRPET")))
        .containsExactly(false, true, true, false);
    assertThat(study.series().stream().map(s -> groups.speaksFor(s, "NM")))
        .containsExactly(true, false, false, false);
  }

  /** A study of one series for each "MODALITY INSTANCES". */
  private static Study study(String... series) {
    List<Instance> instances = new ArrayList<>();
    for (int s = 0; s < series.length; s++) {
      String modality = series[s].substring(0, series[s].lastIndexOf(' '));
      int count = Integer.parseInt(series[s].substring(series[s].lastIndexOf(' ') + 1));
      for (int i = 0; i < count; i++) {
        instances.add(
            Instance.of(
                SampleStudies.header(
                    Map.of(
                        Tag.STUDY_INSTANCE_UID,
                        "2.25.1",
                        Tag.SERIES_INSTANCE_UID,
                        "2.25.1." + (s + 1),
                        Tag.SERIES_NUMBER,
                        String.valueOf(s + 1),
                        Tag.SOP_INSTANCE_UID,
                        "2.25.1." + (s + 1) + "." + i,
                        Tag.MODALITY,
                        modality))));
      }
    }
    return Study.group(instances).get(0);
  }
}
