// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.Ring;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * One direction of an inline bridge: the virtual NIC between the receive ring of one card and the
 * transmit ring of another.
 *
 * <pre>
 *   receive ring of card 1 --&gt; BridgeVnic --&gt; transmit ring of card 2 --&gt; wire
 *
 *   transmit ring full ....... packets wait here; once it is full here, too, in the receive ring
 *   card 2 unusable .......... NO_UPLINK
 * </pre>
 *
 * <p>Packets that a monitor re-injects join here: behind those that are bridged, or among them, as
 * the monitor says.
 *
 * <pre>{@code
 * host.bridge("p0", "p1").forward().waiting();
 * }</pre>
 */
public final class BridgeVnic implements Receiver, Account.Holder {

  private final World world;
  private final Account account;
  private final Outlet outlet;
  private final int capacity;
  private final Ring bridged;
  private final Runnable room = this::serve;
  private @Nullable Ring urgent;
  private @Nullable Ring yielding;
  private boolean serving;
  private boolean asked;
  private boolean urgentIsNext;
  private long haveLeft;

  /**
   * Creates a virtual NIC in which nothing waits.
   *
   * @param capacity how many bridged packets can wait, 0 or more; re-injected ones as many again
   */
  public BridgeVnic(World world, String name, int capacity, Outlet outlet) {
    this.world = world;
    this.outlet = outlet;
    this.capacity = capacity;
    this.bridged = new Ring(name, capacity);
    this.account = world.ledger().open(Stage.VNIC, name, this);
  }

  /**
   * The card that packets leave by.
   *
   * <pre>{@code
   * if (outlet.hasRoom()) {
   *   outlet.transmit(packet);
   * }
   * }</pre>
   */
  public interface Outlet {

    /** Whether the card works and has a link. */
    boolean isUsable();

    /** Whether its transmit ring has a free slot. */
    boolean hasRoom();

    /** Whether its transmit ring is empty. */
    boolean isIdle();

    /** Runs an action once after the next packet has left its transmit ring. */
    void whenNextHasLeft(Runnable action);

    /** Sends a packet. */
    void transmit(Packet packet);

    /** Tells the other card that packets may come again. */
    void ready();
  }

  /** The name, such as p0-p1/vnic0. */
  public String name() {
    return bridged.name();
  }

  /** The packets that went through. */
  public Account account() {
    return account;
  }

  /** How many packets wait for the transmit ring. */
  public int waiting() {
    synchronized (world) {
      return (int) live();
    }
  }

  /** How many packets have left that came from the receive ring, not from monitors. */
  public long bridged() {
    synchronized (world) {
      return haveLeft;
    }
  }

  /** How many bridged packets can wait. */
  public int capacity() {
    return capacity;
  }

  @Override
  public long live() {
    return (long) bridged.size() + size(urgent) + size(yielding);
  }

  private static int size(@Nullable Ring queue) {
    return queue == null ? 0 : queue.size();
  }

  // ---- packets ----

  /** Whether another bridged packet may come, to leave, to wait or to be dropped. */
  @Override
  public boolean isReady() {
    boolean ready =
        !outlet.isUsable() || !bridged.isFull() || (bridged.isEmpty() && outlet.hasRoom());
    if (!ready) {
      ask(); // whoever was refused is called then
    }
    return ready;
  }

  /** A packet comes from the receive ring. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    enqueue(packet, bridged);
  }

  /**
   * A packet comes from a monitor.
   *
   * @param yields whether it lets every bridged packet go first; else they take turns
   */
  public void reinject(Packet packet, boolean yields) {
    account.addReceived();
    enqueue(packet, yields ? yielding() : urgent());
  }

  private Ring urgent() {
    if (urgent == null) {
      urgent = new Ring(name() + "/urgent", capacity);
    }
    return urgent;
  }

  private Ring yielding() {
    if (yielding == null) {
      yielding = new Ring(name() + "/yielding", capacity);
    }
    return yielding;
  }

  private void enqueue(Packet packet, Ring queue) {
    if (!outlet.isUsable()) {
      world.dropped(account, packet, DropReason.NO_UPLINK, outlet);
    } else if (queue.isEmpty() && mayLeave(queue)) {
      leave(packet, queue);
    } else if (queue.offer(packet)) {
      ask();
    } else {
      world.dropped(account, packet, DropReason.RING_FULL, queue);
    }
  }

  private boolean mayLeave(Ring queue) {
    return queue == yielding
        ? bridged.isEmpty() && size(urgent) == 0 && outlet.isIdle()
        : outlet.hasRoom();
  }

  private void leave(Packet packet, Ring queue) {
    haveLeft += queue == bridged ? 1 : 0;
    world.passed(account, packet);
    account.addSent();
    outlet.transmit(packet);
  }

  private void ask() {
    if (!asked) {
      asked = true;
      outlet.whenNextHasLeft(room);
    }
  }

  /** The card has become usable or unusable. */
  public void outletChanged() {
    if (outlet.isUsable()) {
      serve();
    } else {
      asked = false;
      lose(DropReason.NO_UPLINK);
      outlet.ready();
    }
  }

  private void serve() {
    asked = false;
    if (serving) {
      return;
    }
    serving = true;
    try {
      while (serveInTurn()) {}
      outlet.ready(); // what backs up in the receive ring comes before what yields
      while (serveOne(yielding)) {}
    } finally {
      serving = false;
    }
    if (live() > 0) {
      ask();
    }
  }

  private boolean serveInTurn() {
    if (serveOne(urgentIsNext ? urgent : bridged)) {
      urgentIsNext = !urgentIsNext;
      return true;
    }
    return serveOne(urgentIsNext ? bridged : urgent);
  }

  private boolean serveOne(@Nullable Ring queue) {
    Packet packet = queue == null || !mayLeave(queue) ? null : queue.poll();
    if (queue == null || packet == null) {
      return false;
    }
    leave(packet, queue);
    return true;
  }

  /** The bridge is taken apart: what waits has nowhere to go. */
  public void close() {
    lose(DropReason.TARGET_GONE);
  }

  private void lose(DropReason reason) {
    lose(bridged, reason);
    lose(urgent, reason);
    lose(yielding, reason);
  }

  private void lose(@Nullable Ring queue, DropReason reason) {
    Packet packet = queue == null ? null : queue.poll();
    while (queue != null && packet != null) {
      world.dropped(account, packet, reason, outlet);
      packet = queue.poll();
    }
  }

  @Override
  public String toString() {
    return "virtual NIC " + name() + ", " + live() + " waiting";
  }
}
