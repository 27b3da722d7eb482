package org.momo.metadata.words;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Region;

/**
 * What a {@link WordsMatcher} understood of one text.
 *
 * <p>Findings and matches hold words of the catalogue. {@link #tokens()} holds words of the text,
 * which may name a person: it is for a person's eyes, not for logs.
 *
 * <p>This class is immutable.
 */
public final class Reading {
  private final Tokens tokens;
  private final List<Finding> findings;
  private final Set<Region> regions;
  private final @Nullable String focus;
  private final Laterality laterality;
  private final Contrast contrast;
  private final Set<String> spokenModalities;
  private final @Nullable String group;
  private final boolean contradicts;
  private final List<ClassMatch> matches;
  private final List<String> unknown;

  Reading(
      Tokens tokens,
      List<Finding> findings,
      Set<Region> regions,
      @Nullable String focus,
      Laterality laterality,
      Contrast contrast,
      Set<String> spokenModalities,
      @Nullable String group,
      boolean contradicts,
      List<ClassMatch> matches,
      List<String> unknown) {
    this.tokens = tokens;
    this.findings = Collections.unmodifiableList(findings);
    this.regions = Collections.unmodifiableSet(regions);
    this.focus = focus;
    this.laterality = laterality;
    this.contrast = contrast;
    this.spokenModalities = Collections.unmodifiableSet(spokenModalities);
    this.group = group;
    this.contradicts = contradicts;
    this.matches = Collections.unmodifiableList(matches);
    this.unknown = Collections.unmodifiableList(unknown);
  }

  /**
   * The folded tokens of the text.
   *
   * @return words in lower case without marks, and numbers, in the order of the text
   */
  public List<String> tokens() {
    List<String> words = new ArrayList<>(tokens.count);
    for (int i = 0; i < tokens.count; i++) {
      words.add(tokens.word(i));
    }
    return words;
  }

  /**
   * The tokens that the catalogue has no word for.
   *
   * @return folded words in the order of the text, without numbers and single letters
   */
  public List<String> unknownTokens() {
    return unknown;
  }

  /**
   * The concepts that the text names.
   *
   * @return findings in the order of the text, those that do not count among them
   */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * What the text says was examined.
   *
   * @return an immutable set in the order of {@link Region}; empty where the text names no anatomy
   */
  public Set<Region> regions() {
    return regions;
  }

  /**
   * What the examination is about within its regions.
   *
   * @return the one focus that the text names, or empty where it names none or several
   */
  public Optional<String> focus() {
    return Optional.ofNullable(focus);
  }

  /**
   * The side that the text names.
   *
   * @return the side
   */
  public Laterality laterality() {
    return laterality;
  }

  /**
   * What the text says of contrast medium.
   *
   * @return the contrast
   */
  public Contrast contrast() {
    return contrast;
  }

  /**
   * The modality groups that words of the text name.
   *
   * @return an immutable set; empty where the text names none
   */
  public Set<String> spokenModalities() {
    return spokenModalities;
  }

  /**
   * The modality group that the text was read for.
   *
   * @return the group that was given; where none was, the only one that the text names, or empty
   */
  public Optional<String> modalityGroup() {
    return Optional.ofNullable(group);
  }

  /**
   * Whether the text names modalities, and not the one that was given.
   *
   * @return true where words contradict the modality
   */
  public boolean contradictsModality() {
    return contradicts;
  }

  /**
   * The classes that the text speaks for.
   *
   * @return best first; empty where the text names no anatomy, which is to abstain
   */
  public List<ClassMatch> matches() {
    return matches;
  }

  /**
   * The class that the text speaks for most.
   *
   * @return the first of {@link #matches()}, or empty
   */
  public Optional<ClassMatch> best() {
    return matches.isEmpty() ? Optional.empty() : Optional.of(matches.get(0));
  }

  /** Regions and matches, without the text. */
  @Override
  public String toString() {
    return "Reading[" + regions + ", " + matches + "]";
  }
}
