// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.packet.FieldMismatch;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Trace;
import java.util.List;

/**
 * Lays a message out: one line for each thing said, indented by what it belongs to.
 *
 * <pre>{@code
 * FailureText.expecting("PNIC p0").to("be up").but("it is down").end(evidence)
 * }</pre>
 */
public final class FailureText {

  /** How many packets a message shows before it only counts them. */
  private static final int MOST_SHOWN = 10;

  /** How many events a message shows. */
  private static final int MOST_EVENTS = 30;

  private final StringBuilder text = new StringBuilder(256);

  private FailureText() {}

  /** Starts a message about something. */
  public static FailureText expecting(String subject) {
    FailureText message = new FailureText();
    message.text.append("Expecting ").append(subject);
    return message;
  }

  /** What was wanted of it. */
  public FailureText to(String wanted) {
    return line("to " + wanted);
  }

  /** What was there instead. */
  public FailureText but(String found) {
    return line("but " + found);
  }

  /** One more thing to say. */
  public FailureText line(String said) {
    text.append("\n  ").append(said);
    return this;
  }

  /** Things that belong to the line before. */
  public FailureText items(List<?> items) {
    int shown = Math.min(items.size(), MOST_SHOWN);
    for (Object item : items.subList(0, shown)) {
      text.append("\n    ").append(item);
    }
    return shown == items.size() ? this : item("... and " + (items.size() - shown) + " more");
  }

  /** One thing that belongs to the line before. */
  public FailureText item(Object item) {
    text.append("\n    ").append(item);
    return this;
  }

  /** The fields of a packet that are not as they should be. */
  public FailureText mismatches(List<FieldMismatch> mismatches) {
    for (FieldMismatch mismatch : mismatches) {
      text.append("\n      ").append(mismatch);
    }
    return this;
  }

  /** The way of a packet, stage by stage, after an empty line. */
  public FailureText way(Trace way) {
    text.append('\n');
    new Way(way.entries()).appendTo(text);
    return this;
  }

  /** Events, after an empty line; of many, the last. */
  public FailureText events(List<JournalEntry> events) {
    if (!events.isEmpty()) {
      text.append('\n');
    }
    int left = Math.max(0, events.size() - MOST_EVENTS);
    if (left > 0) {
      text.append("\n           ... ").append(count(left, "earlier event"));
    }
    for (JournalEntry event : events.subList(left, events.size())) {
      text.append('\n').append(event);
    }
    return this;
  }

  /** Lines as they are, after an empty line. */
  public FailureText after(String lines) {
    text.append("\n\n").append(lines);
    return this;
  }

  /** How to have the same run again, after an empty line. */
  public FailureText end(Evidence evidence) {
    if (evidence.seed() != null) {
      text.append("\n\nReplay with @LabSeed(").append(evidence.seed()).append("L)");
    }
    return this;
  }

  /** So many of something: {@code 1 packet}, {@code 3 packets}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
