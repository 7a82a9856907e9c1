// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.flow.RingTarget;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Ring;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The hardware receive ring of a monitor on one card: what matches waits here until it is moved
 * into user memory. It has nothing to do with the card's other rings, so that a monitor that cannot
 * keep up loses packets of its own only.
 *
 * <pre>{@code
 * monitor.ring("p0").size();        // packets that wait
 * monitor.ring("p0").droppedFull(); // packets that the monitor has lost
 * }</pre>
 */
public class MonitorRing implements RingTarget, Account.Holder {

  private static final int INITIAL_SLOTS = 8;

  private final World world;
  private final Monitor monitor;
  private final Ring ring;
  private final Account account;

  /** When the packets came, in the order of the ring. */
  private long[] times = {};

  private int head;
  private boolean closed;

  MonitorRing(World world, Monitor monitor, String name, int capacity) {
    this.world = world;
    this.monitor = monitor;
    this.ring = new Ring(name, capacity);
    this.account = world.ledger().open(Stage.RECEIVE_RING, name, this);
  }

  /** The name, such as p0/monitor0. */
  @Override
  public String name() {
    return ring.name();
  }

  /** How many packets it can hold. */
  public int capacity() {
    return ring.capacity();
  }

  /** How many packets are in it. */
  public int size() {
    synchronized (world) {
      return ring.size();
    }
  }

  /** How many packets the card's classifier has sent here, taken or not. */
  public long offered() {
    synchronized (world) {
      return account.received();
    }
  }

  /** How many packets it has taken. */
  public long received() {
    synchronized (world) {
      return ring.enqueued();
    }
  }

  /** How many packets it has refused because it was full. */
  public long droppedFull() {
    synchronized (world) {
      return ring.refused();
    }
  }

  /** The packets that came to it. */
  public Account account() {
    return account;
  }

  @Override
  public long live() {
    return ring.size();
  }

  /** The card's classifier has chosen this ring. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    enqueue(packet);
  }

  /** A packet that goes elsewhere shall be looked at, if there is room for it. */
  void acceptCopyOf(Packet packet) {
    if (!ring.isFull()) {
      enqueue(world.copy(account, packet));
    }
  }

  private void enqueue(Packet packet) {
    if (closed) {
      world.dropped(account, packet, DropReason.TARGET_GONE, monitor);
    } else if (ring.offer(packet)) {
      stamp();
      world.passed(account, packet);
      monitor.arrived(this);
    } else {
      if (monitor.mayLose()) {
        account.expectDrops(DropReason.RING_FULL);
      }
      world.dropped(account, packet, DropReason.RING_FULL, this);
    }
  }

  private void stamp() {
    int size = ring.size();
    if (size > times.length) {
      long[] more = new long[Math.max(INITIAL_SLOTS, 2 * times.length)];
      int first = times.length - head;
      System.arraycopy(times, head, more, 0, first);
      System.arraycopy(times, 0, more, first, head);
      times = more;
      head = 0;
    }
    times[(head + size - 1) % times.length] = world.now();
  }

  // ---- for the monitor ----

  boolean isEmpty() {
    return ring.isEmpty();
  }

  int waiting() {
    return ring.size();
  }

  /** When the oldest packet came; there must be one. */
  long oldestTime() {
    return times[head];
  }

  /** Takes the oldest packet out; null if there is none. */
  @Nullable Packet poll() {
    Packet packet = ring.poll();
    if (packet != null) {
      head = head + 1 == times.length ? 0 : head + 1;
      account.addSent();
    }
    return packet;
  }

  /** Loses what is in it. */
  void clear(DropReason reason, Object subject) {
    for (Packet packet = ring.poll(); packet != null; packet = ring.poll()) {
      world.dropped(account, packet, reason, subject);
    }
    head = 0;
  }

  /** Takes nothing more: nobody will ever look at it. */
  void close() {
    closed = true;
  }

  /** As a message needs it. */
  @Override
  public String toString() {
    return ring + ", " + monitor.memoryInUse();
  }
}
