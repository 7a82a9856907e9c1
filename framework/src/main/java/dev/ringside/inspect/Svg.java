// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import java.util.List;

/** Shapes and words of a picture, as SVG 1.1: what comes from outside is escaped, and cut. */
final class Svg {

  /** How high a line of text is, in units of the picture. */
  static final int LINE = 15;

  /** How wide a character is at most on average, in tenths; those of names are bold. */
  private static final int TENTHS_PER_CHARACTER = 62;

  private static final int TENTHS_PER_BOLD_CHARACTER = 71;
  private static final int INDENT = 5;
  private static final int BASELINE = 11;

  private static final String STYLE =
      """
      <style>
      svg.ringside{--ink:#1b1f24;--soft:#57606a;--paper:#fff;--box:#f6f8fa;--line:#8c959f;\
      --nic:#ddf4ff;--vm:#dafbe1;--net:#fff8c5;--bad:#cf222e;--mark:#cf222e}
      @media (prefers-color-scheme:dark){svg.ringside{--ink:#e6edf3;--soft:#b1bac4;\
      --paper:#0d1117;--box:#161b22;--line:#6e7681;--nic:#10385a;--vm:#12421f;--net:#4a3c06;\
      --bad:#ff7b72;--mark:#da3633}}
      .ringside text{font:11px system-ui,sans-serif;fill:var(--ink)}
      .ringside .name{font-weight:600}
      .ringside .soft{fill:var(--soft)}
      .ringside rect{stroke:var(--line);fill:var(--box)}
      .ringside .paper{fill:var(--paper);stroke:none}
      .ringside .nic{fill:var(--nic)}
      .ringside .vm{fill:var(--vm)}
      .ringside .net{fill:var(--net)}
      .ringside .vf{fill:none}
      .ringside .vf.bound{fill:var(--ink)}
      .ringside line{stroke:var(--line);stroke-width:2}
      .ringside .bad>rect,.ringside line.bad{stroke:var(--bad);stroke-width:2;\
      stroke-dasharray:4 3}
      .ringside .bad>rect.vf{stroke-width:1;stroke-dasharray:none}
      .ringside .bad>text{fill:var(--bad)}
      .ringside .marked>rect,.ringside line.marked{stroke:var(--mark);stroke-width:3}
      .ringside .marked>rect.vf{stroke:var(--line);stroke-width:1}
      .ringside .marked>rect.vf.marked{stroke:var(--mark);stroke-width:3}
      .ringside circle{fill:var(--mark);stroke:var(--paper)}
      .ringside .badge{fill:#fff;font-weight:700;text-anchor:middle}
      </style>
      """;

  private final StringBuilder body = new StringBuilder();
  private final StringBuilder badges = new StringBuilder();
  private final List<String> marks;
  private boolean badgeDue;

  /**
   * An empty picture.
   *
   * @param marks the kinds and names of the devices that are pointed out, as titles begin
   */
  Svg(List<String> marks) {
    this.marks = marks;
  }

  /** A device with all that is drawn of it; its title is what a reader sees who points at it. */
  void open(boolean good, String title) {
    badgeDue = isMarked(title);
    body.append(good ? "<g class=\"good" : "<g class=\"bad");
    body.append(badgeDue ? " marked\">" : "\">");
    title(title);
    body.append('\n');
  }

  private boolean isMarked(String title) {
    for (String mark : marks) {
      boolean begins = title.startsWith(mark);
      if (begins
          && (title.length() == mark.length() || " :,".indexOf(title.charAt(mark.length())) >= 0)) {
        return true;
      }
    }
    return false;
  }

  /** Says of what is marked that it is, also to those who see no colours. */
  private void badge(int x, int y) {
    badges.append("<circle r=\"7\" cx=\"").append(x).append("\" cy=\"").append(y).append("\"/>");
    badges.append("<text class=\"badge\" x=\"").append(x).append("\" y=\"").append(y + 4);
    badges.append("\">!</text>\n");
  }

  void close() {
    body.append("</g>\n");
  }

  private void title(String title) {
    body.append("<title>").append(escaped(title)).append("</title>");
  }

  void box(String css, int x, int y, int width, int height) {
    body.append("<rect class=\"").append(css).append('"');
    number("x", x);
    number("y", y);
    number("width", width);
    number("height", height);
    body.append(" rx=\"2\"/>\n");
    if (badgeDue) {
      badge(x + width, y + 2);
      badgeDue = false;
    }
  }

  /** A small square, with its title. */
  void square(String css, int x, int y, int size, String title) {
    body.append("<rect class=\"").append(css).append(isMarked(title) ? " marked\"" : "\"");
    number("x", x);
    number("y", y);
    number("width", size);
    number("height", size);
    body.append('>');
    title(title);
    body.append("</rect>\n");
  }

  void line(int x1, int y1, int x2, int y2) {
    lineStart("", x1, y1, x2, y2);
    body.append("/>\n");
  }

  void cable(boolean good, int x1, int y1, int x2, int y2, String title) {
    boolean marked = isMarked(title);
    lineStart((good ? "good" : "bad") + (marked ? " marked" : ""), x1, y1, x2, y2);
    if (marked) {
      badge((x1 + x2) / 2, (y1 + y2) / 2);
    }
    body.append('>');
    title(title);
    body.append("</line>\n");
  }

  private void lineStart(String css, int x1, int y1, int x2, int y2) {
    body.append("<line class=\"").append(css).append('"');
    number("x1", x1);
    number("y1", y1);
    number("x2", x2);
    number("y2", y2);
  }

  /** A line of text in a box at this place, cut where the box ends. */
  void text(String css, int x, int y, int width, String text) {
    body.append("<text class=\"").append(css).append('"');
    number("x", x + INDENT);
    number("y", y + BASELINE);
    int tenths = css.equals("name") ? TENTHS_PER_BOLD_CHARACTER : TENTHS_PER_CHARACTER;
    body.append('>').append(escaped(cut(text, (width - INDENT) * 10 / tenths)));
    body.append("</text>\n");
  }

  private void number(String name, int value) {
    body.append(' ').append(name).append("=\"").append(value).append('"');
  }

  String document(int width, int height, String label) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ringside\" role=\"img\" viewBox=\"0 0 "
        + width
        + " "
        + height
        + "\" width=\"100%\" style=\"max-width:"
        + 2 * width
        + "px\">\n<title>"
        + escaped(label)
        + "</title>\n"
        + STYLE
        + "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n"
        + body
        + badges
        + "</svg>\n";
  }

  private static String cut(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, Math.max(0, most - 1))) + "\u2026";
  }

  /**
   * As text of an element or an attribute; what XML 1.0 does not allow, or would turn the text
   * around it, becomes U+FFFD.
   */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xfffd);
      }
    }
    return escaped.toString();
  }

  private static boolean isAllowed(int c) {
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    boolean turning = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return !control && !surrogate && !turning && (c & 0xfffe) != 0xfffe;
  }
}
