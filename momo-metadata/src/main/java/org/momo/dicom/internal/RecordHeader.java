package org.momo.dicom.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomException;
import org.momo.dicom.Vr;
import org.momo.study.Header;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Tag;

/**
 * A header over {@link Records}, decoded at each look-up.
 *
 * <p>This class is immutable.
 */
public abstract sealed class RecordHeader implements Header {

  private static final long EACH_BYTE = 0x0101010101010101L;
  private static final long ESCAPES = 0x1B1B1B1B1B1B1B1BL;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private RecordHeader() {}

  /**
   * A header whose elements are split in two: a part that many instances share, and its own.
   *
   * @param own the elements that differ from the shared part, in tag order; not copied
   * @param shared the shared part, in tag order; not copied
   * @param studyAt where the Study Instance UID begins in the shared part; 0 where not known
   * @param content where values were left; null where none were
   * @return the header
   */
  static RecordHeader of(byte[] own, byte[] shared, int studyAt, @Nullable Content content) {
    return new Top(own, shared, studyAt, content);
  }

  abstract List<String> declaredCharacterSet();

  /** Where values were left; null where none were. */
  abstract @Nullable Content content();

  abstract <T> T look(int tag, T absent, Found<T> found);

  /** What to do with a record. */
  interface Found<T> {
    T in(byte[] records, int at);
  }

  @Override
  public List<String> strings(int tag) {
    return look(tag, List.of(), this::decoded);
  }

  @Override
  public List<Header> items(int sequenceTag) {
    return look(sequenceTag, List.of(), this::itemsAt);
  }

  @Override
  public Optional<ByteBuffer> bytes(int tag) {
    return look(
        tag,
        Optional.empty(),
        (records, at) -> {
          Vr vr = Records.vr(records, at);
          if (vr.isText() || vr == Vr.SQ) {
            return Optional.empty();
          }
          ByteBuffer value =
              Records.isLeft(records, at)
                  ? ByteBuffer.wrap(fetched(records, at))
                  : ByteBuffer.wrap(
                          records, Records.value(records, at), Records.length(records, at))
                      .slice();
          return Optional.of(value.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
        });
  }

  /** A value that was left in the file. */
  private byte[] fetched(byte[] records, int at) {
    Content content = Objects.requireNonNull(content(), "content");
    int place = Records.value(records, at);
    long offset = Records.longAt(records, place);
    int length = Records.intAt(records, place + 8);
    try (Content.Opened opened = content.open()) {
      byte[] bytes = opened.read(offset, length);
      if (records[place + 12] != 0) {
        Records.swap(bytes, 0, length, Records.vr(records, at));
      }
      return bytes;
    } catch (ClosedByInterruptException e) {
      // Nothing is wrong with the file: this thread is to stop.
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      boolean cut = e instanceof EOFException;
      throw new UncheckedIOException(
          new DicomException(
              ReadProblem.at(
                  cut ? Kind.TRUNCATED : Kind.UNREADABLE,
                  content.name(),
                  offset,
                  Records.tag(records, at),
                  cut
                      ? "The file ends before this attribute does; it was longer when its header was"
                          + " read."
                      : "The file cannot be opened or read any more, and holds this attribute."),
              e));
    }
  }

  /**
   * The value representation that an attribute is stored with.
   *
   * @param tag the attribute
   * @return its value representation, or null where it is absent
   */
  public @Nullable Vr vr(int tag) {
    return this.<Optional<Vr>>look(
            tag, Optional.empty(), (records, at) -> Optional.of(Records.vr(records, at)))
        .orElse(null);
  }

  private List<String> decoded(byte[] records, int at) {
    Vr vr = Records.vr(records, at);
    int from = Records.value(records, at);
    int length = Records.length(records, at);
    if (vr.isText()) {
      return text(vr, records, from, from + length);
    }
    return vr.isNumber() ? numbers(vr, records, from, length) : List.of();
  }

  private List<String> text(Vr vr, byte[] records, int from, int to) {
    String text =
        isPlain(records, from, to)
            ? new String(records, from, to - from, StandardCharsets.ISO_8859_1)
            : CharacterSet.of(declaredCharacterSet()).decode(records, from, to, vr.hasSeparators());
    if (vr.hasSeparators()) {
      return CharacterSet.split(text);
    }
    String value = CharacterSet.trim(text);
    return value.isEmpty() ? List.of() : List.of(value);
  }

  /** Whether bytes are ASCII without escapes, which are the same in all character sets. */
  private static boolean isPlain(byte[] bytes, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long eight = Records.longAt(bytes, i);
      long escapes = eight ^ ESCAPES;
      // The high bit of a byte is set where it is not ASCII, or where an escape makes it borrow.
      if (((eight | escapes - EACH_BYTE & ~escapes) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; i < to; i++) {
      if (bytes[i] < 0 || bytes[i] == 0x1B) {
        return false;
      }
    }
    return true;
  }

  /** What (0008,0005) of this very data set says, whose own bytes no character set applies to. */
  final List<String> statedCharacterSet() {
    return look(
        Tag.SPECIFIC_CHARACTER_SET,
        List.of(),
        (records, at) ->
            CharacterSet.split(
                new String(
                    records,
                    Records.value(records, at),
                    Records.length(records, at),
                    StandardCharsets.ISO_8859_1)));
  }

  private static List<String> numbers(Vr vr, byte[] records, int from, int length) {
    int size = vr == Vr.AT ? 4 : vr.wordSize();
    int count = length / size;
    if (count == 1) {
      return List.of(number(vr, records, from));
    }
    List<String> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(number(vr, records, from + i * size));
    }
    return List.copyOf(values);
  }

  private static String number(Vr vr, byte[] records, int at) {
    return switch (vr) {
      case US -> Integer.toString(Records.shortAt(records, at));
      case SS -> Integer.toString((short) Records.shortAt(records, at));
      case UL -> Integer.toUnsignedString(Records.intAt(records, at));
      case SL -> Integer.toString(Records.intAt(records, at));
      case UV -> Long.toUnsignedString(Records.longAt(records, at));
      case SV -> Long.toString(Records.longAt(records, at));
      case FL -> Float.toString(Float.intBitsToFloat(Records.intAt(records, at)));
      case FD -> Double.toString(Double.longBitsToDouble(Records.longAt(records, at)));
      default ->
          String.format(
              Locale.ROOT,
              "%04X%04X",
              Records.shortAt(records, at),
              Records.shortAt(records, at + 2));
    };
  }

  private List<Header> itemsAt(byte[] records, int at) {
    if (Records.vr(records, at) != Vr.SQ) {
      return List.of();
    }
    List<Header> items = new ArrayList<>();
    int end = Records.next(records, at);
    int from = Records.value(records, at);
    while (from < end) {
      int to = from + 4 + Records.intAt(records, from);
      items.add(new Item(records, from + 4, to, this));
      from = to;
    }
    return List.copyOf(items);
  }

  private @Nullable Item firstItem(int sequenceTag) {
    return this.<Optional<Item>>look(
            sequenceTag,
            Optional.empty(),
            (records, at) -> {
              int from = Records.value(records, at);
              return Records.vr(records, at) == Vr.SQ && Records.length(records, at) > 0
                  ? Optional.of(
                      new Item(records, from + 4, from + 4 + Records.intAt(records, from), this))
                  : Optional.empty();
            })
        .orElse(null);
  }

  /** Tags alone; never values. */
  @Override
  public String toString() {
    return "Header";
  }

  /** The data set of an instance. */
  private static final class Top extends RecordHeader {
    private final byte[] own;
    private final byte[] shared;
    private final int studyAt;
    private final @Nullable Content content;

    Top(byte[] own, byte[] shared, int studyAt, @Nullable Content content) {
      this.own = own;
      this.shared = shared;
      this.studyAt = studyAt;
      this.content = content;
    }

    @Override
    <T> T look(int tag, T absent, Found<T> found) {
      int at = Records.findSorted(own, 0, tag);
      if (at >= 0) {
        return Records.isAbsent(own, at) ? absent : found.in(own, at);
      }
      // Much of what is asked for stands behind the Study Instance UID.
      boolean behind = Integer.compareUnsigned(tag, Tag.STUDY_INSTANCE_UID) >= 0;
      at = Records.findSorted(shared, behind ? studyAt : 0, tag);
      return at < 0 ? absent : found.in(shared, at);
    }

    @Override
    List<String> declaredCharacterSet() {
      return statedCharacterSet();
    }

    @Override
    @Nullable Content content() {
      return content;
    }

    @Override
    public List<String> strings(int tag) {
      List<String> values = super.strings(tag);
      return values.isEmpty() ? fromFrames(tag) : values;
    }

    @Override
    public List<Header> items(int sequenceTag) {
      List<Header> items = super.items(sequenceTag);
      if (items.isEmpty() && sequenceTag == Tag.ANATOMIC_REGION_SEQUENCE) {
        for (int group :
            new int[] {
              Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE
            }) {
          Item macro = macro(group, Tag.FRAME_ANATOMY_SEQUENCE);
          if (macro != null) {
            return macro.items(sequenceTag);
          }
        }
      }
      return items;
    }

    private @Nullable Item macro(int group, int macroTag) {
      RecordHeader item = super.firstItem(group);
      return item == null ? null : item.firstItem(macroTag);
    }

    private List<String> fromFrames(int tag) {
      if (tag == Tag.SEQUENCE_NAME) {
        return super.strings(Dictionary.PULSE_SEQUENCE_NAME);
      }
      int[] macros = macrosOf(tag);
      for (int macroTag : macros) {
        for (int group :
            new int[] {
              Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE
            }) {
          Item macro = macro(group, macroTag);
          List<String> values = macro == null ? List.of() : macro.strings(alias(tag));
          if (!values.isEmpty()) {
            return values;
          }
        }
      }
      return List.of();
    }

    private static int alias(int tag) {
      return switch (tag) {
        case Tag.ECHO_TIME -> Dictionary.EFFECTIVE_ECHO_TIME;
        case Tag.LATERALITY, Tag.IMAGE_LATERALITY -> Tag.FRAME_LATERALITY;
        default -> tag;
      };
    }

    private static int[] macrosOf(int tag) {
      return switch (tag) {
        case Tag.IMAGE_POSITION_PATIENT -> new int[] {Tag.PLANE_POSITION_SEQUENCE};
        case Tag.IMAGE_ORIENTATION_PATIENT -> new int[] {Tag.PLANE_ORIENTATION_SEQUENCE};
        case Tag.PIXEL_SPACING, Tag.SLICE_THICKNESS, Tag.SPACING_BETWEEN_SLICES ->
            new int[] {Tag.PIXEL_MEASURES_SEQUENCE};
        case Tag.RESCALE_INTERCEPT, Tag.RESCALE_SLOPE, Tag.RESCALE_TYPE ->
            new int[] {Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE};
        case Tag.WINDOW_CENTER, Tag.WINDOW_WIDTH -> new int[] {Dictionary.FRAME_VOI_LUT_SEQUENCE};
        case Tag.REPETITION_TIME ->
            new int[] {Dictionary.MR_TIMING_AND_RELATED_PARAMETERS_SEQUENCE};
        case Tag.ECHO_TIME -> new int[] {Dictionary.MR_ECHO_SEQUENCE};
        case Tag.DIFFUSION_B_VALUE -> new int[] {Dictionary.MR_DIFFUSION_SEQUENCE};
        case Tag.RECEIVE_COIL_NAME -> new int[] {Tag.MR_RECEIVE_COIL_SEQUENCE};
        case Tag.CONVOLUTION_KERNEL, Tag.RECONSTRUCTION_DIAMETER ->
            new int[] {Dictionary.CT_RECONSTRUCTION_SEQUENCE};
        case Tag.KVP -> new int[] {Dictionary.CT_X_RAY_DETAILS_SEQUENCE};
        case Tag.EXPOSURE_TIME_IN_MS, Tag.CTDI_VOL -> new int[] {Dictionary.CT_EXPOSURE_SEQUENCE};
        case Tag.FRAME_TYPE ->
            new int[] {
              Dictionary.MR_IMAGE_FRAME_TYPE_SEQUENCE, Dictionary.CT_IMAGE_FRAME_TYPE_SEQUENCE
            };
        case Tag.LATERALITY, Tag.IMAGE_LATERALITY, Tag.FRAME_LATERALITY ->
            new int[] {Tag.FRAME_ANATOMY_SEQUENCE};
        default -> new int[0];
      };
    }
  }

  /** An item of a sequence. */
  private static final class Item extends RecordHeader {
    private final byte[] records;
    private final int from;
    private final int to;
    private final RecordHeader parent;

    Item(byte[] records, int from, int to, RecordHeader parent) {
      this.records = records;
      this.from = from;
      this.to = to;
      this.parent = parent;
    }

    @Override
    <T> T look(int tag, T absent, Found<T> found) {
      int at = Records.find(records, from, to, tag);
      return at < 0 ? absent : found.in(records, at);
    }

    @Override
    List<String> declaredCharacterSet() {
      List<String> declared = statedCharacterSet();
      return declared.isEmpty() ? parent.declaredCharacterSet() : declared;
    }

    @Override
    @Nullable Content content() {
      return parent.content();
    }
  }
}
