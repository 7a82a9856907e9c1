// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.flow.Destination.End;
import dev.ringside.packet.Packet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One version of a table: its entries in order and its default. */
final class FlowIndex {

  private static final FlowEntry[] NONE = {};

  /** Walks that began before this version look at the previous one. */
  final long version;

  @Nullable FlowIndex previous;
  @Nullable End otherwise;
  private FlowEntry[] ordered = NONE;

  FlowIndex(long version) {
    this.version = version;
  }

  FlowIndex copy(long newVersion) {
    FlowIndex copy = new FlowIndex(newVersion);
    copy.previous = this;
    copy.otherwise = otherwise;
    copy.ordered = ordered.clone();
    return copy;
  }

  /** Those that a walk asks, in order. */
  FlowEntry[] ordered() {
    return ordered;
  }

  void add(FlowEntry entry) {
    int at = ordered.length;
    while (at > 0 && ordered[at - 1].place() > entry.place()) {
      at--;
    }
    FlowEntry[] longer = Arrays.copyOf(ordered, ordered.length + 1);
    System.arraycopy(ordered, at, longer, at + 1, ordered.length - at);
    longer[at] = entry;
    ordered = longer;
  }

  void remove(FlowEntry entry) {
    int at = 0;
    while (ordered[at] != entry) {
      at++;
    }
    FlowEntry[] shorter = Arrays.copyOf(ordered, ordered.length - 1);
    System.arraycopy(ordered, at + 1, shorter, at, shorter.length - at);
    ordered = shorter;
  }

  /** The first entry that matches and is no mirror; null if there is none, or a matcher failed. */
  @Nullable FlowEntry find(Packet packet, FlowDecision decision) {
    for (FlowEntry entry : ordered) {
      boolean matches = decision.asks(entry, packet);
      if (decision.hasFailed()) {
        return null;
      }
      if (matches && !entry.isMirror()) {
        return entry;
      }
      if (matches) {
        entry.hit();
        decision.addMirror(entry);
      }
    }
    return null;
  }
}
