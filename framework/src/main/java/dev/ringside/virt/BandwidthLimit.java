// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.Ring;
import dev.ringside.ring.Waiter;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many bytes pass in each tick. What is over waits for later ticks, up to four times what
 * one of them allows; what is over that is refused.
 *
 * <pre>
 *   offer --&gt; | at most 4 ticks' bytes wait | --&gt; at most 1 tick's bytes in each tick --&gt; out
 * </pre>
 */
final class BandwidthLimit implements PacketQueue, Runnable {

  private static final int TICKS_THAT_WAIT = 4;

  private final World world;
  private Account account;
  private final String direction;
  private final Receiver out;
  private @Nullable Bandwidth bandwidth;
  private final Ring queue;
  private long queuedBytes;
  private long tickEnd;
  private long used;
  private long wakeAt = Long.MAX_VALUE;
  private boolean draining;
  private @Nullable Waiter waiter;

  /**
   * Creates a limit without a bandwidth.
   *
   * @param account answers for the packets that wait
   * @param direction what its name ends in, such as /tx
   */
  BandwidthLimit(World world, Account account, String direction, Receiver out) {
    this.world = world;
    this.account = account;
    this.direction = direction;
    this.out = out;
    this.queue = new Ring(direction, Integer.MAX_VALUE); // bytes bound it
  }

  /** From now on this account answers for the packets that wait. */
  void answeredFor(Account newAccount) {
    for (int i = 0; i < queue.size(); i++) {
      world.passed(account, queue.get(i));
      account.addSent();
      newAccount.addReceived();
    }
    account = newAccount;
  }

  /** From now on lets so much pass; with null all, what waits first. */
  void set(@Nullable Bandwidth newBandwidth) {
    bandwidth = newBandwidth;
    tickEnd = 0;
    drain();
  }

  @Nullable Bandwidth bandwidth() {
    return bandwidth;
  }

  /** How many packets wait. */
  int size() {
    return queue.size();
  }

  /** A packet comes: it passes, or waits. False: neither. */
  boolean offer(Packet packet) {
    if (queue.isEmpty() && !draining && fits(packet) && out.takes(packet, null)) {
      pass(packet);
      return true;
    }
    if (!mayWait(packet)) {
      return false;
    }
    queue.offer(packet);
    queuedBytes += packet.length();
    drain();
    return true;
  }

  /** Whether a packet would wait here, or be refused, whatever there is behind. */
  boolean holds(Packet packet) {
    return !queue.isEmpty() || !fits(packet);
  }

  private boolean mayWait(Packet packet) {
    Bandwidth limit = bandwidth;
    return limit == null
        || queue.isEmpty()
        || queuedBytes + packet.length() <= TICKS_THAT_WAIT * limit.bytesPerTick();
  }

  /** The first packet of a tick always fits: it cannot be split. */
  private boolean fits(Packet packet) {
    Bandwidth limit = bandwidth;
    if (limit == null) {
      return true;
    }
    if (world.now() >= tickEnd) {
      tickEnd = endOfTick(limit);
      used = 0;
    }
    return used == 0 || used + packet.length() <= limit.bytesPerTick();
  }

  private long endOfTick(Bandwidth limit) {
    long tick = limit.tick().toNanos();
    long end = world.now() - world.now() % tick + tick;
    return end < 0 ? Long.MAX_VALUE : end;
  }

  private void pass(Packet packet) {
    used += packet.length();
    out.accept(packet);
  }

  /** Lets pass what may pass now: a tick begins, or the receiver is ready again. */
  void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      Packet packet = queue.peek();
      while (packet != null && fits(packet) && out.takes(packet, this)) {
        queue.poll();
        queuedBytes -= packet.length();
        withdraw();
        pass(packet);
        packet = queue.peek();
      }
    } finally {
      draining = false;
    }
    boolean forMemory = waiter != null && waiter.isWaiting();
    if (!queue.isEmpty() && out.isReady() && !forMemory) {
      wakeAt(tickEnd);
    }
  }

  private void wakeAt(long time) {
    if (time < wakeAt) {
      wakeAt = time;
      world.schedule(time - world.now(), this);
    }
  }

  @Override
  public void run() {
    wakeAt = Long.MAX_VALUE;
    drain();
  }

  /** Hands over what waits. */
  void clear(PacketSink sink) {
    withdraw();
    queuedBytes = 0;
    for (Packet packet = queue.poll(); packet != null; packet = queue.poll()) {
      sink.accept(packet);
    }
  }

  // ---- waiting for memory ----

  @Override
  public String name() {
    return account.name() + direction;
  }

  @Override
  public @Nullable Waiter waiter() {
    return waiter;
  }

  @Override
  public void waitsAs(Waiter newWaiter) {
    waiter = newWaiter;
  }

  @Override
  public void receiverReady() {
    drain();
  }

  @Override
  public void discardFirst(DropReason reason, String why) {
    withdraw();
    Packet first = queue.poll();
    if (first != null) {
      queuedBytes -= first.length();
      world.dropped(account, first, reason, name() + ": " + why);
    }
  }

  private void withdraw() {
    Waiter former = waiter;
    if (former != null) {
      waiter = null;
      former.withdraw();
    }
  }

  /** As a message needs it. */
  @Override
  public String toString() {
    return name() + " is over " + bandwidth + ", and " + queuedBytes + " bytes wait";
  }
}
