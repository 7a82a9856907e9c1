// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.flow.FlowWalk;
import dev.ringside.packet.Packet;
import java.util.List;

/**
 * How a {@link HardwareClassifier} decides about a packet, class by class of its rules.
 *
 * <pre>{@code
 * ClassifierWalk walk = host.pnic("p0").classifier().explain(packet);
 * walk.ends();   // [ring p0/rx2]
 * walk.tables(); // the walks through the flow tables that were asked
 * }</pre>
 *
 * @param packet the packet
 * @param tables the walks through flow tables, in order
 * @param ends where the packet and its copies end, in words
 * @param text all of it, line by line
 */
public record ClassifierWalk(Packet packet, List<FlowWalk> tables, List<String> ends, String text) {

  /** Copies the lists. */
  public ClassifierWalk {
    tables = List.copyOf(tables);
    ends = List.copyOf(ends);
  }

  /** All of it, line by line. */
  @Override
  public String toString() {
    return text;
  }
}
