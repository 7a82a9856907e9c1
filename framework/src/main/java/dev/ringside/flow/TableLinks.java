// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tables a table leads to and is led to from: a graph without cycles and of limited depth.
 */
final class TableLinks {

  private final FlowTable table;

  /** With the number of entries that lead there. */
  private final Map<FlowTable, Integer> below = new LinkedHashMap<>();

  private final Map<FlowTable, Integer> above = new LinkedHashMap<>();

  TableLinks(FlowTable table) {
    this.table = table;
  }

  void add(FlowTable target) {
    below.merge(target, 1, Integer::sum);
    target.links().above.merge(table, 1, Integer::sum);
  }

  void remove(FlowTable target) {
    less(below, target);
    less(target.links().above, table);
  }

  private static void less(Map<FlowTable, Integer> links, FlowTable end) {
    Integer count = links.get(end);
    if (count != null && count > 1) {
      links.put(end, count - 1);
    } else {
      links.remove(end);
    }
  }

  boolean leadsTo(FlowTable target) {
    return below.containsKey(target);
  }

  /** The tables that this leads to, each once. */
  Iterable<FlowTable> below() {
    return below.keySet();
  }

  /**
   * Refuses an entry that would close a cycle or make the way too long.
   *
   * @throws IllegalArgumentException if it would
   */
  void check(FlowTable target, String entry) {
    List<FlowTable> way = new ArrayList<>();
    if (way(target, table, way)) {
      FlowTable last = way.get(way.size() - 1);
      throw new IllegalArgumentException(
          "flow table "
              + table.name()
              + " cannot have the entry "
              + entry
              + ": it would close the cycle "
              + names(way)
              + " with "
              + (last == table ? "itself" : last.name() + "'s " + last.list().entryTo(table)));
    }
    int depth = depth(table, true) + depth(target, false);
    if (depth > FlowTable.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "flow table "
              + table.name()
              + " cannot have the entry "
              + entry
              + ": packets would walk "
              + depth
              + " tables, and "
              + FlowTable.MAX_DEPTH
              + " is the limit");
    }
  }

  /** Finds a way down; the tables on it, without the last, are then in the list. */
  private static boolean way(FlowTable from, FlowTable to, List<FlowTable> way) {
    way.add(from);
    if (from == to) {
      return true;
    }
    TableLinks links = from.linksIfAny();
    if (links != null) {
      for (FlowTable next : links.below()) {
        if (next == to || way(next, to, way)) {
          return true;
        }
      }
    }
    way.remove(way.size() - 1);
    return false;
  }

  private String names(List<FlowTable> way) {
    StringBuilder text = new StringBuilder(table.name());
    for (FlowTable each : way) {
      if (each != table) {
        text.append(" > ").append(each.name());
      }
    }
    return text.append(" > ").append(table.name()).toString();
  }

  /** How many tables are on the longest way up or down, this one included. */
  private static int depth(FlowTable from, boolean up) {
    @Nullable TableLinks links = from.linksIfAny();
    int deepest = 0;
    if (links != null) {
      for (FlowTable next : up ? links.above.keySet() : links.below.keySet()) {
        deepest = Math.max(deepest, depth(next, up));
      }
    }
    return deepest + 1;
  }
}
