package org.momo.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;
import org.momo.spi.ConfigurationException;
import org.momo.study.Code;

/** Makes a catalogue of tables. */
final class CatalogueReader {
  static final String KEYWORDS = "keywords";
  private static final String NOTHING = "-";
  private static final Pattern LANGUAGE = Pattern.compile("\\*|[a-z]{2,3}");
  private static final Set<String> CLASS_COLUMNS =
      Set.of(
          "code",
          "name",
          "modality",
          "regions",
          "focus",
          "parents",
          "procedurecodes",
          "descriptions",
          "petpartner");
  private static final String CLASS_COLUMNS_IN_WORDS =
      "code, name, modality, regions, focus, parents, procedureCodes, descriptions,"
          + " keywords:LANGUAGE (or keywords) and petPartner";

  private final Tables tables;
  private final @Nullable Catalogue base;
  private final Catalogue.Builder builder;
  private final Map<String, StudyClass> classes = new LinkedHashMap<>();
  private final Map<String, Table.Line> linesOfClasses = new LinkedHashMap<>();

  private CatalogueReader(String name, Tables tables, @Nullable Catalogue base) {
    this.tables = tables;
    this.base = base;
    this.builder = Catalogue.builder(name);
  }

  static Catalogue read(String name, Tables tables) {
    if (tables.classes() == null) {
      throw new ConfigurationException(tables.where() + " has no table of classes");
    }
    return new CatalogueReader(name, tables, null).read();
  }

  static Catalogue overlay(Catalogue base, String name, Tables tables) {
    return new CatalogueReader(base.name() + "+" + name, tables, base).read();
  }

  private Catalogue read() {
    if (base != null) {
      base.classes().forEach(studyClass -> classes.put(studyClass.code(), studyClass));
      base.modalityGroups().forEach(builder::modalityGroup);
      base.ruleSets().forEach(builder::rules);
    }
    Table table = tables.classes();
    if (table != null) {
      readClasses(table);
    }
    for (Map.Entry<String, Table.Line> entry : linesOfClasses.entrySet()) {
      checkReferences(Objects.requireNonNull(classes.get(entry.getKey())), entry.getValue());
    }
    classes.values().forEach(builder::add);
    readConcepts();
    readModalities();
    readRules();
    return builder.build();
  }

  private void readClasses(Table table) {
    table.check(
        base == null ? Set.of("code", "modality") : Set.of("code"),
        column ->
            CLASS_COLUMNS.contains(column)
                || column.equals(KEYWORDS)
                || column.startsWith(KEYWORDS + ":"),
        CLASS_COLUMNS_IN_WORDS);
    Map<String, String> languages = languages(table);
    for (Table.Line line : table.lines()) {
      String code = line.required("code");
      if (linesOfClasses.put(code, line) != null) {
        throw line.wrong("code", "the class " + code + " is there twice");
      }
      StudyClass known = classes.get(code);
      StudyClass read = studyClass(line, code, known, languages);
      if (known != null) {
        takeAway(read, line);
      }
      classes.put(code, read);
    }
  }

  /** The columns of keywords, by language. */
  private static Map<String, String> languages(Table table) {
    Map<String, String> languages = new LinkedHashMap<>();
    for (String column : table.columns()) {
      if (column.equals(KEYWORDS)) {
        languages.put("*", column);
      } else if (column.startsWith(KEYWORDS + ":")) {
        String language = column.substring(KEYWORDS.length() + 1);
        if (!LANGUAGE.matcher(language).matches()) {
          throw new ConfigurationException(
              table.where()
                  + ", row 1, column "
                  + column
                  + ": a language is two letters such as de, or *");
        }
        if (languages.put(language, column) != null) {
          throw new ConfigurationException(
              table.where() + ", row 1: there are two columns of keywords for " + language);
        }
      }
    }
    return languages;
  }

  private StudyClass studyClass(
      Table.Line line, String code, @Nullable StudyClass known, Map<String, String> languages) {
    String modality = line.cell("modality");
    if (modality.isEmpty()) {
      modality = known == null ? line.required("modality") : known.modality();
    }
    StudyClass.Builder made;
    try {
      made = StudyClass.builder(code, modality);
    } catch (IllegalArgumentException e) {
      throw line.wrong("code", String.valueOf(e.getMessage()));
    }
    String name = one(line, "name", Optional.ofNullable(known).map(StudyClass::name));
    made.name(name);
    List<String> regions = line.parts("regions");
    if (!regions.isEmpty()) {
      made.regions(regions(line, "regions", regions));
    } else if (known != null) {
      made.regions(known.regions());
    }
    String focus = one(line, "focus", Optional.ofNullable(known).flatMap(StudyClass::focus));
    made.focus(focus.isEmpty() ? null : focus);
    String pet =
        one(line, "petpartner", Optional.ofNullable(known).flatMap(StudyClass::petPartner));
    made.petPartner(pet.isEmpty() ? null : pet);
    made.parents(several(line, "parents", known == null ? List.of() : known.parents()));
    made.procedureCodes(
        several(line, "procedurecodes", known == null ? List.of() : known.procedureCodes()));
    made.descriptions(
        several(line, "descriptions", known == null ? List.of() : known.descriptions()));
    Map<String, List<String>> keywords = new TreeMap<>();
    if (known != null) {
      keywords.putAll(known.keywords());
    }
    languages.forEach(
        (language, column) ->
            keywords.put(
                language, several(line, column, keywords.getOrDefault(language, List.of()))));
    keywords.forEach(
        (language, words) -> {
          if (!words.isEmpty()) {
            made.keywords(language, words);
          }
        });
    return made.build();
  }

  /** A cell; where it is empty, what the base says; where it is {@code -}, nothing. */
  private static String one(Table.Line line, String column, Optional<String> known) {
    String cell = line.cell(column);
    if (cell.isEmpty()) {
      return known.orElse("");
    }
    return cell.equals(NOTHING) ? "" : cell;
  }

  /** The base's entries, then the cell's; where the cell is {@code -}, none. */
  private static List<String> several(Table.Line line, String column, List<String> known) {
    if (line.cell(column).equals(NOTHING)) {
      return List.of();
    }
    List<String> parts = line.parts(column);
    if (known.isEmpty()) {
      return parts;
    }
    Set<String> all = new LinkedHashSet<>(known);
    all.addAll(parts);
    return new ArrayList<>(all);
  }

  /** A code or description that the overlay gives to a class leads to no other class any more. */
  private void takeAway(StudyClass winner, Table.Line line) {
    Set<String> codes = new TreeSet<>(line.parts("procedurecodes"));
    Set<String> descriptions = new TreeSet<>(line.parts("descriptions"));
    if (codes.isEmpty() && descriptions.isEmpty()) {
      return;
    }
    for (Map.Entry<String, StudyClass> entry : classes.entrySet()) {
      StudyClass other = entry.getValue();
      boolean shares =
          other.procedureCodes().stream().anyMatch(codes::contains)
              || other.descriptions().stream().anyMatch(descriptions::contains);
      if (shares && !entry.getKey().equals(winner.code())) {
        entry.setValue(without(other, codes, descriptions));
      }
    }
  }

  private static StudyClass without(
      StudyClass studyClass, Collection<String> codes, Collection<String> descriptions) {
    StudyClass.Builder rest =
        StudyClass.builder(studyClass.code(), studyClass.modality())
            .name(studyClass.name())
            .regions(studyClass.regions())
            .focus(studyClass.focus().orElse(null))
            .parents(studyClass.parents())
            .petPartner(studyClass.petPartner().orElse(null))
            .procedureCodes(
                studyClass.procedureCodes().stream().filter(c -> !codes.contains(c)).toList())
            .descriptions(
                studyClass.descriptions().stream().filter(d -> !descriptions.contains(d)).toList());
    studyClass.keywords().forEach(rest::keywords);
    return rest.build();
  }

  private void checkReferences(StudyClass studyClass, Table.Line line) {
    for (String parent : studyClass.parents()) {
      if (!classes.containsKey(parent)) {
        throw line.wrong("parents", "there is no class " + parent);
      }
      if (parent.equals(studyClass.code())) {
        throw line.wrong("parents", "a class cannot be its own parent");
      }
    }
    studyClass
        .petPartner()
        .filter(partner -> !classes.containsKey(partner))
        .ifPresent(
            partner -> {
              throw line.wrong("petPartner", "there is no class " + partner);
            });
  }

  private static EnumSet<Region> regions(Table.Line line, String column, List<String> names) {
    EnumSet<Region> regions = EnumSet.noneOf(Region.class);
    for (String each : names) {
      for (String name : each.split("\\+")) {
        regions.add(
            Region.named(name)
                .orElseThrow(
                    () ->
                        line.wrong(
                            column,
                            "there is no region "
                                + name.strip()
                                + "; there are "
                                + EnumSet.allOf(Region.class))));
      }
    }
    return regions;
  }

  private void readConcepts() {
    Map<String, Map<String, List<String>>> terms = new TreeMap<>();
    Map<String, Concept> concepts = new LinkedHashMap<>();
    if (base != null) {
      for (Concept concept : base.concepts()) {
        concepts.put(concept.id(), concept);
        terms.put(concept.id(), new TreeMap<>(concept.terms()));
      }
    }
    Table table = tables.concepts();
    if (table != null) {
      Set<String> seen = new TreeSet<>();
      table.check(
          Set.of("id", "kind"),
          Set.of("id", "kind", "regions", "focus", "modalities", "codes")::contains,
          "id, kind, regions, focus, modalities and codes");
      for (Table.Line line : table.lines()) {
        Concept concept = concept(line);
        if (!seen.add(concept.id())) {
          throw line.wrong("id", "the concept " + concept.id() + " is there twice");
        }
        concepts.put(concept.id(), concept);
      }
    }
    for (Map.Entry<String, Table> entry : tables.terms().entrySet()) {
      readTerms(entry.getKey(), entry.getValue(), concepts, terms);
    }
    concepts.forEach(
        (id, concept) ->
            builder.add(
                new Concept(
                    id,
                    concept.kind(),
                    concept.regions(),
                    concept.focus(),
                    concept.modalities(),
                    concept.codes(),
                    terms.getOrDefault(id, Map.of()))));
  }

  private static Concept concept(Table.Line line) {
    String kind = line.required("kind");
    Concept.Kind of;
    try {
      of = Concept.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw line.wrong(
          "kind", "there is no kind " + kind + "; there are " + EnumSet.allOf(Concept.Kind.class));
    }
    String focus = line.cell("focus");
    List<Code> codes = new ArrayList<>();
    for (String code : line.parts("codes")) {
      int colon = code.indexOf(':');
      if (colon < 1 || colon == code.length() - 1) {
        throw line.wrong("codes", "a code is written SCHEME:VALUE: was " + code);
      }
      codes.add(new Code(code.substring(0, colon), code.substring(colon + 1), ""));
    }
    return new Concept(
        line.required("id"),
        of,
        regions(line, "regions", line.parts("regions")),
        focus.isEmpty() ? null : focus,
        new TreeSet<>(line.parts("modalities")),
        codes,
        Map.of());
  }

  private static void readTerms(
      String language,
      Table table,
      Map<String, Concept> concepts,
      Map<String, Map<String, List<String>>> terms) {
    if (!LANGUAGE.matcher(language).matches()) {
      throw new ConfigurationException(
          table.where() + ": a language is two letters such as de, or any: was " + language);
    }
    table.check(
        Set.of("concept", "terms"), Set.of("concept", "terms")::contains, "concept and terms");
    for (Table.Line line : table.lines()) {
      String id = line.required("concept");
      if (!concepts.containsKey(id)) {
        throw line.wrong("concept", "there is no concept " + id);
      }
      List<String> words = line.parts("terms");
      if (!words.isEmpty()) {
        terms
            .computeIfAbsent(id, i -> new TreeMap<>())
            .merge(
                language,
                words,
                (there, more) -> {
                  Set<String> all = new LinkedHashSet<>(there);
                  all.addAll(more);
                  return new ArrayList<>(all);
                });
      }
    }
  }

  private void readModalities() {
    Table table = tables.modalities();
    if (table != null) {
      table.check(
          Set.of("modality", "group"), Set.of("modality", "group")::contains, "modality and group");
      for (Table.Line line : table.lines()) {
        builder.modalityGroup(line.required("modality"), line.required("group"));
      }
    } else if (base == null) {
      usualModalities();
    }
  }

  /**
   * What a table means that says nothing of modalities: each is its own group, and film is film.
   */
  private void usualModalities() {
    Set<String> groups = new TreeSet<>();
    classes.values().forEach(studyClass -> groups.add(studyClass.modality()));
    String film = groups.contains("XR") ? "XR" : groups.contains("CR") ? "CR" : "DX";
    if (groups.contains(film)) {
      List.of("CR", "DX", "RG", "PX", "IO").forEach(m -> builder.modalityGroup(m, film));
    }
    if (groups.contains("XA")) {
      builder.modalityGroup("RF", "XA");
    }
    groups.forEach(group -> builder.modalityGroup(group, group));
  }

  private void readRules() {
    Table table = tables.rules();
    if (table == null) {
      return;
    }
    table.check(Set.of("set", "rule"), Set.of("set", "rule")::contains, "set and rule");
    Map<String, List<String>> sets = new LinkedHashMap<>();
    for (Table.Line line : table.lines()) {
      sets.computeIfAbsent(line.required("set"), s -> new ArrayList<>()).add(line.required("rule"));
    }
    sets.forEach(builder::rules);
  }
}
