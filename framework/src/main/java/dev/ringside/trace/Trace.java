// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of one packet through the lab.
 *
 * <pre>{@code
 * Trace trace = lab.trace(packet);
 * trace.passed(Stage.VIRTUAL_FUNCTION);
 * trace.last().reason();
 * }</pre>
 *
 * @param packetId the id that the lab gave the packet
 * @param entries its hops with their times, in order; those of the packet it was copied from first
 * @param seed the seed of the lab, null if there is none
 */
public record Trace(long packetId, List<JournalEntry> entries, @Nullable Seed seed) {

  /** Copies the entries. */
  public Trace {
    entries = List.copyOf(entries);
  }

  /** Reads backwards: before a packet was copied, its way is that of the original. */
  static Trace of(Packet packet, List<JournalEntry> journal, @Nullable Seed seed) {
    List<JournalEntry> found = new ArrayList<>();
    long wanted = packet.id();
    for (int i = journal.size() - 1; i >= 0; i--) {
      Hop hop = journal.get(i).hop();
      if (hop != null && hop.packet().id() == wanted) {
        found.add(journal.get(i));
        wanted = hop.fate() == Hop.Fate.CLONED ? hop.copiedFrom() : wanted;
      }
    }
    Collections.reverse(found);
    return new Trace(packet.id(), found, seed);
  }

  /** The hops, in order. */
  public List<Hop> hops() {
    List<Hop> hops = new ArrayList<>(entries.size());
    for (JournalEntry entry : entries) {
      if (entry.hop() != null) {
        hops.add(entry.hop());
      }
    }
    return hops;
  }

  /** Whether the packet was at a place of this kind. */
  public boolean passed(Stage stage) {
    for (Hop hop : hops()) {
      if (hop.stage() == stage) {
        return true;
      }
    }
    return false;
  }

  /** The last hop, null where nothing is known of the packet. */
  public @Nullable Hop last() {
    List<Hop> hops = hops();
    return hops.isEmpty() ? null : hops.get(hops.size() - 1);
  }

  /** One line a hop. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (JournalEntry entry : entries) {
      text.append(entry).append('\n');
    }
    return text.toString();
  }
}
