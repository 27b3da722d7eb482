package org.momo.metadata.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;

/**
 * The default catalogue's tables, read where they lie: the module that ships them is no dependency.
 */
final class DefaultTables {
  private static final Path TABLES =
      Path.of("../momo-core/src/main/resources/org/momo/catalogue/default");

  private DefaultTables() {}

  static Catalogue catalogue() {
    Catalogue.Builder catalogue = Catalogue.builder("default");
    Map<String, Map<String, List<String>>> terms = new HashMap<>();
    try (Stream<Path> files = Files.list(TABLES)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("terms-")) {
          String language = name.substring("terms-".length(), name.length() - ".csv".length());
          for (String[] row : rows(name)) {
            terms
                .computeIfAbsent(row[0], c -> new HashMap<>())
                .computeIfAbsent(language.equals("any") ? "*" : language, l -> new ArrayList<>())
                .addAll(list(row[1]));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String[] row : rows("concepts.csv")) {
      catalogue.add(
          new Concept(
              row[0],
              Concept.Kind.valueOf(row[1]),
              regions(row[2]),
              row[3].isEmpty() ? null : row[3],
              new TreeSet<>(list(row[4])),
              List.of(),
              terms.getOrDefault(row[0], Map.of())));
    }
    for (String[] row : rows("classes.csv")) {
      catalogue.add(
          StudyClass.builder(row[0], row[2])
              .name(row[1])
              .regions(regions(row[3]))
              .focus(row[4].isEmpty() ? null : row[4])
              .parents(list(row[5]))
              .build());
    }
    rows("modalities.csv").forEach(row -> catalogue.modalityGroup(row[0], row[1]));
    return catalogue.build();
  }

  static Set<Region> regions(String cell) {
    EnumSet<Region> regions = EnumSet.noneOf(Region.class);
    list(cell).forEach(name -> regions.add(Region.valueOf(name)));
    return regions;
  }

  private static List<String> list(String cell) {
    return Arrays.stream(cell.split(";")).filter(item -> !item.isEmpty()).toList();
  }

  private static List<String[]> rows(String file) {
    try {
      return Files.readAllLines(TABLES.resolve(file)).stream()
          .skip(1)
          .map(line -> line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
