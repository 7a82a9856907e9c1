// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.ring;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.trace.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * A hardware ring and the poller that drains it into a receiver, by the dynamic polling rules:
 *
 * <pre>
 *   arrival --&gt; hardware ring --pull--&gt; backlog --&gt; receiver
 *
 *   idle, no backlog ............ INTERRUPT: an arrival wakes the poller
 *   any backlog ................. POLL: no interrupts
 *   backlog &lt;= low mark ......... goes on pulling the hardware ring
 *   backlog &gt;  low mark ......... stays in POLL, pulls nothing: the hardware ring fills up
 *   empty pull with backlog ..... the poller sleeps until the receiver is ready
 *   no room for the first ....... it stays where it is, in POLL, until there is room
 *   polling impossible .......... interrupts push into the backlog; high mark is the drop point
 * </pre>
 *
 * <p>The mode belongs to the ring, not to the card. Nothing here knows what the packets are for.
 *
 * <pre>{@code
 * PolledRing ring = new PolledRing("p0/rx0", 256, PollingConfig.DEFAULT, guest, observer);
 * ring.offer(packet); // false: tail drop
 * }</pre>
 */
public final class PolledRing implements PacketQueue {

  /**
   * Is told what the poller does.
   *
   * <pre>{@code
   * public void modeChanged(PolledRing ring, RingMode mode) {
   *   record(ring.name(), mode);
   * }
   * }</pre>
   */
  public interface Observer {
    /** The ring has changed its mode. */
    void modeChanged(PolledRing ring, RingMode mode);

    /** A packet was taken out that has waited in vain; the observer answers for its fate. */
    void discarded(PolledRing ring, Packet packet, DropReason reason, String why);
  }

  private final Ring ring;
  private final PollingConfig config;
  private final Observer observer;
  private final Ring backlog;
  private final Receiver receiver;
  private RingMode mode = RingMode.INTERRUPT;
  private boolean forcedPoll;
  private boolean draining;
  private @Nullable Waiter waiter;
  private @Nullable ArrivalOrder order;
  private long interrupts;
  private long polls;

  /** Creates an empty ring in interrupt mode. */
  public PolledRing(
      String name, int capacity, PollingConfig config, Receiver receiver, Observer observer) {
    this.ring = new Ring(name, capacity);
    this.config = config;
    this.receiver = receiver;
    this.observer = observer;
    this.backlog = newBacklog(name);
  }

  private Ring newBacklog(String name) {
    return new Ring(name, config.canPoll() ? config.lowMark() + 1 : config.highMark());
  }

  /** The hardware ring's name. */
  @Override
  public String name() {
    return ring.name();
  }

  /** The hardware ring, to look at. */
  public Ring ring() {
    return ring;
  }

  /** Packets that were pulled and wait for the receiver. */
  public int backlog() {
    return backlog.size();
  }

  /** Packets in the hardware ring and in the backlog. */
  public int live() {
    return ring.size() + backlog.size();
  }

  /** The mode now. */
  public RingMode mode() {
    return mode;
  }

  /** How many interrupts the ring has raised. */
  public long interrupts() {
    return interrupts;
  }

  /** How many times the poller has come to look. */
  public long polls() {
    return polls;
  }

  /**
   * Takes the ring out of the automatic rules: packets stay until {@link #pull} or until interrupts
   * are allowed again.
   *
   * @throws IllegalStateException if the ring cannot be polled
   */
  public void forcePoll(boolean forced) {
    if (forced && !config.canPoll()) {
      throw new IllegalStateException(
          "ring " + name() + " cannot be polled; its PollingConfig says so");
    }
    forcedPoll = forced;
    if (forced) {
      withdraw();
      changeMode(RingMode.POLL);
    } else {
      drain();
    }
  }

  /** An arrival. False: the ring is full, the packet is refused and counted. */
  public boolean offer(Packet packet) {
    if (!offerQuietly(packet)) {
      return false;
    }
    interrupt();
    return true;
  }

  /** An arrival that raises no interrupt; {@link #interrupt} serves it later. */
  public boolean offerQuietly(Packet packet) {
    if (!config.canPoll() && backlog.size() >= config.highMark()) {
      ring.refuse();
      return false;
    }
    return ring.offer(packet, order == null ? 0 : order.next());
  }

  /** Wakes the poller, by an interrupt unless it is polling already. */
  public void interrupt() {
    if (mode == RingMode.INTERRUPT) {
      interrupts++;
      drain();
    } else if (!forcedPoll) {
      polls++;
      drain();
    }
  }

  /** Tells the poller that the receiver may be ready again. */
  @Override
  public void receiverReady() {
    if (!forcedPoll) {
      drain();
    }
  }

  /** Tells the poller that somebody else receives now: what was asked of the former is void. */
  public void receiverChanged() {
    withdraw();
    receiverReady();
  }

  /** From now on packets leave it in this order with those of other rings, with null by itself. */
  public void setOrder(@Nullable ArrivalOrder newOrder) {
    ArrivalOrder former = order;
    if (former == newOrder) {
      return;
    }
    order = newOrder;
    if (former != null) {
      former.remove(this);
    }
    if (newOrder != null) {
      newOrder.add(this);
    }
  }

  /** The number of the packet that others must wait for; none if it waits by somebody's will. */
  long firstNumber() {
    boolean held = forcedPoll || (mode == RingMode.INTERRUPT && backlog.isEmpty() && !draining);
    if (held || live() == 0) {
      return Long.MAX_VALUE;
    }
    return backlog.isEmpty() ? ring.number() : backlog.number();
  }

  /**
   * Takes up to so many packets out, as a consumer that polls by itself does, be it busy or not; it
   * gets no more than it has room for.
   *
   * @return how many there were
   */
  public int pull(int most, PacketSink sink) {
    polls++;
    int pulled = take(most, sink, sink instanceof Receiver taking ? taking : null);
    if (!forcedPoll && !draining) {
      updateMode();
    }
    return pulled;
  }

  // ---- waiting ----

  /** The request of its first packet; none while it is polled by hand. */
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
    Packet first = backlog.isEmpty() ? ring.poll() : backlog.poll();
    if (first != null) {
      observer.discarded(this, first, reason, why);
    }
    if (!forcedPoll && !draining) {
      updateMode();
    }
  }

  /** The first packet is another one now, or nobody would come for it. */
  private void withdraw() {
    Waiter former = waiter;
    if (former != null) {
      waiter = null;
      former.withdraw();
    }
    if (order != null) {
      order.moved();
    }
  }

  private boolean isWaiting() {
    return waiter != null && waiter.isWaiting();
  }

  /** Empties ring and backlog into a sink that answers for the packets' fate. */
  public void clear(PacketSink sink) {
    take(Integer.MAX_VALUE, sink, null);
    if (!forcedPoll) {
      changeMode(RingMode.INTERRUPT);
    }
  }

  /**
   * Takes the packets out of ring and backlog that match; the others keep their order.
   *
   * @param fate answers for what is taken out
   */
  public void remove(PacketMatcher unwanted, PacketSink fate) {
    Packet first = first();
    backlog.remove(unwanted, fate);
    ring.remove(unwanted, fate);
    if (isWaiting() && first() != first) {
      receiverChanged(); // there may be room for the one that is first now
      return;
    }
    if (order != null) {
      order.moved();
    }
    if (!forcedPoll && !draining) {
      updateMode();
    }
  }

  private @Nullable Packet first() {
    return backlog.isEmpty() ? ring.peek() : backlog.peek();
  }

  private int take(int most, PacketSink sink, @Nullable Receiver asked) {
    int taken = 0;
    while (taken < most) {
      Packet packet = first();
      if (packet == null || (asked != null && !mayHave(asked, packet))) {
        break;
      }
      withdraw();
      leave();
      taken++;
      sink.accept(packet);
    }
    return taken;
  }

  private static boolean mayHave(Receiver asked, Packet packet) {
    return asked.isReady() ? asked.takes(packet, null) : asked.hasRoomFor(packet);
  }

  private void leave() {
    if (backlog.isEmpty()) {
      ring.poll();
    } else {
      backlog.poll();
    }
  }

  /** Moves packets as far as the rules allow. An arrival during it is seen by the same loop. */
  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      while (!forcedPoll && serveBacklog() && pullOne()) {}
      if (!forcedPoll) { // the receiver may have forced it meanwhile
        updateMode();
      }
    } finally {
      draining = false;
    }
  }

  /** True once the backlog is empty or may at least grow further. */
  private boolean serveBacklog() {
    for (Packet first = backlog.peek(); first != null && !forcedPoll; first = backlog.peek()) {
      if (!takes(first)) {
        break;
      }
      backlog.poll();
      pass(first);
    }
    return !backlog.isFull();
  }

  private boolean pullOne() {
    Packet packet = ring.peek();
    if (packet == null) {
      return false;
    }
    if (backlog.isEmpty()) {
      if (takes(packet)) {
        ring.poll();
        pass(packet);
        return true;
      } else if (isWaiting() && config.canPoll()) {
        return false; // it stays at the head of its ring until there is room for it
      }
    }
    long number = ring.number();
    ring.poll();
    backlog.offer(packet, number);
    return true;
  }

  private boolean takes(Packet first) {
    return (order == null || order.isFirst(this)) && receiver.takes(first, this);
  }

  private void pass(Packet packet) {
    withdraw();
    receiver.accept(packet);
  }

  private void updateMode() {
    boolean idle = backlog.isEmpty() && ring.isEmpty();
    changeMode(idle || !config.canPoll() ? RingMode.INTERRUPT : RingMode.POLL);
  }

  private void changeMode(RingMode newMode) {
    if (mode != newMode) {
      mode = newMode;
      observer.modeChanged(this, newMode);
    }
  }
}
