// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.Packet;

/**
 * The user's code at the end of a packet's way.
 *
 * <pre>{@code
 * web.onUdp(53, query -> web.send(udp().to(lab.wire()).fromPort(53).port(query.sourcePort())));
 * }</pre>
 */
@FunctionalInterface
public interface PacketHandler {

  /** A packet has arrived; what the handler sends leaves after the present event. */
  void handle(Packet packet);
}
