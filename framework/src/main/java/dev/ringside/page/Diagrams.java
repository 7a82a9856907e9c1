// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Has diagrams drawn, if there is something that draws; what goes wrong is said in their place. */
final class Diagrams {

  private Diagrams() {}

  /** SVG, or a paragraph that says why there is none. */
  static String draw(SequenceDiagram diagram) {
    try {
      Iterator<DiagramRenderer> found = ServiceLoader.load(DiagramRenderer.class).iterator();
      if (found.hasNext()) {
        return found.next().render(diagram);
      }
    } catch (RuntimeException | ServiceConfigurationError | LinkageError | InternalError e) {
      return new Html().element("p", "soft", "The diagram could not be drawn: " + e).toString();
    }
    return "<p class=\"soft\">Put <code>dev.ringside:ringside-report</code> beside the tests, and a "
        + "sequence diagram is drawn here.</p>";
  }
}
