// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.flows;

import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowDecision;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Tables that grow and shrink by thousands of entries: none is lost, none comes back. */
class ChurnProperties {

  private static final int PORTS = 1_500;
  private static final int STEPS = 4_000;

  @Property(tries = 20)
  void a_table_has_what_was_added_and_not_removed(@ForAll long seed) {
    FlowCases cases = new FlowCases(seed, new ArrayList<>());
    FlowTable table = new FlowTable("churn");
    Map<Integer, FlowEntry> there = new TreeMap<>();
    int bias = 1 + cases.below(9);
    for (int step = 0; step < STEPS; step++) {
      int port = cases.below(PORTS);
      FlowEntry entry = there.get(port);
      if (entry == null) {
        there.put(port, table.insert(match(port), Destination.ring(port)));
      } else if (cases.below(10) < bias) {
        assertThat(table.remove(entry)).isTrue();
        there.remove(port);
      } else {
        there.put(port, table.replace(entry, Destination.ring(port)));
      }
    }

    assertThat(table.size()).isEqualTo(there.size());
    for (int port = 0; port < PORTS; port++) {
      FlowDecision decision = table.classify(packet(port));
      assertThat(decision.entry()).isSameAs(there.get(port));
    }
    for (FlowEntry entry : List.copyOf(there.values())) {
      assertThat(table.remove(entry)).isTrue();
    }
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.classify(packet(3)).entry()).isNull();
  }

  /** Of two masks, so that filters are asked. */
  private static PacketSpec match(int port) {
    return port % 2 == 0 ? udp().port(port) : tcp().to("198.18.0.0/15").port(port);
  }

  private static Packet packet(int port) {
    return port % 2 == 0
        ? udp().to("198.18.0.1").toMac("02:00:00:00:00:01").port(port).toPacket()
        : tcp().to("198.18.0.1").toMac("02:00:00:00:00:01").port(port).toPacket();
  }
}
