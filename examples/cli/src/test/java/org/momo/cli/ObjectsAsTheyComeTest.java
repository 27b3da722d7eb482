package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.momo.PredictionJson;
import org.momo.StudyClassifier;
import org.momo.decision.Decision;
import org.momo.decision.Prediction;
import org.momo.decision.Trace;
import org.momo.dicom.DataSet;
import org.momo.dicom.DicomSources;
import org.momo.dicom.DicomWriter;
import org.momo.dicom.Vr;
import org.momo.study.Study;
import org.momo.study.Tag;

/** The rules of the package {@code org.momo.dicom}, each on files, from the file to the trace. */
class ObjectsAsTheyComeTest {
  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";
  private static StudyClassifier momo;

  @TempDir Path folder;
  private int files;

  @BeforeAll
  static void build() {
    momo = StudyClassifier.builder().preset("recommended").build();
  }

  @AfterAll
  static void close() {
    momo.close();
  }

  /** An object of the study 1.2.1 whose words speak of a knee. */
  private static DataSet.Builder object(String sopClass, String modality, int series, int number) {
    return DataSet.builder()
        .put(Tag.SOP_CLASS_UID, STORAGE + sopClass)
        .put(Tag.SOP_INSTANCE_UID, "1.2.1." + series + "." + number)
        .put(Tag.STUDY_INSTANCE_UID, "1.2.1")
        .put(Tag.SERIES_INSTANCE_UID, "1.2.1." + series)
        .put(Tag.SERIES_NUMBER, String.valueOf(series))
        .put(Tag.INSTANCE_NUMBER, String.valueOf(number))
        .put(Tag.MODALITY, modality)
        .put(Tag.PATIENT_ID, "SECRET-7")
        .put(0x00100010, Vr.PN, "Doe^Jane");
  }

  private static DataSet.Builder chest(int series, int number) {
    return object("2", "CT", series, number)
        .put(Tag.STUDY_DESCRIPTION, "CT Thorax nativ")
        .put(Tag.SERIES_DESCRIPTION, "Thorax 1.0")
        .put(Tag.IMAGE_POSITION_PATIENT, "0", "0", String.valueOf(number))
        .put(Tag.ROWS, 1)
        .put(Tag.COLUMNS, 1)
        .bytes(Tag.PIXEL_DATA, Vr.OW, new byte[2]);
  }

  private void write(DataSet.Builder object) throws IOException {
    DicomWriter.write(object.build(), folder.resolve("f" + files++));
  }

  private List<Prediction> predictions() throws IOException {
    try (Stream<Study> studies = DicomSources.of(folder).studies()) {
      return studies.map(momo::classify).toList();
    }
  }

  private Prediction prediction() throws IOException {
    List<Prediction> all = predictions();
    assertThat(all).hasSize(1);
    Prediction prediction = all.get(0);
    assertThat(PredictionJson.line(prediction)).doesNotContain("SECRET-7", "Doe");
    return prediction;
  }

  private static List<String> notes(Prediction prediction) {
    List<String> notes = new ArrayList<>();
    for (Trace.Step step : prediction.trace().steps()) {
      if (step instanceof Trace.Note note) {
        notes.add(note.text());
      }
    }
    return notes;
  }

  private static String code(Prediction prediction) {
    return prediction.studyClass().orElseThrow().code();
  }

  @ParameterizedTest
  @CsvSource({
    "88.11, SR, SR",
    "88.22, CT, SR",
    "11.1, PR, PR",
    "11.1, CT, PR",
    "88.59, KO, KO",
    "66.4, SEG, SEG",
    "66.4, CT, SEG",
    "481.3, RTSTRUCT, RTSTRUCT",
    "481.2, CT, RTDOSE",
    "104.1, CT, encapsulated document",
    "104.1, OT, encapsulated document",
    "66, CT, raw data"
  })
  void what_is_no_image_never_votes_and_is_counted(String sopClass, String modality, String named)
      throws IOException {
    write(chest(1, 1));
    Prediction without = prediction();
    for (int i = 2; i < 9; i++) {
      write(
          object(sopClass, modality, i, 1)
              .put(Tag.STUDY_DESCRIPTION, "MR Knie links")
              .put(Tag.SERIES_DESCRIPTION, "Knie links")
              .put(Tag.BODY_PART_EXAMINED, "KNEE")
              .sequence(
                  Tag.PROCEDURE_CODE_SEQUENCE,
                  DataSet.builder()
                      .put(Tag.CODE_VALUE, "MR_LEXT")
                      .put(Tag.CODING_SCHEME_DESIGNATOR, "99MOMO")
                      .build()));
    }
    Prediction with = prediction();
    assertThat(with.decision()).isEqualTo(without.decision());
    assertThat(notes(without)).isEmpty();
    assertThat(notes(with)).containsExactly("7 objects are no images and do not vote: 7 " + named);
  }

  @Test
  void a_study_without_images_is_left_undecided() throws IOException {
    write(object("88.22", "SR", 1, 1).put(Tag.STUDY_DESCRIPTION, "CT Thorax nativ"));
    assertThat(prediction().decision())
        .isInstanceOfSatisfying(
            Decision.Undecided.class,
            undecided -> assertThat(undecided.reason()).isEqualTo(Decision.Reason.NO_EVIDENCE));
  }

  @Test
  void an_enhanced_object_says_in_its_functional_groups_what_a_classic_one_says()
      throws IOException {
    DataSet anatomy =
        DataSet.builder()
            .put(Tag.FRAME_LATERALITY, "L")
            .sequence(
                Tag.ANATOMIC_REGION_SEQUENCE,
                DataSet.builder()
                    .put(Tag.CODE_VALUE, "72696002")
                    .put(Tag.CODING_SCHEME_DESIGNATOR, "SCT")
                    .put(Tag.CODE_MEANING, "Knee")
                    .build())
            .build();
    DataSet place1 = DataSet.builder().put(Tag.IMAGE_POSITION_PATIENT, "0", "0", "1").build();
    DataSet place2 = DataSet.builder().put(Tag.IMAGE_POSITION_PATIENT, "0", "0", "2").build();
    write(
        object("4.1", "MR", 1, 1)
            .put(Tag.NUMBER_OF_FRAMES, "3")
            .put(Tag.ROWS, 1)
            .put(Tag.COLUMNS, 1)
            .sequence(
                Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                DataSet.builder().sequence(Tag.FRAME_ANATOMY_SEQUENCE, anatomy).build())
            .sequence(
                Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                DataSet.builder().sequence(Tag.PLANE_POSITION_SEQUENCE, place1).build(),
                DataSet.builder().sequence(Tag.PLANE_POSITION_SEQUENCE, place2).build(),
                DataSet.builder().sequence(Tag.PLANE_POSITION_SEQUENCE, place2).build()));
    Prediction prediction = prediction();
    assertThat(code(prediction)).startsWith("MR_LEXT");
    assertThat(notes(prediction))
        .containsExactly(
            "1 of 1 series are enhanced multi-frame; their functional groups count",
            "1 of 1 series show a place more than once (times, echoes, b-values or parts)");
  }

  @Test
  void secondary_captures_and_localisers_are_named() throws IOException {
    write(chest(1, 1).put(Tag.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "LOCALIZER"));
    write(chest(2, 1));
    write(chest(3, 1).put(Tag.SOP_CLASS_UID, STORAGE + "7"));
    Prediction prediction = prediction();
    assertThat(code(prediction)).startsWith("CT_CHEST");
    assertThat(notes(prediction))
        .containsExactly("1 of 3 series are secondary captures", "1 of 3 series are localisers");
  }

  @Test
  void a_series_over_time_is_one_series_and_is_named() throws IOException {
    for (int time = 0; time < 3; time++) {
      for (int slice = 1; slice < 4; slice++) {
        write(
            chest(1, slice)
                .put(Tag.SOP_INSTANCE_UID, "1.2.1.1." + (time * 10 + slice))
                .put(Tag.TEMPORAL_POSITION_IDENTIFIER, String.valueOf(time + 1)));
      }
    }
    assertThat(notes(prediction()))
        .containsExactly(
            "1 of 1 series show a place more than once (times, echoes, b-values or parts)");
  }

  @Test
  void several_patients_under_one_uid_are_one_study_and_counted() throws IOException {
    write(chest(1, 1));
    write(chest(1, 2).put(Tag.PATIENT_ID, "SECRET-78"));
    assertThat(notes(prediction()))
        .containsExactly(
            "images of 2 patients have one Study Instance UID; the UID decides what is one study");
  }

  @Test
  void duplicates_are_dropped_and_counted() throws IOException {
    write(chest(1, 1));
    write(chest(1, 1));
    write(chest(1, 2));
    write(chest(1, 2).put(Tag.SERIES_DESCRIPTION, "the copy says something else"));
    assertThat(notes(prediction())).containsExactly("2 duplicates of an instance were dropped");
  }

  @Test
  void missing_uids_are_made_up_for_and_named() throws IOException {
    write(chest(1, 1).put(Tag.SOP_INSTANCE_UID, ""));
    write(chest(1, 2).put(Tag.SOP_INSTANCE_UID, ""));
    write(chest(2, 3).put(Tag.SERIES_INSTANCE_UID, ""));
    assertThat(notes(prediction()))
        .containsExactly(
            "1 series have no Series Instance UID; one for each modality",
            "2 instances have no SOP Instance UID; each counts");
    write(chest(7, 1).put(Tag.STUDY_INSTANCE_UID, ""));
    write(chest(7, 2).put(Tag.STUDY_INSTANCE_UID, ""));
    List<Prediction> two = predictions();
    assertThat(two).hasSize(2);
    assertThat(notes(two.get(1)))
        .containsExactly("there is no Study Instance UID; what agrees in its series is one study");
    assertThat(code(two.get(1))).startsWith("CT_CHEST");
  }

  @ParameterizedTest
  @CsvSource({
    "2, MR, CT_CHEST, MR for CT",
    "2, OT, CT_CHEST, OT for CT",
    "4, CT, MR_CHEST, CT for MR",
  })
  void a_wrong_modality_gives_way_to_the_storage_class(
      String sopClass, String stated, String answer, String named) throws IOException {
    write(
        chest(1, 1)
            .put(Tag.SOP_CLASS_UID, STORAGE + sopClass)
            .put(Tag.STUDY_DESCRIPTION, "Thorax nativ")
            .put(Tag.MODALITY, stated));
    Prediction prediction = prediction();
    assertThat(code(prediction)).startsWith(answer);
    assertThat(notes(prediction))
        .containsExactly(
            "the stated Modality does not count where the rest of the series or the SOP class says"
                + " otherwise: "
                + named);
  }

  @Test
  void a_missing_modality_is_that_of_the_storage_class() throws IOException {
    write(chest(1, 1).put(Tag.MODALITY, ""));
    Prediction prediction = prediction();
    assertThat(code(prediction)).startsWith("CT_CHEST");
    assertThat(notes(prediction))
        .containsExactly("1 of 1 images state no Modality; their SOP class counts");
  }

  @Test
  void what_a_modality_that_is_no_code_says_is_not_repeated() throws IOException {
    write(chest(1, 1).put(Tag.MODALITY, "Doe^Jane SECRET-7"));
    assertThat(notes(prediction()).get(0)).endsWith("unnamed for CT");
    assertThat(Files.list(folder)).hasSize(1);
  }
}
