package org.momo.evaluation.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.momo.evaluation.Cause;
import org.momo.evaluation.Interval;
import org.momo.evaluation.PairedComparison;
import org.momo.evaluation.Proportion;
import org.momo.evaluation.ReplayResult;
import org.momo.evaluation.ReplayResult.Change;
import org.momo.evaluation.ReplayResult.Effect;
import org.momo.evaluation.ReplayResult.Group;
import org.momo.evaluation.ReplayResult.Move;

/**
 * Writes what changes between two configurations: {@code replay.html}, one page that needs nothing
 * else, every changed study in {@code changes.csv}, and all counts in {@code replay.json}.
 *
 * <p>The same answers give the same bytes.
 *
 * <p>This class is thread-safe.
 */
public final class ReplayReport {
  private static final int MOST_CAUSES = 200;
  private static final int MOST_STUDIES = 40;
  private static final int MOST_MOVES = 30;

  private ReplayReport() {}

  /**
   * Writes the report.
   *
   * @param result what was found
   * @param title the page's title
   * @param folder where to; made if it is not there, files of the same names are replaced
   * @throws IOException if the folder cannot be written, or the run's folder not be read
   */
  public static void write(ReplayResult result, String title, Path folder) throws IOException {
    tables(result, folder);
    Page page = new Page(title);
    page.raw(
        "<p class=\"soft\">"
            + Page.escape(
                Page.count(result.studies())
                    + " studies, answered by "
                    + result.before()
                    + " and by "
                    + result.after())
            + "</p>");
    body(page, result);
    page.write(folder.resolve("replay.html"));
  }

  /** What changes, as tables. */
  static void tables(ReplayResult result, Path folder) throws IOException {
    Files.createDirectories(folder);
    changes(result, folder);
    json(result, folder.resolve("replay.json"));
  }

  /** What changes, as sections of a page. */
  static void body(Page page, ReplayResult result) throws IOException {
    summary(page, result);
    if (result.effect().changed() == 0) {
      return;
    }
    causes(page, result);
    moves(page, result);
    studies(page, result);
    page.heading("method", "How to read this");
    page.raw(
        """
        <p>Both configurations answered every study. The <b>cause</b> of a change is the first step
        at which the two ways to the answer part; layers that abstain take no part. A word with
        <b>+</b> counts only in the second configuration, a word with <b>−</b> only in the first.
        Words are the catalogue’s, never the study’s own text.</p>
        <p><b>Fixed</b>: right now and not before. <b>Broken</b>: right before and not now. Both need
        a label. The p value is that of McNemar’s exact test.</p>""");
  }

  /**
   * The main finding in one or two sentences.
   *
   * @param result what was found
   * @return text without markup
   */
  public static String sentence(ReplayResult result) {
    Effect effect = result.effect();
    if (effect.changed() == 0) {
      return String.format(
          Locale.ROOT,
          "None of %s studies changes its answer%s.",
          Page.count(result.studies()),
          result.otherConfidence() == 0
              ? ""
              : "; " + Page.count(result.otherConfidence()) + " change their confidence alone");
    }
    Proportion share = new Proportion(effect.changed(), result.studies());
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Of %s studies, %s %s (%s; 95\u00A0%% interval %s\u00A0%%): %s answered that were undecided,"
                + " %s undecided that were answered, %s with another class.",
            Page.count(result.studies()),
            Page.count(effect.changed()),
            effect.changed() == 1 ? "changes its answer" : "change their answer",
            Page.percent(share.value()),
            Page.range(share.interval()),
            Page.count(effect.decidedNow()),
            Page.count(effect.undecidedNow()),
            Page.count(effect.changed() - effect.decidedNow() - effect.undecidedNow())));
    if (result.tallyAfter().studies() > 0) {
      PairedComparison comparison = result.comparison();
      Interval interval = comparison.interval();
      text.append(
          String.format(
              Locale.ROOT,
              " Of the %s with a label, %s %s right and %s no longer right: %s points of right"
                  + " answers on %s labelled studies (95\u00A0%% interval %s to %s, p %s).",
              Page.count(effect.labelled()),
              Page.count(effect.fixed()),
              effect.fixed() == 1 ? "becomes" : "become",
              Page.count(effect.broken()),
              Page.points(comparison.difference()),
              Page.count(result.tallyAfter().studies()),
              Page.points(interval.low()),
              Page.points(interval.high()),
              comparison.pValue() < 0.001
                  ? "< 0.001"
                  : String.format(Locale.ROOT, "= %.3f", comparison.pValue())));
    }
    return text.toString();
  }

  private static void summary(Page page, ReplayResult result) {
    page.heading("result", "Result");
    page.raw("<p class=\"lead\">" + Page.escape(sentence(result)) + "</p>");
    Effect effect = result.effect();
    page.cards(
        Page.card(Page.count(effect.changed()), "studies change their answer"),
        Page.card(Page.count(effect.decidedNow()), "of these were undecided"),
        result.tallyAfter().studies() == 0
            ? Page.card(Page.count(effect.undecidedNow()), "of these are undecided now")
            : Page.card(Page.count(effect.fixed()), "are right now and were not"),
        result.tallyAfter().studies() == 0
            ? Page.card(Page.count(result.otherConfidence()), "change their confidence alone")
            : Page.card(Page.count(effect.broken()), "were right and are not now"));
  }

  private static void causes(Page page, ReplayResult result) {
    page.heading("causes", "Why answers change");
    boolean labelled = result.tallyAfter().studies() > 0;
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_CAUSES, result.groups().size()); i++) {
      Group group = result.groups().get(i);
      List<String> row = new ArrayList<>();
      row.add("<a href=\"#cause" + (i + 1) + "\">" + where(group.cause()) + "</a>");
      row.add(Page.words(words(group.cause())));
      row.add(Page.count(group.effect().changed()));
      if (labelled) {
        row.add(Page.count(group.effect().fixed()));
        row.add(Page.count(group.effect().broken()));
      }
      row.add(Page.words(first(group)));
      rows.add(row);
    }
    List<String> headings = new ArrayList<>(List.of("What differs", "words", "studies"));
    if (labelled) {
      headings.addAll(List.of("fixed", "broken"));
    }
    headings.add("most often");
    page.wrappingTable("Causes, most frequent first", headings, rows);
    if (result.groups().size() > MOST_CAUSES) {
      page.paragraph(
          "The other "
              + Page.count(result.groups().size() - MOST_CAUSES)
              + " causes are in replay.json.");
    }
  }

  private static String first(Group group) {
    Move move = group.moves().get(0);
    return move.from() + " → " + move.to();
  }

  private static String where(Cause cause) {
    return "<b>" + Page.escape(cause.where()) + "</b> " + cause.kind().sentence();
  }

  private static String words(Cause cause) {
    String text = cause.words();
    return Page.cut(text, 160).replaceAll("(^|, )-", "$1−");
  }

  private static void moves(Page page, ReplayResult result) {
    page.heading("moves", "From which answer to which");
    List<List<String>> rows = new ArrayList<>();
    for (Move move : result.moves().stream().limit(MOST_MOVES).toList()) {
      rows.add(
          List.of(Page.escape(move.from()), Page.words(move.to()), Page.count(move.studies())));
    }
    page.table(
        "Moves, most frequent first", List.of(result.before(), result.after(), "studies"), rows);
    if (result.moves().size() > MOST_MOVES) {
      page.paragraph(
          "The other " + Page.count(result.moves().size() - MOST_MOVES) + " are in replay.json.");
    }
  }

  private static void studies(Page page, ReplayResult result) throws IOException {
    page.heading("studies", "Every changed study, by cause");
    page.raw(
        "<p class=\"soft\">Open a line to see how both answers came about. At most "
            + MOST_STUDIES
            + " studies of each cause are shown; changes.csv lists all.</p>");
    Map<Cause, List<Change>> byCause = new HashMap<>();
    for (Group group : result.groups().stream().limit(MOST_CAUSES).toList()) {
      byCause.put(group.cause(), new ArrayList<>());
    }
    result.changes(
        change -> {
          List<Change> list = byCause.get(change.cause());
          if (list != null && list.size() < MOST_STUDIES) {
            list.add(change);
          }
        });
    for (int i = 0; i < Math.min(MOST_CAUSES, result.groups().size()); i++) {
      Group group = result.groups().get(i);
      page.raw(
          "<h3 id=\"cause"
              + (i + 1)
              + "\">"
              + where(group.cause())
              + (group.cause().words().isEmpty() ? "" : ": " + Page.escape(words(group.cause())))
              + "</h3>");
      for (Change change : byCause.getOrDefault(group.cause(), List.of())) {
        study(page, result, change);
      }
      long more = group.effect().changed() - MOST_STUDIES;
      if (more > 0) {
        page.paragraph("And " + Page.count(more) + " more.");
      }
    }
  }

  private static void study(Page page, ReplayResult result, Change change) {
    String mark =
        change.fixed()
            ? "<span class=\"v\">fixed</span> "
            : change.broken() ? "<span class=\"v major\">broken</span> " : "";
    page.raw(
        "<details><summary>"
            + mark
            + Page.escape(change.from().code())
            + " → <b>"
            + Page.escape(change.to().code())
            + "</b> <span class=\"soft\">"
            + Page.escape(change.key().isEmpty() ? change.study() : change.key())
            + (change.truth().isEmpty() ? "" : ", label " + Page.escape(change.truth()))
            + "</span></summary><div class=\"two\"><div><p class=\"soft\">"
            + Page.escape(result.before())
            + "</p>"
            + Page.trace(change.from().trace())
            + "</div><div><p class=\"soft\">"
            + Page.escape(result.after())
            + "</p>"
            + Page.trace(change.to().trace())
            + "</div></div></details>");
  }

  private static void changes(ReplayResult result, Path folder) throws IOException {
    try (CsvWriter csv = EvaluationTables.csv(folder, "changes.csv")) {
      csv.writeRecord(
          "study",
          "key",
          "label",
          "from",
          "to",
          "effect",
          "what",
          "where",
          "words",
          "confidence_from",
          "confidence_to");
      result.changes(
          change ->
              csv.writeRecord(
                  change.study(),
                  change.key(),
                  change.truth(),
                  change.from().code(),
                  change.to().code(),
                  change.fixed() ? "fixed" : change.broken() ? "broken" : "",
                  name(change.cause().kind()),
                  change.cause().where(),
                  change.cause().words(),
                  EvaluationTables.decimal(change.from().confidence()),
                  EvaluationTables.decimal(change.to().confidence())));
    }
  }

  private static String name(Cause.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void json(ReplayResult result, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file);
        JsonGenerator json = EvaluationTables.json(out)) {
      json.writeStartObject();
      json.writeStringField("before", result.before());
      json.writeStringField("after", result.after());
      json.writeNumberField("studies", result.studies());
      json.writeNumberField("otherConfidence", result.otherConfidence());
      effect(json, result.effect());
      if (result.tallyAfter().studies() > 0) {
        EvaluationTables.tally(json, "labelledBefore", result.tallyBefore());
        EvaluationTables.tally(json, "labelledAfter", result.tallyAfter());
        PairedComparison comparison = result.comparison();
        json.writeNumberField("difference", comparison.difference());
        json.writeNumberField("low", comparison.interval().low());
        json.writeNumberField("high", comparison.interval().high());
        json.writeNumberField("p", comparison.pValue());
      }
      json.writeArrayFieldStart("causes");
      for (Group group : result.groups()) {
        json.writeStartObject();
        json.writeStringField("what", name(group.cause().kind()));
        json.writeStringField("where", group.cause().where());
        json.writeStringField("words", group.cause().words());
        effect(json, group.effect());
        moves(json, group.moves());
        json.writeEndObject();
      }
      json.writeEndArray();
      moves(json, result.moves());
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void effect(JsonGenerator json, Effect effect) throws IOException {
    json.writeNumberField("changed", effect.changed());
    json.writeNumberField("decidedNow", effect.decidedNow());
    json.writeNumberField("undecidedNow", effect.undecidedNow());
    json.writeNumberField("labelled", effect.labelled());
    json.writeNumberField("fixed", effect.fixed());
    json.writeNumberField("broken", effect.broken());
  }

  private static void moves(JsonGenerator json, List<Move> moves) throws IOException {
    json.writeArrayFieldStart("moves");
    for (Move move : moves) {
      json.writeStartObject();
      json.writeStringField("from", move.from());
      json.writeStringField("to", move.to());
      json.writeNumberField("studies", move.studies());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
