// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.packet.PacketMatcher;
import java.util.List;

/** What decides where a packet goes within the link layer: switches and flow tables. */
final class SwitchTables {

  private SwitchTables() {}

  static String vlans(LearningSwitch bridge) {
    TextTable table = new TextTable().row("PORT", "STATE", "VLANS");
    for (SwitchPort port : bridge.ports()) {
      table.row(port.name(), port.isUp() ? "up" : "down", port.vlanMode());
    }
    return table.toString();
  }

  static String flows(FlowTable flows) {
    TextTable table = new TextTable().row("FLOW", "MATCH", "DESTINATION", "HITS");
    add(table, "#", flows, FlowTable.MAX_DEPTH);
    return table.toString();
  }

  private static void add(TextTable table, String above, FlowTable flows, int depth) {
    List<FlowEntry> entries = flows.entries();
    for (int i = 0; i < entries.size(); i++) {
      FlowEntry entry = entries.get(i);
      String match = PacketMatcher.describe(entry.match());
      table.row(above + i, match, entry.destination(), entry.hits());
      if (depth > 0 && entry.destination() instanceof Destination.ToTable below) {
        add(table, above + i + ".", below.table(), depth - 1);
      }
    }
    if (flows.defaultEnd() != null) {
      table.row(above + "*", "any other", flows.defaultEnd(), "");
    }
  }

  static String all(List<FlowTable> tables) {
    StringBuilder text = new StringBuilder();
    for (FlowTable table : tables) {
      text.append(table).append('\n');
      if (!table.isEmpty() || table.defaultEnd() != null) {
        text.append(flows(table));
      }
    }
    return text.toString();
  }
}
