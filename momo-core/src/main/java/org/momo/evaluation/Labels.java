package org.momo.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.momo.study.Study;

/**
 * The labels of studies, from a table.
 *
 * <p>The table is CSV (comma, semicolon or tab) or XLSX, its first row names the columns:
 *
 * <ul>
 *   <li>{@code study} (or {@code StudyInstanceUID}, {@code case}): the Study Instance UID, or the
 *       name of the folder or file that the study comes from;
 *   <li>{@code class} (or {@code label}): accepted class codes, separated by {@code |}; or {@code
 *       region}: accepted regions, {@code |} between alternatives and {@code +} within one; or,
 *       where there is neither, {@code code} for class codes. {@code *} or nothing means not
 *       labelled;
 *   <li>{@code scored}, if there: {@code no} leaves the study out;
 *   <li>{@code modality} and {@code language}, if there: what to report the study under.
 * </ul>
 *
 * <p>A table that has a column {@code text} in place of {@code study} labels texts: its row number
 * N, counted from 0 below the heading, is about the study whose UID ends in {@code .N}.
 *
 * <p>Several rows for a study add accepted answers. Other columns are not read.
 *
 * <p>This class is immutable.
 */
public final class Labels {
  private static final String ROW = "row ";

  private final Map<String, Label> byKey;
  private final boolean numbered;

  private Labels(Map<String, Label> byKey, boolean numbered) {
    this.byKey = Collections.unmodifiableMap(byKey);
    this.numbered = numbered;
  }

  /**
   * Labels that are already there.
   *
   * @param labels those of equal key add up
   * @return the labels
   */
  public static Labels of(Collection<Label> labels) {
    return of(labels, false);
  }

  private static Labels of(Collection<Label> labels, boolean numbered) {
    Map<String, Label> byKey = new LinkedHashMap<>();
    for (Label label : labels) {
      byKey.merge(
          label.key(),
          label,
          (a, b) -> new Label(a.key(), a.truth().or(b.truth()), a.modality(), a.language()));
    }
    return new Labels(byKey, numbered);
  }

  /**
   * Reads a table.
   *
   * @param file a {@code .csv}, {@code .tsv}, {@code .txt} or {@code .xlsx} file
   * @return the labels in table order
   * @throws IOException if the file cannot be read, lacks a column, or holds a label that is none;
   *     the message names file and row
   */
  public static Labels read(Path file) throws IOException {
    return read(file, Map.of());
  }

  /**
   * Reads some rows of a table.
   *
   * @param file a {@code .csv}, {@code .tsv}, {@code .txt} or {@code .xlsx} file
   * @param where columns, whatever the case of their names, to the values that a row must have in
   *     them to be read
   * @return the labels in table order
   * @throws IOException if the file cannot be read, lacks a column, or holds a label that is none;
   *     the message names file and row
   */
  public static Labels read(Path file, Map<String, String> where) throws IOException {
    LabelTable table = LabelTable.read(file);
    Map<Integer, String> wanted = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : where.entrySet()) {
      int column = table.column(entry.getKey().toLowerCase(Locale.ROOT));
      if (column < 0) {
        throw new IOException(
            file + " has no column " + entry.getKey() + ": has " + table.columns());
      }
      wanted.put(column, entry.getValue());
    }
    int study = table.column("study", "studyinstanceuid", "studyuid", "case");
    int region = table.column("region", "regions");
    int code = region < 0 ? table.column("class", "label", "code") : table.column("class", "label");
    int scored = table.column("scored");
    int modality = table.column("modality");
    int language = table.column("language");
    boolean numbered = study < 0 && table.column("text") >= 0;
    if ((study < 0 && !numbered) || (code < 0 && region < 0)) {
      throw new IOException(
          file + " needs a column study, and a column class or region: has " + table.columns());
    }
    List<Label> labels = new ArrayList<>();
    int row = 0;
    for (LabelTable.Line line : table.lines()) {
      String key = numbered ? ROW + row++ : line.cell(study);
      String text = line.cell(code >= 0 ? code : region);
      boolean out = line.cell(scored).toLowerCase(Locale.ROOT).equals("no");
      if (key.isEmpty() || text.isEmpty() || text.equals("*") || out || !has(line, wanted)) {
        continue;
      }
      try {
        Truth truth = code >= 0 ? classes(text) : Truth.ofRegions(text);
        labels.add(new Label(key, truth, group(line.cell(modality)), line.cell(language)));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ", row " + line.number() + ": " + e.getMessage(), e);
      }
    }
    return of(labels, numbered);
  }

  private static boolean has(LabelTable.Line line, Map<Integer, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(entry -> line.cell(entry.getKey()).equals(entry.getValue()));
  }

  /** What a study is reported under: of several modalities, the first. */
  private static String group(String modality) {
    String first = modality.split("\\|", 2)[0].strip();
    return first.equals("*") ? "" : first;
  }

  private static Truth classes(String text) {
    List<String> codes = new ArrayList<>();
    for (String code : text.split("\\|")) {
      if (!code.isBlank()) {
        codes.add(code.strip());
      }
    }
    return Truth.ofClasses(codes);
  }

  /**
   * All labels.
   *
   * @return an immutable collection in table order
   */
  public Collection<Label> all() {
    return byKey.values();
  }

  /**
   * The label of a study: that of its UID; else that of the innermost part of its place that has
   * one, with or without the ending of a file name. In a table of texts, that of the row whose
   * number the UID ends with.
   *
   * @param study a study
   * @return its label, or empty where it has none
   */
  public Optional<Label> find(Study study) {
    Label label = byKey.get(study.uid());
    if (label != null) {
      return Optional.of(label);
    }
    if (numbered) {
      int dot = study.uid().lastIndexOf('.');
      return Optional.ofNullable(byKey.get(ROW + study.uid().substring(dot + 1)));
    }
    String[] parts = study.source().orElse("").split("[/\\\\]");
    for (int i = parts.length - 1; i >= 0; i--) {
      label = byKey.get(parts[i]);
      int dot = parts[i].lastIndexOf('.');
      if (label == null && dot > 0) {
        label = byKey.get(parts[i].substring(0, dot));
      }
      if (label != null && !parts[i].isEmpty()) {
        return Optional.of(label);
      }
    }
    return Optional.empty();
  }
}
