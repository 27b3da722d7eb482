package org.momo.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.Vote;
import org.momo.metadata.published.Reduction;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Options;
import org.momo.study.Series;
import org.momo.study.Study;

/**
 * Lets the texts of every series vote, one vote a text. Shared by the layers that differ in how
 * they count.
 *
 * <p>Options: {@code matcher} and what it takes; {@code tags}, the tags that vote; {@code
 * blacklist}, words whose presence in a Series Description silences the series.
 *
 * <p>This class is immutable.
 */
final class SeriesTexts {
  private final TextMatcher matcher;
  private final List<Texts> tags;
  private final List<String> blacklist;
  private final Reduction reduction = new Reduction(List.of());
  private final Modalities modalities;

  SeriesTexts(Options options, Catalogue catalogue, Modalities modalities) {
    this.modalities = modalities;
    matcher = TextMatcher.of(TextMatcher.chosen(options), options, catalogue, 3);
    tags = options.strings("tags").map(names -> named(names, options)).orElse(Texts.PUBLISHED);
    blacklist =
        options.strings("blacklist").orElse(List.of()).stream()
            .map(reduction::reduce)
            .filter(word -> !word.isEmpty())
            .toList();
  }

  private static List<Texts> named(List<String> names, Options options) {
    Set<Texts> chosen = new TreeSet<>();
    for (String name : names) {
      Texts found = null;
      for (Texts text : Texts.values()) {
        found = text.option().equals(name) ? text : found;
      }
      if (found == null) {
        throw new ConfigurationException(
            options.where()
                + ": tags must be among "
                + List.of(Texts.values()).stream()
                    .map(Texts::option)
                    .collect(Collectors.joining(", "))
                + ": was "
                + name.toLowerCase(Locale.ROOT));
      }
      chosen.add(found);
    }
    return List.copyOf(chosen);
  }

  TextMatcher matcher() {
    return matcher;
  }

  /** The series whose modality lets them speak for the study, without those of the blacklist. */
  List<Series> speaking(Study study, String group) {
    List<Series> speaking = new ArrayList<>();
    for (Series series : study.series()) {
      if (modalities.speaksFor(series, group) && !isBlacklisted(series)) {
        speaking.add(series);
      }
    }
    return speaking;
  }

  private boolean isBlacklisted(Series series) {
    return !blacklist.isEmpty()
        && Texts.SERIES_DESCRIPTION.in(series).stream()
            .map(said -> reduction.reduce(said.text()))
            .anyMatch(text -> blacklist.stream().anyMatch(text::contains));
  }

  /** The votes of one series' texts, each of weight 1. */
  List<Vote> votes(Series series, String group) {
    List<Vote> votes = new ArrayList<>();
    for (Texts tag : tags) {
      for (Texts.Said said : tag.in(series)) {
        matcher
            .match(said.text(), group, tag.kind())
            .ifPresent(
                match ->
                    votes.add(
                        new Vote(
                            match.studyClass(),
                            1,
                            Evidence.matched(said.path(), series.uid(), match.keyword()))));
      }
    }
    return votes;
  }
}
