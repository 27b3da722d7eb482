package org.momo.evaluation.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.momo.evaluation.Lessons;
import org.momo.evaluation.Proposal;
import org.momo.evaluation.ReplayResult;

/**
 * Writes what corrections would teach: {@code learn.html} and {@code proposals.csv}, whose column
 * {@code accept} a person edits; and what the accepted entries do, as {@link ReplayReport} does.
 *
 * <p>This class is thread-safe.
 */
public final class LearningReport {
  private static final List<String> COLUMNS =
      List.of("accept", "kind", "class", "text", "support", "wrong_today", "against", "elsewhere");

  private LearningReport() {}

  /**
   * Writes the report.
   *
   * @param lessons what is proposed
   * @param accepted the proposals whose effect was tried
   * @param effect what these do
   * @param title the page's title
   * @param folder where to; made if it is not there, files of the same names are replaced
   * @throws IOException if the folder cannot be written, or that of the replay not be read
   */
  public static void write(
      Lessons lessons,
      Collection<Proposal> accepted,
      ReplayResult effect,
      String title,
      Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Set<Proposal> chosen = Set.copyOf(accepted);
    ReplayReport.tables(effect, folder);
    try (CsvWriter csv = EvaluationTables.csv(folder, "proposals.csv")) {
      csv.writeRecord(COLUMNS);
      for (Proposal each : lessons.proposals()) {
        csv.writeRecord(
            chosen.contains(each) ? "yes" : "no",
            each.kind().word(),
            each.code(),
            guarded(each.text()),
            Long.toString(each.support()),
            Long.toString(each.wrong()),
            Long.toString(each.against()),
            Long.toString(each.elsewhere()));
      }
    }
    Page page = new Page(title);
    page.raw(
        "<p class=\"soft\">"
            + Page.escape(
                Page.count(lessons.corrections())
                    + " corrected studies"
                    + (lessons.missing() == 0
                        ? ""
                        : "; " + Page.count(lessons.missing()) + " corrections have no study"))
            + "</p>");
    proposals(page, lessons, chosen);
    page.heading("effect", "What the accepted entries do");
    page.paragraph(
        "The right answers gained are those of the corrections that the entries were learned from."
            + " What to look for is what breaks, and what changes among the other studies; what the"
            + " entries are worth shows on studies that come later.");
    ReplayReport.body(page, effect);
    page.write(folder.resolve("learn.html"));
  }

  /**
   * The main finding in a sentence or two.
   *
   * @param lessons what is proposed
   * @return text without markup
   */
  public static String sentence(Lessons lessons) {
    long clear = lessons.proposals().stream().filter(Proposal::isClear).count();
    return String.format(
        Locale.ROOT,
        "Of %s corrected studies, %s are not answered as corrected today. %s without conflict"
            + " would speak of %s of these%s.%s",
        Page.count(lessons.corrections()),
        Page.count(lessons.wrong()),
        clear == 1 ? "1 table entry" : Page.count(clear) + " table entries",
        Page.count(lessons.explained()),
        lessons.proposals().size() == clear
            ? ""
            : "; " + Page.count(lessons.proposals().size() - clear) + " more need a person’s eye",
        lessons.otherModality() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " %s cannot be mended by text: their series are of another modality than the class.",
                Page.count(lessons.otherModality())));
  }

  private static void proposals(Page page, Lessons lessons, Set<Proposal> chosen) {
    page.heading("proposals", "What the corrections would teach");
    page.raw("<p class=\"lead\">" + Page.escape(sentence(lessons)) + "</p>");
    page.paragraph(
        "Nothing is changed yet. Say yes or no in the column accept of proposals.csv, run the"
            + " command again with it to see the effect of your choice, and let it write the table"
            + " when you are content.");
    List<List<String>> rows = new ArrayList<>();
    for (Proposal each : lessons.proposals()) {
      rows.add(
          List.of(
              Page.escape(each.code()),
              Page.words(each.text()),
              Page.escape(each.kind().word()),
              Page.count(each.support()),
              Page.count(each.wrong()),
              Page.count(each.against()),
              Page.count(each.elsewhere()),
              chosen.contains(each) ? "yes" : "no"));
    }
    page.table(
        "Proposed table entries",
        List.of(
            "Class",
            "text",
            "as",
            "corrected so",
            "wrong today",
            "corrected otherwise",
            "otherwise today",
            "tried"),
        rows);
    page.raw(
        """
        <p class="soft">“Corrected so”: corrected studies of the class that have the text; “wrong
        today”: those of them that are answered otherwise. Against it speak studies of the same
        modality that have the text and were corrected to another class, or were not corrected and
        are answered with another class today.</p>""");
  }

  /**
   * Reads which proposals a person accepted.
   *
   * @param lessons what is proposed
   * @param file {@code proposals.csv} with its column {@code accept}
   * @return the proposals that the file has with {@code yes}
   * @throws IOException if the file cannot be read, lacks a column, or accepts what is not proposed
   */
  public static List<Proposal> accepted(Lessons lessons, Path file) throws IOException {
    List<Proposal> accepted = new ArrayList<>();
    String head;
    try (var lines = Files.newBufferedReader(file)) {
      head = String.valueOf(lines.readLine());
    }
    char separator = head.indexOf('\t') >= 0 ? '\t' : head.indexOf(';') >= 0 ? ';' : ',';
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().fieldSeparator(separator).ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : rows) {
        if (!cell(row, "accept", file).toLowerCase(Locale.ROOT).matches("y|yes|x|true|1")) {
          continue;
        }
        String kind = cell(row, "kind", file);
        String code = cell(row, "class", file);
        String text = cell(row, "text", file);
        accepted.add(
            lessons.proposals().stream()
                .filter(
                    p ->
                        p.kind().word().equals(kind)
                            && p.code().equals(code)
                            && guarded(p.text().strip()).equals(text))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IOException(
                            file
                                + ", row "
                                + row.getStartingLineNumber()
                                + ": this entry is not proposed any more; write what you wish"
                                + " beyond the proposals into the table itself")));
      }
    } catch (CsvParseException e) {
      throw new IOException(file + " cannot be read as a table: " + e.getMessage(), e);
    }
    return accepted;
  }

  /** A text that a spreadsheet does not take for a formula. */
  private static String guarded(String text) {
    return !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String cell(NamedCsvRecord row, String column, Path file) throws IOException {
    return row.findField(column)
        .orElseThrow(
            () -> new IOException(file + " has no column " + column + ": has " + row.getHeader()))
        .strip();
  }
}
