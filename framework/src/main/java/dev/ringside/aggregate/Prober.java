// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.EtherType;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by probes whether the active NIC still reaches the network, which its link alone does
 * not tell. A deactivated NIC sends nothing, so the others are not probed.
 */
final class Prober {

  private static final int ARP_REPLY = 2;

  private final LinkAggregator aggregator;
  private final Ipv4Address self;
  private final ProbeConfig config;
  private @Nullable Member probed;
  private int unanswered;
  private boolean stopped;

  Prober(LinkAggregator aggregator, Ipv4Address self, ProbeConfig config) {
    this.aggregator = aggregator;
    this.self = self;
    this.config = config;
  }

  void start() {
    aggregator.world().schedule(config.interval().toNanos(), this::tick);
  }

  void stop() {
    stopped = true;
  }

  private void tick() {
    if (stopped) {
      return;
    }
    start();
    Member active = aggregator.steadyMember();
    if (active != probed) {
      probed = active;
      unanswered = 0;
    }
    if (active == null) {
      return;
    }
    if (unanswered >= config.tolerated()) {
      unanswered = 0;
      aggregator.probesLost(active);
      return;
    }
    unanswered++;
    aggregator.sendProbe(
        Packets.arp()
            .request()
            .fromMac(active.mac())
            .senderMac(active.mac())
            .senderIp(self)
            .targetIp(config.target())
            .toPacket(),
        active);
  }

  /** Whether a packet that came in answers a probe; if so it is noted. */
  boolean isAnswer(Packet packet) {
    if (packet.etherType() != EtherType.ARP || packet.arpOperation() != ARP_REPLY) {
      return false;
    }
    int at = packet.networkOffset();
    boolean answer =
        packet.intAt(at + 14) == config.target().bits() && packet.intAt(at + 24) == self.bits();
    if (answer) {
      unanswered = 0;
    }
    return answer;
  }
}
