package org.momo.evaluation.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.momo.evaluation.Interval;
import org.momo.evaluation.Proportion;

/** A page that needs nothing but itself. */
final class Page {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--bg:#fff;--ink:#1a1f26;--soft:#555f6b;--line:#d3d9e0;
      --panel:#f5f7f9;--right:#0a64a8;--minor:#c98500;--major:#c0390b;--none:#9aa3ad;--mark:#0a64a8;
      --onright:#fff;--onminor:#1a1f26;--onmajor:#fff;--onnone:#1a1f26}
      @media (prefers-color-scheme:dark){:root{--bg:#11161c;--ink:#e4e8ec;--soft:#a3adb8;
      --line:#333d48;--panel:#1a2129;--right:#58aee6;--minor:#e8b84a;--major:#f5805a;--none:#6f7a86;
      --mark:#58aee6;--onright:#11161c;--onminor:#11161c;--onmajor:#11161c;--onnone:#fff}}
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:1080px;padding:2rem 1.25rem 4rem;background:var(--bg);
      color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",
      "DejaVu Sans",sans-serif;-webkit-print-color-adjust:exact;print-color-adjust:exact}
      h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}
      h2{font-size:1.3rem;margin:2.75rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line)}
      h3{font-size:1.05rem;margin:1.75rem 0 .35rem}h4{font-size:.95rem;margin:1rem 0 .2rem}
      p{max-width:46rem;margin:.5rem 0}.lead{font-size:1.1rem}.soft{color:var(--soft)}
      nav{margin:1rem 0 0;font-size:.92rem;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem}
      a{color:var(--mark)}
      .scroll{overflow-x:auto;margin:.75rem 0;background:linear-gradient(90deg,var(--bg) 40%,
      transparent) 0 0/36px 100% no-repeat local,linear-gradient(270deg,var(--bg) 40%,transparent)
      100% 0/36px 100% no-repeat local,linear-gradient(90deg,var(--line),transparent) 0 0/14px 100%
      no-repeat scroll,linear-gradient(270deg,var(--line),transparent) 100% 0/14px 100% no-repeat
      scroll}
      table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
      th,td{padding:.32rem .7rem;text-align:right;border-bottom:1px solid var(--line);
      white-space:nowrap;vertical-align:baseline}
      th{font-weight:600;color:var(--soft);vertical-align:bottom}
      th:first-child,td:first-child,th.l,td.l{text-align:left}td.l{white-space:normal;overflow-wrap:anywhere;min-width:12rem}
      thead th{white-space:normal;min-width:4.5rem}
      th[scope=row]{font-weight:400;color:var(--ink);vertical-align:baseline}
      td small{color:var(--soft);display:block;line-height:1.25}
      table.wraps td,table.wraps tbody th{white-space:normal;overflow-wrap:anywhere}
      table.wraps tbody th{min-width:13rem;max-width:none}
      .scroll:focus-visible,summary:focus-visible,a:focus-visible{outline:2px solid var(--mark);
      outline-offset:2px}
      figure{margin:1rem 0 1.5rem}figcaption{color:var(--soft);font-size:.9rem;max-width:46rem;
      margin-top:.4rem}
      .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));
      gap:0 2.5rem;align-items:start}
      .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:.75rem;
      margin:1.25rem 0}
      .card{background:var(--panel);border:1px solid var(--line);border-radius:.5rem;
      padding:.7rem .9rem}.card b{display:block;font-size:1.6rem;line-height:1.25;
      font-variant-numeric:tabular-nums}.card span{color:var(--soft);font-size:.86rem;display:block}
      svg{display:block;width:100%;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,
      "Liberation Sans","DejaVu Sans",sans-serif}
      td svg{width:110px;height:12px;display:inline-block;vertical-align:middle}
      svg text{fill:var(--ink)}svg .t{fill:var(--soft)}svg .b{font-weight:600;paint-order:stroke;stroke:var(--bg);stroke-width:3}
      svg .s{font-size:10px}svg .xs{font-size:9px}svg .link{text-decoration:underline}
      svg .right{fill:var(--right)}svg .minor{fill:var(--minor)}svg .major{fill:var(--major)}
      svg .none{fill:var(--none)}svg .panel{fill:var(--panel)}
      svg text.onright{fill:var(--onright)}svg text.onminor{fill:var(--onminor)}
      svg text.onmajor{fill:var(--onmajor)}svg text.onnone{fill:var(--onnone)}
      svg .grid{stroke:var(--line);stroke-width:1}svg .axis{stroke:var(--soft);stroke-width:1}
      svg .curve{fill:none;stroke:var(--mark);stroke-width:2;stroke-linejoin:round}
      svg .second{stroke:var(--major);stroke-dasharray:6 3}
      svg .third{stroke:var(--minor);stroke-dasharray:2 3}svg .fourth{stroke:var(--soft);
      stroke-dasharray:9 3 2 3}svg .fifth{stroke:var(--ink);stroke-width:1.25}
      svg .whisker{stroke:var(--ink);stroke-width:1.5}svg .dot{fill:var(--mark)}
      svg .ideal{stroke:var(--soft);stroke-dasharray:4 4}
      svg .bar{fill:var(--mark);opacity:.35}svg .pick{stroke:var(--major);stroke-width:1.5;
      stroke-dasharray:2 3}svg .picked{fill:var(--major)}
      details{border-bottom:1px solid var(--line)}
      details>summary{cursor:pointer;padding:.4rem 0;font-size:.93rem}
      details.conf{border:1px solid var(--line);border-radius:.5rem;padding:0 1rem;margin:1rem 0}
      details.conf>summary{font-weight:600;font-size:1.05rem;padding:.75rem 0}
      .trace{background:var(--panel);padding:.5rem .8rem .5rem 2.2rem;border-radius:.35rem;
      margin:.2rem 0 .8rem;font-size:.84rem;line-height:1.45;overflow-wrap:anywhere}
      .trace li{margin:.15rem 0}
      details:target>summary{background:var(--panel)}
      .v{display:inline-block;min-width:5.2em;font-weight:600}.v.major{color:var(--major)}
      .keys span{white-space:nowrap;margin-right:1.1em}
      .key{display:inline-block;width:.8em;height:.8em;border-radius:.15em;margin-right:.4em}
      .key.right{background:var(--right)}.key.minor{background:var(--minor)}
      .key.major{background:var(--major)}.key.none{background:var(--none)}
      @media (max-width:520px){body{padding:1.25rem .9rem 3rem}h1{font-size:1.4rem}
      th,td{padding:.3rem .45rem}th[scope=row]{position:sticky;left:0;min-width:8rem;max-width:9.5rem;
      white-space:normal;overflow-wrap:break-word;background:var(--bg)}.card b{font-size:1.35rem}
      .cards{grid-template-columns:repeat(2,1fr)}}
      @media print{:root{color-scheme:light;--bg:#fff;--ink:#000;--soft:#444;--line:#bbb;
      --panel:#fff;--right:#0a64a8;--minor:#c98500;--major:#c0390b;--none:#9aa3ad;--mark:#0a64a8;
      --onright:#fff;--onminor:#000;--onmajor:#fff;--onnone:#000}
      body{font-size:10pt}figure,.cards,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}
      .scroll{overflow:visible;background:none}
      .scroll>div{min-width:0!important}nav{display:none}details.conf{border:0;padding:0}}
      """;

  private static final String TEXT = "<span class=\"l\">";

  private final StringBuilder out = new StringBuilder();

  Page(String title) {
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .append(escape(title))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>")
        .append(escape(title))
        .append("</h1>\n");
  }

  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        default -> safe.append(c < ' ' && c != '\n' ? ' ' : c);
      }
    }
    return safe.toString();
  }

  /** Appends markup as it is. */
  Page raw(String markup) {
    out.append(markup).append('\n');
    return this;
  }

  Page heading(String id, String text) {
    return raw("<h2 id=\"" + id + "\">" + escape(text) + "</h2>");
  }

  Page subheading(String text) {
    return raw("<h3>" + escape(text) + "</h3>");
  }

  Page subsubheading(String text) {
    return raw("<h4>" + escape(text) + "</h4>");
  }

  Page paragraph(String text) {
    return raw("<p>" + escape(text) + "</p>");
  }

  Page figure(Object drawing, String caption) {
    return raw(
        "<figure><div class=\"scroll\">"
            + drawing
            + "</div>"
            + (caption.isEmpty() ? "" : "<figcaption>" + escape(caption) + "</figcaption>")
            + "</figure>");
  }

  /** A cell of text, where figures are usual. */
  static String words(String text) {
    return TEXT + escape(text) + "</span>";
  }

  /** A table; cells are markup, headings are text, the name is for who hears the page. */
  Page table(String name, List<String> headings, List<List<String>> rows) {
    return table(name, "", headings, rows);
  }

  /** The same, of cells that hold sentences and may break. */
  Page wrappingTable(String name, List<String> headings, List<List<String>> rows) {
    return table(name, " class=\"wraps\"", headings, rows);
  }

  private Page table(
      String name, String attributes, List<String> headings, List<List<String>> rows) {
    // A region that scrolls must be reachable by keyboard.
    out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .append(escape(name))
        .append("\"><table")
        .append(attributes)
        .append("><thead><tr>");
    for (int i = 0; i < headings.size(); i++) {
      boolean text = !rows.isEmpty() && rows.get(0).get(i).startsWith(TEXT);
      out.append(
          headings.get(i).isEmpty()
              ? "<td></td>"
              : (text ? "<th scope=\"col\" class=\"l\">" : "<th scope=\"col\">")
                  + escape(headings.get(i))
                  + "</th>");
    }
    out.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      out.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        // What is no figure is read from the left.
        String cell = row.get(i).startsWith(TEXT) ? "<td class=\"l\">" : "<td>";
        out.append(i == 0 ? "<th scope=\"row\">" : cell)
            .append(row.get(i))
            .append(i == 0 ? "</th>" : "</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
    return this;
  }

  /** Figures that stand out. */
  Page cards(String... cards) {
    return raw("<div class=\"cards\">" + String.join("", cards) + "</div>");
  }

  static String card(String figure, String words) {
    return "<div class=\"card\"><b>" + figure + "</b><span>" + escape(words) + "</span></div>";
  }

  /** How an answer came about. */
  static String trace(List<String> lines) {
    StringBuilder list = new StringBuilder("<ol class=\"trace\">");
    lines.forEach(line -> list.append("<li>").append(escape(line)).append("</li>"));
    return list.append("</ol>").toString();
  }

  void write(Path file) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.append(out).append("</body>\n</html>\n");
    }
  }

  static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f\u00A0%%", 100 * share);
  }

  static String points(double share) {
    return String.format(Locale.ROOT, "%+.1f", 100 * share).replace('-', '−');
  }

  static String range(Interval interval) {
    return String.format(Locale.ROOT, "%.1f–%.1f", 100 * interval.low(), 100 * interval.high());
  }

  /** A share with its interval, for a cell. */
  static String withInterval(Proportion share) {
    return share.of() == 0
        ? "–"
        : percent(share.value()) + "<small>" + range(share.interval()) + "</small>";
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202F');
  }
}
