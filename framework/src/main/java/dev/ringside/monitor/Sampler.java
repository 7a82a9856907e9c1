// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;

/** Lets a monitor have copies of some of the packets that are contained on a card. */
final class Sampler implements PacketSink {

  private final Monitor monitor;
  private final MonitorRing ring;
  private final int most;
  private final long tickNanos;
  private long tick = -1;
  private int taken;

  Sampler(Monitor monitor, MonitorRing ring, int most, long tickNanos) {
    this.monitor = monitor;
    this.ring = ring;
    this.most = most;
    this.tickNanos = tickNanos;
  }

  @Override
  public void accept(Packet packet) {
    if (!isWatched(packet)) {
      return;
    }
    long now = monitor.world().now() / tickNanos;
    if (now != tick) {
      tick = now;
      taken = 0;
    }
    if (taken < most) {
      taken++;
      ring.acceptCopyOf(packet);
    }
  }

  /** A matcher that fails wants nothing; what is contained stays so. */
  private boolean isWatched(Packet packet) {
    try {
      return monitor.matcher().matches(packet);
    } catch (RuntimeException | AssertionError e) {
      monitor.world().remember(e);
      return false;
    }
  }
}
