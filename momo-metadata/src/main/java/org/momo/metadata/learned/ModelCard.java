package org.momo.metadata.learned;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model says of itself: its training set, its licence, how it was made and how well it does.
 *
 * <p>This class is immutable.
 *
 * @param name the model's name and version
 * @param trainingSet what it was trained on
 * @param licence the terms of the training set and of the model
 * @param facts further lines, name to value: sizes, seed, measured accuracy
 */
public record ModelCard(
    String name, String trainingSet, String licence, SortedMap<String, String> facts) {
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_VALUE = 2048;
  private static final int MOST_FACTS = 64;

  /**
   * Checks and copies the parts.
   *
   * @param name at most 64 characters
   * @param trainingSet at most 2048 characters
   * @param licence at most 2048 characters
   * @param facts at most 64 lines
   * @throws IllegalArgumentException if a part is too long, holds control characters, or the name
   *     is empty
   */
  public ModelCard {
    check("name", name, LONGEST_NAME);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a model's name must not be empty");
    }
    check("training set", trainingSet, LONGEST_VALUE);
    check("licence", licence, LONGEST_VALUE);
    if (facts.size() > MOST_FACTS) {
      throw new IllegalArgumentException(
          "a model's card has at most " + MOST_FACTS + " facts: these are " + facts.size());
    }
    facts.forEach(
        (key, value) -> {
          check("name of a fact", key, LONGEST_NAME);
          check("fact " + key, value, LONGEST_VALUE);
          if (key.isBlank() || key.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a fact's name must be a word without a colon");
          }
        });
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  private static void check(String what, String text, int longest) {
    Objects.requireNonNull(text, what);
    if (text.length() > longest) {
      throw new IllegalArgumentException(
          "the " + what + " has at most " + longest + " characters: was " + text.length());
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the " + what + " must not hold control characters");
    }
  }

  /**
   * The card as lines of {@code name: value}.
   *
   * @return the lines, each ended by a line feed
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("name: ").append(name).append('\n');
    text.append("training set: ").append(trainingSet).append('\n');
    text.append("licence: ").append(licence).append('\n');
    facts.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    return text.toString();
  }

  /** Reads what {@link #text()} wrote. */
  static ModelCard parse(String text) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String line : text.split("\n", MOST_FACTS + 5)) {
      if (!line.isEmpty()) {
        int colon = line.indexOf(": ");
        if (colon < 0 || lines.put(line.substring(0, colon), line.substring(colon + 2)) != null) {
          throw new IllegalArgumentException("each line of a card is a name once, and its value");
        }
      }
    }
    String name = take(lines, "name");
    String trainingSet = take(lines, "training set");
    String licence = take(lines, "licence");
    return new ModelCard(name, trainingSet, licence, new TreeMap<>(lines));
  }

  private static String take(Map<String, String> lines, String key) {
    String value = lines.remove(key);
    if (value == null) {
      throw new IllegalArgumentException("a card needs the line " + key);
    }
    return value;
  }
}
