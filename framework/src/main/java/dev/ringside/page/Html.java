// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

/** HTML that is written from front to back. Text that comes from outside can only be text in it. */
final class Html {

  private final StringBuilder out = new StringBuilder(16_384);

  /** Markup of our own. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Any text. */
  Html text(String text) {
    escape(text, out);
    return this;
  }

  /** An element of our own that has text. */
  Html element(String tag, String css, String text) {
    out.append('<').append(tag);
    if (!css.isEmpty()) {
      out.append(" class=\"").append(css).append('"');
    }
    out.append('>');
    escape(text, out);
    out.append("</").append(tag).append('>');
    return this;
  }

  /** A heading, which a reader can be sent to. */
  Html heading(String id, String text) {
    out.append("<h2 id=\"").append(id).append("\">");
    escape(text, out);
    out.append("</h2>\n");
    return this;
  }

  /** A link to a file beside the page. */
  Html link(String file, String text) {
    out.append("<a href=\"");
    escape(file, out);
    out.append("\">");
    escape(text, out);
    out.append("</a>");
    return this;
  }

  /** Text as it stands, in lines; what is too wide scrolls by itself. */
  Html lines(String css, String text) {
    out.append("<pre tabindex=\"0\" class=\"").append(css).append("\">");
    escape(text, out);
    out.append("</pre>\n");
    return this;
  }

  /** Something that is long and seldom wanted, closed at first. */
  Html folded(String title, String css, String text) {
    out.append("<details><summary>");
    escape(title, out);
    out.append("</summary>\n");
    lines(css, text);
    out.append("</details>\n");
    return this;
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.appendCodePoint(isShown(c) ? c : 0xfffd);
      }
    }
  }

  /** Not what is no character, and not what would turn the text around it, or end it. */
  private static boolean isShown(int c) {
    if (c < ' ') {
      return c == '\n' || c == '\t';
    }
    boolean control = c >= 0x7f && c < 0xa0;
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean turning = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return !control && !surrogate && !turning && (c & 0xfffe) != 0xfffe;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
