package org.momo.study;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one instance, as text, looked up by tag.
 *
 * <p>Values are what the Specific Character Set makes of the bytes, split at backslashes where the
 * value representation allows several values, without leading and trailing padding. An attribute
 * that is absent and one that is empty look the same: no value.
 *
 * <p>A toolkit's data set becomes a header by one method reference, for instance dcm4che's {@code
 * Header.of(attributes::getStrings)}.
 *
 * <p>Implementations must be immutable, or at least never change while MOMO holds them, and
 * thread-safe.
 */
@FunctionalInterface
public interface Header {

  /**
   * The values of an attribute of the data set itself.
   *
   * @param tag group and element as in {@code 0x00081030}; see {@link Tag}
   * @return the values in order, each trimmed; an empty value in the middle stays as an empty
   *     string; never null, and empty where the attribute is absent or holds nothing
   */
  List<String> strings(int tag);

  /**
   * The items of a sequence.
   *
   * @param sequenceTag the sequence's tag
   * @return the items in order; never null, and empty where the sequence is absent, empty, or not
   *     reachable through this header
   */
  default List<Header> items(int sequenceTag) {
    return List.of();
  }

  /**
   * The bytes of an attribute of a binary value representation, such as look-up table data.
   *
   * @param tag the attribute's tag
   * @return a read-only buffer in little endian order over the value, or empty where the attribute
   *     is absent, is not binary, or is not reachable through this header
   * @throws java.io.UncheckedIOException if the value was left in its file, and the file cannot be
   *     read any more
   */
  default Optional<ByteBuffer> bytes(int tag) {
    return Optional.empty();
  }

  /**
   * The first value that is not empty.
   *
   * @param tag the attribute's tag
   * @return the value, or empty where there is none
   */
  default Optional<String> string(int tag) {
    for (String value : strings(tag)) {
      if (!value.isEmpty()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /**
   * The values of an attribute that may lie inside sequences.
   *
   * @param path the way to the attribute
   * @return the values; empty where an item on the way, or the attribute, is absent
   */
  default List<String> strings(TagPath path) {
    Header here = this;
    for (TagPath.Step step : path.steps()) {
      List<Header> items = here.items(step.sequenceTag());
      if (step.item() >= items.size()) {
        return List.of();
      }
      here = items.get(step.item());
    }
    return here.strings(path.tag());
  }

  /**
   * The first value, not empty, of an attribute that may lie inside sequences.
   *
   * @param path the way to the attribute
   * @return the value, or empty where there is none
   */
  default Optional<String> string(TagPath path) {
    return strings(path).stream().filter(value -> !value.isEmpty()).findFirst();
  }

  /**
   * The coded entries of a code sequence (PS3.3 section 8.8), one for each item that has a code
   * value or a meaning.
   *
   * @param sequenceTag the code sequence's tag, for instance {@link Tag#PROCEDURE_CODE_SEQUENCE}
   * @return the codes in item order; empty where there are none
   */
  default List<Code> codes(int sequenceTag) {
    List<Code> codes = new ArrayList<>();
    for (Header item : items(sequenceTag)) {
      String value =
          item.string(Tag.CODE_VALUE)
              .or(() -> item.string(Tag.LONG_CODE_VALUE))
              .or(() -> item.string(Tag.URN_CODE_VALUE))
              .orElse("");
      String meaning = item.string(Tag.CODE_MEANING).orElse("");
      if (!value.isEmpty() || !meaning.isEmpty()) {
        codes.add(new Code(item.string(Tag.CODING_SCHEME_DESIGNATOR).orElse(""), value, meaning));
      }
    }
    return List.copyOf(codes);
  }

  /**
   * A number, where the first value is one.
   *
   * @param tag an attribute of a numeric value representation, or DS or IS
   * @return the first value as a finite number, or empty where there is none
   */
  default Optional<Double> number(int tag) {
    try {
      return string(tag).map(Double::valueOf).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * A header over a toolkit's own look-up. Sequences are not reachable through it; see {@link
   * #of(IntFunction, IntFunction)}.
   *
   * @param strings gives the values of a tag, or null where it has none; its elements may be null
   * @return a header that asks the function at every call
   * @throws NullPointerException if {@code strings} is null
   */
  static Header of(IntFunction<String @Nullable []> strings) {
    return of(strings, tag -> List.of());
  }

  /**
   * A header over a toolkit's own look-ups, with sequences.
   *
   * @param strings gives the values of a tag, or null where it has none; its elements may be null
   * @param items gives the items of a sequence, or null where there are none
   * @return a header that asks the functions at every call
   * @throws NullPointerException if an argument is null
   */
  static Header of(
      IntFunction<String @Nullable []> strings, IntFunction<@Nullable List<Header>> items) {
    return new ForeignHeader(strings, items);
  }

  /**
   * A header without attributes.
   *
   * @return the empty header
   */
  static Header empty() {
    return tag -> List.of();
  }
}
