// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import org.jspecify.annotations.Nullable;

/**
 * One line of the journal: when, where, and either an event or a packet's hop.
 *
 * <pre>{@code
 * for (JournalEntry entry : lab.journal().entries()) {
 *   System.out.println(entry);
 * }
 * }</pre>
 *
 * @param number its place in the journal, from 0
 * @param nanos virtual time since the lab's start, in nanoseconds
 * @param place the host or device that it happened at
 * @param event the event, null for a hop
 * @param hop the hop, null for an event
 * @param detail what else is worth knowing about an event; may be empty
 */
public record JournalEntry(
    long number,
    long nanos,
    String place,
    @Nullable Event event,
    @Nullable Hop hop,
    String detail) {

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(96);
    String time = Long.toString(nanos);
    for (int i = time.length(); i < 14; i++) {
      text.append(' ');
    }
    text.append(time).append(" ns  ");
    if (hop != null) {
      return text.append(hop).toString();
    }
    text.append(place).append(": ").append(event);
    return detail.isEmpty()
        ? text.toString()
        : text.append(" (").append(detail).append(')').toString();
  }
}
