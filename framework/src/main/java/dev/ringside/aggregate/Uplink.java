// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Ring;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of the host's packets to the active NIC:
 *
 * <pre>
 *   openTo(NIC) .... to that NIC, behind what is still held
 *   holdAll() ...... into the hold queue; NO_UPLINK once it is full
 *   shut() ......... NO_UPLINK, also for what was held
 * </pre>
 */
class Uplink implements Account.Holder, PacketSink {

  private final World world;
  private final String host;
  private final String name;
  private final Account account;
  private HoldQueue hold;
  private @Nullable Member outlet;
  private @Nullable Runnable whenDrained;
  private boolean shut = true;
  private boolean takingBack;
  private int flushed;

  Uplink(World world, String host, String name, int holdCapacity) {
    this.world = world;
    this.host = host;
    this.name = name;
    this.hold = new HoldQueue(name, holdCapacity);
    this.account = world.ledger().open(Stage.HOLD_QUEUE, name, this);
  }

  Account account() {
    return account;
  }

  /** How many packets are held. */
  @Override
  public long live() {
    return hold.size();
  }

  boolean isDrained() {
    return hold.isEmpty();
  }

  /** Changes the capacity; packets that are held stay held. */
  void setHoldCapacity(int packets) {
    HoldQueue former = hold;
    hold = new HoldQueue(name, packets);
    for (Packet packet = former.poll(); packet != null; packet = former.poll()) {
      hold.holdUnsent(packet);
    }
  }

  // ---- where packets go ----

  /** Packets go to this NIC from now on; those that are held wait for {@link #flush}. */
  void openTo(Member next) {
    outlet = next;
    shut = false;
  }

  void holdAll() {
    outlet = null;
    shut = false;
  }

  void shut() {
    outlet = null;
    shut = true;
    int dropped = hold.size();
    for (Packet packet = hold.poll(); packet != null; packet = hold.poll()) {
      world.dropped(account, packet, DropReason.NO_UPLINK, this);
    }
    if (dropped > 0) {
      world.record(host, EventKind.HOLD_QUEUE_DROPPED, Integer.toString(dropped));
    }
  }

  /** Sends what is held, as fast as the NIC takes it, and then tells that all is sent. */
  void flush(Runnable afterwards) {
    whenDrained = afterwards;
    flushed = 0;
    flushMore();
  }

  private void flushMore() {
    Member to = outlet;
    if (to == null) {
      return;
    }
    while (hasRoom(to)) {
      Packet packet = hold.poll();
      if (packet == null) {
        break;
      }
      flushed++;
      send(packet, choose(packet, to));
    }
    if (!hold.isEmpty()) {
      whenSent(to, this::flushMore);
      return;
    }
    if (flushed > 0) {
      world.record(host, EventKind.HOLD_QUEUE_FLUSHED, Integer.toString(flushed));
    }
    if (whenDrained != null) {
      whenDrained.run();
    }
  }

  // ---- packets ----

  /** The host sends a packet to the network. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    Member to = outlet;
    if (takingBack) {
      keepUnsent(packet);
    } else if (to != null && hold.isEmpty()) {
      send(packet, choose(packet, to));
    } else if (shut) {
      world.dropped(account, packet, DropReason.NO_UPLINK, this);
    } else if (hold.hold(packet)) {
      world.passed(account, packet, "held");
    } else {
      DropReason reason = to == null ? DropReason.NO_UPLINK : DropReason.RING_FULL;
      world.dropped(account, packet, reason, hold);
    }
  }

  /** Sends a packet of the aggregator's own through a NIC, ahead of what is held. */
  void sendOwn(Packet packet, Member through) {
    send(world.inject(account, packet), through);
  }

  /** A packet that came in was for the aggregator itself. */
  void deliverOwn(Packet packet) {
    account.addReceived();
    world.delivered(account, packet);
  }

  // ---- where there are several active NICs, one of them ----

  /** The NIC that a packet takes; it is open to this one. */
  Member choose(Packet packet, Member open) {
    return open;
  }

  boolean hasRoom(Member open) {
    return open.hasRoom();
  }

  void whenSent(Member open, Runnable action) {
    open.whenSent(action);
  }

  /** Sends a packet for a group, of which the guests have their copies, if it can. */
  boolean sendsToWire(Packet packet) {
    return false;
  }

  final void pass(Packet packet, Member through) {
    world.passed(account, packet, through.name());
    account.addSent();
  }

  private void send(Packet packet, Member through) {
    pass(packet, through);
    through.transmit(packet);
  }

  // ---- what a NIC had not sent ----

  /**
   * Takes back what a NIC had not sent. Packets of its virtual functions begin anew at their
   * guests' ports of the virtual switch: the card would have switched them too. Those of the host
   * have passed the switch already, so they only wait, unless they are for a guest of this host.
   */
  void takeBack(Member from, List<Client> clients) {
    takingBack = true;
    Ring younger = hold.takeUnsent();
    try {
      from.takeUnsent(
          packet -> takeBackOfHost(packet, from, clients),
          packet -> sendAgain(packet, find(clients, packet.sourceMacBits())));
    } finally {
      for (int i = 0; younger != null && i < younger.size(); i++) {
        hold.holdUnsent(younger.get(i));
      }
      takingBack = false;
    }
  }

  private void takeBackOfHost(Packet packet, Member from, List<Client> clients) {
    if (packet.sourceMacBits() == from.mac().bits()) { // a probe, which asks about this NIC only
      account.addReceived();
      world.dropped(account, packet, DropReason.PNIC_FAILED, from.name());
      return;
    }
    boolean group = MacAddress.isMulticast(packet.destinationMacBits());
    if (group && sendsToWire(packet)) {
      return;
    }
    boolean local = !group && find(clients, packet.destinationMacBits()) != null;
    sendAgain(packet, local ? find(clients, packet.sourceMacBits()) : null);
  }

  private void sendAgain(Packet packet, @Nullable Client sender) {
    if (sender != null) {
      sender.sendAgain(packet);
    } else {
      account.addReceived();
      keepUnsent(packet);
    }
  }

  private void keepUnsent(Packet packet) {
    hold.holdUnsent(packet);
    world.passed(account, packet, "taken back");
  }

  private static @Nullable Client find(List<Client> clients, long mac) {
    for (int i = 0; i < clients.size(); i++) {
      if (clients.get(i).mac().bits() == mac) {
        return clients.get(i);
      }
    }
    return null;
  }

  /** Where packets go now, and how many are held. */
  @Override
  public String toString() {
    Member to = outlet;
    return name
        + (to == null ? " without an active NIC, " : " to " + to.name() + ", ")
        + live()
        + " held";
  }
}
