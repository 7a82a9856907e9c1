// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.StandbyRing;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.world.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The thread of lowest priority that takes packets out of the standby rings of one containment, up
 * to a budget after each tick, and only when nothing waits in the rings that the host serves.
 */
final class Quarantine implements Receiver, Runnable {

  private final SteeringSite site;
  private final Containment containment;
  private final PacketSink consumer;
  private final Account account;
  private @Nullable Timer next;

  Quarantine(SteeringSite site, Account account, Containment containment, PacketSink consumer) {
    this.site = site;
    this.account = account;
    this.containment = containment;
    this.consumer = consumer;
  }

  void start() {
    next = site.world().schedule(containment.policy().tick().toNanos(), this);
  }

  void stop() {
    if (next != null) {
      next.cancel();
      next = null;
    }
  }

  /** A tick is over. */
  @Override
  public void run() {
    start();
    if (isHostIdle()) {
      int left = containment.policy().budget();
      for (StandbyRing ring : containment.standbyRings()) {
        left -= pull(ring, left);
      }
    }
  }

  private boolean isHostIdle() {
    for (PhysicalNic nic : site.pnics()) {
      if (nic.waitingToBeServed() > 0) {
        return false;
      }
    }
    return true;
  }

  private int pull(StandbyRing ring, int most) {
    int pulled = 0;
    while (pulled < most && isReady() && ring.pullInto(this)) {
      pulled++;
    }
    return pulled;
  }

  /** Whether the consumer takes a packet now. */
  @Override
  public boolean isReady() {
    return !(consumer instanceof Receiver receiver) || receiver.isReady();
  }

  /** A packet comes out of a standby ring; it goes no further than to the consumer. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    site.world().delivered(account, packet);
    try {
      consumer.accept(packet);
    } catch (RuntimeException | Error e) {
      site.world().remember(e);
    }
  }
}
