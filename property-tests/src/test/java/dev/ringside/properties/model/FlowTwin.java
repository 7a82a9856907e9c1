// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.model;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A flow table as a textbook has it: a list that is walked from its head. */
public final class FlowTwin {

  /** Where entries were put: before all, by the rule of the table, behind all. */
  private enum Band {
    FIRST,
    RULE,
    LAST
  }

  /**
   * An entry.
   *
   * @param end the number of a ring, null where it leads to a sub-table
   * @param below the sub-table, null where it leads to a ring
   * @param otherwise where packets end that the sub-table has nothing for; null: nowhere
   * @param mirror whether only a copy goes to the ring
   */
  public record Entry(
      String name,
      PacketMatcher match,
      @Nullable Integer end,
      @Nullable FlowTwin below,
      @Nullable Integer otherwise,
      boolean mirror) {}

  private record Placed(Entry entry, Band band, int rank) {}

  private final List<Placed> entries = new ArrayList<>();
  private @Nullable Integer otherwise;

  /** A table without entries. */
  public FlowTwin() {}

  /** Sets the ring of packets that no entry matches. */
  public void setDefault(@Nullable Integer ring) {
    otherwise = ring;
  }

  /** Before all others. */
  public void prepend(Entry entry) {
    entries.add(0, new Placed(entry, Band.FIRST, 0));
  }

  /** Behind all others. */
  public void append(Entry entry) {
    entries.add(new Placed(entry, Band.LAST, 0));
  }

  /** By the rule: of those that stand there by the rule, before the first of no higher rank. */
  public void insert(Entry entry, int rank) {
    int at = 0;
    while (at < entries.size()
        && (entries.get(at).band == Band.FIRST
            || (entries.get(at).band == Band.RULE && entries.get(at).rank > rank))) {
      at++;
    }
    entries.add(at, new Placed(entry, Band.RULE, rank));
  }

  /** Takes an entry out. */
  public void remove(String name) {
    entries.removeIf(placed -> placed.entry.name.equals(name));
  }

  /** Puts another entry in the place of one. */
  public void replace(String name, Entry by) {
    entries.replaceAll(
        placed ->
            placed.entry.name.equals(name) ? new Placed(by, placed.band, placed.rank) : placed);
  }

  /** The names of the entries, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Placed placed : entries) {
      names.add(placed.entry.name);
    }
    return names;
  }

  /** What becomes of a packet: copies, then the end or none. */
  public String classify(Packet packet) {
    StringBuilder copies = new StringBuilder();
    FlowTwin table = this;
    Integer left = null;
    while (true) {
      Entry found = table.first(packet, copies);
      if (found == null) {
        Integer end = table.otherwise == null ? left : table.otherwise;
        return copies + (end == null ? "missed" : "ring " + end);
      }
      if (found.below == null) {
        return copies + "ring " + found.end;
      }
      left = found.otherwise;
      table = found.below;
    }
  }

  private @Nullable Entry first(Packet packet, StringBuilder copies) {
    for (Placed placed : entries) {
      Entry entry = placed.entry;
      if (!entry.match.matches(packet)) {
        continue;
      }
      if (!entry.mirror) {
        return entry;
      }
      copies.append("copy to ring ").append(entry.end).append(", ");
    }
    return null;
  }
}
