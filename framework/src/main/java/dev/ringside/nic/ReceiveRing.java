// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.ArrivalOrder;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.PolledRing;
import dev.ringside.ring.PollingConfig;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.RingMode;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hardware receive ring. Its mode is its own, not the card's: it raises an interrupt for a packet
 * while its consumer keeps up, and is polled while there is a backlog.
 *
 * <pre>{@code
 * ReceiveRing ring = host.pnic("p0").receiveRing(3);
 * ring.setPolled(true); // packets stay in it ...
 * ring.poll(16);        // ... until the test takes them on
 * }</pre>
 */
public class ReceiveRing implements PolledRing.Observer {

  private final World world;
  private final PolledRing ring;
  private final Account account;
  private final Receiver owner;
  private final Receiver toConsumer = new ToConsumer();
  private Receiver consumer;
  private int threshold = 1;

  /**
   * Creates an empty ring.
   *
   * @param account answers for the packets in the ring
   * @param owner takes packets out of it unless somebody else is connected
   */
  ReceiveRing(
      World world,
      Account account,
      String name,
      int capacity,
      PollingConfig polling,
      Receiver owner) {
    this.world = world;
    this.account = account;
    this.owner = owner;
    this.consumer = owner;
    this.ring = new PolledRing(name, capacity, polling, toConsumer, this);
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name, such as p0/rx3. */
  public String name() {
    return ring.name();
  }

  /** The packets in it, oldest first. */
  public List<Packet> packets() {
    synchronized (world) {
      return ring.ring().packets();
    }
  }

  /** How many packets it can hold. */
  public int capacity() {
    return ring.ring().capacity();
  }

  /** How many packets are in it. */
  public int size() {
    synchronized (world) {
      return ring.ring().size();
    }
  }

  /** How many packets were pulled from it and wait for a consumer that is not ready. */
  public int backlog() {
    synchronized (world) {
      return ring.backlog();
    }
  }

  /** Interrupt or poll. */
  public RingMode mode() {
    synchronized (world) {
      return ring.mode();
    }
  }

  /** How many packets it has taken. */
  public long received() {
    synchronized (world) {
      return ring.ring().enqueued();
    }
  }

  /** How many packets it has refused because it was full. */
  public long droppedFull() {
    synchronized (world) {
      return ring.ring().refused();
    }
  }

  /** What its first packet waits for, null if it waits for nothing or for a busy consumer. */
  public @Nullable Waiter waiter() {
    synchronized (world) {
      Waiter waiter = ring.waiter();
      return waiter != null && waiter.isWaiting() ? waiter : null;
    }
  }

  /** How many interrupts it has raised. */
  public long interrupts() {
    synchronized (world) {
      return ring.interrupts();
    }
  }

  /**
   * Turns interrupts off until told otherwise: packets stay until {@link #poll}. Turning them on
   * again serves what is in the ring.
   */
  public void setPolled(boolean polled) {
    world.run(() -> ring.forcePoll(polled));
  }

  /**
   * Raises an interrupt only when n packets are in the ring (coalescing); fewer stay in it. Not
   * modelled: the timer that real cards add.
   *
   * @throws IllegalArgumentException if n is below 1 or above the ring's capacity
   */
  public void setInterruptThreshold(int n) {
    if (n < 1 || n > capacity()) {
      throw new IllegalArgumentException(
          "interrupt threshold " + n + " of ring " + name() + " is not in 1 to " + capacity());
    }
    world.run(
        () -> {
          threshold = n;
          interruptIfDue();
        });
  }

  /**
   * Takes up to so many packets on to the consumer.
   *
   * @return how many there were
   */
  public int poll(int most) {
    return world.call(() -> ring.pull(most, toConsumer));
  }

  /**
   * Hands what comes out of it to this consumer from now on, such as a software ring; with null to
   * the host or virtual function that owns it, as in the beginning.
   */
  public void connect(@Nullable Receiver newConsumer) {
    world.run(
        () -> {
          consumer = newConsumer == null ? owner : newConsumer;
          ring.receiverChanged();
        });
  }

  /** The host or virtual function that owns it, past whoever is connected. */
  public PacketSink owner() {
    return owner;
  }

  /** The consumer is ready again: what waits may come. Within an operation of the lab. */
  public void consumerReady() {
    ring.receiverReady();
  }

  boolean offer(Packet packet) {
    if (threshold == 1) {
      return ring.offer(packet);
    }
    boolean taken = ring.offerQuietly(packet);
    if (taken) {
      interruptIfDue();
    }
    return taken;
  }

  private void interruptIfDue() {
    if (ring.ring().size() >= threshold) {
      ring.interrupt();
    }
  }

  /** Drops the packets in it that match. */
  void discard(PacketMatcher unwanted, DropReason reason, String why) {
    ring.remove(unwanted, packet -> world.dropped(account, packet, reason, why));
  }

  /** Takes the packets out that match; the sink answers for them. */
  void remove(PacketMatcher unwanted, PacketSink fate) {
    ring.remove(unwanted, fate);
  }

  /** Takes the oldest packet on to a sink; whether there was one. */
  boolean pullOne(PacketSink sink) {
    return ring.pull(1, sink) == 1;
  }

  void setOrder(@Nullable ArrivalOrder order) {
    ring.setOrder(order);
  }

  /** Turns interrupts off for good. */
  void neverInterrupt() {
    ring.forcePoll(true);
  }

  /** An interrupt for every packet again. */
  void reset() {
    threshold = 1;
    ring.forcePoll(false);
  }

  int live() {
    return ring.live();
  }

  void clear(PacketSink sink) {
    ring.clear(sink);
  }

  /** Called by the poller. */
  @Override
  public void modeChanged(PolledRing changed, RingMode mode) {
    world.record(name(), EventKind.RING_MODE, name(), mode.name());
  }

  /** Called by the poller. */
  @Override
  public void discarded(PolledRing from, Packet packet, DropReason reason, String why) {
    world.dropped(account, packet, reason, name() + ": " + why);
  }

  /** Whoever takes packets out of the ring. */
  private final class ToConsumer implements Receiver {
    @Override
    public boolean isReady() {
      return consumer.isReady();
    }

    @Override
    public boolean takes(Packet packet, @Nullable PacketQueue queue) {
      return consumer.takes(packet, queue);
    }

    @Override
    public boolean hasRoomFor(Packet packet) {
      return consumer.hasRoomFor(packet);
    }

    @Override
    public void accept(Packet packet) {
      account.addSent();
      consumer.accept(packet);
    }
  }

  /** As a message needs it: {@code ring p0/rx3 has 256 of 256 slots in use}. */
  @Override
  public String toString() {
    return ring.ring().toString();
  }
}
