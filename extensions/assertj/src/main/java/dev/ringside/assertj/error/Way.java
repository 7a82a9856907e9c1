// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import java.util.List;
import java.util.Locale;

/** The way of a packet as a table: time, packet, stage, place, what happened there. */
final class Way {

  private final List<JournalEntry> entries;
  private int idWidth;
  private int stageWidth;
  private int placeWidth;

  Way(List<JournalEntry> entries) {
    this.entries = entries;
    for (JournalEntry entry : entries) {
      Hop hop = entry.hop();
      if (hop != null) {
        idWidth = Math.max(idWidth, id(hop).length());
        stageWidth = Math.max(stageWidth, hop.stage().name().length());
        placeWidth = Math.max(placeWidth, hop.place().length());
      }
    }
  }

  void appendTo(StringBuilder text) {
    for (JournalEntry entry : entries) {
      Hop hop = entry.hop();
      if (hop != null) {
        text.append('\n').append(" ".repeat(Math.max(0, 14 - digits(entry.nanos()))));
        text.append(entry.nanos()).append(" ns  ");
        pad(text, id(hop), idWidth);
        pad(text, hop.stage().name(), stageWidth);
        pad(text, hop.place(), placeWidth);
        text.append(what(hop));
      }
    }
  }

  /** What happened at a step, such as {@code dropped, RING_FULL: ring p0/rx3 has 256 of ...}. */
  static String what(Hop hop) {
    String fate = hop.fate().name().toLowerCase(Locale.ROOT);
    String reason = hop.reason() == null ? "" : ", " + hop.reason();
    String detail = hop.detail().strip();
    return fate + reason + (detail.isEmpty() ? "" : ": " + detail);
  }

  /** How the way ended, in a clause. */
  static String end(Hop last) {
    String place = " at " + last.stage() + " " + last.place();
    return switch (last.fate()) {
      case DROPPED -> "was dropped" + place + ", " + last.reason() + ": " + last.detail().strip();
      case DELIVERED -> "was delivered" + place;
      default -> "is still under way," + place;
    };
  }

  private static String id(Hop hop) {
    return "#" + hop.packet().id();
  }

  private static int digits(long nanos) {
    return Long.toString(nanos).length();
  }

  private static void pad(StringBuilder text, String cell, int width) {
    text.append(cell).append(" ".repeat(width - cell.length() + 2));
  }
}
