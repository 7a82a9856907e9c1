// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

/**
 * Draws the sequence diagrams of failure pages. The page looks for one by {@link
 * java.util.ServiceLoader}, and only when a test has failed; the module {@code ringside-report} has
 * one.
 *
 * <pre>{@code
 * public final class PlantUmlRenderer implements DiagramRenderer {
 *   public String render(SequenceDiagram diagram) { ... }
 * }
 * }</pre>
 */
public interface DiagramRenderer {

  /**
   * Draws a diagram.
   *
   * @return an SVG element that can stand in an HTML page: without scripts, links, or anything that
   *     is loaded from elsewhere, all names of the diagram as text
   * @throws RuntimeException if it cannot be drawn; the page then says so in place of the diagram
   */
  String render(SequenceDiagram diagram);
}
