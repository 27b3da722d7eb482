package org.momo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Ballot;
import org.momo.decision.Candidate;
import org.momo.decision.Decision;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Prediction;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;
import org.momo.decision.Trace;
import org.momo.decision.Vote;

/**
 * Writes predictions as JSON, one line a study:
 *
 * <pre>
 * {"study": uid, "source": path or null, "decision": "decided" or "undecided",
 *  "reason": null, "no-evidence", "tie", "below-threshold" or "layer-failed",
 *  "detail": the reason in words or null,
 *  "class": {"code", "name", "modality", "regions": [...], "focus": ... or null} or null,
 *  "confidence": 0 to 1, "decidedBy": layer or null,
 *  "candidates": [{"code", "share"}, ...], "trace": [step, ...]}
 * </pre>
 *
 * <p>A step of the trace has a {@code step} of {@code asked}, {@code rule}, {@code counted}, {@code
 * failed} or {@code note}. A layer that was asked has an {@code opinion} of {@code abstain} (with a
 * {@code reason}), {@code final} or {@code votes}. A rule has the ballot {@code before} and {@code
 * after} it, as weights by class.
 *
 * <p>The same prediction gives the same characters on every machine. Nothing but the study's UID
 * and its place identifies it.
 *
 * <p>This class is thread-safe.
 */
public final class PredictionJson {
  // The fast writer gives the same digits on every JDK; Double.toString does not.
  private static final class Holder {
    static final JsonFactory FACTORY =
        JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();
  }

  private PredictionJson() {}

  /**
   * A prediction in one line.
   *
   * @param prediction the prediction
   * @return JSON without line breaks
   */
  public static String line(Prediction prediction) {
    StringWriter text = new StringWriter();
    try {
      write(prediction, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * Writes a prediction, without a line break at its end.
   *
   * @param prediction the prediction
   * @param out where to; not closed
   * @throws IOException if {@code out} cannot be written to
   */
  public static void write(Prediction prediction, Writer out) throws IOException {
    try (JsonGenerator json = generator(out)) {
      write(prediction, json);
    }
  }

  /**
   * A trace as a JSON array.
   *
   * @param trace the trace
   * @return JSON without line breaks
   */
  public static String trace(Trace trace) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = generator(text)) {
      write(trace, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static JsonGenerator generator(Writer out) throws IOException {
    return Holder.FACTORY
        .createGenerator(out)
        .setRootValueSeparator(new SerializedString(""))
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  private static void write(Prediction prediction, JsonGenerator json) throws IOException {
    Decision decision = prediction.decision();
    json.writeStartObject();
    json.writeStringField("study", prediction.studyUid());
    string(json, "source", prediction.source());
    if (decision instanceof Decision.Decided decided) {
      json.writeStringField("decision", "decided");
      json.writeNullField("reason");
      json.writeNullField("detail");
      json.writeFieldName("class");
      write(decided.studyClass(), json);
      json.writeNumberField("confidence", decided.confidence());
      json.writeStringField("decidedBy", decided.decidedBy());
    } else {
      Decision.Undecided undecided = (Decision.Undecided) decision;
      json.writeStringField("decision", "undecided");
      json.writeStringField("reason", word(undecided.reason()));
      json.writeStringField("detail", undecided.detail());
      json.writeNullField("class");
      json.writeNumberField("confidence", 0.0);
      json.writeNullField("decidedBy");
    }
    write(decision.candidates(), json);
    json.writeFieldName("trace");
    write(prediction.trace(), json);
    json.writeEndObject();
  }

  private static void write(StudyClass studyClass, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", studyClass.code());
    json.writeStringField("name", studyClass.name());
    json.writeStringField("modality", studyClass.modality());
    json.writeArrayFieldStart("regions");
    for (Region region : studyClass.regions()) {
      json.writeString(region.name());
    }
    json.writeEndArray();
    string(json, "focus", studyClass.focus().orElse(null));
    json.writeEndObject();
  }

  private static void write(List<Candidate> candidates, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("candidates");
    for (Candidate candidate : candidates) {
      json.writeStartObject();
      json.writeStringField("code", candidate.studyClass().code());
      json.writeNumberField("share", candidate.share());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(Trace trace, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Trace.Step step : trace.steps()) {
      json.writeStartObject();
      write(step, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(Trace.Step step, JsonGenerator json) throws IOException {
    if (step instanceof Trace.Asked asked) {
      json.writeStringField("step", "asked");
      json.writeStringField("layer", asked.layer());
      write(asked.opinion(), json);
    } else if (step instanceof Trace.RuleApplied applied) {
      json.writeStringField("step", "rule");
      json.writeStringField("rule", applied.rule());
      write("before", applied.before(), json);
      write("after", applied.after(), json);
    } else if (step instanceof Trace.Counted counted) {
      json.writeStringField("step", "counted");
      json.writeStringField("layers", counted.layers());
      write(counted.candidates(), json);
      json.writeStringField("outcome", counted.outcome());
    } else if (step instanceof Trace.Failed failed) {
      json.writeStringField("step", "failed");
      json.writeStringField("name", failed.name());
      json.writeStringField("cause", failed.cause());
    } else if (step instanceof Trace.Note note) {
      json.writeStringField("step", "note");
      json.writeStringField("text", note.text());
    }
  }

  private static void write(Opinion opinion, JsonGenerator json) throws IOException {
    if (opinion instanceof Opinion.Abstain abstain) {
      json.writeStringField("opinion", "abstain");
      json.writeStringField("reason", abstain.reason());
    } else if (opinion instanceof Opinion.Final answer) {
      json.writeStringField("opinion", "final");
      json.writeStringField("code", answer.studyClass().code());
      json.writeNumberField("confidence", answer.confidence());
      json.writeObjectFieldStart("evidence");
      write(answer.evidence(), json);
      json.writeEndObject();
    } else if (opinion instanceof Opinion.Votes votes) {
      json.writeStringField("opinion", "votes");
      json.writeArrayFieldStart("votes");
      for (Vote vote : votes.ballot().votes()) {
        json.writeStartObject();
        json.writeStringField("code", vote.studyClass().code());
        json.writeNumberField("weight", vote.weight());
        write(vote.evidence(), json);
        json.writeEndObject();
      }
      json.writeEndArray();
      if (votes.ballot().blank() > 0) {
        json.writeNumberField("blank", votes.ballot().blank());
      }
    }
  }

  private static void write(Evidence evidence, JsonGenerator json) throws IOException {
    json.writeStringField("kind", word(evidence.kind()));
    if (evidence.tag() != null) {
      json.writeStringField("tag", evidence.tag().keywords());
    }
    if (evidence.seriesUid() != null) {
      json.writeStringField("series", evidence.seriesUid());
    }
    json.writeStringField("matched", evidence.matched());
    if (!evidence.note().isEmpty()) {
      json.writeStringField("note", evidence.note());
    }
  }

  private static void write(String name, Ballot ballot, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    for (Candidate candidate : ballot.count()) {
      json.writeNumberField(candidate.studyClass().code(), candidate.weight());
    }
    json.writeEndObject();
  }

  private static void string(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
