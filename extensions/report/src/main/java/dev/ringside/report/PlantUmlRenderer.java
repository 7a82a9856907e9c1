// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.report;

import dev.ringside.page.DiagramRenderer;
import dev.ringside.page.SequenceDiagram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import net.sourceforge.plantuml.FileFormat;
import net.sourceforge.plantuml.FileFormatOption;
import net.sourceforge.plantuml.SourceStringReader;
import net.sourceforge.plantuml.core.Diagram;

/**
 * Draws sequence diagrams with PlantUML, which needs no other program for them.
 *
 * <pre>{@code
 * String svg = new PlantUmlRenderer().render(diagram);
 * }</pre>
 *
 * <p>What is named in a diagram is any text, and stays text: no character of it is markup to
 * PlantUML ({@link PlantUmlText}), and of what PlantUML draws only known shapes and words get into
 * the page ({@link DiagramSvg}), in colours that follow the reader's light or dark mode.
 */
public final class PlantUmlRenderer implements DiagramRenderer {

  /** For the service loader, and everybody else. */
  public PlantUmlRenderer() {}

  @Override
  public String render(SequenceDiagram diagram) {
    return DiagramSvg.of(draw(new PlantUmlText(diagram).source()));
  }

  static String draw(String source) {
    ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    FileFormatOption svg = new FileFormatOption(FileFormat.SVG, false);
    int status;
    try {
      Diagram read = new SourceStringReader(source).getBlocks().get(0).getDiagram();
      status = read.exportDiagram(drawn, 0, svg).getStatus();
    } catch (IOException e) {
      throw new UncheckedIOException("PlantUML cannot write to memory", e);
    }
    if (status != 0) {
      throw new IllegalArgumentException(
          "PlantUML cannot draw this, status " + status + ":\n" + source);
    }
    return drawn.toString(StandardCharsets.UTF_8);
  }
}
