package org.momo.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.internal.Dictionary;
import org.momo.study.Tag;

/**
 * A data set to be written, or an item of one. Text is written in UTF-8.
 *
 * <p>This class is immutable.
 */
public final class DataSet {
  private final TreeMap<Integer, Element> elements;
  private final @Nullable String transferSyntax;

  private DataSet(TreeMap<Integer, Element> elements, @Nullable String transferSyntax) {
    this.elements = elements;
    this.transferSyntax = transferSyntax;
  }

  /** One element: bytes, or items, or frames. */
  record Element(Vr vr, byte[] value, List<DataSet> items, List<byte[]> frames) {}

  /**
   * An empty data set to fill.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  TreeMap<Integer, Element> elements() {
    return elements;
  }

  /** The syntax of encapsulated frames; empty where the pixels are native, or there are none. */
  Optional<String> encapsulation() {
    return Optional.ofNullable(transferSyntax);
  }

  Optional<String> text(int tag) {
    Element element = elements.get(tag);
    return element == null || !element.vr().isText()
        ? Optional.empty()
        : Optional.of(new String(element.value(), StandardCharsets.UTF_8).strip());
  }

  boolean hasForeignText() {
    for (Element element : elements.values()) {
      if (element.vr().isText()) {
        for (byte b : element.value()) {
          if (b < 0) {
            return true;
          }
        }
      }
      for (DataSet item : element.items()) {
        if (item.hasForeignText()) {
          return true;
        }
      }
    }
    return false;
  }

  /** How many elements there are; never their values. */
  @Override
  public String toString() {
    return "DataSet[" + elements.size() + " elements]";
  }

  /**
   * Fills a data set. A tag that is put twice holds what was put last.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder {
    private final TreeMap<Integer, Element> elements =
        new TreeMap<>(Comparator.comparingInt(tag -> tag ^ Integer.MIN_VALUE));
    private @Nullable String transferSyntax;

    private Builder() {}

    /**
     * Puts values, represented as PS3.6 says.
     *
     * @param tag an attribute that {@link Tag} names, of text or numbers
     * @param values one text for each value; numbers in decimal
     * @return this builder
     * @throws IllegalArgumentException if {@link Tag} does not name the attribute, if it is a
     *     sequence or bytes, or if a value is not the number that it should be
     */
    public Builder put(int tag, String... values) {
      Vr vr = Dictionary.vr(tag);
      if (vr == null) {
        throw new IllegalArgumentException(
            "The representation of " + Tag.format(tag) + " is not known; name it.");
      }
      return put(tag, vr, values);
    }

    /**
     * Puts numbers, represented as PS3.6 says.
     *
     * @param tag an attribute that {@link Tag} names, of text or numbers
     * @param values one number for each value
     * @return this builder
     * @throws IllegalArgumentException as {@link #put(int, String...)}
     */
    public Builder put(int tag, long... values) {
      return put(tag, Arrays.stream(values).mapToObj(Long::toString).toArray(String[]::new));
    }

    /**
     * Puts values.
     *
     * @param tag the attribute
     * @param vr its representation: text or numbers
     * @param values one text for each value; numbers in decimal; an attribute tag (AT) as eight
     *     hexadecimal digits
     * @return this builder
     * @throws IllegalArgumentException if the representation is neither text nor numbers, or a
     *     value is not the number that it should be
     */
    public Builder put(int tag, Vr vr, String... values) {
      byte[] value;
      if (vr.isText()) {
        value = String.join("\\", values).getBytes(StandardCharsets.UTF_8);
      } else if (vr.isNumber()) {
        value = numbers(vr, values);
      } else {
        throw new IllegalArgumentException(
            "Values of representation " + vr + " are put as bytes or items, not as text.");
      }
      return element(tag, new Element(vr, value, List.of(), List.of()));
    }

    /**
     * Puts bytes, such as native pixel data.
     *
     * @param tag the attribute
     * @param vr its representation
     * @param value the value in little endian order; copied
     * @return this builder
     */
    public Builder bytes(int tag, Vr vr, byte[] value) {
      return element(tag, new Element(vr, value.clone(), List.of(), List.of()));
    }

    /**
     * Puts a sequence.
     *
     * @param tag the attribute
     * @param items its items
     * @return this builder
     */
    public Builder sequence(int tag, DataSet... items) {
      return sequence(tag, List.of(items));
    }

    /**
     * Puts a sequence.
     *
     * @param tag the attribute
     * @param items its items
     * @return this builder
     */
    public Builder sequence(int tag, List<DataSet> items) {
      return element(tag, new Element(Vr.SQ, new byte[0], List.copyOf(items), List.of()));
    }

    /**
     * Puts compressed frames as the pixel data, one fragment each.
     *
     * @param syntax the transfer syntax UID of the frames
     * @param frames the codestreams; copied
     * @return this builder
     */
    public Builder frames(String syntax, List<byte[]> frames) {
      transferSyntax = Objects.requireNonNull(syntax, "syntax");
      List<byte[]> copies = new ArrayList<>(frames.size());
      frames.forEach(frame -> copies.add(frame.clone()));
      return element(
          Tag.PIXEL_DATA, new Element(Vr.OB, new byte[0], List.of(), List.copyOf(copies)));
    }

    /**
     * Takes an attribute away.
     *
     * @param tag the attribute
     * @return this builder
     */
    public Builder remove(int tag) {
      elements.remove(tag);
      return this;
    }

    /**
     * The data set.
     *
     * @return what was put so far
     */
    public DataSet build() {
      TreeMap<Integer, Element> copy = new TreeMap<>(elements.comparator());
      copy.putAll(elements);
      return new DataSet(copy, elements.containsKey(Tag.PIXEL_DATA) ? transferSyntax : null);
    }

    private Builder element(int tag, Element element) {
      if (tag >>> 16 <= 0x0002) {
        throw new IllegalArgumentException(
            Tag.format(tag) + " belongs to the file, not to the data set.");
      }
      if (!element.vr().hasLongLength() && element.value().length > 0xFFFE) {
        throw new IllegalArgumentException(
            Tag.format(tag) + " is too long for its representation " + element.vr() + ".");
      }
      elements.put(tag, element);
      return this;
    }

    private static byte[] numbers(Vr vr, String[] values) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (String value : values) {
        ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        switch (vr) {
          case AT -> {
            int tag = Integer.parseUnsignedInt(value, 16);
            buffer.putShort((short) (tag >>> 16)).putShort((short) tag);
          }
          case US, SS -> buffer.putShort((short) within(Long.parseLong(value), 16));
          case UL, SL -> buffer.putInt((int) within(Long.parseLong(value), 32));
          case UV -> buffer.putLong(Long.parseUnsignedLong(value));
          case SV -> buffer.putLong(Long.parseLong(value));
          case FL -> buffer.putFloat(Float.parseFloat(value));
          default -> buffer.putDouble(Double.parseDouble(value));
        }
        out.write(buffer.array(), 0, buffer.position());
      }
      return out.toByteArray();
    }

    private static long within(long value, int bits) {
      if (value >= 1L << bits || value < -(1L << bits - 1)) {
        throw new IllegalArgumentException(value + " does not fit into " + bits + " bits.");
      }
      return value;
    }
  }
}
