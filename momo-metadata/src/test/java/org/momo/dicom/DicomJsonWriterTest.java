package org.momo.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.study.Code;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

class DicomJsonWriterTest {
  @TempDir Path folder;

  private static Header header(Map<Integer, String[]> values, Map<Integer, List<Header>> items) {
    return Header.of(values::get, tag -> items.getOrDefault(tag, List.of()));
  }

  private List<Study> archived(Study... studies) throws IOException {
    StringWriter text = new StringWriter();
    for (Study study : studies) {
      DicomJsonWriter.write(study, text);
    }
    Path file = Files.writeString(folder.resolve("headers.jsonl"), text.toString());
    try (Stream<Study> read = DicomSources.of(file).studies()) {
      return read.toList();
    }
  }

  @Test
  void whatIsWritten_isReadAgain() throws IOException {
    Header code =
        header(
            Map.of(
                Tag.CODE_VALUE, new String[] {"CT1"},
                Tag.CODING_SCHEME_DESIGNATOR, new String[] {"99"},
                Tag.CODE_MEANING, new String[] {"Schädel „nativ“"}),
            Map.of());
    Study study =
        Study.group(
                List.of(
                    Instance.of(
                        header(
                            Map.of(
                                Tag.STUDY_INSTANCE_UID, new String[] {"1.2.3"},
                                Tag.SERIES_INSTANCE_UID, new String[] {"1.2.3.1"},
                                Tag.SOP_INSTANCE_UID, new String[] {"1.2.3.1.1"},
                                Tag.MODALITY, new String[] {"CT"},
                                Tag.IMAGE_TYPE, new String[] {"ORIGINAL", "", "AXIAL"},
                                Tag.ROWS, new String[] {"512"},
                                Tag.ECHO_TIME, new String[] {"not a number"},
                                Tag.STUDY_DESCRIPTION, new String[] {"头部\nCT"}),
                            Map.of(Tag.PROCEDURE_CODE_SEQUENCE, List.of(code, code))))))
            .get(0);
    Study read = archived(study).get(0);
    Header there = read.header();
    assertThat(read.uid()).isEqualTo("1.2.3");
    assertThat(read.series().get(0).uid()).isEqualTo("1.2.3.1");
    assertThat(there.strings(Tag.IMAGE_TYPE)).containsExactly("ORIGINAL", "", "AXIAL");
    assertThat(there.number(Tag.ROWS)).hasValue(512.0);
    assertThat(there.strings(Tag.ECHO_TIME)).containsExactly("not a number");
    assertThat(there.string(Tag.STUDY_DESCRIPTION)).hasValue("头部\nCT");
    assertThat(there.codes(Tag.PROCEDURE_CODE_SEQUENCE))
        .containsExactly(
            new Code("99", "CT1", "Schädel „nativ“"), new Code("99", "CT1", "Schädel „nativ“"));
  }

  @Test
  void studiesWithoutUid_keepTheirStandIn() throws IOException {
    Study study =
        Study.group(
                List.of(
                    Instance.of(
                        header(
                            Map.of(
                                Tag.MODALITY, new String[] {"MR"},
                                Tag.STUDY_DATE, new String[] {"20260101"}),
                            Map.of()))))
            .get(0);
    Study read = archived(study).get(0);
    assertThat(read.uid()).isEqualTo(study.uid()).startsWith("missing:");
    assertThat(read.series().get(0).uid()).isEqualTo(study.series().get(0).uid());
    assertThat(archived(read).get(0).uid()).isEqualTo(study.uid());
  }

  @Test
  void nothingThatSaysWhoThePatientIs_isKept() throws IOException {
    int[] identifying = {
      Tag.PATIENT_ID,
      Tag.PATIENT_AGE,
      Tag.PATIENT_SEX,
      Tag.STUDY_DATE,
      Tag.STUDY_ID,
      Tag.ACCESSION_NUMBER,
      Tag.IMAGE_COMMENTS,
      Tag.STUDY_COMMENTS,
      Tag.COMMENTS_ON_THE_PERFORMED_PROCEDURE_STEP,
      Tag.PREGNANCY_STATUS,
      Tag.DEVICE_SERIAL_NUMBER,
      Tag.PATIENT_NAME,
      0x00100030
    };
    Header told =
        Header.of(
            tag ->
                tag == Tag.STUDY_INSTANCE_UID
                    ? new String[] {"1.2.3"}
                    : IntStream.of(identifying).anyMatch(each -> each == tag)
                        ? new String[] {"Mustermann"}
                        : null);
    StringWriter text = new StringWriter();
    DicomJsonWriter.write(Study.group(List.of(Instance.of(told))).get(0), text);
    assertThat(text.toString()).contains("1.2.3").doesNotContain("Mustermann");
    for (int tag : identifying) {
      assertThat(TagSelection.archive().contains(tag)).isFalse();
    }
  }

  @Test
  void oneStudyIsOneLine_whateverItsTexts() throws IOException {
    Study first = study("1", "a\r\nb");
    Study second = study("2", "\u2028\"\\");
    StringWriter text = new StringWriter();
    DicomJsonWriter.write(first, text);
    DicomJsonWriter.write(second, text);
    assertThat(text.toString().chars().filter(c -> c == '\n').count()).isEqualTo(2);
    assertThat(archived(first, second).stream().map(Study::uid)).containsExactly("1", "2");
  }

  private static Study study(String uid, String description) {
    return Study.group(
            List.of(
                Instance.of(
                    header(
                        Map.of(
                            Tag.STUDY_INSTANCE_UID, new String[] {uid},
                            Tag.STUDY_DESCRIPTION, new String[] {description}),
                        Map.of()))))
        .get(0);
  }
}
