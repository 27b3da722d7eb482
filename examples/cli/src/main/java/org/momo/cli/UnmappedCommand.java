package org.momo.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.momo.catalogue.Catalogues;
import org.momo.decision.Catalogue;
import org.momo.metadata.words.Reading;
import org.momo.metadata.words.WordsMatcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo unmapped}: the descriptions that no class is found for, most frequent first. */
@Command(
    name = "unmapped",
    description = {
      "Lists the descriptions of a file that the table does not understand, most frequent first.",
      "FILE is CSV or TSV with a header: study_description (or description, or text), and, where",
      "they are there, modality and frequency (or count)."
    },
    mixinStandardHelpOptions = true)
final class UnmappedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The descriptions.")
  private Path file;

  @Option(
      names = "--catalogue",
      paramLabel = "NAME|FILE",
      defaultValue = "default",
      description = "default, essen-76, a CSV or XLSX table, or a folder of tables.")
  private String catalogue;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many lines; default ${DEFAULT-VALUE}.")
  private int most;

  private record Description(String modality, String text, long frequency, String unknown) {}

  @Override
  public Integer call() throws IOException {
    Catalogue table = Catalogues.load(catalogue, Path.of("").toAbsolutePath());
    WordsMatcher matcher = WordsMatcher.of(table);
    List<Description> unmapped = new ArrayList<>();
    Map<String, Long> words = new TreeMap<>();
    long[] rows = new long[2];
    long[] weights = new long[2];
    try (CsvReader<NamedCsvRecord> reader = open()) {
      for (NamedCsvRecord row : reader) {
        String text = field(row, "study_description", "description", "text");
        String modality = field(row, "modality");
        long frequency = frequency(row);
        Reading reading = matcher.read(text, group(table, modality));
        int understood = reading.best().isPresent() || !reading.regions().isEmpty() ? 0 : 1;
        rows[understood]++;
        weights[understood] += frequency;
        if (understood == 1) {
          unmapped.add(
              new Description(
                  modality, text, frequency, String.join(" ", reading.unknownTokens())));
          reading.unknownTokens().forEach(word -> words.merge(word, frequency, Long::sum));
        }
      }
    } catch (CsvParseException e) {
      throw new CommandException(file + " is no CSV or TSV: " + e.getMessage());
    }
    print(unmapped);
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        String.format(
            Locale.ROOT,
            "understood: %.1f %% of %d descriptions, %.1f %% by frequency",
            percent(rows),
            rows[0] + rows[1],
            percent(weights)));
    err.println("words most often unknown there: " + frequent(words));
    return unmapped.isEmpty() ? Momo.DECIDED : Momo.UNDECIDED;
  }

  /** The group of the first modality that the table knows, of a cell that may name several. */
  private static @Nullable String group(Catalogue table, String modalities) {
    for (String modality : modalities.split("[|,;/\\\\ ]+", -1)) {
      if (table.modalityGroup(modality).isPresent()) {
        return table.modalityGroup(modality).get();
      }
    }
    return null;
  }

  private CsvReader<NamedCsvRecord> open() throws IOException {
    String head;
    try (var lines = Files.newBufferedReader(file)) {
      head = lines.readLine();
    }
    if (head == null) {
      throw new CommandException(file + " is empty.");
    }
    char separator = head.indexOf('\t') >= 0 ? '\t' : head.indexOf(';') >= 0 ? ';' : ',';
    return CsvReader.builder()
        .fieldSeparator(separator)
        .quoteCharacter(separator == '\t' ? '\u0001' : '"')
        .allowMissingFields(true)
        .allowExtraFields(true)
        .ofNamedCsvRecord(file);
  }

  private String field(NamedCsvRecord row, String... names) {
    for (String name : names) {
      if (row.getHeader().contains(name)) {
        return row.findField(name).orElse("");
      }
    }
    if (names.length > 1) {
      throw new CommandException(
          file
              + " has no column "
              + String.join(" or ", names)
              + "; it has "
              + row.getHeader()
              + ".");
    }
    return "";
  }

  private long frequency(NamedCsvRecord row) {
    for (String name : List.of("frequency", "count")) {
      String text = row.getHeader().contains(name) ? row.findField(name).orElse("") : "";
      if (!text.isBlank()) {
        try {
          return Math.max(0, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
          throw new CommandException(
              file
                  + ", line "
                  + row.getStartingLineNumber()
                  + ": "
                  + name
                  + " must be a whole number: was \""
                  + text
                  + "\".");
        }
      }
    }
    return 1;
  }

  private void print(List<Description> unmapped) {
    unmapped.sort(
        Comparator.comparingLong((Description d) -> -d.frequency())
            .thenComparing(Description::text)
            .thenComparing(Description::modality));
    List<List<String>> rows = new ArrayList<>();
    for (Description each : unmapped.subList(0, Math.min(Math.max(0, most), unmapped.size()))) {
      rows.add(
          List.of(String.valueOf(each.frequency()), each.modality(), each.unknown(), each.text()));
    }
    TextTable.print(
        spec.commandLine().getOut(), List.of("times", "modality", "unknown", "text"), rows);
  }

  private static double percent(long[] counts) {
    return 100.0 * counts[0] / Math.max(1, counts[0] + counts[1]);
  }

  private static String frequent(Map<String, Long> words) {
    return words.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(20)
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .reduce((a, b) -> a + ", " + b)
        .orElse("none");
  }
}
