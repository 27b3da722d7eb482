package org.momo.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says of one thing. Reading an option uses it up; what is left over when the
 * factory has returned is an error, so that a misspelt option never passes for a default.
 *
 * <p>This class is not thread-safe.
 */
public final class Options {
  private final String where;
  private final Map<String, @Nullable Object> values;
  private final Set<String> asked = new TreeSet<>();
  private final List<Options> inner = new ArrayList<>();

  private Options(String where, Map<String, ? extends @Nullable Object> values) {
    this.where = where;
    this.values = new LinkedHashMap<>(values);
  }

  /**
   * Options as a configuration gives them.
   *
   * @param where how messages name the place, for instance {@code layers[2] metadata.series-vote}
   * @param values names to strings, numbers, booleans, lists and maps
   * @return the options
   */
  public static Options of(String where, Map<String, ? extends @Nullable Object> values) {
    return new Options(Objects.requireNonNull(where, "where"), values);
  }

  /**
   * No options.
   *
   * @param where how messages name the place
   * @return options without entries
   */
  public static Options none(String where) {
    return new Options(where, Map.of());
  }

  /**
   * How messages name the place.
   *
   * @return the place
   */
  public String where() {
    return where;
  }

  /**
   * Whether the configuration says something of an option. Asking does not use it up.
   *
   * @param name the option's name
   * @return true if it is there
   */
  public boolean has(String name) {
    asked.add(name);
    return values.containsKey(name);
  }

  /**
   * A text.
   *
   * @param name the option's name
   * @return the text, or empty where the configuration does not say; numbers and booleans as they
   *     are written
   * @throws ConfigurationException if it is a list or a map
   */
  public Optional<String> string(String name) {
    Object value = take(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return Optional.of(value.toString());
    }
    throw wrong(name, "a text", value);
  }

  /**
   * A text that must be there.
   *
   * @param name the option's name
   * @return the text
   * @throws ConfigurationException if it is missing, a list or a map
   */
  public String requiredString(String name) {
    return string(name)
        .orElseThrow(() -> new ConfigurationException(where + " needs the option '" + name + "'"));
  }

  /**
   * A number in a range.
   *
   * @param name the option's name
   * @param fallback the value where the configuration does not say
   * @param least the smallest allowed
   * @param most the largest allowed
   * @return the number
   * @throws ConfigurationException if it is no number or out of range
   */
  public double number(String name, double fallback, double least, double most) {
    Object value = take(name);
    if (value == null) {
      return fallback;
    }
    double number;
    if (value instanceof Number n) {
      number = n.doubleValue();
    } else {
      try {
        number = Double.parseDouble(value.toString());
      } catch (NumberFormatException e) {
        throw wrong(name, "a number", value);
      }
    }
    if (!(number >= least && number <= most)) {
      throw new ConfigurationException(
          where + ": " + name + " must be between " + least + " and " + most + ": was " + value);
    }
    return number;
  }

  /**
   * A whole number in a range.
   *
   * @param name the option's name
   * @param fallback the value where the configuration does not say
   * @param least the smallest allowed
   * @param most the largest allowed
   * @return the number
   * @throws ConfigurationException if it is no whole number or out of range
   */
  public int integer(String name, int fallback, int least, int most) {
    Object value = take(name);
    if (value == null) {
      return fallback;
    }
    long number;
    try {
      number = Long.parseLong(value.toString());
    } catch (NumberFormatException e) {
      throw wrong(name, "a whole number", value);
    }
    if (number < least || number > most) {
      throw new ConfigurationException(
          where + ": " + name + " must be between " + least + " and " + most + ": was " + value);
    }
    return (int) number;
  }

  /**
   * Yes or no.
   *
   * @param name the option's name
   * @param fallback the value where the configuration does not say
   * @return the value
   * @throws ConfigurationException if it is neither {@code true} nor {@code false}
   */
  public boolean flag(String name, boolean fallback) {
    Object value = take(name);
    if (value == null) {
      return fallback;
    }
    return switch (value.toString()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, "true or false", value);
    };
  }

  /**
   * One of a few words.
   *
   * @param name the option's name
   * @param fallback the word where the configuration does not say
   * @param choices the words that there are
   * @return one of them
   * @throws ConfigurationException if it is another word; the message lists the choices
   */
  public String choice(String name, String fallback, List<String> choices) {
    String value = string(name).orElse(fallback);
    if (!choices.contains(value)) {
      throw new ConfigurationException(
          where + ": " + name + " must be one of " + String.join(", ", choices) + ": was " + value);
    }
    return value;
  }

  /**
   * A list of texts.
   *
   * @param name the option's name
   * @return the texts, or empty where the configuration does not say; a single text is a list of
   *     one
   * @throws ConfigurationException if an entry is no text
   */
  public Optional<List<String>> strings(String name) {
    Object value = take(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof List<?> list)) {
      return Optional.of(List.of(value.toString()));
    }
    List<String> texts = new ArrayList<>(list.size());
    for (Object entry : list) {
      if (entry == null || entry instanceof List || entry instanceof Map) {
        throw wrong(name, "a list of texts", value);
      }
      texts.add(entry.toString());
    }
    return Optional.of(List.copyOf(texts));
  }

  /**
   * Options inside an option.
   *
   * @param name the option's name
   * @return what it holds; no entries where the configuration does not say. It, too, must be used
   *     up
   * @throws ConfigurationException if it is no map
   */
  public Options options(String name) {
    Object value = take(name);
    Options found =
        value == null ? none(where + "." + name) : entry(where + "." + name, name, value);
    inner.add(found);
    return found;
  }

  /**
   * A list of options inside an option.
   *
   * @param name the option's name
   * @return one for each entry; a text entry {@code x} reads as {@code name: x}. Empty where the
   *     configuration does not say. Each must be used up
   * @throws ConfigurationException if it is no list of texts and maps
   */
  public List<Options> optionsList(String name) {
    Object value = take(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw wrong(name, "a list", value);
    }
    List<Options> result = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      Object each = list.get(i);
      String place = where + "." + name + "[" + i + "]";
      if (each instanceof String text) {
        result.add(new Options(place, Map.of("name", text)));
      } else if (each != null) {
        result.add(entry(place, name, each));
      } else {
        throw wrong(name, "a list without empty entries", value);
      }
    }
    inner.addAll(result);
    return List.copyOf(result);
  }

  /**
   * The names that have not been read, here and in options inside.
   *
   * @throws ConfigurationException if there is any; the message names them and those that were read
   */
  public void requireAllRead() {
    if (!values.isEmpty()) {
      throw new ConfigurationException(
          where
              + " does not know the option"
              + (values.size() > 1 ? "s " : " ")
              + String.join(", ", new TreeSet<>(values.keySet()))
              + (asked.isEmpty()
                  ? "; it takes no options"
                  : "; it takes " + String.join(", ", asked)));
    }
    inner.forEach(Options::requireAllRead);
  }

  private @Nullable Object take(String name) {
    asked.add(name);
    return values.remove(name);
  }

  private Options entry(String place, String name, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(name, "a map", value);
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, each) -> copy.put(String.valueOf(key), each));
    return new Options(place, copy);
  }

  private ConfigurationException wrong(String name, String wanted, Object value) {
    String kind =
        value instanceof Map ? "a map" : value instanceof List ? "a list" : "\"" + value + "\"";
    return new ConfigurationException(where + ": " + name + " must be " + wanted + ": was " + kind);
  }

  /** The place and what has not been read yet. */
  @Override
  public String toString() {
    return where + " " + values.keySet();
  }
}
