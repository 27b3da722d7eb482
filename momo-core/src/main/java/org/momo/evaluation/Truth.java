package org.momo.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;

/**
 * What a study is labelled with: one or several accepted answers, as class codes or as regions.
 *
 * <p>This class is immutable.
 */
public final class Truth {
  private static final Set<Region> SPINES =
      Collections.unmodifiableSet(
          EnumSet.of(Region.SPINE, Region.SPINE_C, Region.SPINE_T, Region.SPINE_L));

  private final Set<String> codes;
  private final Set<Set<Region>> regions;

  private Truth(Collection<String> codes, Collection<Set<Region>> regions) {
    this.codes = Collections.unmodifiableSet(new LinkedHashSet<>(codes));
    this.regions = Collections.unmodifiableSet(new LinkedHashSet<>(regions));
  }

  /**
   * Accepts study classes.
   *
   * @param codes their codes, at least one
   * @return the truth
   * @throws IllegalArgumentException if there is no code
   */
  public static Truth ofClasses(Collection<String> codes) {
    if (codes.isEmpty()) {
      throw new IllegalArgumentException("a label needs at least one class");
    }
    return new Truth(codes, List.of());
  }

  /**
   * Accepts what covers certain regions, whatever class it is.
   *
   * @param notation region names; {@code +} joins what a study covers together, {@code |} separates
   *     alternatives, and an alternative {@code *}, something that no region says, adds nothing
   * @return the truth
   * @throws IllegalArgumentException if a name is none of {@link Region}'s, or there is none; the
   *     message names it
   */
  public static Truth ofRegions(String notation) {
    List<Set<Region>> alternatives = new ArrayList<>();
    for (String alternative : notation.split("\\|")) {
      if (alternative.strip().equals("*")) {
        continue;
      }
      EnumSet<Region> covered = EnumSet.noneOf(Region.class);
      for (String name : alternative.split("\\+")) {
        covered.add(
            Region.named(name)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "\""
                                + cut(name)
                                + "\" is no region: use one of "
                                + List.of(Region.values()))));
      }
      alternatives.add(Collections.unmodifiableSet(covered));
    }
    if (alternatives.isEmpty()) {
      throw new IllegalArgumentException("a label needs at least one region");
    }
    return new Truth(List.of(), alternatives);
  }

  /** Either of two labels is right. */
  Truth or(Truth other) {
    Set<String> allCodes = new LinkedHashSet<>(codes);
    allCodes.addAll(other.codes);
    Set<Set<Region>> allRegions = new LinkedHashSet<>(regions);
    allRegions.addAll(other.regions);
    return new Truth(allCodes, allRegions);
  }

  /**
   * Each accepted answer as a text of its own, for raters who are compared.
   *
   * @return the labels
   */
  public Set<String> labels() {
    Set<String> labels = new LinkedHashSet<>(codes);
    regions.forEach(set -> labels.add(text(set)));
    return Collections.unmodifiableSet(labels);
  }

  /**
   * Judges an answer.
   *
   * <p>Held against class codes, an answer is minor where the catalogue names it among the parents
   * of an accepted class. Held against regions, it is minor where it shares a region with an
   * accepted answer, or one of the two is the general form of the other: the spine of its levels,
   * the whole body of several regions.
   *
   * @param answer the class that was answered, or null for none
   * @param catalogue whose parents count
   * @return the best verdict that an accepted answer allows
   */
  public Verdict judge(@Nullable StudyClass answer, Catalogue catalogue) {
    if (answer == null) {
      return Verdict.NONE;
    }
    if (codes.contains(answer.code()) || regions.contains(answer.regions())) {
      return Verdict.RIGHT;
    }
    for (String code : codes) {
      Optional<StudyClass> accepted = catalogue.find(code);
      if (accepted.isPresent() && accepted.get().parents().contains(answer.code())) {
        return Verdict.MINOR;
      }
    }
    for (Set<Region> accepted : regions) {
      if (related(answer.regions(), accepted)) {
        return Verdict.MINOR;
      }
    }
    return Verdict.MAJOR;
  }

  private static boolean related(Set<Region> answer, Set<Region> accepted) {
    boolean general =
        (answer.contains(Region.SPINE) || accepted.contains(Region.SPINE))
            && !Collections.disjoint(answer, SPINES)
            && !Collections.disjoint(accepted, SPINES);
    boolean whole =
        (answer.contains(Region.WHOLEBODY) && accepted.size() > 1)
            || (accepted.contains(Region.WHOLEBODY) && answer.size() > 1);
    return general || whole || !Collections.disjoint(answer, accepted);
  }

  /**
   * The accepted answer that the given one is held against in a confusion: itself, or the first.
   */
  String row(@Nullable StudyClass answer) {
    String said = column(answer);
    Set<String> labels = labels();
    return labels.contains(said) ? said : labels.iterator().next();
  }

  /** How the given answer is written in a confusion. */
  String column(@Nullable StudyClass answer) {
    if (answer == null) {
      return "undecided";
    }
    return regions.isEmpty() || answer.regions().isEmpty() ? answer.code() : text(answer.regions());
  }

  private static String text(Set<Region> covered) {
    return covered.stream().map(Region::name).collect(Collectors.joining("+"));
  }

  private static String cut(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Truth that && codes.equals(that.codes) && regions.equals(that.regions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(codes, regions);
  }

  /** The accepted answers, separated by {@code |}. */
  @Override
  public String toString() {
    return String.join("|", labels());
  }
}
