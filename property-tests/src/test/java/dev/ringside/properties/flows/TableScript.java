// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.flows;

import dev.ringside.flow.Destination;
import dev.ringside.packet.PacketMatcher;
import org.jspecify.annotations.Nullable;

/** Makes tables by steps of all kinds. */
final class TableScript {

  private TableScript() {}

  /** A table of a few entries with its twin, after some changes. */
  static TablePair random(FlowCases cases) {
    boolean narrow = cases.chance(3);
    TablePair sub = cases.chance(2) ? filled(cases, 1 + cases.below(3), false, null) : null;
    TablePair pair = filled(cases, 1 + cases.below(narrow ? 16 : 7), narrow, sub);
    for (int changes = cases.below(4); changes > 0; changes--) {
      change(cases, pair);
    }
    return pair;
  }

  private static TablePair filled(
      FlowCases cases, int entries, boolean narrow, @Nullable TablePair sub) {
    TablePair pair = new TablePair();
    pair.setDefault(cases.chance(2) ? null : 90 + cases.below(3));
    for (int i = 0; i < entries; i++) {
      add(cases, narrow ? cases.narrow() : cases.matcher(2), pair, sub);
    }
    return pair;
  }

  private static void add(
      FlowCases cases, PacketMatcher match, TablePair pair, @Nullable TablePair sub) {
    int where = cases.below(4);
    if (sub != null && cases.chance(3)) {
      Destination.ToTable to = Destination.subTable(sub.table);
      boolean otherwise = cases.chance(2);
      pair.add(where, match, otherwise ? to.orElse(Destination.ring(80)) : to, sub.twin);
    } else if (cases.chance(6)) {
      pair.add(where, match, Destination.mirror(Destination.ring(70 + cases.below(3))), null);
    } else {
      pair.add(where, match, Destination.ring(cases.below(60)), null);
    }
  }

  private static void change(FlowCases cases, TablePair pair) {
    if (pair.entries.isEmpty()) {
      add(cases, cases.matcher(2), pair, null);
      return;
    }
    int index = cases.below(pair.entries.size());
    switch (cases.below(3)) {
      case 0 -> pair.remove(index);
      case 1 -> replaceOrAdd(cases, pair, index);
      default -> add(cases, cases.matcher(2), pair, null);
    }
  }

  private static void replaceOrAdd(FlowCases cases, TablePair pair, int index) {
    if (pair.entries.get(index).destination() instanceof Destination.ToRing) {
      pair.replace(index, cases.below(60));
    } else {
      add(cases, cases.matcher(2), pair, null);
    }
  }
}
