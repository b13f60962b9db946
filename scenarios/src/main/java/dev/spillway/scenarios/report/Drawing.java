package dev.spillway.scenarios.report;

import java.util.Locale;

/** SVG under way: markup, and how far down it has come. */
final class Drawing {

  private final Markup markup = new Markup();
  private double bottom;

  Markup markup() {
    return markup;
  }

  double bottom() {
    return bottom;
  }

  /** Takes so much room below all that is there, and says where it begins. */
  double take(double height) {
    double top = bottom;
    bottom += height;
    return top;
  }

  /** As short as a drawing needs it. */
  static String number(double number) {
    String text = String.format(Locale.ROOT, "%.1f", number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  Drawing rect(String style, double x, double y, double width, double height, String title) {
    markup.open(
        "rect",
        "class",
        style,
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(Math.max(0, width)),
        "height",
        number(height));
    if (!title.isEmpty()) {
      markup.element("title", title);
    }
    markup.close("rect");
    return this;
  }

  Drawing text(String style, double x, double y, String text) {
    markup.element("text", text, "class", style, "x", number(x), "y", number(y));
    return this;
  }

  Drawing line(String style, double x1, double y1, double x2, double y2) {
    markup.empty(
        "line",
        "class",
        style,
        "x1",
        number(x1),
        "y1",
        number(y1),
        "x2",
        number(x2),
        "y2",
        number(y2));
    return this;
  }
}
