package org.momo.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.momo.PredictionJson;
import org.momo.decision.Decision;
import org.momo.decision.Prediction;

/** Prints predictions as they come, in one of the formats. */
interface PredictionPrinter {

  void print(Prediction prediction);

  /** Prints what can only be printed when all predictions are known. */
  void end();

  static PredictionPrinter of(ClassifyCommand.Format format, PrintWriter out) {
    return switch (format) {
      case TABLE -> new Table(out, new ArrayList<>());
      case JSON -> new Json(out);
      case JSONL -> new JsonLines(out);
    };
  }

  /** Columns for a person. */
  record Table(PrintWriter out, List<List<String>> rows) implements PredictionPrinter {
    @Override
    public void print(Prediction prediction) {
      String source = prediction.source() == null ? "" : prediction.source();
      if (prediction.decision() instanceof Decision.Decided decided) {
        rows.add(
            List.of(
                decided.studyClass().code(),
                String.format(Locale.ROOT, "%.2f", decided.confidence()),
                decided.decidedBy(),
                decided.studyClass().name(),
                prediction.studyUid(),
                source));
      } else if (prediction.decision() instanceof Decision.Undecided undecided) {
        String best =
            undecided.candidates().stream()
                .limit(3)
                .map(candidate -> candidate.studyClass().code())
                .collect(Collectors.joining(" or "));
        rows.add(
            List.of(
                "-",
                "",
                undecided.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                best.isEmpty() ? "" : "perhaps " + best,
                prediction.studyUid(),
                source));
      }
    }

    @Override
    public void end() {
      if (!rows.isEmpty()) {
        TextTable.print(out, List.of("class", "sure", "by", "name", "study", "source"), rows);
      }
    }
  }

  /** One array of all. */
  final class Json implements PredictionPrinter {
    private final PrintWriter out;
    private boolean first = true;

    Json(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void print(Prediction prediction) {
      out.print(first ? "[\n" : ",\n");
      out.print(PredictionJson.line(prediction));
      first = false;
    }

    @Override
    public void end() {
      out.println(first ? "[]" : "\n]");
    }
  }

  /** One object a line. */
  record JsonLines(PrintWriter out) implements PredictionPrinter {
    @Override
    public void print(Prediction prediction) {
      out.println(PredictionJson.line(prediction));
    }

    @Override
    public void end() {
      out.flush();
    }
  }
}
