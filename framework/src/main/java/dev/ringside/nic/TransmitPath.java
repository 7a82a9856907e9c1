// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.memory.TransmitBuffers;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Priority;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way out of a card.
 *
 * <pre>
 *   host, functions --&gt; transmit rings --scheduler--&gt; for another owner on the card? --&gt; its receive ring
 *                                                                           `--&gt; wire
 * </pre>
 */
final class TransmitPath {

  private static final long SLOW_PROTOCOLS = MacAddress.SLOW_PROTOCOLS.bits();

  private final World world;
  private final PhysicalNic nic;
  private final NicConfig config;
  private final Account account;
  private final HardwareClassifier classifier;
  private final TransmitRing hostRing;
  private @Nullable HostRings hostRings;
  private final TransmitScheduler scheduler;
  private final List<AfterSending> afterSending = new ArrayList<>(0);
  private Receiver wire = Unconnected.SIDE;
  private boolean keepsUnsent;
  private @Nullable TransmitBuffers pool;
  private int numberInPool;

  TransmitPath(World world, PhysicalNic nic, NicConfig config, TransmitRing hostRing) {
    this.world = world;
    this.nic = nic;
    this.config = config;
    this.account = nic.account();
    this.classifier = nic.classifier();
    this.hostRing = hostRing;
    this.scheduler = new TransmitScheduler(world, this);
    scheduler.add(hostRing);
  }

  void connectWire(Receiver newWire) {
    wire = newWire;
    scheduler.setWire(newWire);
  }

  /** Packets take a buffer of this pool with their slot; the card has this number there. */
  void setBuffers(TransmitBuffers newPool, int number) {
    pool = newPool;
    numberInPool = number;
    useBuffers(hostRing, nic.host());
  }

  private void useBuffers(TransmitRing ring, String sender) {
    if (pool != null) {
      ring.setBuffers(new RingBuffers(pool, numberInPool, ring, this, sender));
    }
  }

  void setKeepsUnsent(boolean keeps) {
    keepsUnsent = keeps;
  }

  boolean keepsUnsent() {
    return keepsUnsent;
  }

  TransmitRing hostRing() {
    return hostRing;
  }

  /** Made when somebody asks for it: all goes into the one ring until then. */
  HostRings hostRings() {
    if (hostRings == null) {
      hostRings = new HostRings(world, this, hostRing);
    }
    return hostRings;
  }

  private TransmitRing ringOf(Packet packet) {
    HostRings several = hostRings;
    return several == null ? hostRing : several.ringOf(packet);
  }

  /** One more ring for what passes the host. */
  TransmitRing addHostRing(String place, Priority priority) {
    TransmitRing ring =
        NicParts.of(world)
            .transmitRing(
                world, nic.label() + "/" + place, config.ringCapacity(), hostRing.owner());
    ring.setPriority(priority);
    useBuffers(ring, nic.host());
    scheduler.add(ring);
    scheduler.usePriorities();
    return ring;
  }

  private boolean isOfHost(TransmitRing ring) {
    return ring.owner() == hostRing.owner();
  }

  void add(VirtualFunction function) {
    useBuffers(function.transmitRing(), nic.host());
    scheduler.add(function.transmitRing());
  }

  void remove(VirtualFunction function, PacketSink sink) {
    scheduler.takeBack(function.transmitRing(), sink);
    scheduler.remove(function.transmitRing());
  }

  // ---- packets ----

  void transmit(Packet packet) {
    transmit(packet, ringOf(packet));
  }

  void transmit(Packet packet, TransmitRing ring) {
    account.addReceived();
    if (config.isTooLong(packet)) {
      world.dropped(account, packet, DropReason.TOO_LONG, packet);
    } else if (!isOfHost(ring) && packet.destinationMacBits() == SLOW_PROTOCOLS) {
      world.dropped(account, packet, DropReason.NO_MATCH, "link protocols are the host's to speak");
    } else if (!nic.state().isActive()) {
      world.dropped(account, packet, DropReason.PNIC_INACTIVE, nic);
    } else if (!scheduler.isOpen(ring) && !keepsUnsent) {
      world.dropped(account, packet, DropReason.PNIC_FAILED, nic);
    } else {
      enqueue(packet, ring);
    }
  }

  /**
   * The functions get their copies of the host's packets at once, while it is settled which guests
   * are behind a function and which behind the switch that the packet comes from.
   */
  private void enqueue(Packet packet, TransmitRing ring) {
    if (isForGroupOfHost(packet, ring) && nic.state().isUsable()) {
      classifier.spread(packet, ring.owner(), false);
    }
    intoRing(packet, ring);
  }

  /** A packet for a group whose copies are with those on the host that take it. */
  void transmitToWire(Packet packet) {
    account.addReceived();
    intoRing(packet, ringOf(packet));
  }

  /**
   * A frame of a link protocol: also while the card stands by, and to nobody on the card. What
   * guests send does not keep it waiting, whatever their priority: the link would be given up.
   */
  void transmitLinkProtocol(Packet packet) {
    account.addReceived();
    if (nic.state().isUsable()) {
      intoRing(packet, scheduler.isPrioritized() ? hostRings().urgent() : hostRing);
    } else {
      world.dropped(account, packet, DropReason.PNIC_FAILED, nic);
    }
  }

  private void intoRing(Packet packet, TransmitRing ring) {
    if (!scheduler.offer(ring, packet)) {
      DropReason reason = ring.isLimited() ? DropReason.RATE_LIMITED : DropReason.RING_FULL;
      world.dropped(account, packet, reason, ring);
    }
  }

  private boolean isForGroupOfHost(Packet packet, TransmitRing ring) {
    return isOfHost(ring)
        && nic.groupCount() > 1
        && MacAddress.isMulticast(packet.destinationMacBits());
  }

  /** A packet leaves a transmit ring: to others on the card, to the wire, or both. */
  void leave(Packet packet, TransmitRing from) {
    boolean link = nic.state().hasLink();
    boolean switched = isForGroupOfHost(packet, from);
    if (switched || !classifier.switchOnCard(packet, from.owner(), !link)) {
      if (link) {
        nic.receivePath().counters().sent(packet);
        account.addSent();
        wire.accept(packet);
      } else {
        world.dropped(account, packet, DropReason.LINK_DOWN, nic);
      }
    }
    checkSent();
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
      checkSent();
    }
  }

  void dropUnsent(PacketSink sink) {
    scheduler.takeBack(sink);
    checkSent();
  }

  /** Hands over what waits. What was to happen once it is sent will not happen. */
  void takeBack(PacketSink ofHost, PacketSink ofFunctions) {
    afterSending.removeIf(next -> isOfHost(next.ring()));
    for (TransmitRing ring : hostRings().rings()) {
      scheduler.takeBack(ring, new HandOver(ofHost));
    }
    scheduler.takeBack(new HandOver(ofFunctions));
    checkSent();
  }

  /** Rates were set. */
  void ratesChanged() {
    scheduler.useGuarantees();
    scheduler.drain();
  }

  void usePriorities() {
    scheduler.usePriorities();
  }

  void buffersCame(TransmitRing ring) {
    scheduler.buffersCame(ring);
  }

  /** Drops the first packet of a ring that has no buffer. */
  void dropWaiting(TransmitRing ring, int index, DropReason reason, String why) {
    Packet packet = scheduler.removeAt(ring, index);
    if (packet != null) {
      world.dropped(account, packet, reason, why);
      checkSent();
    }
  }

  /** Whether a packet of the host has room, whoever has sent it. */
  boolean hasRoomForHost() {
    HostRings several = hostRings;
    return several == null ? hostRing.hasRoom() : several.haveRoom();
  }

  int waiting() {
    return scheduler.waiting();
  }

  /** Runs an action once all is sent that waits now in a ring; of the host, in all its rings. */
  void whenSent(TransmitRing ring, Runnable action) {
    if (ring == hostRing && hostRings != null) {
      new AllSent(hostRings.rings(), action).run();
    } else {
      whenRingSent(ring, action);
    }
  }

  private void whenRingSent(TransmitRing ring, Runnable action) {
    if (ring.waiting() == 0) {
      action.run();
    } else {
      runAfter(ring, ring.ring().enqueued(), action);
    }
  }

  void whenNextOfHostHasLeft(Runnable action) {
    if (hostRing.waiting() == 0) {
      action.run();
    } else {
      runAfter(hostRing, hostRing.ring().dequeued() + 1, action);
    }
  }

  /** Keeps the list in the order in which the actions of each ring are due. */
  private void runAfter(TransmitRing ring, long enqueued, Runnable action) {
    int at = afterSending.size();
    while (at > 0 && afterSending.get(at - 1).enqueued() > enqueued) {
      at--;
    }
    afterSending.add(at, new AfterSending(ring, enqueued, action));
  }

  /** An action may cause further ones. */
  private void checkSent() {
    for (int i = 0; i < afterSending.size(); i++) {
      AfterSending next = afterSending.get(i);
      if (next.enqueued() <= next.ring().ring().dequeued()) {
        afterSending.remove(i);
        next.action().run();
        i = -1;
      }
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

  /** Looks at one ring after the other, and runs an action once what waited in each is sent. */
  private final class AllSent implements Runnable {
    private final List<TransmitRing> rings;
    private final long[] last;
    private final Runnable action;

    AllSent(List<TransmitRing> rings, Runnable action) {
      this.rings = rings;
      this.action = action;
      this.last = new long[rings.size()];
      for (int i = 0; i < last.length; i++) {
        last[i] = rings.get(i).nextNumber() - 1;
      }
    }

    @Override
    public void run() {
      for (int i = 0; i < last.length; i++) {
        if (!rings.get(i).hasLeft(last[i])) {
          runAfter(rings.get(i), last[i], this);
          return;
        }
      }
      action.run();
    }
  }

  /** What happens once so many packets have been in a transmit ring and have left it. */
  private record AfterSending(TransmitRing ring, long enqueued, Runnable action) {}
}
