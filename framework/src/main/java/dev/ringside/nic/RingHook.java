// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.flow.FlowEntry;
import dev.ringside.packet.Packet;

/**
 * Is told that a flow entry has chosen a ring for a packet, before the packet goes there.
 *
 * <pre>{@code
 * nic.classifier().onRing((entry, packet) -> seen.add(entry));
 * }</pre>
 */
@FunctionalInterface
public interface RingHook {

  /** An entry has chosen a ring, for a packet or for the copy that a mirror makes. */
  void onRing(FlowEntry entry, Packet packet);
}
