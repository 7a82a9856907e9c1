// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The roles that colours have in a diagram. PlantUML knows one colour for each; what the reader
 * sees is decided by the style sheet, which knows light and dark.
 */
enum Ink {
  TEXT("#010101"),
  LINE("#020202"),
  BOX("#030303"),
  EDGE("#040404"),
  LIFE("#050505"),
  MARK("#060606"),
  NOTE("#070707"),
  LOST("#080808"),
  QUIET("#090909");

  static final String CSS =
      """
      .sequence{--text:#1b1f24;--line:#57606a;--box:#ddf4ff;--edge:#8c959f;--life:#afb8c1;\
      --mark:#ffd0cb;--note:#fff8c5;--lost:#b3261e;--quiet:#57606a}
      @media (prefers-color-scheme:dark){.sequence{--text:#e6edf3;--line:#9da7b1;--box:#10385a;\
      --edge:#6e7681;--life:#545d68;--mark:#7d1f1a;--note:#3b3208;--lost:#ff9a8f;--quiet:#9da7b1}}
      .sequence text{font-family:system-ui,sans-serif}
      """;

  private final String colour;

  Ink(String colour) {
    this.colour = colour;
  }

  /** As PlantUML is told. */
  String colour() {
    return colour;
  }

  /** As the style sheet calls it. */
  String css() {
    return "var(--" + name().toLowerCase(Locale.ROOT) + ")";
  }

  /** The role of a colour that PlantUML has written, null if it is none of ours. */
  static @Nullable Ink of(String written) {
    for (Ink ink : values()) {
      if (ink.colour.equalsIgnoreCase(written)) {
        return ink;
      }
    }
    return null;
  }
}
