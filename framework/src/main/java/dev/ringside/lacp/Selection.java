// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects the ports of the one aggregate that a system has: those that agree on both systems and
 * keys. Where there is a choice, the most ports win, then the lowest numbers. Both ends know the
 * same and so choose the same, whatever was before.
 */
final class Selection {

  private final List<LacpPort> candidates = new ArrayList<>(4);

  void choose(List<LacpPort> ports, int mostPorts) {
    candidates.clear();
    for (LacpPort port : ports) {
      if (port.isCandidate()) {
        candidates.add(port);
      }
    }
    AggregateId id = best();
    for (LacpPort port : ports) {
      port.select(
          id != null
              && port.isCandidate()
              && port.aggregateId().equals(id)
              && rank(port, id) < mostPorts);
    }
  }

  private @Nullable AggregateId best() {
    AggregateId best = null;
    int most = 0;
    for (LacpPort port : candidates) {
      AggregateId id = port.aggregateId();
      int count = count(id);
      if (best == null || count > most || (count == most && id.compareTo(best) < 0)) {
        best = id;
        most = count;
      }
    }
    return best;
  }

  private int count(AggregateId id) {
    int count = 0;
    for (LacpPort port : candidates) {
      count += port.aggregateId().equals(id) ? 1 : 0;
    }
    return count;
  }

  /** How many ports of the aggregate come before this one. */
  private int rank(LacpPort port, AggregateId id) {
    int before = 0;
    for (LacpPort other : candidates) {
      before += other.aggregateId().equals(id) && isBefore(other, port) ? 1 : 0;
    }
    return before;
  }

  private static boolean isBefore(LacpPort one, LacpPort other) {
    return Integer.compareUnsigned(decidingId(one), decidingId(other)) < 0;
  }

  /** The lower system's priority and number of the port count. */
  private static int decidingId(LacpPort port) {
    PortInformation actor = port.actor();
    PortInformation partner = port.partner();
    boolean own = Long.compareUnsigned(actor.systemId(), partner.systemId()) <= 0;
    return own ? actor.portId() : partner.portId();
  }
}
