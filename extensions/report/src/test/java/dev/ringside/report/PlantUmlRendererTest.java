// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.page.DiagramRenderer;
import dev.ringside.page.SequenceDiagram;
import dev.ringside.page.SequenceDiagram.Kind;
import dev.ringside.page.SequenceDiagram.Participant;
import dev.ringside.page.SequenceDiagram.Step;
import dev.ringside.trace.Stage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlantUmlRendererTest {

  private static final SequenceDiagram LOSS =
      new SequenceDiagram(
          List.of(
              new Participant(Stage.WIRE, "h1/p0", false),
              new Participant(Stage.PNIC, "h1/p0", true),
              new Participant(Stage.STACK, "web", false)),
          List.of(
              new Step(Kind.TIME, -1, -1, "at 1,500 ns"),
              new Step(Kind.EVENT, -1, 1, "h1: pnic failed p0"),
              new Step(Kind.MOVED, -1, 0, "#7"),
              new Step(Kind.LOST, 0, 1, "#7 PNIC_FAILED"),
              new Step(Kind.MOVED, 2, 2, "#8 delivered")));

  private static String render(SequenceDiagram diagram) {
    return new PlantUmlRenderer().render(diagram);
  }

  private static SequenceDiagram saying(String text) {
    return new SequenceDiagram(
        List.of(new Participant(Stage.VNIC, text, false), new Participant(Stage.STACK, text, true)),
        List.of(
            new Step(Kind.TIME, -1, -1, text),
            new Step(Kind.EVENT, -1, -1, text),
            new Step(Kind.MOVED, 0, 1, text),
            new Step(Kind.LOST, 1, 0, text),
            new Step(Kind.REFUSED, 1, 0, text)));
  }

  /** All words of a drawing, in order. */
  private static List<String> words(String svg) throws Exception {
    List<String> words = new ArrayList<>();
    NodeList texts = parse(svg).getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      words.add(texts.item(i).getTextContent().replace('\u00a0', ' '));
    }
    return words;
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void the_page_finds_it() {
    assertThat(ServiceLoader.load(DiagramRenderer.class))
        .singleElement()
        .isInstanceOf(PlantUmlRenderer.class);
  }

  @Test
  void draws_places_events_times_ways_and_losses() throws Exception {
    String svg = render(LOSS);

    assertThat(String.join("", words(svg)))
        .isEqualTo(
            "wireh1/p0PNICh1/p0stackwebat 1,500 nsh1: pnic failed p0#7#7PNIC_FAILED#8delivered");
    assertThat(svg).contains("fill:var(--mark)", "stroke:var(--lost)", "fill:var(--note)");
  }

  @Test
  void only_what_is_lost_is_red() {
    Step refused = new Step(Kind.REFUSED, 0, 1, "#7 NO_MATCH");

    String svg = render(new SequenceDiagram(LOSS.participants(), List.of(refused)));

    assertThat(svg).contains("stroke:var(--quiet)").doesNotContain("stroke:var(--lost)");
  }

  @Test
  void the_same_diagram_is_drawn_the_same() {
    assertThat(render(LOSS)).isEqualTo(render(LOSS));
  }

  @Test
  void a_diagram_without_places_shows_its_events() throws Exception {
    SequenceDiagram events =
        new SequenceDiagram(List.of(), List.of(new Step(Kind.EVENT, -1, -1, "h1: note x")));

    assertThat(String.join("", words(render(events)))).isEqualTo("labh1: note x");
  }

  @Test
  void eight_places_with_usual_names_fit_into_half_a_wide_page() throws Exception {
    List<Participant> places = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      places.add(new Participant(Stage.VIRTUAL_FUNCTION, "h1/p0/vf" + i, false));
      steps.add(new Step(Kind.MOVED, i - 1, i, "#17"));
    }

    Element svg = parse(render(new SequenceDiagram(places, steps))).getDocumentElement();

    assertThat(Integer.parseInt(svg.getAttribute("width"))).isLessThan(480);
  }

  // ---- hostile text ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><svg onload=alert(1)>",
        "[[https://example.test{tip} x]]",
        "<img:https://example.test/x.png>",
        "<img:/etc/hostname>",
        "**b** //i// __u__ --s-- ~~w~~ \"\"m\"\"",
        "<b>b</b><color:red>c</color><size:40>s</size>",
        "<&key> <:smile:> <$sprite> <math>x</math> <latex>x</latex>",
        "%date() %getenv(PATH) $x %load_json(\"x\")",
        "\\n\\t\\l {{ }} {method} <code> ]] <U+0041> &#65; ~",
        "= h == i * j # k |t| ---- ____ ....",
        "as p0 #red <<stereotype>>",
        "end",
        "\u202e\u2066rtl\u200b",
        "caf\u00e9 \u6f22\u5b57",
      })
  void any_text_is_only_text(String hostile) throws Exception {
    String svg = render(saying(hostile));

    String seen = String.join("", words(svg)).replaceAll("[\\s\u200b]", "");
    String shown = hostile.replaceAll("[\u202e\u2066\u200b]", "\ufffd").replaceAll("\\s", "");
    assertThat(seen).contains(shown.length() <= 14 ? shown : shown.substring(0, 10));
    assertOnlyShapes(svg);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n!include /etc/passwd\n",
        "\n@enduml\n@startuml\nA->B",
        "\r\nskinparam handwritten true\r\n",
        "\nurl of p0 is [[https://example.test]]\n",
        "\nparticipant x\n",
        "\u0000\u0007\u2028!pragma layout smetana\u2029",
      })
  void no_text_ends_its_line(String hostile) throws Exception {
    String source = new PlantUmlText(saying(hostile)).source();
    String plain = new PlantUmlText(saying("a")).source();

    assertThat(source.lines()).hasSameSizeAs(plain.lines().toList());
    String svg = render(saying(hostile));
    assertThat(words(svg)).noneMatch(word -> word.contains("root:"));
    assertOnlyShapes(svg);
  }

  private static void assertOnlyShapes(String svg) throws Exception {
    NodeList all = parse(svg).getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      assertThat(element.getTagName())
          .isIn("svg", "style", "g", "rect", "line", "polygon", "path", "ellipse", "text");
      for (int a = 0; a < element.getAttributes().getLength(); a++) {
        assertThat(element.getAttributes().item(a).getNodeName())
            .doesNotStartWith("on")
            .isNotIn(Set.of("href", "xlink:href", "src", "title"));
      }
    }
    assertThat(svg).doesNotContain("<?", "<!--", "url(", "@import");
  }

  // ---- what gets into the page ----

  @Test
  void what_plantuml_cannot_draw_is_said_and_not_shown() {
    assertThatThrownBy(() -> PlantUmlRenderer.draw("@startuml\nwhat is this\n@enduml\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PlantUML cannot draw this, status 400:\n@startuml\nwhat is this\n@enduml\n");
  }

  @Test
  void of_a_drawing_only_shapes_and_words_are_kept() {
    String drawn =
        """
        <?plantuml 1?><svg xmlns="http://www.w3.org/2000/svg" width="10px" height="x" \
        viewBox="0 0 1 2" onload="alert(1)"><!--SRC--><defs><filter id="f"/></defs>\
        <script>alert(1)</script><a href="x"><text>link</text></a><image href="x"/>\
        <g id="i" onclick="x"><title>t</title><rect x="1" y="url(#x)" fill="#010101" \
        style="stroke:#123456;stroke-width:1;background:url(x)"/><rect fill-opacity="0.00000"/>\
        <text x="3" fill="none">&lt;b&gt; &amp;</text></g></svg>""";

    assertThat(DiagramSvg.of(drawn).replace(Ink.CSS, ""))
        .isEqualTo(
            """
            <svg xmlns="http://www.w3.org/2000/svg" class="sequence" role="img" \
            aria-label="sequence diagram" viewBox="0 0 1 2" width="10">
            <style>
            </style>
            <g><rect x="1" style="fill:var(--text);stroke:var(--line);stroke-width:1;"></rect>\
            <text x="3" style="fill:none;">&lt;b&gt; &amp;</text></g></svg>
            """);
  }

  @Test
  void what_is_no_drawing_is_refused() {
    assertThatThrownBy(() -> DiagramSvg.of("<svg><g></svg>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("PlantUML has drawn what is no SVG: ");
  }

  @Test
  void a_document_type_that_would_read_a_file_reads_none() {
    String drawn =
        "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
            + "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>&x;</text></svg>";

    assertThatThrownBy(() -> DiagramSvg.of(drawn)).isInstanceOf(IllegalArgumentException.class);
  }
}
