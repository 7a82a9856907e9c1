// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * The way out of a card.
 *
 * <pre>
 *   host, functions --&gt; transmit rings --scheduler--&gt; for another owner on the card? --&gt; its receive ring
 *                                                                           `--&gt; wire
 * </pre>
 */
final class TransmitPath implements TransmitScheduler.Exit {

  private final World world;
  private final PhysicalNic nic;
  private final NicConfig config;
  private final Account account;
  private final PortCounters.Live counters;
  private final HardwareClassifier classifier;
  private final TransmitQueue hostQueue;
  private final TransmitScheduler scheduler;
  private final List<AfterSending> afterHostHasSent = new ArrayList<>(0);
  private Receiver wire = Unconnected.SIDE;
  private boolean keepsUnsent;

  TransmitPath(
      World world,
      PhysicalNic nic,
      NicConfig config,
      PortCounters.Live counters,
      TransmitQueue hostQueue) {
    this.world = world;
    this.nic = nic;
    this.config = config;
    this.account = nic.account();
    this.counters = counters;
    this.classifier = nic.classifier();
    this.hostQueue = hostQueue;
    this.scheduler = new TransmitScheduler(world, this);
    scheduler.add(hostQueue);
  }

  void connectWire(Receiver newWire) {
    wire = newWire;
    scheduler.setWire(newWire);
  }

  void setKeepsUnsent(boolean keeps) {
    keepsUnsent = keeps;
  }

  boolean keepsUnsent() {
    return keepsUnsent;
  }

  void add(VirtualFunction function) {
    scheduler.add(function.queue());
  }

  void remove(VirtualFunction function, PacketSink sink) {
    scheduler.takeBack(function.queue(), sink);
    scheduler.remove(function.queue());
  }

  // ---- packets ----

  void transmit(Packet packet) {
    transmit(packet, hostQueue);
  }

  void transmit(Packet packet, TransmitQueue queue) {
    account.addReceived();
    if (config.isTooLong(packet)) {
      world.dropped(account, packet, DropReason.TOO_LONG, packet);
    } else if (!nic.state().isActive()) {
      world.dropped(account, packet, DropReason.PNIC_INACTIVE, nic);
    } else if (!scheduler.isOpen(queue) && !keepsUnsent) {
      world.dropped(account, packet, DropReason.PNIC_FAILED, nic);
    } else {
      enqueue(packet, queue);
    }
  }

  /**
   * The functions get their copies of the host's packets at once, while it is settled which guests
   * are behind a function and which behind the switch that the packet comes from.
   */
  private void enqueue(Packet packet, TransmitQueue queue) {
    if (isForGroupOfHost(packet, queue) && nic.state().isUsable()) {
      classifier.spread(packet, queue.owner(), false);
    }
    if (!scheduler.offer(queue, packet)) {
      DropReason reason = queue.isLimited() ? DropReason.RATE_LIMITED : DropReason.RING_FULL;
      world.dropped(account, packet, reason, queue.ring());
    }
  }

  private boolean isForGroupOfHost(Packet packet, TransmitQueue queue) {
    return queue == hostQueue
        && nic.groupCount() > 1
        && MacAddress.isMulticast(packet.destinationMacBits());
  }

  /** A packet leaves a transmit ring: to others on the card, to the wire, or both. */
  @Override
  public void leave(Packet packet, TransmitQueue from) {
    boolean link = nic.state().hasLink();
    boolean switched = isForGroupOfHost(packet, from);
    if (switched || !classifier.switchOnCard(packet, from.owner(), !link)) {
      if (link) {
        counters.sent(packet);
        account.addSent();
        wire.accept(packet);
      } else {
        world.dropped(account, packet, DropReason.LINK_DOWN, nic);
      }
    }
    checkHostHasSent();
  }

  // ---- control ----

  /** The wire is free, or a rate allows more. */
  void drain() {
    scheduler.drain();
  }

  /** The card works or not, has a link or not: sends what it can, stops what it cannot. */
  void setState(boolean alive, boolean link) {
    scheduler.setState(alive, link);
  }

  /** Where nobody is going to fetch them, packets that cannot be sent are lost. */
  void dropStranded(PacketSink sink) {
    if (!keepsUnsent) {
      scheduler.takeBackStranded(sink);
      checkHostHasSent();
    }
  }

  void dropUnsent(PacketSink sink) {
    scheduler.takeBack(sink);
    checkHostHasSent();
  }

  /** Hands over what waits. What was to happen once it is sent will not happen. */
  void takeBack(PacketSink ofHost, PacketSink ofFunctions) {
    afterHostHasSent.clear();
    scheduler.takeBack(hostQueue, new HandOver(ofHost));
    scheduler.takeBack(new HandOver(ofFunctions));
  }

  boolean hasRoomForHost() {
    return hostQueue.size() < hostQueue.ring().capacity();
  }

  int waiting() {
    return scheduler.waiting();
  }

  void whenHostHasSent(Runnable action) {
    if (hostQueue.size() == 0) {
      action.run();
    } else {
      afterHostHasSent.add(new AfterSending(hostQueue.ring().enqueued(), action));
    }
  }

  private void checkHostHasSent() {
    while (!afterHostHasSent.isEmpty()
        && afterHostHasSent.get(0).enqueued() <= hostQueue.ring().dequeued()) {
      afterHostHasSent.remove(0).action().run();
    }
  }

  /** Counts what leaves the card by another way than the wire. */
  private final class HandOver implements PacketSink {
    private final PacketSink to;

    HandOver(PacketSink to) {
      this.to = to;
    }

    @Override
    public void accept(Packet packet) {
      account.addSent();
      to.accept(packet);
    }
  }

  /** What happens once so many packets have been in the host's transmit ring and have left it. */
  private record AfterSending(long enqueued, Runnable action) {}
}
