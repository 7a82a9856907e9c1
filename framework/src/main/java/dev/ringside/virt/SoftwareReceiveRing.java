// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PolledRing;
import dev.ringside.ring.PollingConfig;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.RingMode;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receive ring in software of one destination, a guest's virtual NIC: what the software rings
 * and the virtual switch have for it waits here while the guest is busy, and is dropped when the
 * ring is full. While the guest keeps up, a packet goes through without waiting.
 *
 * <pre>{@code
 * SoftwareReceiveRing ring = host.vnic("web").receiveRing();
 * ring.setPolled(true); // packets stay in it ...
 * ring.poll(16);        // ... until the test takes them on
 * }</pre>
 */
public class SoftwareReceiveRing implements PolledRing.Observer {

  static final int CAPACITY = 512;

  private final World world;
  private String host;
  private final String name;
  private final Account account;
  private final Receiver guest;
  private final Vnic vnic;
  private @Nullable PolledRing ring;
  private long passedThrough;
  private int capacity = CAPACITY;

  /**
   * Creates an empty ring.
   *
   * @param account the virtual NIC's, which answers for the packets in the ring
   */
  SoftwareReceiveRing(
      World world, String host, String name, Account account, Receiver guest, Vnic vnic) {
    this.world = world;
    this.host = host;
    this.name = name;
    this.account = account;
    this.guest = guest;
    this.vnic = vnic;
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name, such as web/vnic0/rx. */
  public String name() {
    return name;
  }

  /** How many packets it can hold. */
  public int capacity() {
    return capacity;
  }

  /** From now on at most so many wait, pulled or not, if it is less than the ring's own slots. */
  void setCapacity(int newCapacity) {
    capacity = newCapacity;
  }

  /** How many packets are in it. */
  public int size() {
    synchronized (world) {
      return ring == null ? 0 : ring.ring().size();
    }
  }

  /** The packets in it, oldest first. */
  public List<Packet> packets() {
    synchronized (world) {
      return ring == null ? new ArrayList<>(0) : ring.ring().packets();
    }
  }

  /** How many packets were taken out of it and wait for a guest that is not ready. */
  public int backlog() {
    synchronized (world) {
      return ring == null ? 0 : ring.backlog();
    }
  }

  /** Interrupt or poll. */
  public RingMode mode() {
    synchronized (world) {
      return ring == null ? RingMode.INTERRUPT : ring.mode();
    }
  }

  /** What its first packet waits for, null if it waits for nothing or for a busy guest. */
  public @Nullable Waiter waiter() {
    synchronized (world) {
      Waiter waiter = ring == null ? null : ring.waiter();
      return waiter != null && waiter.isWaiting() ? waiter : null;
    }
  }

  /** How many packets it has taken. */
  public long received() {
    synchronized (world) {
      return passedThrough + (ring == null ? 0 : ring.ring().enqueued());
    }
  }

  /** How many packets it has refused because it was full. */
  public long droppedFull() {
    synchronized (world) {
      return ring == null ? 0 : ring.ring().refused();
    }
  }

  /**
   * Turns notices to the guest off until told otherwise: packets stay until {@link #poll}. Turning
   * them on again serves what is in the ring.
   */
  public void setPolled(boolean polled) {
    world.run(() -> slots().forcePoll(polled));
  }

  /**
   * Takes up to so many packets on to the guest.
   *
   * @return how many there were
   */
  public int poll(int most) {
    return world.call(() -> slots().pull(most, guest));
  }

  private PolledRing slots() {
    if (ring == null) {
      ring = new PolledRing(name, CAPACITY, PollingConfig.DEFAULT, guest, this);
    }
    return ring;
  }

  /** Its guest is on another host. */
  void movedTo(String newHost) {
    host = newHost;
  }

  void accept(Packet packet) {
    if (isIdle() && guest.takes(packet, null)) {
      passedThrough++;
      guest.accept(packet);
      return;
    }
    PolledRing slots = slots();
    boolean limited = capacity < CAPACITY && slots.live() >= capacity;
    if (limited || !slots.offer(packet)) {
      world.dropped(account, packet, DropReason.RING_FULL, slots.ring());
    }
  }

  private boolean isIdle() {
    return ring == null || (ring.mode() == RingMode.INTERRUPT && ring.live() == 0);
  }

  /** Drops packets that match and wait, as an attack that is contained. */
  public void purge(PacketMatcher unwanted) {
    world.run(() -> discard(unwanted, DropReason.CONTAINED, this));
  }

  /** Drops packets that match and wait. Within an operation of the lab. */
  public void discard(PacketMatcher unwanted, DropReason reason, Object why) {
    if (ring != null) {
      ring.remove(unwanted, packet -> world.dropped(account, packet, reason, why));
    }
  }

  int live() {
    return ring == null ? 0 : ring.live();
  }

  void guestReady() {
    if (ring != null) {
      ring.receiverReady();
    }
  }

  void clear(PacketSink sink) {
    if (ring != null) {
      ring.clear(sink);
    }
  }

  /** Called by the poller. */
  @Override
  public void modeChanged(PolledRing changed, RingMode mode) {
    world.record(host, EventKind.RING_MODE, name, mode.name());
    if (mode == RingMode.INTERRUPT) {
      vnic.switchedDrained();
    }
  }

  /** Called by the poller. */
  @Override
  public void discarded(PolledRing from, Packet packet, DropReason reason, String why) {
    world.dropped(account, packet, reason, name + ": " + why);
  }

  /** As a message needs it: {@code ring web/vnic0/rx has 512 of 512 slots in use}. */
  @Override
  public String toString() {
    return "ring " + name + " has " + size() + " of " + CAPACITY + " slots in use";
  }
}
