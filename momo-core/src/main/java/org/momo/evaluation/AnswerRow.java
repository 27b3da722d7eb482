package org.momo.evaluation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run keeps of one study: a line of its store.
 *
 * @param study the Study Instance UID
 * @param key the label's key; empty for a study without label
 * @param truth the accepted answers as text
 * @param modality what to report it under
 * @param language what to report it under
 * @param tags which attributes say something, as names joined by commas
 * @param answers one for each subject
 */
record AnswerRow(
    String study,
    String key,
    String truth,
    String modality,
    String language,
    String tags,
    List<Answer> answers) {

  /** One subject's answer; row and column are its cell of the confusion. */
  record Answer(
      Verdict verdict,
      String row,
      String column,
      double confidence,
      String layer,
      boolean inferred,
      long nanos,
      List<String> trace) {
    static final Answer NOTHING = new Answer(Verdict.NONE, "", "", 0, "", false, 0, List.of());

    void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      out.writeStringField("verdict", verdict.name());
      out.writeStringField("row", row);
      out.writeStringField("column", column);
      out.writeNumberField("confidence", confidence);
      out.writeStringField("layer", layer);
      out.writeBooleanField("inferred", inferred);
      out.writeNumberField("nanos", nanos);
      out.writeArrayFieldStart("trace");
      for (String line : trace) {
        out.writeString(line);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  String write(JsonFactory json) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = json.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("study", study);
      out.writeStringField("key", key);
      out.writeStringField("truth", truth);
      out.writeStringField("modality", modality);
      out.writeStringField("language", language);
      out.writeStringField("tags", tags);
      out.writeArrayFieldStart("answers");
      for (Answer answer : answers) {
        answer.write(out);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text.toString();
  }

  static AnswerRow read(JsonFactory json, String line) throws IOException {
    String[] texts = {"", "", "", "", "", ""};
    List<String> names = List.of("study", "key", "truth", "modality", "language", "tags");
    List<Answer> answers = new ArrayList<>();
    try (JsonParser in = json.createParser(line)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        int index = names.indexOf(in.currentName());
        in.nextToken();
        if (index >= 0) {
          texts[index] = in.getText();
        } else {
          while (in.nextToken() == JsonToken.START_OBJECT) {
            answers.add(answer(in));
          }
        }
      }
    }
    return new AnswerRow(texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], answers);
  }

  /** Reads an answer whose opening brace was read. */
  static Answer answer(JsonParser in) throws IOException {
    Verdict verdict = Verdict.NONE;
    String row = "";
    String column = "";
    double confidence = 0;
    String layer = "";
    boolean inferred = false;
    long nanos = 0;
    List<String> trace = new ArrayList<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "verdict" -> verdict = Verdict.valueOf(in.getText());
        case "row" -> row = in.getText();
        case "column" -> column = in.getText();
        case "confidence" -> confidence = in.getDoubleValue();
        case "layer" -> layer = in.getText();
        case "inferred" -> inferred = in.getBooleanValue();
        case "nanos" -> nanos = in.getLongValue();
        default -> {
          while (in.nextToken() == JsonToken.VALUE_STRING) {
            trace.add(in.getText());
          }
        }
      }
    }
    return new Answer(verdict, row, column, confidence, layer, inferred, nanos, trace);
  }
}
