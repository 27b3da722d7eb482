package org.momo.outsidecd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.dicom.DicomSources;
import org.momo.study.ReadProblem;
import org.momo.study.Study;

class OutsideCdTest {

  @Test
  void everyStudyIsFoundAndWhatIsNoneIsReported(@TempDir Path folder) throws Exception {
    int written = OutsideCd.write(folder);
    List<ReadProblem> problems = new ArrayList<>();
    List<Study> found;
    try (Stream<Study> studies = DicomSources.of(folder).studies(problems::add)) {
      found = studies.toList();
    }
    assertThat(found).hasSize(written);
    assertThat(problems)
        .extracting(ReadProblem::kind)
        .contains(
            ReadProblem.Kind.NOT_DICOM, ReadProblem.Kind.TRUNCATED, ReadProblem.Kind.DUPLICATE);
    assertThat(problems).noneMatch(problem -> problem.toString().contains("Beispiel"));
  }
}
