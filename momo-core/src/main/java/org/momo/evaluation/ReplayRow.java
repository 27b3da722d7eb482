package org.momo.evaluation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a replay keeps of one study: a line of its store.
 *
 * @param study the Study Instance UID
 * @param key the label's key; empty for a study without label
 * @param truth the accepted answers as text
 * @param cause why the answer changes; null where it does not
 * @param before the first configuration's answer; without trace where the two are the same
 * @param after the second configuration's answer
 */
record ReplayRow(
    String study,
    String key,
    String truth,
    @Nullable Cause cause,
    AnswerRow.Answer before,
    AnswerRow.Answer after) {

  String write(JsonFactory json) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = json.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("study", study);
      out.writeStringField("key", key);
      out.writeStringField("truth", truth);
      if (cause != null) {
        out.writeStringField("kind", cause.kind().name());
        out.writeStringField("where", cause.where());
        out.writeStringField("words", cause.words());
      }
      out.writeFieldName("before");
      before.write(out);
      out.writeFieldName("after");
      after.write(out);
      out.writeEndObject();
    }
    return text.toString();
  }

  static ReplayRow read(JsonFactory json, String line) throws IOException {
    String study = "";
    String key = "";
    String truth = "";
    String kind = "";
    String where = "";
    String words = "";
    AnswerRow.Answer before = AnswerRow.Answer.NOTHING;
    AnswerRow.Answer after = AnswerRow.Answer.NOTHING;
    try (JsonParser in = json.createParser(line)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "study" -> study = in.getText();
          case "key" -> key = in.getText();
          case "truth" -> truth = in.getText();
          case "kind" -> kind = in.getText();
          case "where" -> where = in.getText();
          case "words" -> words = in.getText();
          case "before" -> before = AnswerRow.answer(in);
          case "after" -> after = AnswerRow.answer(in);
          default -> in.skipChildren();
        }
      }
    }
    Cause cause = kind.isEmpty() ? null : new Cause(Cause.Kind.valueOf(kind), where, words);
    return new ReplayRow(study, key, truth, cause, before, after);
  }
}
