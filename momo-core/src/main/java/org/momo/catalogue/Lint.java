package org.momo.catalogue;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.momo.catalogue.LintFinding.Severity;
import org.momo.catalogue.internal.RuleText;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;
import org.momo.spi.ConfigurationException;

/** Looks for what is allowed in a catalogue and yet likely a mistake. */
final class Lint {
  private static final Set<Concept.Kind> PLACES =
      EnumSet.of(Concept.Kind.REGION, Concept.Kind.ORGAN, Concept.Kind.PROCEDURE);
  private static final Set<Concept.Kind> WITHOUT_TERMS =
      EnumSet.of(Concept.Kind.GENERAL, Concept.Kind.COMPOSED);

  private final Catalogue catalogue;
  private final List<LintFinding> findings = new ArrayList<>();

  private Lint(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  static List<LintFinding> of(Catalogue catalogue) {
    Lint lint = new Lint(catalogue);
    lint.shared("procedure code", Severity.ERROR, StudyClass::procedureCodes);
    lint.shared("description", Severity.ERROR, StudyClass::descriptions);
    lint.keywords();
    lint.classes();
    lint.parents();
    lint.modalities();
    lint.petPartners();
    lint.rules();
    lint.concepts();
    lint.findings.sort(Comparator.comparing(LintFinding::severity));
    return List.copyOf(lint.findings);
  }

  private void add(Severity severity, String subject, String message) {
    findings.add(new LintFinding(severity, subject, message));
  }

  private interface Entries {
    List<String> of(StudyClass studyClass);
  }

  /** Codes and descriptions decide alone, so two classes of one modality must not share them. */
  private void shared(String what, Severity severity, Entries entries) {
    Map<String, Set<String>> users = new TreeMap<>();
    for (StudyClass studyClass : catalogue.classes()) {
      Set<String> own = new TreeSet<>();
      for (String entry : entries.of(studyClass)) {
        if (!own.add(entry)) {
          add(Severity.WARNING, studyClass.code(), "the " + what + " " + entry + " is there twice");
        }
      }
      for (String entry : own) {
        users
            .computeIfAbsent(studyClass.modality() + "\n" + folded(entry), k -> new TreeSet<>())
            .add(studyClass.code());
      }
    }
    users.forEach(
        (key, codes) -> {
          if (codes.size() > 1) {
            add(
                severity,
                codes.iterator().next(),
                "the "
                    + what
                    + " \""
                    + key.substring(key.indexOf('\n') + 1)
                    + "\" leads to "
                    + String.join(" and ", codes));
          }
        });
  }

  private void keywords() {
    Map<String, Map<String, Set<String>>> byModality = new TreeMap<>();
    for (StudyClass studyClass : catalogue.classes()) {
      Set<String> own = new TreeSet<>();
      studyClass
          .keywords()
          .forEach(
              (language, words) -> {
                for (String word : words) {
                  String folded = folded(word);
                  if (folded.isEmpty()) {
                    add(
                        Severity.ERROR,
                        studyClass.code(),
                        "the keyword \""
                            + word
                            + "\" can never match: it has no letter and no digit");
                  } else if (!own.add(language + " " + folded)) {
                    add(
                        Severity.WARNING,
                        studyClass.code(),
                        "the keyword \"" + word + "\" is there twice");
                  } else {
                    byModality
                        .computeIfAbsent(studyClass.modality(), m -> new TreeMap<>())
                        .computeIfAbsent(folded, k -> new TreeSet<>())
                        .add(studyClass.code());
                  }
                }
              });
    }
    byModality.forEach(this::keywords);
  }

  private void keywords(String modality, Map<String, Set<String>> users) {
    Map<String, Set<String>> containing = new TreeMap<>();
    users.forEach(
        (keyword, codes) -> {
          if (codes.size() > 1) {
            add(
                Severity.WARNING,
                codes.iterator().next(),
                "the keyword \""
                    + keyword
                    + "\" speaks for "
                    + String.join(" and ", codes)
                    + ": it decides between none of them");
          }
          for (String inner : inner(keyword)) {
            Set<String> others = new TreeSet<>(users.getOrDefault(inner, Set.of()));
            others.removeAll(codes);
            if (!others.isEmpty()) {
              containing.computeIfAbsent(inner, k -> new LinkedHashSet<>()).add(keyword);
            }
          }
        });
    containing.forEach(
        (inner, outer) ->
            add(
                Severity.NOTE,
                String.join("+", users.getOrDefault(inner, Set.of())),
                "the "
                    + modality
                    + " keyword \""
                    + inner
                    + "\" is a part of "
                    + outer.stream()
                        .limit(8)
                        .map(
                            o ->
                                "\""
                                    + o
                                    + "\" of "
                                    + String.join("+", users.getOrDefault(o, Set.of())))
                        .collect(Collectors.joining(", "))
                    + (outer.size() > 8 ? " and " + (outer.size() - 8) + " more" : "")));
  }

  /** The stretches of a keyword, without itself, that could be keywords. */
  private static Set<String> inner(String keyword) {
    Set<String> parts = new LinkedHashSet<>();
    int longest = Math.min(keyword.length(), 64);
    for (int from = 0; from < longest; from++) {
      for (int to = from + 2; to <= longest; to++) {
        if (to - from < keyword.length()) {
          parts.add(keyword.substring(from, to));
        }
      }
    }
    return parts;
  }

  private void classes() {
    EnumSet<Region> named = EnumSet.noneOf(Region.class);
    for (Concept concept : catalogue.concepts()) {
      named.addAll(concept.regions());
    }
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (StudyClass studyClass : catalogue.classes()) {
      boolean led =
          !studyClass.procedureCodes().isEmpty()
              || !studyClass.descriptions().isEmpty()
              || studyClass.keywords().values().stream().anyMatch(words -> !words.isEmpty())
              || (!studyClass.regions().isEmpty() && named.containsAll(studyClass.regions()));
      if (!led) {
        add(
            Severity.WARNING,
            studyClass.code(),
            "nothing but its name leads to this class: it has no keyword, description or procedure"
                + " code, and no concept covers its regions");
      }
      if (studyClass.regions().isEmpty()) {
        add(Severity.NOTE, studyClass.code(), "the class says nothing of what it covers");
      } else {
        alike
            .computeIfAbsent(
                studyClass.modality()
                    + " "
                    + studyClass.regions()
                    + " "
                    + studyClass.focus().orElse(""),
                k -> new ArrayList<>())
            .add(studyClass.code());
      }
    }
    alike.forEach(
        (what, codes) -> {
          if (codes.size() > 1) {
            add(
                Severity.NOTE,
                codes.get(0),
                String.join(" and ", codes) + " have the same modality, regions and focus");
          }
        });
  }

  private void parents() {
    Set<Set<String>> told = new LinkedHashSet<>();
    for (StudyClass studyClass : catalogue.classes()) {
      List<String> circle = circle(studyClass.code());
      if (!circle.isEmpty() && told.add(new TreeSet<>(circle))) {
        add(
            Severity.WARNING,
            studyClass.code(),
            "parents go in a circle: "
                + String.join(" -> ", circle)
                + " -> "
                + circle.get(0)
                + "; each then counts as too general for the other");
      }
    }
  }

  /** The shortest way from a class over its parents back to it; empty where there is none. */
  private List<String> circle(String code) {
    Map<String, String> cameFrom = new LinkedHashMap<>();
    List<String> front = List.of(code);
    while (!front.isEmpty()) {
      List<String> next = new ArrayList<>();
      for (String at : front) {
        for (String parent : parentsOf(at)) {
          if (parent.equals(code)) {
            List<String> way = new ArrayList<>();
            for (String step = at; !step.equals(code); step = cameFrom.getOrDefault(step, code)) {
              way.add(step);
            }
            way.add(code);
            Collections.reverse(way);
            return way;
          }
          if (cameFrom.putIfAbsent(parent, at) == null) {
            next.add(parent);
          }
        }
      }
      front = next;
    }
    return List.of();
  }

  private List<String> parentsOf(String code) {
    return catalogue.find(code).map(StudyClass::parents).orElse(List.of());
  }

  private Set<String> groups() {
    return catalogue.classes().stream()
        .map(StudyClass::modality)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void modalities() {
    Set<String> groups = groups();
    catalogue
        .modalityGroups()
        .forEach(
            (modality, group) -> {
              if (!groups.contains(group)) {
                add(
                    Severity.WARNING,
                    modality,
                    "the modality belongs to the group " + group + ", which has no class");
              }
            });
    for (String group : groups) {
      // PET with MR is a group that studies get by their series together, not by one modality.
      if (!catalogue.modalityGroups().containsValue(group) && !group.equals("MRPET")) {
        add(
            Severity.WARNING,
            group,
            "no DICOM Modality leads to this group: its classes are never found");
      }
    }
  }

  private void petPartners() {
    Set<String> groups = groups();
    if (!groups.contains("PT")) {
      return;
    }
    for (StudyClass studyClass : catalogue.classes()) {
      boolean partnered =
          studyClass.modality().equals("CT")
              || (studyClass.modality().equals("MR") && catalogue.modalityGroup("PT").isPresent());
      if (partnered && studyClass.petPartner().isEmpty()) {
        add(
            Severity.WARNING,
            studyClass.code(),
            "the class has no PET partner: a PET study of which a network sees this part stays"
                + " without it");
      }
      studyClass
          .petPartner()
          .flatMap(catalogue::find)
          .filter(
              partner -> !partner.modality().contains("PT") && !partner.modality().contains("PET"))
          .ifPresent(
              partner ->
                  add(
                      Severity.ERROR,
                      studyClass.code(),
                      "its PET partner " + partner.code() + " is no PET class"));
    }
  }

  private void rules() {
    catalogue
        .ruleSets()
        .forEach(
            (set, rules) -> {
              Set<String> seen = new TreeSet<>();
              for (String text : rules) {
                if (!seen.add(text)) {
                  add(Severity.NOTE, text, "the rule set " + set + " has this rule twice");
                }
                try {
                  for (String code : RuleText.parse(text).codes()) {
                    if (catalogue.find(code).isEmpty()) {
                      add(
                          Severity.ERROR,
                          text,
                          "this rule of the set " + set + " names the unknown class " + code);
                    }
                  }
                } catch (ConfigurationException e) {
                  add(Severity.ERROR, text, "rule set " + set + ": " + e.getMessage());
                }
              }
            });
  }

  private void concepts() {
    Map<String, Set<String>> users = new TreeMap<>();
    for (Concept concept : catalogue.concepts()) {
      if (concept.kind() == Concept.Kind.COMPOSED) {
        composed(concept);
      } else {
        concept
            .terms()
            .forEach(
                (language, terms) -> {
                  Set<String> own = new TreeSet<>();
                  for (String term : terms) {
                    String folded = folded(term);
                    if (folded.isEmpty()) {
                      if (term.chars().noneMatch(c -> c > ' ')) {
                        add(Severity.ERROR, concept.id(), "an empty term can never match");
                      }
                    } else if (own.add(folded)) {
                      users
                          .computeIfAbsent(language + "\n" + spaced(term), k -> new TreeSet<>())
                          .add(concept.id());
                    }
                  }
                });
      }
      if (concept.terms().isEmpty() && !WITHOUT_TERMS.contains(concept.kind())) {
        add(Severity.WARNING, concept.id(), "no word leads to this concept");
      }
      if (PLACES.contains(concept.kind())) {
        place(concept);
      }
    }
    users.forEach(
        (key, ids) -> {
          if (ids.size() > 1) {
            add(
                Severity.NOTE,
                ids.iterator().next(),
                "in the language "
                    + key.replace("\n", " the term \"")
                    + "\" means "
                    + String.join(" and ", ids));
          }
        });
  }

  private void composed(Concept concept) {
    Set<String> ids = new TreeSet<>();
    catalogue.concepts().forEach(c -> ids.add(c.id()));
    concept
        .terms()
        .values()
        .forEach(
            terms -> {
              for (String term : terms) {
                for (String part : term.strip().split("\\s+")) {
                  String id =
                      part.startsWith("+") || part.startsWith("!") ? part.substring(1) : part;
                  if (!ids.contains(id)) {
                    add(
                        Severity.ERROR,
                        concept.id(),
                        "it is composed of the unknown concept " + id);
                  }
                }
              }
            });
  }

  private void place(Concept concept) {
    if (concept.regions().isEmpty()) {
      return;
    }
    boolean there =
        catalogue.classes().stream()
            .filter(
                c -> concept.modalities().isEmpty() || concept.modalities().contains(c.modality()))
            .anyMatch(c -> !Collections.disjoint(c.regions(), general(concept.regions())));
    if (!there) {
      add(
          Severity.WARNING,
          concept.id(),
          "no class covers what this concept names: " + concept.regions());
    }
  }

  private static Set<Region> general(Set<Region> regions) {
    EnumSet<Region> wider = EnumSet.copyOf(regions);
    for (Region general : Region.values()) {
      if (regions.stream().anyMatch(general::generalises)) {
        wider.add(general);
      }
    }
    return wider;
  }

  private static String folded(String text) {
    return spaced(text).replace(" ", "");
  }

  private static String spaced(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\p{M}+", "")
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip();
  }
}
