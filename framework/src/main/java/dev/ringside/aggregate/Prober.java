// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.EtherType;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by probes whether the active NIC still reaches the network, which its link alone does
 * not tell. A deactivated NIC sends nothing, so the others are not probed.
 */
final class Prober {

  /** The aggregator, as far as the prober needs it. */
  interface Line {
    /** The active member, null while there is none or another is taking over. */
    @Nullable Member active();

    /** Sends a probe through it. */
    void send(Packet probe, Member through);

    /** Too many probes are unanswered. */
    void lost(Member member);
  }

  private static final int ARP_REPLY = 2;

  private final World world;
  private final Ipv4Address self;
  private final ProbeConfig config;
  private final Line line;
  private @Nullable Member probed;
  private int unanswered;
  private boolean stopped;

  Prober(World world, Ipv4Address self, ProbeConfig config, Line line) {
    this.world = world;
    this.self = self;
    this.config = config;
    this.line = line;
  }

  void start() {
    world.schedule(config.interval().toNanos(), this::tick);
  }

  void stop() {
    stopped = true;
  }

  private void tick() {
    if (stopped) {
      return;
    }
    start();
    Member active = line.active();
    if (active != probed) {
      probed = active;
      unanswered = 0;
    }
    if (active == null) {
      return;
    }
    if (unanswered >= config.tolerated()) {
      unanswered = 0;
      line.lost(active);
      return;
    }
    unanswered++;
    line.send(
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
