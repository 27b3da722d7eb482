package org.momo.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.catalogue.internal.Workbooks;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;
import org.momo.spi.ConfigurationException;

@Timeout(60)
class XlsxTest {
  private static final String SHEET = "xl/worksheets/sheet1.xml";

  @TempDir private Path folder;

  private interface Filling {
    void fill(Workbook workbook);
  }

  private Path workbook(Filling filling) throws IOException {
    Path file = folder.resolve("site.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "test", "1.0")) {
      filling.fill(workbook);
    }
    return file;
  }

  private static void sheet(Workbook workbook, String name, String... rows) {
    Worksheet sheet = workbook.newWorksheet(name);
    for (int row = 0; row < rows.length; row++) {
      String[] cells = rows[row].split(",", -1);
      for (int column = 0; column < cells.length; column++) {
        if (!cells[column].isEmpty()) {
          sheet.value(row, column, cells[column]);
        }
      }
    }
  }

  @Test
  void one_sheet_is_a_table_of_classes() throws IOException {
    Catalogue read =
        Catalogues.read(
            workbook(
                wb -> {
                  sheet(
                      wb, "Prozeduren", "Code,Modality,Pro-cedure Codes,Keywords:DE", "A,CT,,x;y");
                  sheet(wb, "notes", "whatever,is,here");
                }));
    assertThat(read.name()).isEqualTo("site");
    StudyClass only = read.find("A").orElseThrow();
    assertThat(only.keywords()).containsExactly(Map.entry("de", List.of("x", "y")));
  }

  @Test
  void numbers_are_read_as_they_are_shown() throws IOException {
    Path file =
        workbook(
            wb -> {
              Worksheet sheet = wb.newWorksheet("x");
              sheet.value(0, 0, "code");
              sheet.value(0, 1, "modality");
              sheet.value(0, 2, "procedureCodes");
              sheet.value(1, 0, 4711);
              sheet.value(1, 1, "CT");
              sheet.value(1, 2, 70450);
            });
    assertThat(Catalogues.read(file).find("4711").orElseThrow().procedureCodes())
        .containsExactly("70450");
  }

  @Test
  void a_workbook_with_a_sheet_for_each_table_is_read_whole() throws IOException {
    Catalogue read =
        Catalogues.read(
            workbook(
                wb -> {
                  sheet(wb, "Classes", "code,modality,regions", "A,CT,HEAD");
                  sheet(wb, "concepts", "id,kind,regions", "SKULL,ORGAN,HEAD");
                  sheet(wb, "terms-any", "concept,terms", "SKULL,skull;crane");
                  sheet(wb, "modalities", "modality,group", "CT,CT");
                  sheet(wb, "rules", "set,rule", "default,A!");
                }));
    assertThat(read.ruleSets()).isEqualTo(Map.of("default", List.of("A!")));
    assertThat(read.concepts().iterator().next().terms())
        .isEqualTo(Map.of("*", List.of("skull", "crane")));
  }

  @Test
  void a_fault_names_sheet_row_and_column() throws IOException {
    Path file =
        workbook(wb -> sheet(wb, "Tabelle 1", "code,modality,regions", "A,CT,", "", "B,CT,KNEE"));
    assertThatThrownBy(() -> Catalogues.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            file + " sheet Tabelle 1, row 4, column regions: there is no region KNEE");
  }

  @Test
  void a_table_without_end_is_refused() throws IOException {
    Path wide = workbook(wb -> wb.newWorksheet("x").value(0, 300, "code"));
    assertThatThrownBy(() -> Catalogues.read(wide))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("row 1: 301 columns, and a table has at most 256");
    Path large = folder.resolve("large.xlsx");
    Files.write(large, new byte[Table.MOST_BYTES + 1]);
    assertThatThrownBy(() -> Catalogues.read(large))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(large + " is too large for a table: more than 33554432 bytes");
  }

  /** The parts of a workbook of one sheet whose first cells are those of a good table. */
  private static Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    String head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    parts.put(
        "[Content_Types].xml",
        head
            + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats"
            + "-officedocument.spreadsheetml.sheet.main+xml\"/>"
            + "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd"
            + ".openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>");
    String relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    parts.put(
        "_rels/.rels",
        head
            + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + "<Relationship Id=\"rId1\" Type=\""
            + relations
            + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    parts.put(
        "xl/workbook.xml",
        head
            + "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
            + " xmlns:r=\""
            + relations
            + "\"><sheets><sheet name=\"x\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    parts.put(
        "xl/_rels/workbook.xml.rels",
        head
            + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + "<Relationship Id=\"rId1\" Type=\""
            + relations
            + "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
    parts.put(
        SHEET,
        sheetXml(
            "",
            row(1, "A1", "code", "B1", "modality", "C1", "name"),
            row(2, "A2", "K", "B2", "CT", "C2", "n")));
    return parts;
  }

  private static String sheetXml(String doctype, String... rows) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        + doctype
        + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
        + String.join("", rows)
        + "</sheetData></worksheet>";
  }

  private static String row(int number, String... placesAndTexts) {
    StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
    for (int i = 0; i < placesAndTexts.length; i += 2) {
      row.append("<c r=\"")
          .append(placesAndTexts[i])
          .append("\" t=\"inlineStr\"><is><t>")
          .append(placesAndTexts[i + 1])
          .append("</t></is></c>");
    }
    return row.append("</row>").toString();
  }

  private Path zip(Map<String, String> parts) throws IOException {
    Path file = folder.resolve("hostile.xlsx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  private static final String HEADER = row(1, "A1", "code", "B1", "modality", "C1", "name");

  @Test
  void the_workbook_that_the_hostile_ones_vary_is_good() throws IOException {
    assertThat(Catalogues.read(zip(parts())).find("K").orElseThrow().name()).isEqualTo("n");
  }

  @Test
  void a_zip_bomb_is_not_unpacked() throws IOException {
    Path file = folder.resolve("bomb.xlsx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i <= Workbooks.MOST_UNPACKED >> 20; i++) {
        zip.write(zeros);
      }
    }
    assertThat(Files.size(file)).isLessThan(1 << 20);
    assertThatThrownBy(() -> Catalogues.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file + " unpacks to more than 134217728 bytes and is not read");
  }

  @Test
  void a_zip_of_very_many_parts_is_refused() throws IOException {
    Map<String, String> parts = parts();
    for (int i = 0; i < 1000; i++) {
      parts.put("xl/x" + i, "");
    }
    Path file = zip(parts);
    assertThatThrownBy(() -> Catalogues.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file + " has more than 1000 parts and is not read");
  }

  @Test
  void external_entities_bring_nothing_in() throws IOException {
    Path secret = folder.resolve("secret.txt");
    Files.writeString(secret, "SECRET");
    String doctype = "<!DOCTYPE worksheet [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>";
    for (String part : List.of(SHEET, "xl/workbook.xml")) {
      Map<String, String> parts = parts();
      String xml = parts.get(part);
      parts.put(
          part,
          xml.replace("?>", "?>" + doctype).replace(">n<", ">&e;<").replace("\"x\"", "\"&e;\""));
      Path file = zip(parts);
      assertThatThrownBy(() -> Catalogues.read(file))
          .as(part)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith(file + " is ")
          .message()
          .doesNotContain("SECRET");
    }
  }

  @Test
  void entities_cannot_be_used_as_a_bomb() throws IOException {
    StringBuilder doctype = new StringBuilder("<!DOCTYPE worksheet [<!ENTITY e0 \"lol\">");
    for (int i = 1; i <= 9; i++) {
      doctype.append("<!ENTITY e").append(i).append(" \"");
      doctype.append(("&e" + (i - 1) + ";").repeat(10)).append("\">");
    }
    doctype.append("]>");
    Map<String, String> parts = parts();
    parts.put(
        SHEET, sheetXml(doctype.toString(), HEADER, row(2, "A2", "K", "B2", "CT", "C2", "&e9;")));
    Path file = zip(parts);
    assertThatThrownBy(() -> Catalogues.read(file)).isInstanceOf(ConfigurationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IX2",
        "XFE2",
        "ZZZZZ2",
        "ZZZZZZ2",
        "ZZZZZZZZZ2",
        "2",
        "A",
        "",
        "A-1",
        "A99999999999"
      })
  void a_cell_in_a_place_that_is_none_is_refused(String place) throws IOException {
    Map<String, String> parts = parts();
    parts.put(SHEET, sheetXml("", HEADER, row(2, "A2", "K", "B2", "CT", place, "n")));
    Path file = zip(parts);
    assertThatThrownBy(() -> Catalogues.read(file)).isInstanceOf(ConfigurationException.class);
  }

  @Test
  void a_row_of_very_many_cells_is_refused() throws IOException {
    Map<String, String> parts = parts();
    parts.put(SHEET, sheetXml("", HEADER, "<row>" + "<c/>".repeat(16_385) + "</row>"));
    Path file = zip(parts);
    assertThatThrownBy(() -> Catalogues.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file + " has a row of more than 16384 cells and is not read");
  }

  @Test
  void what_is_no_workbook_is_told() throws IOException {
    Path file = folder.resolve("text.xlsx");
    Files.writeString(file, "code,modality\nA,CT\n");
    assertThatThrownBy(() -> Catalogues.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(file + " is no XLSX workbook");
    Path cut = folder.resolve("cut.xlsx");
    byte[] whole = Files.readAllBytes(zip(parts()));
    for (int length = 0; length < whole.length; length += 37) {
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Catalogues.read(cut))
          .as("the first %s of %s bytes", length, whole.length)
          .isInstanceOf(ConfigurationException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET})
  void a_workbook_that_lacks_a_part_is_told(String part) throws IOException {
    Map<String, String> parts = parts();
    parts.remove(part);
    Path file = zip(parts);
    if (!part.startsWith("[")) {
      assertThatThrownBy(() -> Catalogues.read(file)).isInstanceOf(ConfigurationException.class);
    }
    parts.put(part, "<a><b></a>");
    Path broken = zip(parts);
    assertThatThrownBy(() -> Catalogues.read(broken)).isInstanceOf(ConfigurationException.class);
  }
}
