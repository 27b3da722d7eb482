package org.momo.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.momo.decision.Decision;
import org.momo.decision.Prediction;
import org.momo.imaging.Thumbnails;
import org.momo.imaging.volume.ImageOptions;
import org.momo.imaging.volume.Note;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

/** The HTML of {@code momo look}: one file, no scripts, nothing fetched. */
final class LookSheet {
  private static final List<Integer> TAGS =
      List.of(
          Tag.SERIES_DESCRIPTION,
          Tag.PROTOCOL_NAME,
          Tag.BODY_PART_EXAMINED,
          Tag.PERFORMED_PROCEDURE_STEP_DESCRIPTION,
          Tag.REQUESTED_PROCEDURE_DESCRIPTION,
          Tag.IMAGE_TYPE);

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c1f24; --soft: #5b6470; --line: #d9dee5; --page: #fff; --card: #f6f8fa; --mark: #0b5cad; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a0a8b3; --line: #363c45; --page: #15181c; --card: #1d2127; --mark: #7db8f5; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin: 0 0 .25rem; color: var(--mark); }
      section { border-top: 1px solid var(--line); padding: 1.25rem 0; }
      .soft { color: var(--soft); font-size: .87rem; overflow-wrap: anywhere; }
      .series { display: flex; flex-wrap: wrap; gap: 1rem; background: var(--card); border-radius: .5rem; padding: .75rem 1rem; margin: .75rem 0; break-inside: avoid; }
      .tags { flex: 1 1 18rem; min-width: 0; } .tags dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .75rem; margin: .25rem 0; font-size: .9rem; }
      dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
      figure { margin: 0; } figure img { display: block; background: #000; border-radius: .25rem; } figcaption { font-size: .75rem; color: var(--soft); text-align: center; }
      .pictures { display: flex; flex-wrap: wrap; gap: .5rem; align-items: flex-start; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .82rem; background: var(--card); padding: .75rem 1rem; border-radius: .5rem; }
      summary { cursor: pointer; color: var(--mark); }
      """;

  private final Writer out;
  private final int size;

  LookSheet(Writer out, int size) {
    this.out = out;
    this.size = size;
  }

  void begin() throws IOException {
    out.write(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src"
            + " data:; style-src 'unsafe-inline'\">"
            + "<title>Studies, looked at</title><style>\n"
            + STYLE
            + "</style></head><body>\n<h1>Studies, looked at</h1>\n");
  }

  void study(Study study, Prediction prediction) throws IOException {
    out.write("<section>\n<h2>" + escape(answer(prediction.decision())) + "</h2>\n");
    out.write("<div class=\"soft\">" + escape(study.uid()));
    if (study.source().isPresent()) {
      out.write(" · " + escape(study.source().get()));
    }
    out.write("</div>\n");
    study
        .header()
        .string(Tag.STUDY_DESCRIPTION)
        .ifPresent(text -> unchecked("<p>“" + escape(text) + "”</p>\n"));
    for (Series series : study.series()) {
      series(series);
    }
    out.write("<details><summary>Why</summary><pre>");
    out.write(escape(Explanation.of(prediction)));
    out.write("</pre></details>\n</section>\n");
  }

  private void unchecked(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String answer(Decision decision) {
    if (decision instanceof Decision.Decided decided) {
      return decided.studyClass().name()
          + String.format(Locale.ROOT, " · %.0f %%", 100 * decided.confidence())
          + " · "
          + decided.decidedBy();
    }
    Decision.Undecided undecided = (Decision.Undecided) decision;
    return "Undecided: " + undecided.detail();
  }

  private void series(Series series) throws IOException {
    Thumbnails thumbnails =
        Thumbnails.of(series, ImageOptions.defaults().withExclusions(false), size);
    out.write(
        "<div class=\"series\"><div class=\"tags\"><b>" + escape(series.modality()) + "</b> ");
    int n = series.instances().size();
    out.write("<span class=\"soft\">" + n + (n == 1 ? " instance" : " instances") + "</span><dl>");
    Header header = series.header();
    for (int tag : TAGS) {
      String value = String.join(" \\ ", header.strings(tag));
      if (!value.isEmpty()) {
        out.write("<dt>" + Tag.keyword(tag) + "</dt><dd>" + escape(value) + "</dd>");
      }
    }
    out.write("</dl>");
    if (!thumbnails.reason().isEmpty()) {
      out.write("<div class=\"soft\">No picture: " + escape(thumbnails.reason()) + "</div>");
    }
    for (Note note : thumbnails.notes()) {
      out.write("<div class=\"soft\">" + escape(note.text()) + "</div>");
    }
    out.write("</div><div class=\"pictures\">");
    for (Thumbnails.Image image : thumbnails.images()) {
      out.write(
          "<figure><img width=\""
              + image.width()
              + "\" height=\""
              + image.height()
              + "\" alt=\""
              + escape(image.title())
              + "\" src=\"data:image/png;base64,"
              + Base64.getEncoder().encodeToString(image.png())
              + "\"><figcaption>"
              + escape(image.title())
              + "</figcaption></figure>");
    }
    out.write("</div></div>\n");
  }

  void end() throws IOException {
    out.write("</body></html>\n");
  }

  private static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(c < 32 && c != '\n' ? ' ' : c);
              }
            });
    return safe.toString();
  }
}
