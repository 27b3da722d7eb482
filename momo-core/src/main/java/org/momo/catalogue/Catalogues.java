package org.momo.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.momo.decision.Catalogue;
import org.momo.spi.ConfigurationException;

/**
 * Reads, writes and checks catalogues.
 *
 * <p>A catalogue is one table of study classes, CSV (UTF-8; commas, semicolons or tabs) or XLSX; or
 * a folder of CSV tables; or an XLSX workbook with a sheet of each table's name:
 *
 * <table>
 *   <caption>The tables</caption>
 *   <tr><th>table</th><th>one row is</th><th>columns</th></tr>
 *   <tr><td>{@code classes}</td><td>a study class</td><td>{@code code}, {@code name}, {@code
 *     modality}, {@code regions}, {@code focus}, {@code parents}, {@code procedureCodes}, {@code
 *     descriptions}, {@code keywords:LANGUAGE}, {@code petPartner}; the first and third must be
 *     there</td></tr>
 *   <tr><td>{@code concepts}</td><td>something that words can name</td><td>{@code id}, {@code
 *     kind}, {@code regions}, {@code focus}, {@code modalities}, {@code codes}</td></tr>
 *   <tr><td>{@code terms-LANGUAGE}, {@code terms-any}</td><td>the words for a
 *     concept</td><td>{@code concept}, {@code terms}</td></tr>
 *   <tr><td>{@code modalities}</td><td>a DICOM Modality and its group; where the table is missing,
 *     each class's modality is its own group, CR, DX and the like are one, and RF goes with
 *     XA</td><td>{@code modality}, {@code group}</td></tr>
 *   <tr><td>{@code rules}</td><td>a vote rule of a named set, in order</td><td>{@code set}, {@code
 *     rule}</td></tr>
 * </table>
 *
 * <p>The first row names the columns; case, blanks, {@code _} and {@code -} in names do not matter.
 * A cell that holds a list parts its entries by {@code ;}, where {@code \;} is a semicolon itself.
 * Blanks around entries do not count.
 *
 * <p>This class is thread-safe.
 */
public final class Catalogues {
  private static final List<String> NAMES = List.of("default", "essen-76");

  private Catalogues() {}

  /**
   * The catalogues that ship.
   *
   * @return their names, the default first
   */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * A catalogue that ships.
   *
   * @param name one of {@link #names()}
   * @return the catalogue, read anew at each call
   * @throws ConfigurationException if there is none of that name; the message lists those that
   *     there are
   */
  public static Catalogue named(String name) {
    if (!NAMES.contains(name)) {
      throw new ConfigurationException(
          "there is no catalogue " + name + "; there are " + String.join(", ", NAMES));
    }
    try {
      return CatalogueReader.read(name, Tables.resource(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A catalogue by name or path. A name of a shipped catalogue wins over a file of that name.
   *
   * @param nameOrPath a shipped catalogue's name, or the path of a table or of a folder of tables
   * @param baseFolder what a relative path is meant against
   * @return the catalogue
   * @throws ConfigurationException if there is neither, or the tables have a fault; the message
   *     names file, row and column
   * @throws IOException if a file cannot be read
   */
  public static Catalogue load(String nameOrPath, Path baseFolder) throws IOException {
    if (NAMES.contains(nameOrPath)) {
      return named(nameOrPath);
    }
    Path path = baseFolder.resolve(nameOrPath);
    if (!Files.exists(path)) {
      throw new ConfigurationException(
          "there is no catalogue "
              + nameOrPath
              + ": it is neither a table or folder, nor one of "
              + String.join(", ", NAMES));
    }
    return read(path);
  }

  /**
   * Reads a catalogue.
   *
   * @param path a CSV or XLSX table, or a folder of CSV tables
   * @return the catalogue, named after the file or folder without its ending
   * @throws ConfigurationException if the tables have a fault; the message names file, row and
   *     column
   * @throws IOException if a file cannot be read
   */
  public static Catalogue read(Path path) throws IOException {
    return CatalogueReader.read(nameOf(path), Tables.read(path));
  }

  /**
   * Lays a site's tables over a catalogue; their entries win.
   *
   * <ul>
   *   <li>A row with a new code adds a class; then it needs a modality.
   *   <li>A row with a known code changes that class: an empty or missing cell keeps what the
   *       catalogue says, a cell with {@code -} clears it, a text or the regions replace it, and
   *       codes, descriptions, keywords and parents are added to it.
   *   <li>A procedure code or description that a row gives to a class is taken from all others.
   *   <li>A concept's row replaces the concept, terms are added, a rule set's rows replace the set,
   *       a modality's row replaces its group.
   * </ul>
   *
   * @param base the catalogue; not changed
   * @param path a CSV or XLSX table, or a folder of CSV tables, of which none must be there
   * @return a new catalogue, named after both
   * @throws ConfigurationException if the tables have a fault; the message names file, row and
   *     column
   * @throws IOException if a file cannot be read
   */
  public static Catalogue overlay(Catalogue base, Path path) throws IOException {
    return CatalogueReader.overlay(base, nameOf(path), Tables.read(path));
  }

  /**
   * Writes a catalogue as a folder of CSV tables that {@link #read} reads as an equal one.
   *
   * @param catalogue the catalogue
   * @param folder created where it is not there; tables of the same names are replaced
   * @throws IOException if a file cannot be written
   */
  public static void write(Catalogue catalogue, Path folder) throws IOException {
    CatalogueWriter.folder(catalogue, folder);
  }

  /**
   * Writes the classes of a catalogue as one CSV table.
   *
   * @param catalogue the catalogue
   * @param out where to; not closed
   * @throws IOException if {@code out} cannot be written to
   */
  public static void writeClasses(Catalogue catalogue, Writer out) throws IOException {
    CatalogueWriter.classes(catalogue, out);
  }

  /**
   * Checks a catalogue for what is allowed and yet likely a mistake.
   *
   * @param catalogue the catalogue
   * @return the findings, errors first; empty where there is nothing to say
   */
  public static List<LintFinding> lint(Catalogue catalogue) {
    return Lint.of(catalogue);
  }

  private static String nameOf(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    if (name == null) {
      return "catalogue";
    }
    String text = name.toString();
    String lower = text.toLowerCase(Locale.ROOT);
    for (String ending : List.of(".csv", ".xlsx", ".xlsm", ".tsv", ".txt")) {
      if (lower.endsWith(ending) && lower.length() > ending.length()) {
        return text.substring(0, text.length() - ending.length());
      }
    }
    return text;
  }
}
