// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.packet.Packet;
import dev.ringside.ring.HoldingReceiver;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.PolledRing;
import dev.ringside.ring.PollingConfig;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.RingMode;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ring of a packet destination in front of one virtual machine: its packets wait here for
 * memory, beside the others, not in front of them.
 *
 * <pre>{@code
 * for (TargetRing ring : host.memory().rings("dns")) {
 *   ring.packets();
 * }
 * }</pre>
 */
public final class TargetRing implements Receiver, PolledRing.Observer, Account.Holder {

  /** How many packets it can hold. */
  public static final int CAPACITY = 512;

  private final Quota quota;
  private final World world;
  private final String host;
  private final Account account;
  private final HoldingReceiver stack;
  private final PolledRing ring;

  TargetRing(Quota quota, String name, String host, HoldingReceiver stack) {
    this.quota = quota;
    this.world = quota.world();
    this.host = host;
    this.stack = stack;
    this.account = world.ledger().open(Stage.SOFTWARE_RING, name, this);
    this.ring = new PolledRing(name + "/rx", CAPACITY, PollingConfig.DEFAULT, this, this);
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** Whose memory its packets wait for. */
  public Quota quota() {
    return quota;
  }

  /** The name, such as web/dns/rx. */
  public String name() {
    return ring.name();
  }

  /** The packets that went through. */
  public Account account() {
    return account;
  }

  /** How many packets are in it. */
  public int size() {
    synchronized (world) {
      return ring.live();
    }
  }

  /** The packets in it, oldest first. */
  public List<Packet> packets() {
    synchronized (world) {
      return ring.ring().packets();
    }
  }

  /** Interrupt, or poll while packets wait. */
  public RingMode mode() {
    synchronized (world) {
      return ring.mode();
    }
  }

  @Override
  public long live() {
    return ring.live();
  }

  // ---- packets ----

  void arrive(Packet packet) {
    account.addReceived();
    if (!ring.offer(packet)) {
      world.dropped(account, packet, DropReason.RING_FULL, ring.ring());
    }
  }

  @Override
  public boolean isReady() {
    return stack.isReady();
  }

  @Override
  public boolean takes(Packet packet, @Nullable PacketQueue queue) {
    return stack.isReady() && quota.hasRoomFor(packet.length(), queue);
  }

  @Override
  public void accept(Packet packet) {
    if (quota.take(packet.length())) {
      world.passed(account, packet);
      account.addSent();
      stack.accept(packet, quota.memory());
    } else {
      world.dropped(account, packet, DropReason.OVER_QUOTA_FOREVER, quota.tooMuch(packet.length()));
    }
  }

  void guestReady() {
    ring.receiverReady();
  }

  void clear(String why) {
    ring.clear(packet -> world.dropped(account, packet, DropReason.TARGET_GONE, why));
  }

  // ---- the poller ----

  /** Called by the poller. */
  @Override
  public void modeChanged(PolledRing changed, RingMode mode) {
    world.record(host, EventKind.RING_MODE, name(), mode.name());
  }

  /** Called by the poller. */
  @Override
  public void discarded(PolledRing from, Packet packet, DropReason reason, String why) {
    world.dropped(account, packet, reason, name() + ": " + why);
  }

  /** As a message needs it: {@code ring web/dns/rx has 512 of 512 slots in use}. */
  @Override
  public String toString() {
    return ring.ring().toString();
  }
}
