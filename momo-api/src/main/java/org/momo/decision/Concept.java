package org.momo.decision;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.momo.study.Code;

/**
 * Something that the words of a description can name: a region, an organ, a procedure.
 *
 * <p>A catalogue's concepts are its vocabulary. Classes are found by what the concepts of a text
 * say together: their regions, their focus, the modality that they speak for.
 *
 * <p>This class is immutable.
 *
 * @param id its name in the tables, such as {@code LIVER}
 * @param kind what sort of thing it is
 * @param regions where it lies, or what an examination of it covers; empty for kinds that lie
 *     nowhere
 * @param focus the focus that it implies within its regions, or null
 * @param modalities for {@link Kind#MODALITY} the modality groups that it speaks for; for any other
 *     kind the groups in which alone it is meant, empty where in all
 * @param codes what standard codes mean it
 * @param terms language (ISO 639-1, or {@code *} for any) to the words for it, in table order
 */
public record Concept(
    String id,
    Kind kind,
    Set<Region> regions,
    @Nullable String focus,
    Set<String> modalities,
    List<Code> codes,
    Map<String, List<String>> terms) {

  /** The sorts of concept. */
  public enum Kind {
    /** A part of the body as examinations name it: abdomen, left arm. */
    REGION,
    /** An organ, bone, joint, vessel: it implies where it lies. */
    ORGAN,
    /** An examination that implies what it covers: ERCP, coronary angiography. */
    PROCEDURE,
    /** A word for a kind of machine or image: MRT, sonography. */
    MODALITY,
    /** Contrast medium, given or not. */
    CONTRAST,
    /** Left, right, both. */
    LATERALITY,
    /** A projection, plane or position: lateral, p.a., supine. */
    VIEW,
    /** Without, not: what follows does not count. */
    NEGATION,
    /** Evidence that counts only where nothing else names a region: a spine, a bone scan, a PET. */
    GENERAL,
    /** A word that places something only together with another: upper, lower, extremity. */
    PART,
    /**
     * What several concepts mean together, in whatever order they are found. Its terms stand under
     * {@code *}, and each is a list of concept ids, such as {@code THORACIC SPINE}.
     */
    COMPOSED,
    /** Not including: all that follows in the same phrase does not count. */
    EXCLUSION,
    /** A disease, a reason, a person, a device, an administrative word: no evidence of a region. */
    OTHER
  }

  /**
   * Copies what it is given.
   *
   * @param id its name in the tables, such as {@code LIVER}
   * @param kind what sort of thing it is
   * @param regions where it lies, or what an examination of it covers
   * @param focus the focus that it implies within its regions, or null
   * @param modalities for {@link Kind#MODALITY} the modality groups that it speaks for
   * @param codes what standard codes mean it
   * @param terms language (ISO 639-1, or {@code *} for any) to the words for it, in table order
   * @throws NullPointerException if a part other than {@code focus} is null
   */
  public Concept {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    EnumSet<Region> ordered = EnumSet.noneOf(Region.class);
    ordered.addAll(regions);
    regions = Collections.unmodifiableSet(ordered);
    modalities = Collections.unmodifiableSet(new TreeSet<>(modalities));
    codes = List.copyOf(codes);
    TreeMap<String, List<String>> byLanguage = new TreeMap<>();
    terms.forEach((language, words) -> byLanguage.put(language, List.copyOf(words)));
    terms = Collections.unmodifiableMap(byLanguage);
  }

  /**
   * The focus, where there is one.
   *
   * @return the focus that the concept implies within its regions
   */
  public Optional<String> impliedFocus() {
    return Optional.ofNullable(focus);
  }

  /** The id. */
  @Override
  public String toString() {
    return id;
  }
}
