// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.function.Consumer;

/**
 * The one seam between stages: whatever a packet can be handed to.
 *
 * <p>Devices, wires, faults, taps and the user's own code are all sinks. A sink takes the packet
 * over: from then on it answers for the packet's fate.
 *
 * <pre>{@code
 * List<Packet> seen = new ArrayList<>();
 * PacketSink tap = seen::add;
 * }</pre>
 */
@FunctionalInterface
public interface PacketSink extends Consumer<Packet> {

  /** Takes a packet over. */
  @Override
  void accept(Packet packet);
}
