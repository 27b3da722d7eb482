package org.momo.evaluation.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.momo.evaluation.Calibration;
import org.momo.evaluation.FoldAccuracy;
import org.momo.evaluation.Interval;
import org.momo.evaluation.NetworkAccuracy;
import org.momo.evaluation.Proportion;

/**
 * Writes how well networks name single series: {@code networks.html}, and the same figures as
 * {@code networks.csv} and {@code networks.json}.
 *
 * <p>This class is thread-safe.
 */
public final class NetworkReport {
  private NetworkReport() {}

  /**
   * Writes the report.
   *
   * @param networks what was found, at least one
   * @param title the page's title
   * @param folder where to; made if it is not there, files of the same names are replaced
   * @throws IOException if the folder cannot be written
   */
  public static void write(List<NetworkAccuracy> networks, String title, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    csv(networks, folder);
    json(networks, folder.resolve("networks.json"));
    Page page = new Page(title);
    long series = networks.stream().mapToLong(n -> n.all().of()).sum();
    page.raw(
        "<p class=\"soft\">"
            + Page.count(series)
            + " answers to single series, of "
            + networks.size()
            + (networks.size() == 1 ? " network" : " networks")
            + "</p>");
    page.heading("result", "Result");
    page.raw("<p class=\"lead\">" + Page.escape(sentence(networks)) + "</p>");
    table(page, networks);
    page.heading("details", "In detail");
    for (NetworkAccuracy each : networks) {
      details(page, each);
    }
    page.heading("method", "How to read this");
    page.raw(
        """
        <p>Every series was tested once, by the network of the fold that it was not trained in.
        <b>Accuracy</b> is the mean over the folds. The first range is the published form, 1.96
        standard deviations of the folds to each side: where a single fold is to be expected. The
        second, in the details, is the 95 % interval of the mean (Student’s t). The interval of all
        series is Wilson’s; it takes series of one patient for independent, and is too narrow
        where they are not.</p>""");
    page.write(folder.resolve("networks.html"));
  }

  private static String sentence(List<NetworkAccuracy> networks) {
    NetworkAccuracy best = networks.get(0);
    NetworkAccuracy worst = networks.get(0);
    for (NetworkAccuracy each : networks) {
      best = each.folds().mean() > best.folds().mean() ? each : best;
      worst = each.folds().mean() < worst.folds().mean() ? each : worst;
    }
    return networks.size() == 1
        ? "“"
            + best.network()
            + "” names "
            + share(best.folds())
            + " of "
            + best.modality()
            + " series rightly."
        : "Of single series, from "
            + share(worst.folds())
            + " (“"
            + worst.network()
            + "” for "
            + worst.modality()
            + ") to "
            + share(best.folds())
            + " (“"
            + best.network()
            + "” for "
            + best.modality()
            + ") are named rightly.";
  }

  /**
   * The published form: mean (spread), in percent.
   *
   * @param folds the accuracy of each fold
   * @return for instance {@code 80.2 % (74.8–85.6)}; the mean alone where there is one fold
   */
  public static String share(FoldAccuracy folds) {
    return folds.folds().size() < 2
        ? Page.percent(folds.mean())
        : Page.percent(folds.mean()) + " (" + range(folds.spread()) + ")";
  }

  private static String range(Interval interval) {
    return Page.range(new Interval(Math.max(0, interval.low()), Math.min(1, interval.high())));
  }

  /** Networks down, modalities across. */
  private static void table(Page page, List<NetworkAccuracy> networks) {
    List<String> modalities = NetworkAccuracy.modalities(networks);
    List<String> headings = new ArrayList<>(List.of("Network"));
    headings.addAll(modalities);
    TreeSet<String> names = new TreeSet<>();
    networks.forEach(each -> names.add(each.network()));
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      List<String> row = new ArrayList<>(List.of(Page.escape(name)));
      for (String modality : modalities) {
        row.add(
            networks.stream()
                .filter(n -> n.network().equals(name) && n.modality().equals(modality))
                .findFirst()
                .map(
                    n ->
                        Page.percent(n.folds().mean())
                            + (n.folds().folds().size() < 2
                                ? ""
                                : "<small>" + range(n.folds().spread()) + "</small>"))
                .orElse("–"));
      }
      rows.add(row);
    }
    page.table("Accuracy of single series", headings, rows);
  }

  private static void details(Page page, NetworkAccuracy network) {
    page.subheading(network.modality() + ", " + network.network());
    FoldAccuracy folds = network.folds();
    List<String> each = folds.folds().stream().map(Page::percent).toList();
    page.paragraph(
        folds.folds().size() < 2
            ? "One fold: " + each.get(0) + " of " + Page.count(network.all().of()) + " series."
            : String.format(
                Locale.ROOT,
                "%d folds: %s. 95\u00A0%% interval of the mean %s\u00A0%%; of all %s series %s are"
                    + " named rightly (%s\u00A0%%).",
                each.size(),
                String.join(", ", each),
                range(folds.interval()),
                Page.count(network.all().of()),
                Page.percent(network.all().value()),
                Page.range(network.all().interval())));
    List<List<String>> rows = new ArrayList<>();
    network.classes().entrySet().stream()
        .sorted(
            Comparator.comparingDouble(
                (Map.Entry<String, Proportion> entry) -> entry.getValue().value()))
        .forEach(
            entry ->
                rows.add(
                    List.of(
                        Page.escape(entry.getKey()),
                        Page.count(entry.getValue().of()),
                        Page.withInterval(entry.getValue()))));
    page.raw("<div class=\"two\"><div>");
    page.table("Classes, worst first", List.of("Class", "series", "right"), rows);
    page.raw("</div><div>");
    page.figure(
        Confusions.drawing(network.confusions(), Map.of()),
        "Classes down, answers across; each cell is how many series.");
    page.raw("</div></div>");
    network.calibration().ifPresent(calibration -> calibration(page, calibration));
  }

  private static void calibration(Page page, Calibration calibration) {
    page.figure(
        Charts.reliability(calibration),
        String.format(
            Locale.ROOT,
            "Stated confidence against right answers. Calibration error (ECE, 10 bins) %.3f, Brier"
                + " score %.3f.",
            calibration.expectedError(),
            calibration.brier()));
  }

  private static void csv(List<NetworkAccuracy> networks, Path folder) throws IOException {
    try (CsvWriter csv = EvaluationTables.csv(folder, "networks.csv")) {
      csv.writeRecord(
          "modality",
          "network",
          "folds",
          "series",
          "right",
          "mean",
          "spread_low",
          "spread_high",
          "low",
          "high",
          "ece10",
          "brier");
      for (NetworkAccuracy each : networks) {
        FoldAccuracy folds = each.folds();
        csv.writeRecord(
            each.modality(),
            each.network(),
            Integer.toString(folds.folds().size()),
            Long.toString(each.all().of()),
            Long.toString(each.all().count()),
            EvaluationTables.decimal(folds.mean()),
            EvaluationTables.decimal(folds.spread().low()),
            EvaluationTables.decimal(folds.spread().high()),
            EvaluationTables.decimal(folds.interval().low()),
            EvaluationTables.decimal(folds.interval().high()),
            EvaluationTables.decimal(
                each.calibration().map(Calibration::expectedError).orElse(Double.NaN)),
            EvaluationTables.decimal(
                each.calibration().map(Calibration::brier).orElse(Double.NaN)));
      }
    }
  }

  private static void json(List<NetworkAccuracy> networks, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file);
        JsonGenerator json = EvaluationTables.json(out)) {
      json.writeStartArray();
      for (NetworkAccuracy each : networks) {
        json.writeStartObject();
        json.writeStringField("modality", each.modality());
        json.writeStringField("network", each.network());
        json.writeArrayFieldStart("folds");
        for (double fold : each.folds().folds()) {
          json.writeNumber(fold);
        }
        json.writeEndArray();
        json.writeNumberField("mean", each.folds().mean());
        json.writeNumberField("series", each.all().of());
        json.writeNumberField("right", each.all().count());
        json.writeObjectFieldStart("classes");
        for (Map.Entry<String, Proportion> entry : each.classes().entrySet()) {
          json.writeArrayFieldStart(entry.getKey());
          json.writeNumber(entry.getValue().count());
          json.writeNumber(entry.getValue().of());
          json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeRaw('\n');
    }
  }
}
