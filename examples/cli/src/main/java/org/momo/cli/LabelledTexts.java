package org.momo.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.momo.decision.Catalogue;
import org.momo.metadata.learned.LabelledText;

/** Reads the labelled texts of a TSV, and says how many of its rows carry no label. */
final class LabelledTexts {
  /** Names that lists use beside those of DICOM. */
  private static final Map<String, String> ALSO_CALLED = Map.of("XR", "DX", "DXA", "BMD");

  private static final int LONGEST_TEXT = 4096;
  private static final int MOST_ROWS = 5_000_000;

  /**
   * A row.
   *
   * @param text what is learned of it
   * @param modality its DICOM modality
   * @param region its label as it is written
   * @param independence what the file says of the label's independence; empty where nothing
   */
  record Row(LabelledText text, String modality, String region, String independence) {}

  private final List<Row> rows = new ArrayList<>();
  private int unlabelled;

  private LabelledTexts() {}

  static LabelledTexts read(Path file, Catalogue catalogue) throws IOException {
    LabelledTexts texts = new LabelledTexts();
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator('\t')
            .quoteCharacter('\u0001')
            .allowMissingFields(true)
            .ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : reader) {
        texts.add(row, file, catalogue);
      }
    } catch (CsvParseException e) {
      throw new CommandException(file + " is no TSV: " + e.getMessage());
    } catch (MalformedInputException e) {
      throw new CommandException(file + " is no UTF-8.");
    }
    if (texts.rows.isEmpty()) {
      throw new CommandException(
          file + " has no labelled row: it needs the columns source, text, modality and region.");
    }
    return texts;
  }

  List<Row> rows() {
    return rows;
  }

  int unlabelled() {
    return unlabelled;
  }

  private void add(NamedCsvRecord row, Path file, Catalogue catalogue) {
    String region = withoutUnlabelled(needed(row, "region", file));
    String named = needed(row, "modality", file).split("\\|", 2)[0].strip();
    String text = needed(row, "text", file);
    String modality = ALSO_CALLED.getOrDefault(named, named);
    Optional<String> group = catalogue.modalityGroup(modality);
    if (region.isEmpty() || group.isEmpty() || text.length() > LONGEST_TEXT) {
      unlabelled++;
      return;
    }
    if (rows.size() == MOST_ROWS) {
      throw new CommandException(file + " has more than " + MOST_ROWS + " labelled rows.");
    }
    try {
      rows.add(
          new Row(
              new LabelledText(
                  needed(row, "source", file),
                  optional(row, "language"),
                  text,
                  group.get(),
                  LabelledText.accepted(region)),
              modality,
              region,
              optional(row, "independence")));
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          file + ", line " + row.getStartingLineNumber() + ": " + e.getMessage() + ".");
    }
  }

  /** The alternatives that say something: {@code ABDOMEN|*} is as good as {@code ABDOMEN}. */
  private static String withoutUnlabelled(String notation) {
    return Arrays.stream(notation.strip().split("\\|"))
        .filter(alternative -> !alternative.equals("*"))
        .collect(Collectors.joining("|"));
  }

  private static String needed(NamedCsvRecord row, String name, Path file) {
    if (!row.getHeader().contains(name)) {
      throw new CommandException(
          file + " has no column " + name + "; it has " + row.getHeader() + ".");
    }
    return row.findField(name).orElse("");
  }

  private static String optional(NamedCsvRecord row, String name) {
    return row.getHeader().contains(name) ? row.findField(name).orElse("") : "";
  }
}
