// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Draws the sequence diagrams of failure pages, with PlantUML. */
@SuppressWarnings("requires-automatic") // PlantUML is not modular, but keeps this name.
module dev.ringside.report {
  requires transitive dev.ringside;
  requires net.sourceforge.plantuml;
  requires java.desktop; // for PlantUML, which cannot ask for it
  requires java.xml;
  requires static transitive org.jspecify;

  exports dev.ringside.report;

  provides dev.ringside.page.DiagramRenderer with
      dev.ringside.report.PlantUmlRenderer;
}
