// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.flow.Destination.End;
import dev.ringside.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks tables entry by entry and writes down what it meets. */
final class FlowWalker {

  private final Packet packet;
  private final List<FlowWalk.Step> steps = new ArrayList<>();
  private @Nullable RuntimeException failure;

  FlowWalker(Packet packet) {
    this.packet = packet;
  }

  FlowWalk walk(FlowTable first) {
    if (packet.hasUnreadableHeader() && !first.isEmpty()) {
      return new FlowWalk(
          packet, first.name(), List.of(), FlowDecision.Outcome.UNREADABLE, null, null);
    }
    FlowTable table = first;
    String path = "";
    End otherwise = null;
    while (true) {
      FlowWalk.Step matched = walkOne(table, path);
      if (failure != null) {
        return end(first, FlowDecision.Outcome.FAILED, null);
      }
      if (matched == null) {
        End end = table.defaultEnd() == null ? otherwise : table.defaultEnd();
        return end(
            first, end == null ? FlowDecision.Outcome.MISSED : FlowDecision.Outcome.DECIDED, end);
      }
      if (matched.entry().destination() instanceof End end) {
        return end(first, FlowDecision.Outcome.DECIDED, end);
      }
      Destination.ToTable to = (Destination.ToTable) matched.entry().destination();
      path = matched.path() + ".";
      otherwise = to.otherwise();
      table = to.table();
    }
  }

  private FlowWalk end(FlowTable first, FlowDecision.Outcome outcome, @Nullable End end) {
    return new FlowWalk(packet, first.name(), List.copyOf(steps), outcome, end, failure);
  }

  private FlowWalk.@Nullable Step walkOne(FlowTable table, String prefix) {
    List<FlowEntry> entries = table.entries();
    for (int i = 0; i < entries.size(); i++) {
      FlowEntry entry = entries.get(i);
      boolean matches;
      try {
        matches = entry.match().matches(packet);
      } catch (RuntimeException e) {
        failure = e;
        matches = false;
      }
      FlowWalk.Step step = new FlowWalk.Step(prefix + i, entry, matches);
      steps.add(step);
      if (failure != null || (matches && !entry.isMirror())) {
        return step;
      }
    }
    return null;
  }
}
