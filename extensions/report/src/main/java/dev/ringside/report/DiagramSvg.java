// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.report;

import java.io.StringReader;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A drawing of PlantUML's written once more: only shapes and words, whose places are numbers and
 * whose colours are roles. Whatever else is in it, such as links, titles, comments or its source,
 * stays outside.
 */
final class DiagramSvg {

  private static final Set<String> SHAPES =
      Set.of("g", "rect", "line", "polygon", "path", "ellipse", "text");
  private static final Set<String> NUMBERS =
      Set.of(
          "x",
          "y",
          "x1",
          "y1",
          "x2",
          "y2",
          "cx",
          "cy",
          "rx",
          "ry",
          "width",
          "height",
          "points",
          "d",
          "textLength",
          "font-size",
          "font-weight");
  private static final String IN_NUMBERS = "0123456789.,- MLHVCQAZmlhvcqaz";
  private static final Set<String> NUMBER_STYLES = Set.of("stroke-width", "stroke-dasharray");

  private final StringBuilder out = new StringBuilder(8_192);

  private DiagramSvg() {}

  static String of(String drawn) {
    try {
      return new DiagramSvg().read(drawn);
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("PlantUML has drawn what is no SVG: " + e.getMessage(), e);
    }
  }

  private String read(String drawn) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(drawn));
    xml.nextTag();
    writeRoot(xml);
    int skipped = 0;
    for (int event = xml.next(); event != XMLStreamConstants.END_DOCUMENT; event = xml.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (skipped > 0 || !isWanted(xml)) {
          skipped++;
        } else {
          writeStart(xml);
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        if (skipped > 0) {
          skipped--;
        } else {
          out.append("</").append(xml.getLocalName()).append('>');
        }
      } else if (event == XMLStreamConstants.CHARACTERS && skipped == 0) {
        escape(xml.getText());
      }
    }
    return out.append('\n').toString();
  }

  private void writeRoot(XMLStreamReader xml) {
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sequence\" role=\"img\"");
    out.append(" aria-label=\"sequence diagram\"");
    for (String name : new String[] {"viewBox", "width", "height"}) {
      String value = xml.getAttributeValue(null, name);
      if (value != null && isNumbers(value.replace("px", ""))) {
        out.append(' ').append(name).append("=\"").append(value.replace("px", "")).append('"');
      }
    }
    out.append(">\n<style>\n").append(Ink.CSS).append("</style>\n");
  }

  /** Not what nobody sees: it is there for those who point at it. */
  private static boolean isWanted(XMLStreamReader xml) {
    String opacity = xml.getAttributeValue(null, "fill-opacity");
    return SHAPES.contains(xml.getLocalName()) && (opacity == null || !opacity.startsWith("0.0"));
  }

  private void writeStart(XMLStreamReader xml) {
    out.append('<').append(xml.getLocalName());
    StringBuilder style = new StringBuilder();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String name = xml.getAttributeLocalName(i);
      String value = xml.getAttributeValue(i);
      if (name.equals("fill")) {
        paint(style, "fill", value);
      } else if (name.equals("style")) {
        readStyle(style, value);
      } else if (NUMBERS.contains(name) && isNumbers(value)) {
        out.append(' ').append(name).append("=\"").append(value).append('"');
      }
    }
    if (style.length() > 0) {
      out.append(" style=\"").append(style).append('"');
    }
    out.append('>');
  }

  private static void readStyle(StringBuilder style, String written) {
    for (String declaration : written.split(";", -1)) {
      int colon = declaration.indexOf(':');
      String name = colon < 0 ? "" : declaration.substring(0, colon);
      String value = declaration.substring(colon + 1);
      if (name.equals("stroke") || name.equals("fill")) {
        paint(style, name, value);
      } else if (NUMBER_STYLES.contains(name) && isNumbers(value)) {
        style.append(name).append(':').append(value).append(';');
      }
    }
  }

  private static void paint(StringBuilder style, String name, String colour) {
    Ink ink = Ink.of(colour);
    if (ink != null) {
      style.append(name).append(':').append(ink.css()).append(';');
    } else {
      boolean none = colour.equals("none");
      style
          .append(name)
          .append(none ? ":none;" : name.equals("fill") ? ":var(--text);" : ":var(--line);");
    }
  }

  private static boolean isNumbers(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (IN_NUMBERS.indexOf(value.charAt(i)) < 0 && !value.equals("bold")) {
        return false;
      }
    }
    return true;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(c);
      }
    }
  }
}
