package org.momo.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.momo.spi.ConfigurationException;

/**
 * The tables of one catalogue, wherever they lie.
 *
 * @param where how messages name the whole
 * @param classes the classes, or null where there are only other tables
 * @param concepts the concepts, or null
 * @param terms the terms, by language
 * @param modalities the modalities, or null
 * @param rules the rules, or null
 */
record Tables(
    String where,
    @Nullable Table classes,
    @Nullable Table concepts,
    Map<String, Table> terms,
    @Nullable Table modalities,
    @Nullable Table rules) {
  private static final String ANY = "any";
  private static final int MOST_TABLES = 500;

  static Tables read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new ConfigurationException(
          "there is no catalogue " + path + ": it is neither a table nor a folder of tables");
    }
    String name = fileName(path);
    try (InputStream in = Files.newInputStream(path)) {
      if (name.endsWith(".xlsx") || name.endsWith(".xlsm")) {
        return workbook(path.toString(), Table.xlsx(path.toString(), in));
      }
      if (name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".txt")) {
        return new Tables(
            path.toString(), Table.csv(path.toString(), in), null, Map.of(), null, null);
      }
    }
    throw new ConfigurationException(
        "the catalogue " + path + " must be a .csv or .xlsx table, or a folder of .csv tables");
  }

  private static Tables folder(Path folder) throws IOException {
    Map<String, Table> tables = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.csv")) {
      List<Path> sorted = new ArrayList<>();
      for (Path file : files) {
        sorted.add(file);
        if (sorted.size() > MOST_TABLES) {
          throw new ConfigurationException(
              folder + " holds more than " + MOST_TABLES + " tables and is no catalogue");
        }
      }
      Collections.sort(sorted);
      for (Path file : sorted) {
        String name = fileName(file);
        try (InputStream in = Files.newInputStream(file)) {
          tables.put(
              name.substring(0, name.length() - ".csv".length()), Table.csv(file.toString(), in));
        }
      }
    }
    if (tables.isEmpty()) {
      throw new ConfigurationException(
          "the folder " + folder + " is no catalogue: it holds no .csv table");
    }
    return of(folder.toString(), tables);
  }

  private static Tables workbook(String where, Map<String, Table> sheets) {
    if (sheets.size() == 1 || !sheets.containsKey("classes")) {
      // Sites keep notes on further sheets of their one table.
      return new Tables(where, sheets.values().iterator().next(), null, Map.of(), null, null);
    }
    return of(where, new TreeMap<>(sheets));
  }

  /** The tables of a shipped catalogue; the languages are found by asking for each. */
  static Tables resource(String name) throws IOException {
    String where = "catalogue " + name;
    Map<String, Table> tables = new TreeMap<>();
    List<String> candidates =
        new ArrayList<>(List.of("classes", "concepts", "modalities", "rules", "terms-" + ANY));
    for (String language : Locale.getISOLanguages()) {
      candidates.add("terms-" + language);
    }
    for (String candidate : candidates) {
      try (@Nullable InputStream in =
          Tables.class.getResourceAsStream(name + "/" + candidate + ".csv")) {
        if (in != null) {
          tables.put(candidate, Table.csv(where + " " + candidate + ".csv", in));
        }
      }
    }
    return of(where, tables);
  }

  private static Tables of(String where, Map<String, Table> tables) {
    Map<String, Table> terms = new TreeMap<>();
    for (Map.Entry<String, Table> entry : tables.entrySet()) {
      String name = entry.getKey();
      if (name.startsWith("terms-")) {
        String language = name.substring("terms-".length());
        terms.put(language.equals(ANY) ? "*" : language, entry.getValue());
      } else if (!Set.of("classes", "concepts", "modalities", "rules").contains(name)) {
        throw new ConfigurationException(
            where
                + " has a table "
                + name
                + "; there are classes, concepts, terms-LANGUAGE, terms-any, modalities and rules");
      }
    }
    return new Tables(
        where,
        tables.get("classes"),
        tables.get("concepts"),
        terms,
        tables.get("modalities"),
        tables.get("rules"));
  }

  private static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
  }
}
