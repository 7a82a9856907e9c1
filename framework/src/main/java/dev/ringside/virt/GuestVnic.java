// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.Ring;
import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The virtual NIC by which a virtual machine is attached to a switch of its own. A packet for a
 * full channel waits here, with all that the virtual machine sends after it, up to 512 packets;
 * what it receives does not wait for what it sends. So does what is over the bandwidth that {@link
 * Vnic#setBandwidth} allows the virtual machine, in either direction.
 *
 * <pre>{@code
 * GuestVnic vnic = host.proxies().vnic("web");
 * vnic.waiter();  // web/net0 waits for 1 slot of channel web>db ...
 * vnic.waiting(); // 3 packets
 * }</pre>
 */
public final class GuestVnic implements Account.Holder {

  /** How many packets can wait in it. */
  public static final int CAPACITY = 512;

  private final World world;
  private final String name;
  private final ProxySwitch virtualSwitch;
  private final Account account;
  private final Ring queue;
  private final PacketSink departure = new Departure();
  private final WaitQueue.Request turn = new Turn();
  private final GuestEnd end;
  private @Nullable Channel awaited;
  private @Nullable Waiter waiter;
  private int departing;
  private boolean draining;
  private boolean down;

  GuestVnic(ProxySwitch virtualSwitch, Receiver guest) {
    this.world = virtualSwitch.world();
    this.name = virtualSwitch.vm() + "/net0";
    this.virtualSwitch = virtualSwitch;
    this.account = world.ledger().open(Stage.VNIC, name, this);
    this.end = new GuestEnd(world, account, guest, new ToSwitch());
    this.queue = new Ring(name + "/tx", CAPACITY);
  }

  /** The name, such as web/net0. */
  public String name() {
    return name;
  }

  /** The packets that went through. */
  public Account account() {
    return account;
  }

  /** How many packets wait for room in a channel, the first one and those behind it. */
  public int waiting() {
    synchronized (world) {
      return queue.size();
    }
  }

  /** The packets that wait, the first in front. */
  public List<Packet> packets() {
    synchronized (world) {
      List<Packet> packets = new ArrayList<>(queue.size());
      for (int i = 0; i < queue.size(); i++) {
        packets.add(queue.get(i));
      }
      return packets;
    }
  }

  /** What its first packet waits for; null if none waits. */
  public @Nullable Waiter waiter() {
    synchronized (world) {
      return waiter;
    }
  }

  @Override
  public long live() {
    return (long) departing + queue.size() + end.waiting();
  }

  // ---- sending ----

  /** The guest sends a packet; it leaves after the present event. */
  public void transmit(Packet packet) {
    account.addReceived();
    departing++;
    world.schedule(0, departure, packet);
  }

  private final class Departure implements PacketSink {
    @Override
    public void accept(Packet packet) {
      departing--;
      if (!end.limits(packet)) {
        depart(packet);
      }
    }
  }

  /** The way out, behind the limit. */
  private final class ToSwitch implements PacketSink {
    @Override
    public void accept(Packet packet) {
      depart(packet);
    }
  }

  private void depart(Packet packet) {
    if (down) {
      world.dropped(account, packet, DropReason.LINK_DOWN, this);
    } else if (queue.isEmpty() && !draining && virtualSwitch.blocker(packet) == null) {
      leave(packet);
    } else if (queue.offer(packet)) {
      drain();
    } else {
      world.dropped(account, packet, DropReason.RING_FULL, queue);
    }
  }

  private void leave(Packet packet) {
    world.passed(account, packet);
    account.addSent();
    virtualSwitch.acceptFromGuest(packet);
  }

  /** Sends what need not wait; what comes meanwhile is seen by the same loop. */
  private void drain() {
    if (draining || waiter != null) {
      return;
    }
    draining = true;
    try {
      Packet first = queue.peek();
      while (first != null) {
        Channel full = virtualSwitch.blocker(first);
        if (full != null) {
          awaited = full;
          waiter = full.await(name, turn);
          return;
        }
        queue.poll();
        leave(first);
        first = queue.peek();
      }
    } finally {
      draining = false;
    }
  }

  /** The table has changed: the first packet may go elsewhere now. */
  void tableChanged() {
    if (waiter != null) {
      Waiter former = waiter;
      stopWaiting();
      former.withdraw();
      drain();
    }
  }

  private void stopWaiting() {
    waiter = null;
    awaited = null;
  }

  /** The first packet's turn to go into the channel that it waits for. */
  private final class Turn implements WaitQueue.Request {
    @Override
    public boolean tryGrant() {
      return awaited == null || !awaited.blocks();
    }

    @Override
    public void granted(Waiter grantedWaiter) {
      if (awaited != null) {
        awaited.recordWait(EventKind.REQUEST_GRANTED, "1 slot");
      }
      stopWaiting();
      drain();
    }

    @Override
    public void cancelled(Waiter cancelledWaiter, DropReason reason, String why) {
      if (awaited != null) {
        awaited.recordWait(EventKind.REQUEST_CANCELLED, "1 slot, " + reason);
      }
      stopWaiting();
      giveUpFirst(reason, why);
      drain();
    }
  }

  /** Of a frame for a group only the copy for the one who is gone is lost. */
  private void giveUpFirst(DropReason reason, String why) {
    Packet first = queue.peek();
    boolean othersWantIt =
        reason == DropReason.TARGET_GONE
            && first != null
            && MacAddress.isMulticast(first.destinationMacBits());
    if (first != null && !othersWantIt) {
      queue.poll();
      account.expectDrops(reason);
      world.dropped(account, first, reason, why);
    }
  }

  // ---- receiving ----

  /** From now on hands packets to this receiver, such as one in front of the former. */
  public void connectGuest(Receiver newGuest) {
    end.connect(newGuest);
  }

  boolean isReady() {
    return down || end.isReady();
  }

  boolean takes(Packet packet, @Nullable PacketQueue from) {
    return down || end.takes(packet, from);
  }

  boolean hasRoomFor(Packet packet) {
    return down || end.hasRoomFor(packet);
  }

  void receive(Packet packet) {
    account.addReceived();
    if (down) {
      world.dropped(account, packet, DropReason.TARGET_GONE, this);
      return;
    }
    end.accept(packet);
  }

  /** Its end that is next to the guest, where the guest is held to its bandwidth. */
  GuestEnd end() {
    return end;
  }

  /** The guest is no more. */
  void shutDown() {
    down = true;
    Waiter former = waiter;
    stopWaiting();
    if (former != null) {
      former.withdraw();
    }
    account.expectDrops(DropReason.LINK_DOWN);
    for (Packet packet = queue.poll(); packet != null; packet = queue.poll()) {
      world.dropped(account, packet, DropReason.LINK_DOWN, this);
    }
  }

  @Override
  public String toString() {
    return down ? name + " (DOWN)" : name;
  }
}
