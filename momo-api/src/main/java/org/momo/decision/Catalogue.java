package org.momo.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All the answers that there are, and the vocabulary that leads to them: the published system's
 * Modality Mapping Database.
 *
 * <p>This class is immutable.
 */
public final class Catalogue {
  private final String name;
  private final Map<String, StudyClass> classes;
  private final Map<String, Concept> concepts;
  private final Map<String, String> modalityGroups;
  private final Map<String, List<String>> ruleSets;

  private Catalogue(Builder builder) {
    this.name = builder.name;
    this.classes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.classes));
    this.concepts = Collections.unmodifiableMap(new LinkedHashMap<>(builder.concepts));
    this.modalityGroups = Collections.unmodifiableMap(new TreeMap<>(builder.modalityGroups));
    this.ruleSets = Collections.unmodifiableMap(new TreeMap<>(builder.ruleSets));
  }

  /**
   * Starts a catalogue.
   *
   * @param name how traces and messages name it
   * @return an empty builder
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * The catalogue's name.
   *
   * @return for instance {@code default} or {@code essen-76}
   */
  public String name() {
    return name;
  }

  /**
   * The study classes.
   *
   * @return an immutable collection in table order
   */
  public Collection<StudyClass> classes() {
    return classes.values();
  }

  /**
   * The class of a code.
   *
   * @param code a class code, in its exact case
   * @return the class, or empty where there is none
   */
  public Optional<StudyClass> find(String code) {
    return Optional.ofNullable(classes.get(code));
  }

  /**
   * The vocabulary.
   *
   * @return an immutable collection in table order; empty where the classes' own keywords are all
   */
  public Collection<Concept> concepts() {
    return concepts.values();
  }

  /**
   * The modality group that a DICOM Modality belongs to.
   *
   * @param dicomModality a value of Modality (0008,0060), such as {@code DX}
   * @return the group, such as {@code XR}, or empty where the catalogue has no class for it
   */
  public Optional<String> modalityGroup(String dicomModality) {
    return Optional.ofNullable(modalityGroups.get(dicomModality));
  }

  /**
   * DICOM Modality to modality group.
   *
   * @return an immutable map in alphabetical order
   */
  public Map<String, String> modalityGroups() {
    return modalityGroups;
  }

  /**
   * The vote rules that come with the catalogue, by the name of their set.
   *
   * @return an immutable map; each rule in the published syntax, in the order of application
   */
  public Map<String, List<String>> ruleSets() {
    return ruleSets;
  }

  /**
   * A builder that starts with all that this catalogue says.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder(name);
    builder.classes.putAll(classes);
    builder.concepts.putAll(concepts);
    builder.modalityGroups.putAll(modalityGroups);
    builder.ruleSets.putAll(ruleSets);
    return builder;
  }

  /** Name and size. */
  @Override
  public String toString() {
    return "Catalogue[" + name + ", " + classes.size() + " classes]";
  }

  /**
   * Collects a catalogue.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder {
    private String name;
    private final Map<String, StudyClass> classes = new LinkedHashMap<>();
    private final Map<String, Concept> concepts = new LinkedHashMap<>();
    private final Map<String, String> modalityGroups = new TreeMap<>();
    private final Map<String, List<String>> ruleSets = new TreeMap<>();

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Renames the catalogue.
     *
     * @param name how traces and messages name it
     * @return this builder
     */
    public Builder name(String name) {
      this.name = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * Adds a class.
     *
     * @param studyClass a class whose code is new
     * @return this builder
     * @throws IllegalArgumentException if there is a class of that code already
     */
    public Builder add(StudyClass studyClass) {
      if (classes.putIfAbsent(studyClass.code(), studyClass) != null) {
        throw new IllegalArgumentException(
            "catalogue " + name + " has two classes of code " + studyClass.code());
      }
      return this;
    }

    /**
     * Adds a class, in place of one of the same code where there is one.
     *
     * @param studyClass a class
     * @return this builder
     */
    public Builder put(StudyClass studyClass) {
      classes.put(studyClass.code(), studyClass);
      return this;
    }

    /**
     * Adds a concept.
     *
     * @param concept a concept whose id is new
     * @return this builder
     * @throws IllegalArgumentException if there is a concept of that id already
     */
    public Builder add(Concept concept) {
      if (concepts.putIfAbsent(concept.id(), concept) != null) {
        throw new IllegalArgumentException(
            "catalogue " + name + " has two concepts of id " + concept.id());
      }
      return this;
    }

    /**
     * Adds a concept, in place of one of the same id where there is one.
     *
     * @param concept a concept
     * @return this builder
     */
    public Builder put(Concept concept) {
      concepts.put(concept.id(), concept);
      return this;
    }

    /**
     * Says which modality group a DICOM Modality belongs to.
     *
     * @param dicomModality a value of Modality (0008,0060)
     * @param group the group that classes use
     * @return this builder
     */
    public Builder modalityGroup(String dicomModality, String group) {
      modalityGroups.put(dicomModality, group);
      return this;
    }

    /**
     * Adds a set of vote rules, in place of one of the same name where there is one.
     *
     * @param setName how configurations name it
     * @param rules rules in the published syntax, in order
     * @return this builder
     */
    public Builder rules(String setName, List<String> rules) {
      ruleSets.put(setName, List.copyOf(rules));
      return this;
    }

    /**
     * Makes the catalogue.
     *
     * @return what was collected so far
     * @throws IllegalArgumentException if a parent or PET partner names a class that is not there;
     *     the message names each
     */
    public Catalogue build() {
      List<String> faults = new ArrayList<>();
      for (StudyClass studyClass : classes.values()) {
        for (String parent : studyClass.parents()) {
          if (!classes.containsKey(parent)) {
            faults.add(studyClass.code() + " has the parent " + parent);
          }
        }
        studyClass
            .petPartner()
            .filter(partner -> !classes.containsKey(partner))
            .ifPresent(
                partner -> faults.add(studyClass.code() + " has the PET partner " + partner));
      }
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(
            "catalogue " + name + " names classes that it lacks: " + String.join(", ", faults));
      }
      return new Catalogue(this);
    }
  }
}
