// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal as JSON lines: first one about the journal itself, then one an entry, as {@link
 * Journal#toJsonLines} documents. ASCII only, so that no tool guesses at an encoding.
 */
final class JsonLines {

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder text;

  private JsonLines(int entries) {
    this.text = new StringBuilder(128 + entries * 128);
  }

  static String of(@Nullable Seed seed, long forgotten, List<JournalEntry> entries) {
    JsonLines lines = new JsonLines(entries.size());
    lines.text.append("{\"journal\":1");
    if (seed != null) {
      lines.string("seed", seed.toString());
    }
    lines.number("forgotten", forgotten).end();
    for (JournalEntry entry : entries) {
      lines.add(entry);
    }
    return lines.text.toString();
  }

  private void add(JournalEntry entry) {
    text.append("{\"n\":").append(entry.number());
    number("ns", entry.nanos()).string("place", entry.place());
    Event event = entry.event();
    Hop hop = entry.hop();
    if (event != null) {
      string("event", event.kind().name()).subjects(event.subjects()).detail(entry.detail());
    } else if (hop != null) {
      add(hop);
    }
    end();
  }

  private void add(Hop hop) {
    string("stage", hop.stage().name()).number("packet", hop.packet().id());
    string("fate", hop.fate().name());
    if (hop.reason() != null) {
      string("reason", hop.reason().name());
    }
    detail(hop.detail());
    if (hop.fate() == Hop.Fate.INJECTED) {
      bytes(hop.packet());
    }
  }

  private void bytes(Packet packet) {
    text.append(",\"bytes\":\"");
    for (int i = 0; i < packet.length(); i++) {
      int value = packet.unsignedByteAt(i);
      text.append(HEX.charAt(value >>> 4)).append(HEX.charAt(value & 15));
    }
    text.append('"');
  }

  private JsonLines subjects(List<String> subjects) {
    text.append(",\"subjects\":[");
    for (int i = 0; i < subjects.size(); i++) {
      text.append(i == 0 ? "" : ",");
      quote(subjects.get(i));
    }
    text.append(']');
    return this;
  }

  private void detail(String detail) {
    if (!detail.isEmpty()) {
      string("detail", detail);
    }
  }

  private JsonLines number(String name, long value) {
    text.append(",\"").append(name).append("\":").append(value);
    return this;
  }

  private JsonLines string(String name, String value) {
    text.append(",\"").append(name).append("\":");
    quote(value);
    return this;
  }

  private void end() {
    text.append("}\n");
  }

  /** RFC 8259, section 7. */
  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        text.append(c);
      } else {
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          text.append(HEX.charAt(c >>> shift & 15));
        }
      }
    }
    text.append('"');
  }
}
