package org.momo.metadata;

import java.util.List;
import java.util.Optional;
import org.momo.decision.Catalogue;
import org.momo.metadata.published.PublishedMatcher;
import org.momo.metadata.published.Reduction;
import org.momo.metadata.words.Reading;
import org.momo.metadata.words.Strength;
import org.momo.metadata.words.TextKind;
import org.momo.metadata.words.WordsMatcher;
import org.momo.spi.Options;

/** Finds the class that a text speaks for. Implementations are immutable and thread-safe. */
@FunctionalInterface
interface TextMatcher {

  /**
   * Matches a text against the classes of one modality group.
   *
   * @param text a text as the object holds it
   * @param group the study's modality group
   * @param kind what sort of tag it stands in
   * @return the class, or empty where the text names none, or names another modality
   */
  Optional<TextMatch> match(String text, String group, TextKind kind);

  /** The matcher that knows words, and the one that knows substrings. */
  String WORDS = "words";

  String PUBLISHED = "published";

  /** The name of the matcher that the options ask for, {@code matcher: words} unless they do. */
  static String chosen(Options options) {
    return options.choice("matcher", WORDS, List.of(WORDS, PUBLISHED));
  }

  /**
   * Makes a matcher. The words matcher takes the option {@code misspellings}; the published one
   * takes {@code min-exact}, {@code min-inner}, {@code ignored-words}, {@code priorities} and
   * {@code modality-words}.
   *
   * @param name as {@link #chosen} gave it
   * @param options the options of a layer
   * @param catalogue the classes
   * @param leastExact the fewest letters of a whole keyword where the options do not say
   * @return the matcher
   */
  static TextMatcher of(String name, Options options, Catalogue catalogue, int leastExact) {
    return name.equals(WORDS)
        ? words(words(options, catalogue))
        : published(options, catalogue, leastExact);
  }

  static WordsMatcher words(Options options, Catalogue catalogue) {
    return WordsMatcher.builder(catalogue).misspellings(options.flag("misspellings", true)).build();
  }

  private static TextMatcher words(WordsMatcher words) {
    return (text, group, kind) -> {
      Reading reading = words.read(text, group, kind);
      return reading.contradictsModality()
          ? Optional.empty()
          : reading
              .best()
              .map(
                  best ->
                      new TextMatch(
                          best.studyClass(),
                          best.strength() == Strength.STRONG,
                          best.keyword().isEmpty() ? group : best.keyword()));
    };
  }

  private static TextMatcher published(Options options, Catalogue catalogue, int leastExact) {
    PublishedMatcher.Builder builder =
        PublishedMatcher.builder(catalogue)
            .leastExact(options.integer("min-exact", leastExact, 1, 64))
            .leastInner(options.integer("min-inner", 6, 1, 64))
            .blacklist(options.strings("ignored-words").orElse(Reduction.BLACKLIST));
    options.strings("priorities").ifPresent(builder::priorities);
    Options words = options.options("modality-words");
    catalogue.classes().stream()
        .map(studyClass -> studyClass.modality())
        .distinct()
        .forEach(
            group -> words.strings(group).ifPresent(list -> builder.modalityWords(group, list)));
    PublishedMatcher matcher = builder.build();
    return (text, group, kind) ->
        matcher
            .match(text, group)
            .map(found -> new TextMatch(found.studyClass(), found.exact(), found.common()));
  }
}
