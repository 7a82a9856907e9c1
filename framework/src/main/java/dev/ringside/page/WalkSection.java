// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.packet.Packet;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import java.util.List;

/** The way of the packet in question, step by step, and its bytes. */
final class WalkSection {

  private static final int MAX_STEPS = 60;
  private static final int MAX_BYTES = 512;
  private static final int PER_LINE = 16;
  private static final String HEX = "0123456789abcdef";

  private final Html html;
  private final Suspect suspect;

  /** The time that a reader has seen last. */
  private long shown = -1;

  WalkSection(Html html, Suspect suspect) {
    this.html = html;
    this.suspect = suspect;
  }

  void write(List<JournalEntry> way) {
    JournalEntry end = suspect.packetEnd();
    Hop last = end == null ? null : end.hop();
    if (end == null || last == null) {
      html.heading("walk", "No packet was traced");
      return;
    }
    Packet packet = last.packet();
    html.heading("walk", title(end, last) + " #" + packet.id());
    html.raw("<p>").element("code", "", packet.toString()).raw("</p>\n<ol class=\"walk\">\n");
    int first = Math.max(0, way.size() - MAX_STEPS);
    if (first > 0) {
      html.raw("<li><span class=\"what\">... ").raw(Integer.toString(first));
      html.raw(" earlier steps</span></li>\n");
    }
    for (JournalEntry entry : way.subList(first, way.size())) {
      writeStep(entry);
    }
    html.raw("</ol>\n");
    html.folded(bytesTitle(packet), "", dump(packet));
  }

  private String title(JournalEntry end, Hop last) {
    if (suspect.isPacketTold()) {
      return "The way of packet";
    }
    if (Suspect.isUnderWay(end)) {
      return "The way of the last packet that is still under way,";
    }
    return last.reason() != null && last.reason().isLoss()
        ? "The way of the last lost packet,"
        : "The way of the last packet,";
  }

  private void writeStep(JournalEntry entry) {
    Hop hop = entry.hop();
    if (hop == null) {
      return;
    }
    boolean lost = hop.fate() == Hop.Fate.DROPPED;
    html.raw(lost ? "<li class=\"lost\">" : "<li>");
    html.element("span", "time mono", entry.nanos() == shown ? "" : Words.nanos(entry.nanos()));
    shown = entry.nanos();
    html.raw("<span>").element("span", "soft", Words.kind(hop.stage(), hop.place()));
    html.element("b", "", hop.place()).raw("</span>");
    html.element("span", lost ? "what bad" : "what", Words.fate(hop)).raw("</li>\n");
  }

  private static String bytesTitle(Packet packet) {
    return packet.length() > MAX_BYTES
        ? "The first " + MAX_BYTES + " of its " + packet.length() + " bytes"
        : "Its " + packet.length() + " bytes";
  }

  private static String dump(Packet packet) {
    int length = Math.min(MAX_BYTES, packet.length());
    StringBuilder text = new StringBuilder(length * 5);
    for (int line = 0; line < length; line += PER_LINE) {
      StringBuilder readable = new StringBuilder(PER_LINE);
      hex(text, line >>> 8);
      hex(text, line & 0xff);
      text.append("  ");
      for (int i = line; i < line + PER_LINE; i++) {
        if (i < length) {
          int value = packet.unsignedByteAt(i);
          hex(text, value);
          readable.append(value >= ' ' && value < 0x7f ? (char) value : '.');
        } else {
          text.append("  ");
        }
        text.append(' ');
      }
      text.append(' ').append(readable).append('\n');
    }
    return text.toString();
  }

  private static void hex(StringBuilder text, int value) {
    text.append(HEX.charAt(value >>> 4)).append(HEX.charAt(value & 15));
  }
}
