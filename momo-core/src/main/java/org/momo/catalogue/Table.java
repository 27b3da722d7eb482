package org.momo.catalogue;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.momo.catalogue.internal.Workbooks;
import org.momo.spi.ConfigurationException;

/** Rows of named cells, with the number of the row for messages. Hostile input is bounded. */
final class Table {
  static final int MOST_BYTES = 32 << 20;
  static final int MOST_ROWS = 100_000;
  static final int MOST_COLUMNS = 256;
  static final int LONGEST_CELL = 1 << 18;

  private final String where;
  private final List<String> columns;
  private final List<Line> lines;

  private Table(String where, List<String> columns, List<Line> lines) {
    this.where = where;
    this.columns = columns;
    this.lines = lines;
  }

  /** One row: its number as a person counts them, and its cells by column. */
  final class Line {
    private final long number;
    private final Map<String, String> cells;

    private Line(long number, Map<String, String> cells) {
      this.number = number;
      this.cells = cells;
    }

    /** The cell, without blanks around it; empty where the table has no such column. */
    String cell(String column) {
      return cells.getOrDefault(column, "");
    }

    String required(String column) {
      String value = cell(column);
      if (value.isEmpty()) {
        throw wrong(column, "the cell must not be empty");
      }
      return value;
    }

    /** The parts of a cell between semicolons; {@code \;} is a semicolon within a part. */
    List<String> parts(String column) {
      return Cells.split(cell(column));
    }

    ConfigurationException wrong(String column, String what) {
      return new ConfigurationException(
          where + ", row " + number + ", column " + column + ": " + what);
    }
  }

  String where() {
    return where;
  }

  List<String> columns() {
    return columns;
  }

  List<Line> lines() {
    return lines;
  }

  /** Requires columns, and refuses those that are not known. */
  void check(Set<String> required, Predicate<String> known, String knownInWords) {
    Set<String> missing = new TreeSet<>(required);
    missing.removeAll(columns);
    if (!missing.isEmpty()) {
      throw new ConfigurationException(
          where + ", row 1: the column " + String.join(", ", missing) + " is missing");
    }
    for (String column : columns) {
      if (!column.isEmpty() && !known.test(column)) {
        throw new ConfigurationException(
            where + ", row 1: there is no column " + column + "; there are " + knownInWords);
      }
    }
  }

  static Table csv(String where, InputStream in) throws IOException {
    byte[] bytes = bounded(where, in);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          where + " is not UTF-8: save the table as CSV in the encoding UTF-8", e);
    }
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    Rows rows = new Rows(where);
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .skipEmptyLines(true)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .maxBufferSize(LONGEST_CELL * 4)
            .ofCsvRecord(text)) {
      for (CsvRecord csv : reader) {
        rows.add(csv.getStartingLineNumber(), csv.getFields());
      }
    } catch (CsvParseException e) {
      throw new ConfigurationException(where + " is no CSV table: " + e.getMessage(), e);
    }
    return rows.table();
  }

  /** Spreadsheets of many countries write semicolons or tabs where others write commas. */
  private static char separator(String text) {
    int end = text.indexOf('\n');
    String header = end < 0 ? text : text.substring(0, end);
    if (header.indexOf(',') >= 0) {
      return ',';
    }
    return header.indexOf('\t') >= 0 ? '\t' : header.indexOf(';') >= 0 ? ';' : ',';
  }

  /** All sheets of a workbook, by their names in lower case. */
  static Map<String, Table> xlsx(String where, InputStream in) throws IOException {
    byte[] bytes = bounded(where, in);
    Map<String, Table> tables = new LinkedHashMap<>();
    try (ReadableWorkbook workbook = Workbooks.open(where, bytes)) {
      for (Sheet sheet : workbook.getSheets().toList()) {
        tables.put(sheet.getName().strip().toLowerCase(Locale.ROOT), sheet(where, sheet));
      }
    } catch (IOException | UncheckedIOException | ExcelReaderException e) {
      throw new ConfigurationException(where + " is no XLSX workbook: " + e.getMessage(), e);
    } catch (ConfigurationException e) {
      throw e;
    } catch (RuntimeException e) {
      // The reader lets parse errors of hostile sheets through as whatever they are.
      throw new ConfigurationException(where + " is a broken XLSX workbook", e);
    }
    if (tables.isEmpty()) {
      throw new ConfigurationException(where + " has no sheet");
    }
    return tables;
  }

  private static Table sheet(String where, Sheet sheet) throws IOException {
    Rows rows = new Rows(where + " sheet " + sheet.getName());
    try (var stream = sheet.openStream()) {
      for (Row row : (Iterable<Row>) stream::iterator) {
        if (row.getCellCount() > MOST_COLUMNS) {
          throw rows.tooMany(row.getRowNum(), row.getCellCount());
        }
        List<String> cells = new ArrayList<>();
        boolean any = false;
        for (int i = 0; i < row.getCellCount(); i++) {
          Cell cell = row.getCell(i);
          String text = cell == null ? "" : cell.getText();
          any |= !text.isBlank();
          cells.add(text);
        }
        if (any) {
          rows.add(row.getRowNum(), cells);
        }
      }
    }
    return rows.table();
  }

  private static byte[] bounded(String where, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new ConfigurationException(
          where + " is too large for a table: more than " + MOST_BYTES + " bytes");
    }
    return bytes;
  }

  /** Collects rows; the first names the columns. */
  private static final class Rows {
    private final String where;
    private final List<String> columns = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Table table;

    Rows(String where) {
      this.where = where;
      this.table = new Table(where, columns, lines);
    }

    void add(long number, List<String> cells) {
      if (cells.size() > MOST_COLUMNS) {
        throw tooMany(number, cells.size());
      }
      if (columns.isEmpty()) {
        header(number, cells);
        return;
      }
      if (lines.size() >= MOST_ROWS) {
        throw new ConfigurationException(where + " has more than " + MOST_ROWS + " rows");
      }
      Map<String, String> byColumn = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        String cell = cells.get(i).strip();
        if (cell.length() > LONGEST_CELL) {
          throw new ConfigurationException(
              where
                  + ", row "
                  + number
                  + ": a cell is longer than "
                  + LONGEST_CELL
                  + " characters");
        }
        if (i < columns.size() && !columns.get(i).isEmpty()) {
          byColumn.put(columns.get(i), cell);
        } else if (!cell.isEmpty()) {
          throw new ConfigurationException(
              where
                  + ", row "
                  + number
                  + ": cell "
                  + (i + 1)
                  + " has no column name in the first row");
        }
      }
      lines.add(table.new Line(number, byColumn));
    }

    private void header(long number, List<String> cells) {
      for (String cell : cells) {
        String column = cell.strip().toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
        if (!column.isEmpty() && columns.contains(column)) {
          throw new ConfigurationException(
              where + ", row " + number + ": the column " + column + " is there twice");
        }
        columns.add(column);
      }
    }

    ConfigurationException tooMany(long number, int cells) {
      return new ConfigurationException(
          where
              + ", row "
              + number
              + ": "
              + cells
              + " columns, and a table has at most "
              + MOST_COLUMNS);
    }

    Table table() {
      if (columns.isEmpty()) {
        throw new ConfigurationException(where + " is empty: its first row must name the columns");
      }
      return table;
    }
  }
}
