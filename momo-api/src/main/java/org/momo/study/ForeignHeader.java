package org.momo.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A data set of somebody else's toolkit, seen through two functions. */
final class ForeignHeader implements Header {
  private final IntFunction<String @Nullable []> strings;
  private final IntFunction<@Nullable List<Header>> items;

  ForeignHeader(
      IntFunction<String @Nullable []> strings, IntFunction<@Nullable List<Header>> items) {
    this.strings = Objects.requireNonNull(strings, "strings");
    this.items = Objects.requireNonNull(items, "items");
  }

  @Override
  public List<String> strings(int tag) {
    String[] values = strings.apply(tag);
    if (values == null) {
      return List.of();
    }
    List<String> trimmed = new ArrayList<>(values.length);
    boolean any = false;
    for (String value : values) {
      String text = value == null ? "" : value.strip();
      any |= !text.isEmpty();
      trimmed.add(text);
    }
    return any ? List.copyOf(trimmed) : List.of();
  }

  @Override
  public List<Header> items(int sequenceTag) {
    List<Header> found = items.apply(sequenceTag);
    return found == null ? List.of() : List.copyOf(found);
  }
}
