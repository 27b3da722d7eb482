package org.momo.evaluation;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.momo.catalogue.internal.Workbooks;
import org.momo.spi.ConfigurationException;

/** A table of texts with named columns. What it may hold is bounded. */
final class LabelTable {
  private static final long MOST_BYTES = 1L << 29;
  private static final int MOST_ROWS = 2_000_000;
  private static final int LONGEST_CELL = 10_000;

  private final Path file;
  private final List<String> columns = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();

  /** A row, with its number as a person counts. */
  record Line(int number, List<String> cells) {
    String cell(int column) {
      return column < 0 || column >= cells.size() ? "" : cells.get(column);
    }
  }

  private LabelTable(Path file) {
    this.file = file;
  }

  static LabelTable read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is larger than " + MOST_BYTES + " bytes: split it");
    }
    LabelTable table = new LabelTable(file);
    try {
      if (file.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx")) {
        table.readWorkbook();
      } else {
        table.readText();
      }
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8: save it as UTF-8", e);
    } catch (ConfigurationException e) {
      throw new IOException(e.getMessage(), e);
    } catch (CsvParseException | ExcelReaderException e) {
      throw new IOException(file + " cannot be read as a table: " + e.getMessage(), e);
    }
    if (table.columns.isEmpty()) {
      throw new IOException(file + " is empty: its first row must name the columns");
    }
    return table;
  }

  private void readText() throws IOException {
    String head;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      head = in.readLine();
    }
    if (head == null) {
      return;
    }
    if (head.indexOf('\t') >= 0) {
      // Tables with tabs are written without quoting, so a quote is a quote.
      try (Stream<String> text = Files.lines(file)) {
        Iterator<String> rows = text.iterator();
        for (int number = 1; rows.hasNext(); number++) {
          add(number, List.of(rows.next().split("\t", -1)));
        }
      }
      return;
    }
    char separator = head.indexOf(';') >= 0 && head.indexOf(',') < 0 ? ';' : ',';
    try (CsvReader<CsvRecord> rows =
        CsvReader.builder()
            .fieldSeparator(separator)
            .ofCsvRecord(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
      for (CsvRecord row : rows) {
        add((int) row.getStartingLineNumber(), row.getFields());
      }
    }
  }

  private void readWorkbook() throws IOException {
    try (ReadableWorkbook workbook = Workbooks.open(file.toString(), Files.readAllBytes(file));
        Stream<Row> rows = workbook.getFirstSheet().openStream()) {
      Iterator<Row> iterator = rows.iterator();
      while (iterator.hasNext()) {
        Row row = iterator.next();
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < Math.min(row.getCellCount(), 1000); i++) {
          cells.add(row.getOptionalCell(i).map(cell -> cell.getText()).orElse(""));
        }
        add(row.getRowNum(), cells);
      }
    }
  }

  private void add(int number, List<String> cells) throws IOException {
    List<String> stripped = new ArrayList<>(cells.size());
    for (String cell : cells) {
      if (cell.length() > LONGEST_CELL) {
        throw new IOException(
            file + ", row " + number + ": a cell has more than " + LONGEST_CELL + " characters");
      }
      stripped.add(cell.strip());
    }
    if (columns.isEmpty()) {
      for (String cell : stripped) {
        columns.add(cell.replace("\uFEFF", "").toLowerCase(Locale.ROOT));
      }
    } else if (lines.size() == MOST_ROWS) {
      throw new IOException(file + " has more than " + MOST_ROWS + " rows: split it");
    } else {
      lines.add(new Line(number, stripped));
    }
  }

  /** The index of the first of these columns that is there, or -1. */
  int column(String... names) {
    for (String name : names) {
      int index = columns.indexOf(name);
      if (index >= 0) {
        return index;
      }
    }
    return -1;
  }

  List<String> columns() {
    return columns;
  }

  List<Line> lines() {
    return lines;
  }
}
