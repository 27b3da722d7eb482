package org.momo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.momo.decision.Catalogue;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

class LabelsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "CHEST, CHEST, RIGHT",
    "CHEST, ABDOMEN|CHEST, RIGHT",
    "CHEST+ABDOMEN, ABDOMEN+CHEST, RIGHT",
    "CHEST, CHEST+ABDOMEN, MINOR",
    "CHEST+ABDOMEN, CHEST, MINOR",
    "SPINE, SPINE_L, MINOR",
    "SPINE_L, SPINE, MINOR",
    "SPINE_L, SPINE_T, MAJOR",
    "WHOLEBODY, CHEST+ABDOMEN, MINOR",
    "WHOLEBODY, CHEST, MAJOR",
    "CHEST+ABDOMEN, WHOLEBODY, MINOR",
    "HEAD, LEXT, MAJOR",
    "HEAD, LEXT|HEAD+NECK, MINOR"
  })
  void judge_regions_followsTheScoringRules(String answer, String label, Verdict verdict) {
    StudyClass.Builder said = StudyClass.builder("X", "CT");
    for (String region : answer.split("\\+")) {
      said.regions(Region.valueOf(region));
    }
    Catalogue catalogue = Catalogue.builder("c").build();
    assertThat(Truth.ofRegions(label).judge(said.build(), catalogue)).isEqualTo(verdict);
    assertThat(Truth.ofRegions(label).judge(null, catalogue)).isEqualTo(Verdict.NONE);
  }

  @Test
  void judge_classes_countsAParentAsMinor() {
    Catalogue catalogue =
        Catalogue.builder("c")
            .add(StudyClass.builder("MRWS", "MR").build())
            .add(StudyClass.builder("MRB", "MR").parents(List.of("MRWS")).build())
            .build();
    StudyClass general = catalogue.find("MRWS").orElseThrow();
    StudyClass special = catalogue.find("MRB").orElseThrow();
    assertThat(Truth.ofClasses(List.of("MRB")).judge(general, catalogue)).isEqualTo(Verdict.MINOR);
    assertThat(Truth.ofClasses(List.of("MRWS")).judge(special, catalogue)).isEqualTo(Verdict.MAJOR);
    assertThat(Truth.ofClasses(List.of("MRWS", "MRB")).judge(special, catalogue))
        .isEqualTo(Verdict.RIGHT);
  }

  @Test
  void read_csv_takesSeveralAcceptedClasses() throws IOException {
    Path file = folder.resolve("labels.csv");
    Files.writeString(file, "study;class;language\n1.2.3;CTT|CTTA;de\n1.2.4;*;\n1.2.3;CTAB;de\n");
    Labels labels = Labels.read(file);
    assertThat(labels.all()).hasSize(1);
    assertThat(labels.all().iterator().next().truth().labels())
        .containsExactly("CTT", "CTTA", "CTAB");
  }

  @Test
  void read_tsv_takesRegionsAndLeavesOutWhatIsNotScored() throws IOException {
    Path file = folder.resolve("labels.tsv");
    Files.writeString(
        file,
        "study\tmodality\tregion\tscored\nS1\tCT\tHEAD|HEAD+NECK\tyes\nS2\tCT\tHEAD\tno\n"
            + "S3\tMR\t*\tyes\n");
    assertThat(Labels.read(file).all())
        .containsExactly(new Label("S1", Truth.ofRegions("HEAD|HEAD+NECK"), "CT", ""));
  }

  @Test
  void read_textsWithoutStudies_goByRowNumber() throws IOException {
    Path file = folder.resolve("names.tsv");
    Files.writeString(
        file,
        "text\tmodality\tregion\tcode\tlanguage\tkind\nno label\tCT\t*\t1\tde\ta\n"
            + "CT \"Kopf\tCT|MR\tHEAD\t2\tde\ta\nKnie\tXR\tLEXT\t3\tde\tb\n");
    Labels labels = Labels.read(file);
    assertThat(labels.all()).hasSize(2);
    Label head = labels.find(study("2.25.1.1", "studies.jsonl")).orElseThrow();
    assertThat(head.truth()).isEqualTo(Truth.ofRegions("HEAD"));
    assertThat(head.modality()).isEqualTo("CT");
    assertThat(labels.find(study("2.25.1.0", "studies.jsonl"))).isEmpty();
    assertThat(Labels.read(file, Map.of("Kind", "b")).all()).hasSize(1);
    assertThatThrownBy(() -> Labels.read(file, Map.of("colour", "b")))
        .hasMessageContaining("has no column colour: has [text, modality");
  }

  @Test
  void read_xlsx_takesTheSameColumns() throws IOException {
    Path file = folder.resolve("labels.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("labels");
      sheet.value(0, 0, "Study");
      sheet.value(0, 1, "Class");
      sheet.value(1, 0, "1.2.3");
      sheet.value(1, 1, "CTT");
    }
    assertThat(Labels.read(file).all())
        .containsExactly(new Label("1.2.3", Truth.ofClasses(List.of("CTT")), "", ""));
  }

  @Test
  void read_faults_nameFileAndRow() throws IOException {
    Path file = folder.resolve("bad.csv");
    Files.writeString(file, "study,region\nS1,HEAD\nS2,KNEE\n");
    assertThatThrownBy(() -> Labels.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.csv, row 3: \"KNEE\" is no region: use one of [HEAD,");
    Files.writeString(file, "name,where\n");
    assertThatThrownBy(() -> Labels.read(file)).hasMessageContaining("needs a column study");
    Files.writeString(file, "");
    assertThatThrownBy(() -> Labels.read(file)).hasMessageContaining("is empty");
    Path broken = folder.resolve("bad.xlsx");
    Files.writeString(broken, "no workbook");
    assertThatThrownBy(() -> Labels.read(broken)).isInstanceOf(IOException.class);
  }

  @Test
  void find_goesByUid_thenByTheInnermostPlace() {
    Label byUid = new Label("1.2.3", Truth.ofClasses(List.of("A")), "", "");
    Label byFolder = new Label("S035", Truth.ofClasses(List.of("B")), "", "");
    Labels labels = Labels.of(List.of(byUid, byFolder));
    assertThat(labels.find(study("1.2.3", "/data/S035/x.dcm"))).contains(byUid);
    assertThat(labels.find(study("1.2.9", "/data/S035/series 1/x.dcm"))).contains(byFolder);
    assertThat(labels.find(study("1.2.9", "/data/S035.zip"))).contains(byFolder);
    assertThat(labels.find(study("1.2.9", "/data/S036/x.dcm"))).isEmpty();
  }

  private static Study study(String uid, String place) {
    return Study.group(
            List.of(
                Instance.of(
                        tag ->
                            tag == Tag.STUDY_INSTANCE_UID
                                ? List.of(uid)
                                : tag == Tag.SOP_INSTANCE_UID ? List.of(uid + ".1") : List.of())
                    .from(place)))
        .get(0);
  }
}
