package org.momo.dicom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.internal.Dictionary;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * Writes the headers of studies in the DICOM JSON Model (PS3.18 annex F), one study a line: an
 * archive that {@link DicomJson#source} reads, and in which studies can be classified again without
 * their pixels.
 *
 * <p>A study and its series keep the UIDs that MOMO knows them by, stand-ins too, so that it stays
 * the same study. Of the frames of an enhanced object the first alone is described. Attributes with
 * binary values are left out. The same study gives the same bytes.
 *
 * <p>This class is thread-safe.
 */
public final class DicomJsonWriter {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int DEEPEST = 8;
  private static final int MOST_ITEMS = 64;

  private static final class Holder {
    static final JsonFactory FACTORY =
        JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  }

  private DicomJsonWriter() {}

  /**
   * Writes a study as {@link TagSelection#archive} selects, with a line break at its end.
   *
   * @param study the study
   * @param out where to, in UTF-8; not closed
   * @throws IOException if {@code out} cannot be written to
   * @throws NullPointerException if an argument is null
   */
  public static void write(Study study, Writer out) throws IOException {
    write(study, TagSelection.archive(), out);
  }

  /**
   * Writes a study, with a line break at its end.
   *
   * @param study the study
   * @param tags what to write of it; of {@link TagSelection#all} only what {@link
   *     TagSelection#standard} names, since a header is asked for its attributes one by one
   * @param out where to, in UTF-8; not closed
   * @throws IOException if {@code out} cannot be written to
   * @throws NullPointerException if an argument is null
   */
  public static void write(Study study, TagSelection tags, Writer out) throws IOException {
    Objects.requireNonNull(study, "study");
    int[] wanted = tags.tags().length == 0 ? TagSelection.standard().tags() : tags.tags();
    try (JsonGenerator json = Holder.FACTORY.createGenerator(out)) {
      json.writeStartArray();
      for (Series series : study.series()) {
        for (Instance instance : series.instances()) {
          json.writeStartObject();
          for (int tag : wanted) {
            String uid =
                tag == Tag.STUDY_INSTANCE_UID
                    ? study.uid()
                    : tag == Tag.SERIES_INSTANCE_UID ? series.uid() : null;
            attribute(json, instance.header(), tag, uid, wanted, 0);
          }
          json.writeEndObject();
        }
      }
      json.writeEndArray();
    }
    out.write('\n');
  }

  private static void attribute(
      JsonGenerator json, Header header, int tag, @Nullable String value, int[] wanted, int depth)
      throws IOException {
    Vr vr = Dictionary.vr(tag);
    // A character set says nothing of JSON, which is in UTF-8.
    if (vr == null || tag == Tag.SPECIFIC_CHARACTER_SET) {
      return;
    }
    if (vr == Vr.SQ) {
      sequence(json, header, tag, wanted, depth);
    } else if (vr.isText() || vr.isNumber() && vr != Vr.AT) {
      List<String> values = value == null ? header.strings(tag) : List.of(value);
      if (!values.isEmpty() && values.stream().anyMatch(text -> !text.isEmpty())) {
        begin(json, tag, vr);
        for (String each : values) {
          value(json, vr, each);
        }
        end(json);
      }
    }
  }

  private static void sequence(JsonGenerator json, Header header, int tag, int[] wanted, int depth)
      throws IOException {
    List<Header> items = header.items(tag);
    if (items.isEmpty() || depth == DEEPEST) {
      return;
    }
    int most = tag == Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE ? 1 : MOST_ITEMS;
    begin(json, tag, Vr.SQ);
    for (Header item : items.subList(0, Math.min(most, items.size()))) {
      json.writeStartObject();
      for (int inner : wanted) {
        attribute(json, item, inner, null, wanted, depth + 1);
      }
      json.writeEndObject();
    }
    end(json);
  }

  private static void begin(JsonGenerator json, int tag, Vr vr) throws IOException {
    json.writeObjectFieldStart(HEX.toHexDigits(tag));
    json.writeStringField("vr", vr.name());
    json.writeArrayFieldStart("Value");
  }

  private static void end(JsonGenerator json) throws IOException {
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, Vr vr, String text) throws IOException {
    if (text.isEmpty()) {
      json.writeNull();
    } else if (vr.isText()) {
      json.writeString(text);
    } else {
      try {
        if (Double.isFinite(Double.parseDouble(text))) {
          json.writeNumber(text);
        } else {
          json.writeNull();
        }
      } catch (NumberFormatException e) {
        json.writeNull();
      }
    }
  }
}
