// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.flow.Destination.End;
import org.jspecify.annotations.Nullable;

/** Where entries lead: whether the rings exist that they name, and whose their tables are. */
final class Ends {

  private Ends() {}

  static void check(FlowOwner owner, Destination destination) {
    End end = endOf(destination);
    if (end != null) {
      owner.check(end);
    }
  }

  private static @Nullable End endOf(Destination destination) {
    if (destination instanceof Destination.ToTable to) {
      return to.otherwise();
    }
    return destination instanceof Destination.Mirrored mirrored
        ? mirrored.ring()
        : (End) destination;
  }

  /** Asks about all that a table and those below it name. */
  static void checkAll(FlowOwner owner, FlowTable table) {
    End otherwise = table.defaultEnd();
    if (otherwise != null) {
      owner.check(otherwise);
    }
    for (FlowEntry entry : table.entries()) {
      check(owner, entry.destination());
    }
    TableLinks links = table.linksIfAny();
    if (links != null) {
      for (FlowTable below : links.below()) {
        checkAll(owner, below);
      }
    }
  }

  /** Refuses an entry that leads to the table of somebody else, or to rings that do not exist. */
  static void checkOwnerOf(FlowTable below, FlowEntry entry) {
    FlowTable table = entry.table();
    FlowOwner mine = table.owner();
    FlowOwner other = below.owner();
    if (other != null && other != mine) {
      throw new IllegalArgumentException(
          "flow table "
              + table.name()
              + (mine == null ? "" : " of " + mine.name())
              + " cannot have the entry "
              + entry
              + ": that table belongs to "
              + other.name());
    }
    if (mine != null && !table.links().leadsTo(below)) {
      checkAll(mine, below); // also if it has the owner by a sub-table that it shares with others
    }
  }
}
