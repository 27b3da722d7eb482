package org.momo.evaluation.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.momo.evaluation.Calibration;
import org.momo.evaluation.EvaluationResult;
import org.momo.evaluation.EvaluationResult.Comparison;
import org.momo.evaluation.EvaluationResult.Confusion;
import org.momo.evaluation.EvaluationResult.SubjectResult;
import org.momo.evaluation.Interval;
import org.momo.evaluation.Proportion;
import org.momo.evaluation.RiskCoverage;
import org.momo.evaluation.Tally;

/** The figures of a report as CSV and JSON. */
final class EvaluationTables {
  private static final DefaultPrettyPrinter PRETTY =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private EvaluationTables() {}

  static void write(EvaluationResult result, Path folder) throws IOException {
    try (CsvWriter csv = csv(folder, "groups.csv")) {
      csv.writeRecord(
          "configuration",
          "kind",
          "group",
          "studies",
          "answered",
          "right",
          "minor",
          "major",
          "undecided",
          "right_of_answers",
          "low",
          "high",
          "right_of_all",
          "low",
          "high");
      for (SubjectResult subject : result.subjects()) {
        group(csv, subject, "all", "all", subject.all());
        group(csv, subject, "network", "with network", subject.withNetwork());
        for (Map.Entry<String, Map<String, Tally>> kind : subject.groups().entrySet()) {
          for (Map.Entry<String, Tally> group : kind.getValue().entrySet()) {
            group(csv, subject, kind.getKey(), group.getKey(), group.getValue());
          }
        }
      }
    }
    try (CsvWriter csv = csv(folder, "comparisons.csv")) {
      csv.writeRecord(
          "first",
          "second",
          "outcome",
          "only_first",
          "only_second",
          "studies",
          "difference",
          "low",
          "high",
          "p",
          "p_adjusted");
      for (Comparison c : result.comparisons()) {
        csv.writeRecord(
            c.first(),
            c.second(),
            "right",
            Long.toString(c.right().onlyFirst()),
            Long.toString(c.right().onlySecond()),
            Long.toString(c.right().studies()),
            decimal(c.right().difference()),
            decimal(c.right().interval().low()),
            decimal(c.right().interval().high()),
            decimal(c.right().pValue()),
            decimal(c.adjusted()));
        csv.writeRecord(
            c.first(),
            c.second(),
            "major",
            Long.toString(c.major().onlyFirst()),
            Long.toString(c.major().onlySecond()),
            Long.toString(c.major().studies()),
            decimal(c.major().difference()),
            decimal(c.major().interval().low()),
            decimal(c.major().interval().high()),
            decimal(c.major().pValue()),
            "");
      }
    }
    try (CsvWriter csv = csv(folder, "confusion.csv")) {
      csv.writeRecord("configuration", "label", "answer", "verdict", "studies");
      for (SubjectResult subject : result.subjects()) {
        for (Confusion c : subject.confusions()) {
          csv.writeRecord(
              subject.name(),
              c.label(),
              c.answer(),
              c.verdict().name().toLowerCase(Locale.ROOT),
              Long.toString(c.count()));
        }
      }
    }
    try (CsvWriter csv = csv(folder, "calibration.csv")) {
      csv.writeRecord("configuration", "bins", "from", "to", "answers", "right", "confidence");
      for (SubjectResult subject : result.subjects()) {
        bins(csv, subject.name(), subject.calibration());
        bins(csv, subject.name(), subject.fineCalibration());
      }
    }
    try (CsvWriter csv = csv(folder, "risk_coverage.csv")) {
      csv.writeRecord("configuration", "threshold", "answered", "studies", "wrong");
      for (SubjectResult subject : result.subjects()) {
        for (RiskCoverage.Point point : subject.riskCoverage().points()) {
          csv.writeRecord(
              subject.name(),
              decimal(point.threshold()),
              Long.toString(point.answered().count()),
              Long.toString(point.answered().of()),
              Long.toString(point.wrong().count()));
        }
      }
    }
    try (CsvWriter csv = csv(folder, "errors.csv")) {
      csv.writeRecord(
          "configuration", "study", "key", "label", "answer", "verdict", "confidence", "layer");
      result.errors(
          error ->
              csv.writeRecord(
                  error.subject(),
                  error.study(),
                  error.key(),
                  error.truth(),
                  error.answer(),
                  error.verdict().name().toLowerCase(Locale.ROOT),
                  decimal(error.confidence()),
                  error.layer()));
    }
    try (CsvWriter csv = csv(folder, "times.csv")) {
      csv.writeRecord("configuration", "mean_s", "median_s", "percentile_95_s", "longest_s");
      for (SubjectResult subject : result.subjects()) {
        csv.writeRecord(
            subject.name(),
            decimal(subject.times().mean()),
            decimal(subject.times().median()),
            decimal(subject.times().percentile95()),
            decimal(subject.times().longest()));
      }
    }
    json(result, folder.resolve("report.json"));
  }

  static CsvWriter csv(Path folder, String name) throws IOException {
    return CsvWriter.builder().build(folder.resolve(name));
  }

  static String decimal(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
  }

  private static void group(
      CsvWriter csv, SubjectResult subject, String kind, String group, Tally tally) {
    Interval decided = tally.accuracyOfDecided().interval();
    Interval all = tally.accuracyOfAll().interval();
    csv.writeRecord(
        subject.name(),
        kind,
        group,
        Long.toString(tally.studies()),
        Long.toString(tally.decided()),
        Long.toString(tally.right()),
        Long.toString(tally.minor()),
        Long.toString(tally.major()),
        Long.toString(tally.none()),
        decimal(tally.accuracyOfDecided().value()),
        decimal(decided.low()),
        decimal(decided.high()),
        decimal(tally.accuracyOfAll().value()),
        decimal(all.low()),
        decimal(all.high()));
  }

  private static void bins(CsvWriter csv, String name, Calibration calibration) {
    for (Calibration.Bin bin : calibration.bins()) {
      csv.writeRecord(
          name,
          Integer.toString(calibration.bins().size()),
          decimal(bin.low()),
          decimal(bin.high()),
          Long.toString(bin.right().of()),
          Long.toString(bin.right().count()),
          decimal(bin.meanConfidence()));
    }
  }

  private static void json(EvaluationResult result, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file);
        JsonGenerator json = json(out)) {
      json.writeStartObject();
      json.writeNumberField("cases", result.cases());
      json.writeNumberField("studies", result.studies());
      json.writeNumberField("unlabelled", result.unlabelled());
      json.writeArrayFieldStart("labelsWithoutStudy");
      for (String key : result.missing()) {
        json.writeString(key);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("configurations");
      for (SubjectResult subject : result.subjects()) {
        json.writeStartObject();
        json.writeStringField("name", subject.name());
        tally(json, "all", subject.all());
        tally(json, "withNetwork", subject.withNetwork());
        json.writeObjectFieldStart("groups");
        for (Map.Entry<String, Map<String, Tally>> kind : subject.groups().entrySet()) {
          json.writeObjectFieldStart(kind.getKey());
          for (Map.Entry<String, Tally> group : kind.getValue().entrySet()) {
            tally(json, group.getKey(), group.getValue());
          }
          json.writeEndObject();
        }
        json.writeEndObject();
        number(json, "ece10", subject.calibration().expectedError());
        number(json, "ece15", subject.fineCalibration().expectedError());
        number(json, "largestGap", subject.calibration().largestGap());
        number(json, "brier", subject.calibration().brier());
        number(json, "aurc", subject.riskCoverage().area());
        threshold(json, subject.riskCoverage());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("comparisons");
      for (Comparison c : result.comparisons()) {
        json.writeStartObject();
        json.writeStringField("first", c.first());
        json.writeStringField("second", c.second());
        json.writeNumberField("onlyFirstRight", c.right().onlyFirst());
        json.writeNumberField("onlySecondRight", c.right().onlySecond());
        number(json, "difference", c.right().difference());
        number(json, "low", c.right().interval().low());
        number(json, "high", c.right().interval().high());
        number(json, "p", c.right().pValue());
        number(json, "pAdjusted", c.adjusted());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /** A generator of indented JSON whose numbers have the same digits on every machine. */
  static JsonGenerator json(Writer out) throws IOException {
    return JsonFactory.builder()
        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
        .build()
        .createGenerator(out)
        .setPrettyPrinter(PRETTY.createInstance());
  }

  static void tally(JsonGenerator json, String name, Tally tally) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("studies", tally.studies());
    json.writeNumberField("answered", tally.decided());
    json.writeNumberField("right", tally.right());
    json.writeNumberField("minor", tally.minor());
    json.writeNumberField("major", tally.major());
    json.writeNumberField("undecided", tally.none());
    share(json, "rightOfAnswers", tally.accuracyOfDecided());
    share(json, "rightOfAll", tally.accuracyOfAll());
    json.writeEndObject();
  }

  private static void threshold(JsonGenerator json, RiskCoverage curve) throws IOException {
    json.writeArrayFieldStart("thresholds");
    for (double aim : EvaluationReport.AIMS) {
      json.writeStartObject();
      json.writeNumberField("rightOfAnswers", aim);
      point(json, "observed", curve.thresholdFor(aim));
      point(json, "assured", curve.assuredThresholdFor(aim));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void point(JsonGenerator json, String name, Optional<RiskCoverage.Point> found)
      throws IOException {
    if (found.isEmpty()) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeNumberField("threshold", found.get().threshold());
    json.writeNumberField("answered", found.get().answered().count());
    json.writeNumberField("wrong", found.get().wrong().count());
    json.writeEndObject();
  }

  private static void share(JsonGenerator json, String name, Proportion share) throws IOException {
    number(json, name, share.value());
    number(json, name + "Low", share.interval().low());
    number(json, name + "High", share.interval().high());
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }
}
