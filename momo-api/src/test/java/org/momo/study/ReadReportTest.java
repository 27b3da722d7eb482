package org.momo.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.momo.study.ReadProblem.Kind;

class ReadReportTest {
  private final ReadReport report = new ReadReport();

  @Test
  void counts_by_reason_and_names_the_most_frequent_first() {
    report.accept(ReadProblem.of(Kind.NOT_DICOM, "/cd/Doe^John/a", "This is no DICOM file."));
    report.accept(ReadProblem.of(Kind.TRUNCATED, "/cd/b", "The file ends."));
    report.accept(ReadProblem.of(Kind.TRUNCATED, "/cd/c", "The file ends."));
    assertThat(report.count()).isEqualTo(3);
    assertThat(report.count(Kind.TRUNCATED)).isEqualTo(2);
    assertThat(report.count(Kind.DUPLICATE)).isZero();
    assertThat(report.reasons())
        .containsExactly(
            new ReadReport.Reason(Kind.TRUNCATED, "The file ends.", 2),
            new ReadReport.Reason(Kind.NOT_DICOM, "This is no DICOM file.", 1));
    assertThat(report).hasToString("ReadReport[1 NOT_DICOM, 2 TRUNCATED]");
    assertThat(report.reasons()).noneMatch(reason -> reason.toString().contains("Doe"));
  }

  @Test
  void of_endless_reasons_the_count_is_kept_and_not_each() {
    for (int i = 0; i < 10_000; i++) {
      report.accept(ReadProblem.of(Kind.MALFORMED, "f", "A length of " + i + " bytes is wrong."));
    }
    assertThat(report.count(Kind.MALFORMED)).isEqualTo(10_000);
    assertThat(report.reasons()).hasSizeLessThan(300);
    assertThat(report.reasons().get(0).count()).isEqualTo(10_000 - 200);
  }
}
