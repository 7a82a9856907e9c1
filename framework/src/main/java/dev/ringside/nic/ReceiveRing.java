// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PolledRing;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.RingMode;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;

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
  private final Receiver consumer;
  private int threshold = 1;

  ReceiveRing(World world, String name, NicConfig config, Receiver consumer) {
    this.world = world;
    this.consumer = consumer;
    this.ring = new PolledRing(name, config.ringCapacity(), config.polling(), consumer, this);
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name, such as p0/rx3. */
  public String name() {
    return ring.name();
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
    return world.call(() -> ring.pull(most, consumer));
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

  /** An interrupt for every packet again. */
  void reset() {
    threshold = 1;
    ring.forcePoll(false);
  }

  int live() {
    return ring.live();
  }

  void receiverReady() {
    ring.receiverReady();
  }

  void clear(PacketSink sink) {
    ring.clear(sink);
  }

  /** Called by the poller. */
  @Override
  public void modeChanged(PolledRing changed, RingMode mode) {
    world.record(name(), EventKind.RING_MODE, name(), mode.name());
  }

  /** As a message needs it: {@code ring p0/rx3 has 256 of 256 slots in use}. */
  @Override
  public String toString() {
    return ring.ring().toString();
  }
}
