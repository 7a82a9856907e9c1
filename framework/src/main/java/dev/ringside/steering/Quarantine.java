// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.StandbyRing;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.world.Timer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The thread of lowest priority that takes packets out of the standby rings of one containment, or
 * of several that share them, up to a budget after each tick, and only when nothing waits in the
 * rings that the host serves.
 */
final class Quarantine implements Receiver, Runnable {

  private final SteeringSite site;
  private final ContainmentPolicy policy;
  private final List<Containment> containments = new ArrayList<>(1);
  private final PacketSink consumer;
  private final Account account;
  private @Nullable Timer next;

  Quarantine(SteeringSite site, Account account, ContainmentPolicy policy, PacketSink consumer) {
    this.site = site;
    this.account = account;
    this.policy = policy;
    this.consumer = consumer;
  }

  void add(Containment containment) {
    containments.add(containment);
    if (next == null) {
      start();
    }
  }

  void remove(Containment containment) {
    containments.remove(containment);
    if (containments.isEmpty() && next != null) {
      next.cancel();
      next = null;
    }
  }

  private void start() {
    next = site.world().schedule(policy.tick().toNanos(), this);
  }

  /** A tick is over. */
  @Override
  public void run() {
    start();
    if (isHostIdle()) {
      int left = policy.budget();
      for (Containment containment : List.copyOf(containments)) {
        for (StandbyRing ring : containment.standbyRings()) {
          left -= pull(ring, left);
        }
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

  /** Whether the consumer takes this packet now, or has no room for it. */
  @Override
  public boolean takes(Packet packet, @Nullable PacketQueue queue) {
    return !(consumer instanceof Receiver receiver) || receiver.takes(packet, queue);
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
