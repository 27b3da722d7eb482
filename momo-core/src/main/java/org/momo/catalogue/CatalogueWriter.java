package org.momo.catalogue;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.StudyClass;

/** Writes catalogues as CSV. */
final class CatalogueWriter {
  private CatalogueWriter() {}

  static void folder(Catalogue catalogue, Path folder) throws IOException {
    Files.createDirectories(folder);
    // A language that the catalogue lacks must not come back from an older table.
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "terms-*.csv")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    try (Writer out = writer(folder.resolve("classes.csv"))) {
      classes(catalogue, out);
    }
    List<List<String>> modalities = new ArrayList<>();
    catalogue.modalityGroups().forEach((m, group) -> modalities.add(List.of(m, group)));
    table(folder.resolve("modalities.csv"), List.of("modality", "group"), modalities);
    List<List<String>> rules = new ArrayList<>();
    catalogue.ruleSets().forEach((set, texts) -> texts.forEach(t -> rules.add(List.of(set, t))));
    table(folder.resolve("rules.csv"), List.of("set", "rule"), rules);
    concepts(catalogue, folder);
  }

  static void classes(Catalogue catalogue, Writer out) throws IOException {
    Set<String> languages = new TreeSet<>();
    catalogue.classes().forEach(studyClass -> languages.addAll(studyClass.keywords().keySet()));
    List<String> header =
        new ArrayList<>(
            List.of(
                "code",
                "name",
                "modality",
                "regions",
                "focus",
                "parents",
                "procedureCodes",
                "descriptions"));
    languages.forEach(language -> header.add(CatalogueReader.KEYWORDS + ":" + language));
    header.add("petPartner");
    List<List<String>> rows = new ArrayList<>();
    for (StudyClass studyClass : catalogue.classes()) {
      List<String> row = new ArrayList<>();
      row.add(studyClass.code());
      row.add(studyClass.name());
      row.add(studyClass.modality());
      row.add(Cells.join(studyClass.regions()));
      row.add(studyClass.focus().orElse(""));
      row.add(Cells.join(studyClass.parents()));
      row.add(Cells.join(studyClass.procedureCodes()));
      row.add(Cells.join(studyClass.descriptions()));
      for (String language : languages) {
        row.add(Cells.join(studyClass.keywords().getOrDefault(language, List.of())));
      }
      row.add(studyClass.petPartner().orElse(""));
      rows.add(row);
    }
    table(out, header, rows);
  }

  private static void concepts(Catalogue catalogue, Path folder) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    Set<String> languages = new TreeSet<>();
    for (Concept concept : catalogue.concepts()) {
      languages.addAll(concept.terms().keySet());
      rows.add(
          List.of(
              concept.id(),
              concept.kind().name(),
              Cells.join(concept.regions()),
              concept.impliedFocus().orElse(""),
              Cells.join(concept.modalities()),
              Cells.join(concept.codes())));
    }
    table(
        folder.resolve("concepts.csv"),
        List.of("id", "kind", "regions", "focus", "modalities", "codes"),
        rows);
    for (String language : languages) {
      List<List<String>> terms = new ArrayList<>();
      for (Concept concept : catalogue.concepts()) {
        List<String> words = concept.terms().getOrDefault(language, List.of());
        if (!words.isEmpty()) {
          terms.add(List.of(concept.id(), Cells.join(words)));
        }
      }
      String name = "terms-" + (language.equals("*") ? "any" : language) + ".csv";
      table(folder.resolve(name), List.of("concept", "terms"), terms);
    }
  }

  private static Writer writer(Path file) throws IOException {
    return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  private static void table(Path file, List<String> header, List<List<String>> rows)
      throws IOException {
    try (Writer out = writer(file)) {
      table(out, header, rows);
    }
  }

  private static void table(Writer out, List<String> header, List<List<String>> rows)
      throws IOException {
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    csv.writeRecord(header);
    rows.forEach(csv::writeRecord);
    csv.flush();
  }
}
