// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.Packet;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Ring;
import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bounded one-way channel of the hypervisor, from one virtual machine to another one of the same
 * host. While the receiver keeps up, a packet goes through without waiting. Otherwise it waits
 * here, and when there is no room any more, at the sending virtual NIC or nowhere.
 *
 * <pre>
 *   sender's switch --&gt; | at most capacity packets | --room in the receiver? memory?--&gt; receiver
 *        `-- full --&gt; WAIT: stays with the sender, first come, first served; DROP: RING_FULL
 * </pre>
 *
 * <pre>{@code
 * Channel channel = host.proxies().channel("web", "db");
 * channel.setCapacity(2);
 * db.pause();
 * web.send(udp().to(db)); // four times
 * channel.size();         // 2
 * channel.waiters();      // web/net0 waits for 1 slot of channel web>db ...
 * }</pre>
 */
public class Channel implements PacketQueue, Account.Holder {

  private final World world;
  private final String name;
  private final String to;
  private final String host;
  private final ProxyVnic sender;
  private final Account account;
  private final Ring ring;
  private int capacity;
  private WhenFull whenFull;
  private @Nullable WaitQueue senders;
  private @Nullable Waiter waiter;
  private boolean polled;
  private boolean draining;
  private boolean closed;

  Channel(ProxyVnic sender, String from, String to, ProxyConfig config) {
    this.world = sender.world();
    this.name = from + ">" + to;
    this.to = to;
    this.host = sender.owner().host();
    this.sender = sender;
    this.account = world.ledger().open(Stage.CHANNEL, name, this);
    this.ring = new Ring(name, Integer.MAX_VALUE); // the capacity bounds it
    this.capacity = config.capacity();
    this.whenFull = config.whenFull();
  }

  // ---- what it is ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name, such as web&gt;db. */
  @Override
  public String name() {
    return name;
  }

  /** The packets that went through. */
  public Account account() {
    return account;
  }

  /** The most packets it holds. */
  public int capacity() {
    synchronized (world) {
      return capacity;
    }
  }

  /** What becomes of packets while it is full. */
  public WhenFull whenFull() {
    synchronized (world) {
      return whenFull;
    }
  }

  /** How many packets are in it. */
  public int size() {
    synchronized (world) {
      return ring.size();
    }
  }

  /** The most packets that were in it at any time. */
  public int highestSize() {
    synchronized (world) {
      return ring.highestSize();
    }
  }

  /** The packets in it, oldest first. */
  public List<Packet> packets() {
    synchronized (world) {
      return ring.packets();
    }
  }

  /** Who waits for room in it: the sending virtual NIC, or nobody. */
  public List<Waiter> waiters() {
    synchronized (world) {
      return senders == null ? List.of() : senders.waiters();
    }
  }

  /** Whether one of its two virtual machines is gone: nothing passes any more. */
  public boolean isClosed() {
    synchronized (world) {
      return closed;
    }
  }

  /** Packets in it. */
  @Override
  public long live() {
    return ring.size();
  }

  // ---- control ----

  /**
   * Changes how many packets it holds. What is in it stays, be it more than that.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public void setCapacity(int packets) {
    if (packets < 0) {
      throw new IllegalArgumentException(
          "capacity " + packets + " of channel " + name + " must not be negative");
    }
    world.run(
        () -> {
          capacity = packets;
          world.record(host, EventKind.CONFIGURED, "channel " + name, "capacity " + packets);
          wakeSenders();
        });
  }

  /** Changes what becomes of packets while it is full, of those too that wait now. */
  public void setWhenFull(WhenFull newWhenFull) {
    world.run(
        () -> {
          whenFull = newWhenFull;
          world.record(host, EventKind.CONFIGURED, "channel " + name, newWhenFull + " when full");
          wakeSenders();
        });
  }

  /**
   * Lets the receiver be slow: packets stay until {@link #poll}, or until this is turned off again.
   */
  public void setPolled(boolean on) {
    world.run(
        () -> {
          polled = on;
          withdraw();
          drain();
        });
  }

  /**
   * Takes up to so many packets on to the receiver, as far as it has room for them.
   *
   * @return how many there were
   */
  public int poll(int most) {
    return world.call(
        () -> {
          int taken = draining ? 0 : take(most, null);
          wakeSenders();
          return taken;
        });
  }

  /** One of its virtual machines is gone: what is in it is lost, and whoever waits is told. */
  void close() {
    closed = true;
    account.expectDrops(DropReason.TARGET_GONE);
    withdraw();
    for (Packet packet = ring.poll(); packet != null; packet = ring.poll()) {
      world.dropped(account, packet, DropReason.TARGET_GONE, "channel " + name + " is closed");
    }
    if (senders != null) {
      senders.cancelAll(DropReason.TARGET_GONE, "channel " + name + " is closed");
    }
  }

  // ---- the sender's end ----

  /** Whether a packet for it must wait where it is. */
  boolean blocks() {
    return ring.size() >= capacity && whenFull == WhenFull.WAIT && !closed;
  }

  /** Lets a sender wait until {@link #blocks} is false. */
  Waiter await(String owner, WaitQueue.Request request) {
    return await(owner, to + " taking a packet, or a larger capacity", request);
  }

  private Waiter await(String owner, String wokenBy, WaitQueue.Request request) {
    if (senders == null) {
      senders = new WaitQueue(world.waits(), "channel " + name, "slot");
    }
    recordWait(EventKind.REQUEST_WAITS, "1 slot");
    return senders.add(owner, 1, wokenBy, request);
  }

  /**
   * Whether what is handed over in memory, and is no packet, may pass now: nothing is in the
   * channel and nobody waits.
   */
  public boolean letsPass() {
    synchronized (world) {
      return !closed && ring.isEmpty() && (senders == null || senders.isEmpty());
    }
  }

  /** Lets what is handed over in memory wait for its turn, behind all packets. */
  public Waiter awaitTurn(String owner, WaitQueue.Request request) {
    return await(owner, to + " taking all packets", request);
  }

  /** A step of one packet, of which the journal tells only where packets are traced. */
  void recordWait(EventKind kind, String what) {
    if (world.isTracing()) {
      world.record(host, kind, "channel " + name, what);
    }
  }

  private void wakeSenders() {
    if (senders != null && !senders.isEmpty()) {
      senders.wake();
    }
  }

  /** A packet comes in, which does not wait any more. */
  void accept(Packet packet) {
    account.addReceived();
    if (closed) {
      world.dropped(account, packet, DropReason.TARGET_GONE, "channel " + name + " is closed");
    } else if (ring.size() >= capacity) {
      world.dropped(account, packet, DropReason.RING_FULL, this);
    } else if (ring.isEmpty() && !draining && !polled && sender.partner().takes(packet, null)) {
      pass(packet);
    } else {
      ring.offer(packet);
      drain();
    }
  }

  // ---- the receiver's end ----

  private void pass(Packet packet) {
    world.passed(account, packet);
    account.addSent();
    sender.partner().receive(packet);
  }

  /** Lets pass what the receiver takes; what comes meanwhile is seen by the same loop. */
  private void drain() {
    if (draining || polled) {
      return;
    }
    draining = true;
    try {
      take(Integer.MAX_VALUE, this);
    } finally {
      draining = false;
    }
    wakeSenders();
  }

  private int take(int most, @Nullable PacketQueue queue) {
    int taken = 0;
    Packet packet = ring.peek();
    while (packet != null && taken < most && mayPass(packet, queue)) {
      ring.poll();
      withdraw();
      taken++;
      pass(packet);
      packet = ring.peek();
    }
    return taken;
  }

  private boolean mayPass(Packet packet, @Nullable PacketQueue queue) {
    return (queue == null || !polled) && sender.partner().takes(packet, queue);
  }

  /** The receiver takes packets again. */
  @Override
  public void receiverReady() {
    drain();
  }

  // ---- waiting for the receiver's memory ----

  /** What its first packet waits for, if it is memory of the receiver. */
  @Override
  public @Nullable Waiter waiter() {
    return waiter;
  }

  @Override
  public void waitsAs(Waiter newWaiter) {
    waiter = newWaiter;
  }

  @Override
  public void discardFirst(DropReason reason, String why) {
    withdraw();
    Packet first = ring.poll();
    if (first != null) {
      world.dropped(account, first, reason, "channel " + name + ": " + why);
    }
  }

  private void withdraw() {
    Waiter former = waiter;
    if (former != null) {
      waiter = null;
      former.withdraw();
    }
  }

  /** As a message needs it: {@code channel web>db has 4 of 4 slots in use}. */
  @Override
  public String toString() {
    synchronized (world) {
      return "channel " + name + " has " + ring.size() + " of " + capacity + " slots in use";
    }
  }
}
