package org.momo.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One answer that a study can get: a row of the hospital's table of examinations.
 *
 * <p>Two study classes are equal when all that they say is equal.
 *
 * <p>This class is immutable.
 */
public final class StudyClass {
  private final String code;
  private final String name;
  private final String modality;
  private final Set<Region> regions;
  private final @Nullable String focus;
  private final List<String> parents;
  private final List<String> procedureCodes;
  private final List<String> descriptions;
  private final Map<String, List<String>> keywords;
  private final @Nullable String petPartner;

  private StudyClass(Builder builder) {
    this.code = builder.code;
    this.name = builder.name.isEmpty() ? builder.code : builder.name;
    this.modality = builder.modality;
    this.regions = Collections.unmodifiableSet(EnumSet.copyOf(builder.regions));
    this.focus = builder.focus;
    this.parents = List.copyOf(builder.parents);
    this.procedureCodes = List.copyOf(builder.procedureCodes);
    this.descriptions = List.copyOf(builder.descriptions);
    TreeMap<String, List<String>> byLanguage = new TreeMap<>();
    builder.keywords.forEach((language, words) -> byLanguage.put(language, List.copyOf(words)));
    this.keywords = Collections.unmodifiableMap(byLanguage);
    this.petPartner = builder.petPartner;
  }

  /**
   * Starts a study class.
   *
   * @param code its code, unique in a catalogue; letters, digits, {@code _}, {@code -} and {@code
   *     .}
   * @param modality its modality group, such as {@code CT}
   * @return a builder without regions, keywords or codes
   * @throws IllegalArgumentException if the code is empty or has other characters, or the modality
   *     is blank
   */
  public static Builder builder(String code, String modality) {
    return new Builder(code, modality);
  }

  /**
   * The code.
   *
   * @return unique in its catalogue
   */
  public String code() {
    return code;
  }

  /**
   * The name for people.
   *
   * @return the name; the code where none was given
   */
  public String name() {
    return name;
  }

  /**
   * The modality group.
   *
   * @return one of the catalogue's groups, such as {@code CT} or {@code XR}
   */
  public String modality() {
    return modality;
  }

  /**
   * What the examination covers.
   *
   * @return an immutable set in the order of {@link Region}; may be empty where a site's table says
   *     nothing of regions
   */
  public Set<Region> regions() {
    return regions;
  }

  /**
   * What the examination is about within its regions.
   *
   * @return for instance {@code KNEE} or {@code CORONARIES}, or empty
   */
  public Optional<String> focus() {
    return Optional.ofNullable(focus);
  }

  /**
   * The classes that would be correct but too general for a study of this class.
   *
   * @return codes of the same catalogue
   */
  public List<String> parents() {
    return parents;
  }

  /**
   * The procedure codes that stand for this class: local ones as they are, those of a published
   * scheme as {@code scheme:value}.
   *
   * @return codes in table order
   */
  public List<String> procedureCodes() {
    return procedureCodes;
  }

  /**
   * Study descriptions that mean this class and nothing else.
   *
   * @return descriptions in table order
   */
  public List<String> descriptions() {
    return descriptions;
  }

  /**
   * The words that speak for this class.
   *
   * @return language (ISO 639-1, or {@code *} for any) to keywords in table order
   */
  public Map<String, List<String>> keywords() {
    return keywords;
  }

  /**
   * The class that a PET study gets when its CT or MR part belongs to this class.
   *
   * @return a code of the same catalogue, or empty
   */
  public Optional<String> petPartner() {
    return Optional.ofNullable(petPartner);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof StudyClass that
            && code.equals(that.code)
            && name.equals(that.name)
            && modality.equals(that.modality)
            && regions.equals(that.regions)
            && Objects.equals(focus, that.focus)
            && parents.equals(that.parents)
            && procedureCodes.equals(that.procedureCodes)
            && descriptions.equals(that.descriptions)
            && keywords.equals(that.keywords)
            && Objects.equals(petPartner, that.petPartner);
  }

  @Override
  public int hashCode() {
    return code.hashCode();
  }

  /** The code. */
  @Override
  public String toString() {
    return code;
  }

  /**
   * Collects what a study class says.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder {
    private final String code;
    private final String modality;
    private String name = "";
    private final EnumSet<Region> regions = EnumSet.noneOf(Region.class);
    private @Nullable String focus;
    private final List<String> parents = new ArrayList<>();
    private final List<String> procedureCodes = new ArrayList<>();
    private final List<String> descriptions = new ArrayList<>();
    private final Map<String, List<String>> keywords = new TreeMap<>();
    private @Nullable String petPartner;

    private Builder(String code, String modality) {
      if (code.isEmpty() || !code.chars().allMatch(Builder::allowed)) {
        throw new IllegalArgumentException(
            "a class code has letters, digits, '_', '-' and '.' only: was \"" + code + "\"");
      }
      if (modality.isBlank()) {
        throw new IllegalArgumentException("class " + code + " needs a modality group");
      }
      this.code = code;
      this.modality = modality;
    }

    private static boolean allowed(int c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    /**
     * Names the class for people.
     *
     * @param name the name
     * @return this builder
     */
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /**
     * Adds regions.
     *
     * @param regions what the examination covers
     * @return this builder
     */
    public Builder regions(Collection<Region> regions) {
      this.regions.addAll(regions);
      return this;
    }

    /**
     * Adds regions.
     *
     * @param regions what the examination covers
     * @return this builder
     */
    public Builder regions(Region... regions) {
      return regions(List.of(regions));
    }

    /**
     * Says what the examination is about within its regions.
     *
     * @param focus for instance {@code KNEE}; null for none
     * @return this builder
     */
    public Builder focus(@Nullable String focus) {
      this.focus = focus;
      return this;
    }

    /**
     * Adds classes that would be correct but too general.
     *
     * @param codes codes of the same catalogue
     * @return this builder
     */
    public Builder parents(Collection<String> codes) {
      parents.addAll(codes);
      return this;
    }

    /**
     * Adds procedure codes that stand for this class.
     *
     * @param codes local codes as they are, others as {@code scheme:value}
     * @return this builder
     */
    public Builder procedureCodes(Collection<String> codes) {
      procedureCodes.addAll(codes);
      return this;
    }

    /**
     * Adds descriptions that mean this class and nothing else.
     *
     * @param texts descriptions
     * @return this builder
     */
    public Builder descriptions(Collection<String> texts) {
      descriptions.addAll(texts);
      return this;
    }

    /**
     * Adds words that speak for this class.
     *
     * @param language ISO 639-1, or {@code *} for any
     * @param words keywords
     * @return this builder
     */
    public Builder keywords(String language, Collection<String> words) {
      keywords.computeIfAbsent(language, l -> new ArrayList<>()).addAll(words);
      return this;
    }

    /**
     * Says which class a PET study gets whose CT or MR part belongs to this class.
     *
     * @param code a code of the same catalogue; null for none
     * @return this builder
     */
    public Builder petPartner(@Nullable String code) {
      this.petPartner = code;
      return this;
    }

    /**
     * Makes the study class.
     *
     * @return what was collected so far
     */
    public StudyClass build() {
      return new StudyClass(this);
    }
  }
}
