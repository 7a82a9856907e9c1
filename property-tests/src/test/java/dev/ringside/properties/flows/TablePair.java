// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.flows;

import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowDecision;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSpec;
import dev.ringside.properties.model.FlowTwin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table and its twin, to which the same is done. */
final class TablePair {

  final FlowTable table = new FlowTable("table");
  final FlowTwin twin = new FlowTwin();
  final List<FlowEntry> entries = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private int made;

  /** Adds an entry somewhere; one that is there already is refused, and the twin gets none. */
  void add(int where, PacketMatcher match, Destination destination, @Nullable FlowTwin below) {
    FlowEntry entry;
    try {
      entry =
          switch (where) {
            case 0 -> table.append(match, destination);
            case 1 -> table.prepend(match, destination);
            default -> table.insert(match, destination);
          };
    } catch (IllegalArgumentException e) {
      if (!String.valueOf(e.getMessage()).contains("already has")) {
        throw e;
      }
      return;
    }
    FlowTwin.Entry other = twinOf("e" + made++, match, destination, below);
    entries.add(entry);
    names.add(other.name());
    switch (where) {
      case 0 -> twin.append(other);
      case 1 -> twin.prepend(other);
      default -> twin.insert(other, match instanceof PacketSpec spec ? spec.addressBits() : 0);
    }
  }

  private static FlowTwin.Entry twinOf(
      String name, PacketMatcher match, Destination destination, @Nullable FlowTwin below) {
    if (destination instanceof Destination.ToTable to) {
      Integer otherwise = to.otherwise() instanceof Destination.ToRing ring ? ring.number() : null;
      return new FlowTwin.Entry(name, match, null, below, otherwise, false);
    }
    if (destination instanceof Destination.Mirrored mirrored) {
      int ring = ((Destination.ToRing) mirrored.ring()).number();
      return new FlowTwin.Entry(name, match, ring, null, null, true);
    }
    int ring = ((Destination.ToRing) destination).number();
    return new FlowTwin.Entry(name, match, ring, null, null, false);
  }

  void remove(int index) {
    if (!table.remove(entries.remove(index))) {
      throw new AssertionError("the entry was not there");
    }
    twin.remove(names.remove(index));
  }

  /** Replaces an entry by one for the same packets and another ring. */
  void replace(int index, int ring) {
    PacketMatcher match = entries.get(index).match();
    entries.set(index, table.replace(entries.get(index), Destination.ring(ring)));
    String name = "e" + made++;
    twin.replace(names.get(index), new FlowTwin.Entry(name, match, ring, null, null, false));
    names.set(index, name);
  }

  /** The names of the table's entries, in its order. */
  List<String> order() {
    List<String> order = new ArrayList<>();
    for (FlowEntry entry : table.entries()) {
      order.add(names.get(entries.indexOf(entry)));
    }
    return order;
  }

  void setDefault(@Nullable Integer ring) {
    table.setDefault(ring == null ? null : Destination.ring(ring));
    twin.setDefault(ring);
  }

  /** What the table says, in the words of the twin. */
  static String classify(FlowTable table, Packet packet) {
    FlowDecision decision = table.classify(packet);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < decision.mirrorCount(); i++) {
      Destination.Mirrored mirror = (Destination.Mirrored) decision.mirror(i).destination();
      text.append("copy to ").append(mirror.ring()).append(", ");
    }
    return switch (decision.outcome()) {
      case DECIDED -> text.append(decision.end()).toString();
      case MISSED -> text.append("missed").toString();
      case UNREADABLE -> "unreadable";
      case FAILED -> "failed";
    };
  }
}
