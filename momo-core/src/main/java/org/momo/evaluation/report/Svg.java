package org.momo.evaluation.report;

import java.util.Locale;

/** A drawing. Colours come from the page, so that one drawing serves light, dark and paper. */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  Svg(double width, double height, String title) {
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %s %s\" style=\"max-width:%spx\" role=\"img\" aria-label=\"%s\">",
            number(width),
            number(height),
            number(width),
            Page.escape(title)));
  }

  /** At most two decimals, and none that are not needed. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  Svg rect(double x, double y, double width, double height, String style, String tip) {
    out.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
    out.append("\" width=\"").append(number(Math.max(0, width)));
    out.append("\" height=\"").append(number(Math.max(0, height)));
    out.append("\" class=\"").append(style).append('"');
    end("rect", tip);
    return this;
  }

  Svg circle(double x, double y, double radius, String style, String tip) {
    out.append("<circle cx=\"").append(number(x)).append("\" cy=\"").append(number(y));
    out.append("\" r=\"").append(number(radius)).append("\" class=\"").append(style).append('"');
    end("circle", tip);
    return this;
  }

  Svg line(double x1, double y1, double x2, double y2, String style) {
    out.append("<line x1=\"").append(number(x1)).append("\" y1=\"").append(number(y1));
    out.append("\" x2=\"").append(number(x2)).append("\" y2=\"").append(number(y2));
    out.append("\" class=\"").append(style).append("\"/>");
    return this;
  }

  Svg path(double[] x, double[] y, String style) {
    out.append("<path d=\"");
    for (int i = 0; i < x.length; i++) {
      out.append(i == 0 ? "M" : "L").append(number(x[i])).append(' ').append(number(y[i]));
    }
    out.append("\" class=\"").append(style).append("\"/>");
    return this;
  }

  /** The anchor is {@code start}, {@code middle} or {@code end}. */
  Svg text(double x, double y, String anchor, String style, String text) {
    out.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
    out.append("\" text-anchor=\"").append(anchor).append("\" class=\"").append(style);
    out.append("\">").append(Page.escape(text)).append("</text>");
    return this;
  }

  /** Text that runs upwards from its start. */
  Svg upright(double x, double y, String anchor, String style, String text) {
    out.append("<text transform=\"translate(").append(number(x)).append(' ').append(number(y));
    out.append(") rotate(-90)\" text-anchor=\"").append(anchor).append("\" class=\"");
    out.append(style).append("\">").append(Page.escape(text)).append("</text>");
    return this;
  }

  /** Appends markup as it is. */
  Svg raw(String markup) {
    out.append(markup);
    return this;
  }

  private void end(String element, String tip) {
    if (tip.isEmpty()) {
      out.append("/>");
    } else {
      out.append("><title>").append(Page.escape(tip)).append("</title></");
      out.append(element).append('>');
    }
  }

  @Override
  public String toString() {
    return out + "</svg>";
  }
}
