package org.momo.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.study.Tag;

class NotAPatientTest {

  private static boolean isNobody(Object... tagsAndValues) {
    return NotAPatient.reason(Studies.with(tagsAndValues).series("CT").study()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACR^PHANTOM",
        "Zzz_Test^Three",
        "ZZZTRAINING^JOHN",
        "TEST",
        "Test 2^^^",
        "Muster^Teszt",
        "QA^Weekly",
        "Plexiglas^Block",
        "Fantom"
      })
  @DisplayName("What technicians call things that lie in the machine is no patient")
  void things(String name) {
    assertThat(isNobody(Tag.PATIENT_NAME, name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Testa^Maria",
        "Fantoni^Luigi",
        "LCTSC-Test-S1-101",
        "Attestor^Qadir",
        "Phan^Tom",
        "Qcole^A",
        "Anonymized^Patient"
      })
  @DisplayName("Names of people that begin like one are names of people")
  void people(String name) {
    assertThat(isNobody(Tag.PATIENT_NAME, name, Tag.PATIENT_ID, "1234567")).isFalse();
  }

  @Test
  @DisplayName("Identifiers tell too, as a whole or by the material")
  void identifiers() {
    assertThat(isNobody(Tag.PATIENT_ID, "TEST20240101")).isTrue();
    assertThat(isNobody(Tag.PATIENT_ID, "QC-12")).isTrue();
    assertThat(isNobody(Tag.PATIENT_ID, "PLASTIC")).isTrue();
    assertThat(isNobody(Tag.PATIENT_ID, "CONTEST-7")).isFalse();
  }

  @Test
  @DisplayName("A test in place of a name that was taken away says nothing; a phantom does")
  void deidentified() {
    assertThat(isNobody(Tag.PATIENT_NAME, "Test", Tag.PATIENT_IDENTITY_REMOVED, "YES")).isFalse();
    assertThat(isNobody(Tag.PATIENT_NAME, "Phantom", Tag.PATIENT_IDENTITY_REMOVED, "YES")).isTrue();
  }

  @Test
  @DisplayName("Images that are marked as made for quality control or calibration are nobody's")
  void marked() {
    assertThat(isNobody(Tag.QUALITY_CONTROL_IMAGE, "YES")).isTrue();
    assertThat(isNobody(Tag.CALIBRATION_IMAGE, "YES")).isTrue();
    assertThat(isNobody(Tag.QUALITY_CONTROL_IMAGE, "NO", Tag.CALIBRATION_IMAGE, "NO")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jaszczak SPECT",
        "Daily check",
        "ACR phantom T1",
        "Kwaliteitscontrole",
        "Tube warm-up",
        "Intrinsic flood Co57",
        "NEMA IQ",
        "Contrôle qualité"
      })
  @DisplayName("Descriptions of quality checks are recognised in the languages of technicians")
  void descriptions(String text) {
    assertThat(isNobody(Tag.STUDY_DESCRIPTION, text.replace("warm-up", "warm up"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"t1_vibe_dixon_water", "CT Thorax Qualitativ", "MAMMO ACR B", "testicular US"})
  @DisplayName("Water, grades and organs are everyday words of examinations")
  void everyday(String text) {
    assertThat(isNobody(Tag.STUDY_DESCRIPTION, text, Tag.SERIES_DESCRIPTION, text)).isFalse();
  }

  @Test
  @DisplayName(
      "A test of which no person is told is nobody's; one of a man or a woman is somebody's")
  void testsOfNobody() {
    assertThat(isNobody(Tag.STUDY_DESCRIPTION, "TestSUV-2", Tag.PATIENT_SEX, "O")).isTrue();
    assertThat(isNobody(Tag.STUDY_DESCRIPTION, "test 3 head")).isTrue();
    assertThat(isNobody(Tag.STUDY_DESCRIPTION, "NM cardiac stress test")).isFalse();
    assertThat(isNobody(Tag.STUDY_DESCRIPTION, "Test CT 2", Tag.PATIENT_SEX, "M")).isFalse();
    assertThat(isNobody(Tag.STUDY_DESCRIPTION, "Test scan", Tag.PATIENT_AGE, "061Y")).isFalse();
    assertThat(isNobody(Tag.STUDY_DESCRIPTION, "Test scan", Tag.PATIENT_IDENTITY_REMOVED, "YES"))
        .isFalse();
    assertThat(isNobody(Tag.STUDY_DESCRIPTION, "Testes US")).isFalse();
  }

  @Test
  @DisplayName("The reason repeats nothing of a name or an identifier")
  void nothingOfThePatient() {
    String reason =
        NotAPatient.reason(
                Studies.with(Tag.PATIENT_NAME, "Zzzmueller^Erika", Tag.PATIENT_ID, "QA-4711")
                    .series("CT")
                    .study())
            .orElseThrow();
    assertThat(reason.toLowerCase(Locale.ROOT)).doesNotContain("mueller", "erika", "4711", "zzz");
  }
}
