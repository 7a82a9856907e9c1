// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.Lab;
import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import java.util.ArrayList;
import java.util.List;

/** The entries of the cards' flow tables, and of those below them, that have matched nothing. */
final class UnusedRules {

  private final Lab lab;

  /** Several entries may lead to one. */
  private final List<FlowTable> seen = new ArrayList<>();

  private final List<Rule> unused = new ArrayList<>();

  /**
   * One of them.
   *
   * @param table the name of the card's table that it is in or below
   */
  record Rule(String table, FlowEntry entry) {}

  UnusedRules(Lab lab) {
    this.lab = lab;
  }

  List<Rule> list() {
    for (Host host : lab.hosts()) {
      for (PhysicalNic nic : host.pnics()) {
        for (FlowTable table : nic.classifier().tables()) {
          look(table, table.name());
        }
      }
    }
    return unused;
  }

  /** Tables never lead to themselves. */
  private void look(FlowTable table, String root) {
    if (seen.contains(table)) {
      return;
    }
    seen.add(table);
    for (FlowEntry entry : table.entries()) {
      if (entry.hits() == 0 && !entry.isLenient()) {
        unused.add(new Rule(root, entry));
      }
      if (entry.destination() instanceof Destination.ToTable below) {
        look(below.table(), root);
      }
    }
  }
}
