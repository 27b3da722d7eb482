package org.momo.dicom.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomException;
import org.momo.dicom.ReadOptions;
import org.momo.dicom.Vr;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.PixelData;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Tag;

/**
 * Reads the DICOM JSON Model (PS3.18 annex F) into the same compact headers as files.
 *
 * <p>This class is not thread-safe.
 */
public final class JsonHeaders {
  private static final byte[] UTF_8 = "ISO_IR 192".getBytes(StandardCharsets.US_ASCII);

  private final ReadOptions options;
  private final JsonFactory factory;
  private final RecordWriter out = new RecordWriter();
  private final HeaderReader sharing;
  private String source = "";
  private int elements;
  private final BulkData bulk;
  private byte @Nullable [] pixels;
  private @Nullable String pixelReference;

  /** Finds what a text refers to and does not hold. */
  public interface BulkData {

    /**
     * The value of an attribute.
     *
     * @param reference as the text has it
     * @param tag the attribute
     * @return its bytes, or null where they are left out
     */
    byte @Nullable [] value(String reference, int tag);

    /**
     * The frames of an instance that the text has no pixels of.
     *
     * @param header its header
     * @param reference what the text says of the pixels, or null where it says nothing
     * @return the frames, or null where there are none
     */
    @Nullable PixelData pixels(Header header, @Nullable String reference);
  }

  /** Leaves everything out that a text only refers to. */
  private static final class NoBulkData implements BulkData {
    @Override
    public byte @Nullable [] value(String reference, int tag) {
      return null;
    }

    @Override
    public @Nullable PixelData pixels(Header header, @Nullable String reference) {
      return null;
    }
  }

  /**
   * A reader that leaves out what a text only refers to.
   *
   * @param options what it keeps, and what that may cost
   */
  public JsonHeaders(ReadOptions options) {
    this(options, new NoBulkData());
  }

  /**
   * A reader.
   *
   * @param options what it keeps, and what that may cost
   * @param bulk finds what a text refers to
   */
  public JsonHeaders(ReadOptions options, BulkData bulk) {
    this.options = options;
    this.bulk = bulk;
    this.sharing = new HeaderReader(options);
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    // Each level of a sequence is an object, an array and an object.
                    .maxNestingDepth(3 * options.limits().depth() + 8)
                    .maxStringLength(options.limits().lineBytes())
                    .maxNumberLength(1000)
                    .build())
            .build();
  }

  /**
   * Reads one array of instances, or one instance.
   *
   * @param bytes holds the text, in UTF-8
   * @param length how many bytes count
   * @param name what to call it in messages
   * @param found told of each instance, without source
   * @throws DicomException if the text is not the DICOM JSON Model
   * @throws IOException if reading fails
   */
  public void read(byte[] bytes, int length, String name, Consumer<? super Instance> found)
      throws IOException {
    read(factory.createParser(bytes, 0, length), name, found);
  }

  /**
   * Reads one array of instances, or one instance.
   *
   * @param stream the text, in UTF-8; not closed
   * @param name what to call it in messages
   * @param found told of each instance, without source
   * @throws DicomException if the text is not the DICOM JSON Model
   * @throws IOException if reading fails
   */
  public void read(InputStream stream, String name, Consumer<? super Instance> found)
      throws IOException {
    JsonParser parser = factory.createParser(stream);
    parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    read(parser, name, found);
  }

  private void read(JsonParser parser, String name, Consumer<? super Instance> found)
      throws IOException {
    source = name;
    try (parser) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          found.accept(instance(parser));
        }
      } else if (token == JsonToken.START_OBJECT) {
        found.accept(instance(parser));
      } else {
        throw malformed(parser, "An array of instances should stand here");
      }
      if (parser.nextToken() != null) {
        throw malformed(parser, "Something follows the array of instances");
      }
    } catch (JsonProcessingException e) {
      // Its message would quote the text, which may hold a name.
      throw malformed(parser, "This is not well-formed JSON, or is nested too deep");
    }
  }

  private Instance instance(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw malformed(parser, "An instance should be an object");
    }
    out.reset(0);
    elements = 0;
    pixels = null;
    pixelReference = null;
    dataSet(parser, 0);
    // Whatever set the object had once, JSON is UTF-8.
    out.start(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, UTF_8.length);
    out.add(UTF_8);
    out.sort();
    RecordHeader header = sharing.header(out);
    byte[] inline = pixels;
    if (inline != null) {
      return withPixels(header, inline);
    }
    PixelData elsewhere = bulk.pixels(header, pixelReference);
    return elsewhere == null ? Instance.of(header) : Instance.of(header, elsewhere);
  }

  private Instance withPixels(Header header, byte[] inline) {
    return Instance.of(
        header,
        new StoredPixels(
            header,
            Content.ofBytes(inline, source),
            TransferSyntax.EXPLICIT_LITTLE,
            0,
            inline.length,
            Tag.PIXEL_DATA,
            Vr.OB,
            options.limits().frameBytes()));
  }

  private void dataSet(JsonParser parser, int depth) throws IOException {
    if (depth > options.limits().depth()) {
      throw problem(
          parser,
          Kind.LIMIT_EXCEEDED,
          "Sequences are nested more than " + options.limits().depth() + " deep");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (++elements > options.limits().elements()) {
        throw problem(
            parser,
            Kind.LIMIT_EXCEEDED,
            "The instance has more than " + options.limits().elements() + " elements");
      }
      int tag = tag(parser);
      JsonToken token = parser.nextToken();
      if (token != JsonToken.START_OBJECT) {
        throw malformed(parser, "An attribute should be an object with vr and Value");
      }
      boolean wantsPixels = depth == 0 && tag == Tag.PIXEL_DATA;
      if (options.tags().contains(tag) && tag != Tag.SPECIFIC_CHARACTER_SET || wantsPixels) {
        attribute(parser, tag, depth);
      } else {
        parser.skipChildren();
      }
      if (out.size() > options.limits().headerBytes()) {
        throw problem(
            parser,
            Kind.LIMIT_EXCEEDED,
            "The header takes more than " + options.limits().headerBytes() + " bytes");
      }
    }
  }

  private int tag(JsonParser parser) throws IOException {
    String name = parser.currentName();
    if (name.length() != 8) {
      throw malformed(parser, "An attribute should be named by eight hexadecimal digits");
    }
    int tag = 0;
    for (int i = 0; i < 8; i++) {
      int digit = Character.digit(name.charAt(i), 16);
      if (digit < 0) {
        throw malformed(parser, "An attribute should be named by eight hexadecimal digits");
      }
      tag = tag << 4 | digit;
    }
    return tag;
  }

  private void attribute(JsonParser parser, int tag, int depth) throws IOException {
    Vr vr = null;
    List<String> values = new ArrayList<>(1);
    boolean sequence = false;
    byte[] inline = null;
    String reference = null;
    boolean isPixels = depth == 0 && tag == Tag.PIXEL_DATA;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      JsonToken token = parser.nextToken();
      if (key.equals("vr") && token == JsonToken.VALUE_STRING) {
        String letters = parser.getText();
        vr = letters.length() == 2 ? Vr.of(letters.charAt(0), letters.charAt(1)) : null;
      } else if (key.equals("Value") && token == JsonToken.START_ARRAY) {
        sequence |= values(parser, tag, depth, values);
      } else if (key.equals("InlineBinary") && token == JsonToken.VALUE_STRING) {
        try {
          inline = parser.getBinaryValue();
        } catch (JsonProcessingException e) {
          throw malformed(parser, "An InlineBinary is not in base 64");
        }
      } else if (key.equals("BulkDataURI") && token == JsonToken.VALUE_STRING) {
        reference = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    if (sequence) {
      return;
    }
    Vr known = vr == null || vr == Vr.UN ? Dictionary.vr(tag) : vr;
    if (isPixels) {
      pixelReference = reference;
    } else if (inline == null && reference != null && values.isEmpty()) {
      inline = bulk.value(reference, tag);
    }
    if (inline != null) {
      if (isPixels) {
        pixels = inline;
      } else {
        put(tag, known == null ? Vr.UN : known, inline);
      }
    } else if (!values.isEmpty() && known != null && known != Vr.SQ && !isPixels) {
      put(tag, known, encoded(parser, known, values));
    }
  }

  private void put(int tag, Vr vr, byte[] value) {
    if (value.length > 0) {
      out.start(tag, vr, value.length);
      out.add(value);
    }
  }

  /** Reads an array of values; gives true where they are items, which are written at once. */
  private boolean values(JsonParser parser, int tag, int depth, List<String> values)
      throws IOException {
    int begun = -1;
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      switch (token) {
        case START_OBJECT -> {
          JsonToken first = parser.nextToken();
          if (first == JsonToken.FIELD_NAME && isNameGroup(parser.currentName())) {
            values.add(personName(parser));
            continue;
          }
          if (begun < 0) {
            begun = out.beginSequence(tag);
          }
          int item = out.beginItem();
          if (first != JsonToken.END_OBJECT) {
            itemFrom(parser, depth);
          }
          out.endItem(item);
        }
        case VALUE_NULL -> values.add("");
        case START_ARRAY -> throw malformed(parser, "A value should not be an array");
        default -> values.add(parser.getText());
      }
    }
    if (begun >= 0) {
      out.endSequence(begun);
      return true;
    }
    return false;
  }

  /** As {@link #dataSet}, the first name being read already. */
  private void itemFrom(JsonParser parser, int depth) throws IOException {
    int tag = tag(parser);
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw malformed(parser, "An attribute should be an object with vr and Value");
    }
    if (options.tags().contains(tag) && tag != Tag.SPECIFIC_CHARACTER_SET) {
      attribute(parser, tag, depth + 1);
    } else {
      parser.skipChildren();
    }
    dataSet(parser, depth + 1);
  }

  private static boolean isNameGroup(String key) {
    return key.equals("Alphabetic") || key.equals("Ideographic") || key.equals("Phonetic");
  }

  private static String personName(JsonParser parser) throws IOException {
    String[] groups = {"", "", ""};
    JsonToken token = parser.currentToken();
    while (token != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      if (isNameGroup(key) && parser.currentToken() == JsonToken.VALUE_STRING) {
        groups[key.equals("Alphabetic") ? 0 : key.equals("Ideographic") ? 1 : 2] = parser.getText();
      } else {
        parser.skipChildren();
      }
      token = parser.nextToken();
    }
    String name = String.join("=", groups);
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) == '=') {
      end--;
    }
    return name.substring(0, end);
  }

  private byte[] encoded(JsonParser parser, Vr vr, List<String> values) throws IOException {
    if (vr.isText()) {
      return String.join("\\", values).getBytes(StandardCharsets.UTF_8);
    }
    if (!vr.isNumber()) {
      return new byte[0];
    }
    int size = vr == Vr.AT ? 4 : vr.wordSize();
    ByteBuffer bytes = ByteBuffer.allocate(size * values.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (String value : values) {
      try {
        switch (vr) {
          case AT -> {
            int tag = Integer.parseUnsignedInt(value, 16);
            bytes.putShort((short) (tag >>> 16)).putShort((short) tag);
          }
          case FD -> bytes.putDouble(Double.parseDouble(value));
          case FL -> bytes.putFloat(Float.parseFloat(value));
          case UV -> bytes.putLong(Long.parseUnsignedLong(value));
          case SV -> bytes.putLong(Long.parseLong(value));
          case UL, SL -> bytes.putInt((int) Math.round(Double.parseDouble(value)));
          default -> bytes.putShort((short) Math.round(Double.parseDouble(value)));
        }
      } catch (NumberFormatException e) {
        throw malformed(parser, "A value of representation " + vr + " is not a number");
      }
    }
    return bytes.array();
  }

  private DicomException malformed(JsonParser parser, String what) {
    return problem(parser, Kind.MALFORMED, what);
  }

  private DicomException problem(JsonParser parser, Kind kind, String what) {
    return new DicomException(
        ReadProblem.of(
            kind,
            source,
            what
                + " (row "
                + parser.currentLocation().getLineNr()
                + ", column "
                + parser.currentLocation().getColumnNr()
                + ")."));
  }
}
