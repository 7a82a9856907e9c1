// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of one packet through the lab: where it is a copy, the way of the original up to there;
 * then its own, and that of the copies which floods made of it.
 *
 * <pre>{@code
 * Trace trace = lab.trace(packet);
 * trace.passed(Stage.VIRTUAL_FUNCTION);
 * trace.last().reason();
 * }</pre>
 *
 * @param packetId the id that the lab gave the packet
 * @param entries the hops with their times, in order
 * @param seed the seed of the lab, null if there is none
 */
public record Trace(long packetId, List<JournalEntry> entries, @Nullable Seed seed) {

  /** Copies the entries. */
  public Trace {
    entries = List.copyOf(entries);
  }

  static Trace of(Packet packet, List<JournalEntry> journal, @Nullable Seed seed) {
    List<JournalEntry> found = new ArrayList<>(line(packet.id(), journal));
    Set<Long> copies = new LinkedHashSet<>();
    for (JournalEntry entry : journal) {
      Hop hop = entry.hop();
      if (hop == null) {
        continue;
      }
      long id = hop.packet().id();
      long original = hop.copiedFrom();
      if (original != 0 && (original == packet.id() || copies.contains(original))) {
        copies.add(id);
      }
      if (copies.contains(id)) {
        found.add(entry);
      }
    }
    found.sort(Comparator.comparingLong(JournalEntry::number));
    return new Trace(packet.id(), found, seed);
  }

  /** Reads backwards: before a packet was copied, its way is that of the original. */
  private static List<JournalEntry> line(long packetId, List<JournalEntry> journal) {
    List<JournalEntry> found = new ArrayList<>();
    long wanted = packetId;
    for (int i = journal.size() - 1; i >= 0; i--) {
      Hop hop = journal.get(i).hop();
      if (hop != null && hop.packet().id() == wanted) {
        found.add(journal.get(i));
        wanted = hop.fate() == Hop.Fate.CLONED ? hop.copiedFrom() : wanted;
      }
    }
    Collections.reverse(found);
    return found;
  }

  /** The way of one of these packets alone, with that of its original up to the copying. */
  public Trace lineOf(long id) {
    return new Trace(id, line(id, entries), seed);
  }

  /** The last hop of each of these packets, in the order in which they came into being. */
  public List<Hop> ends() {
    Map<Long, Hop> ends = new LinkedHashMap<>();
    for (Hop hop : hops()) {
      ends.put(hop.packet().id(), hop);
    }
    return List.copyOf(ends.values());
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

  /** Whether the packet or a copy was at a place of this kind. */
  public boolean passed(Stage stage) {
    for (Hop hop : hops()) {
      if (hop.stage() == stage) {
        return true;
      }
    }
    return false;
  }

  /** The last hop of the packet itself, null where nothing is known of it. */
  public @Nullable Hop last() {
    Hop last = null;
    for (Hop hop : hops()) {
      last = hop.packet().id() == packetId ? hop : last;
    }
    return last;
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
