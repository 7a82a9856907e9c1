// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Priority;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.Ring;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The virtual NIC of a guest. It keeps its addresses while its path changes between a virtual
 * function and the virtual switch; the guest sees one interface.
 *
 * <pre>{@code
 * host.vnic("web").path();    // DIRECT
 * host.pnic("p0").fail();
 * host.vnic("web").through(); // p1/vf0
 * }</pre>
 *
 * <p>Not modelled: another priority for packets that its guest sends through the virtual switch
 * under the address of somebody else.
 */
public class Vnic implements Account.Holder {

  private static final int RING_CAPACITY = 512;

  private final World world;
  private String host;
  private final String name;
  private final MacAddress mac;
  private final Account account;
  private final GuestEnd end;
  private @Nullable GuestVnic inner;
  private @Nullable Departure departure;
  private OutboundPath switchPort;
  private VnicPath path = VnicPath.SWITCHED;
  private String through = "";
  private @Nullable OutboundPath direct;
  private @Nullable SoftwareReceiveRing receiveRing;
  private @Nullable Ring toFunction;
  private Priority priority = Priority.NORMAL;
  private @Nullable Runnable whenDrained;
  private boolean changing;
  private int departing;

  /**
   * Creates a virtual NIC on the switched path.
   *
   * @param mac whose packets it takes from the switch, besides those for groups
   * @param guest takes what arrives
   * @param switchPort takes what is sent on the switched path
   */
  public Vnic(
      World world,
      String host,
      String name,
      MacAddress mac,
      Receiver guest,
      OutboundPath switchPort) {
    this.world = world;
    this.host = host;
    this.name = name;
    this.mac = mac;
    this.switchPort = switchPort;
    this.account = world.ledger().open(Stage.VNIC, name, this);
    this.end = new GuestEnd(world, account, guest, new Ways());
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name, such as web/vnic0. */
  public String name() {
    return name;
  }

  /** The packets that went through. */
  public Account account() {
    return account;
  }

  /** Which way it sends now. */
  public VnicPath path() {
    synchronized (world) {
      return path;
    }
  }

  /** The virtual function that it sends through, empty unless the path is direct. */
  public String through() {
    synchronized (world) {
      return through;
    }
  }

  /** Packets that are on their way out of the guest, or wait for it to be ready. */
  @Override
  public long live() {
    return (long) departing
        + (toFunction == null ? 0 : toFunction.size())
        + switchedBacklog()
        + end.waiting();
  }

  // ---- control ----

  /**
   * From now on keeps what the guest sends, until one of the other methods says where it goes: what
   * it has sent through the switch must be gone before it may send through a function.
   */
  public void prepareDirect() {
    changing = true;
  }

  /** From now on sends through a virtual function. */
  public void useDirect(String function, OutboundPath newDirect) {
    direct = newDirect;
    if (priority != Priority.NORMAL) {
      newDirect.setPriority(priority);
    }
    through = function;
    changePath(VnicPath.DIRECT);
  }

  /** From now on sends through the virtual switch. */
  public void useSwitch() {
    direct = null;
    through = "";
    changePath(VnicPath.SWITCHED);
  }

  /**
   * Its guest has come to another host: from now on it is attached there, by the virtual switch,
   * with all that waits in it and all that it is held to.
   */
  public void moveTo(String newHost, Receiver newGuest, OutboundPath newSwitchPort) {
    host = newHost;
    end.connect(newGuest);
    switchPort = newSwitchPort;
    if (priority != Priority.NORMAL) {
      newSwitchPort.setPriority(priority);
    }
    if (receiveRing != null) {
      receiveRing.movedTo(newHost);
    }
  }

  /** From now on does not send nor receive: the guest is no more. */
  public void shutDown() {
    direct = null;
    through = "";
    changePath(VnicPath.DOWN);
    end.clear(
        packet -> world.dropped(account, packet, DropReason.LINK_DOWN, this),
        packet -> world.dropped(account, packet, DropReason.TARGET_GONE, this));
    if (receiveRing != null) {
      receiveRing.clear(packet -> world.dropped(account, packet, DropReason.TARGET_GONE, this));
    }
  }

  private void changePath(VnicPath newPath) {
    if (path != newPath) {
      path = newPath;
      world.record(host, Event.of(EventKind.PATH_CHANGED, name, newPath.name()), through);
    }
    changing = false;
    if (toFunction != null) {
      for (Packet packet = toFunction.poll(); packet != null; packet = toFunction.poll()) {
        leave(packet);
      }
    }
  }

  // ---- what it is held to ----

  /**
   * Limits what its guest sends and, by as much again, what it receives, by whatever path:
   * functions, the virtual switch and proxies together. What is over waits for later ticks, up to
   * four times what one tick allows; what is over that is dropped as RATE_LIMITED. Behind a switch
   * of the guest's own it waits in the virtual NIC next to the guest, such as web/net0. Virtual
   * functions have rates of their own, which their card enforces.
   *
   * @param limit null for none: what has waited passes at once
   */
  public void setBandwidth(@Nullable Bandwidth limit) {
    world.run(
        () -> {
          String what = limit == null ? "no bandwidth limit" : "bandwidth " + limit;
          world.record(host, EventKind.CONFIGURED, name, what);
          limitedEnd().setBandwidth(limit);
        });
  }

  /** Limits it to so many bits a second, in ticks of 10 ms; 0 for no limit. */
  public void setBandwidth(long bitsPerSecond) {
    setBandwidth(bitsPerSecond == 0 ? null : Bandwidth.ofBitsPerSecond(bitsPerSecond));
  }

  /** The limit of each direction, null for none. */
  public @Nullable Bandwidth bandwidth() {
    synchronized (world) {
      return limitedEnd().bandwidth();
    }
  }

  /** How many packets wait, in either direction, for a tick that allows more. */
  public int waitingForBandwidth() {
    synchronized (world) {
      return limitedEnd().waiting();
    }
  }

  /** The end that is next to the guest. */
  private GuestEnd limitedEnd() {
    return inner == null ? end : inner.end();
  }

  /**
   * From now on another virtual NIC is between this one and the guest, and holds the guest to its
   * bandwidth on all paths; with null none is any more.
   */
  public void setInner(@Nullable GuestVnic newInner) {
    GuestEnd former = limitedEnd();
    inner = newInner;
    limitedEnd().takeOver(former);
  }

  /**
   * Sets who goes first while a card is busy: what it sends leaves before what others of a lower
   * priority send, be it through a virtual function or through the virtual switch. There it goes by
   * its own address, and what waits already leaves before what follows, so that order is kept; what
   * is sent under another address is among the host's packets, which have priority NORMAL. Between
   * virtual machines that reach each other past all cards there is nothing to be first at.
   */
  public void setPriority(Priority newPriority) {
    world.run(
        () -> {
          priority = newPriority;
          world.record(host, EventKind.CONFIGURED, name, "priority " + newPriority);
          switchPort.setPriority(newPriority);
          if (direct != null) {
            direct.setPriority(newPriority);
          }
        });
  }

  /** Who goes first while a card is busy. */
  public Priority priority() {
    synchronized (world) {
      return priority;
    }
  }

  // ---- packets ----

  /** The guest sends a packet; it leaves after the present event. */
  public void transmit(Packet packet) {
    account.addReceived();
    departing++;
    if (departure == null) {
      departure = new Departure();
    }
    world.schedule(0, departure, packet);
  }

  /** The guest's own switch sends a packet, which has left its stack before; it leaves at once. */
  public void forward(Packet packet) {
    account.addReceived();
    pass(packet);
  }

  /** A packet comes from a virtual function. */
  public void acceptDirect(Packet packet) {
    account.addReceived();
    if (path == VnicPath.DOWN) {
      world.dropped(account, packet, DropReason.TARGET_GONE, this);
    } else {
      end.accept(packet);
    }
  }

  /** A packet comes from the virtual switch, or from a software ring. */
  public void acceptSwitched(Packet packet) {
    account.addReceived();
    long destination = packet.destinationMacBits();
    if (path == VnicPath.DOWN) {
      world.dropped(account, packet, DropReason.TARGET_GONE, this);
      return;
    }
    if (destination != mac.bits() && !MacAddress.isMulticast(destination)) {
      world.dropped(account, packet, DropReason.NO_MATCH, "flooded, for another station");
      return;
    }
    slots().accept(packet);
  }

  /** A packet comes from a virtual function, before all that comes by functions from now on. */
  public void acceptEarlier(Packet packet) {
    account.addReceived();
    slots().accept(packet);
  }

  /** How many packets can still wait for the guest on the switched path. */
  public int roomOnSwitchedPath() {
    return SoftwareReceiveRing.CAPACITY - switchedBacklog();
  }

  /** A packet comes that the guest gets by another way, or not at all. */
  public void refuse(Packet packet, DropReason reason, String why) {
    account.addReceived();
    world.dropped(account, packet, reason, why);
  }

  /**
   * At most so many packets can wait for the guest that do not come through a virtual function, as
   * while it is moved to another host; 512 unless told otherwise.
   */
  public void setReceiveCapacity(int packets) {
    synchronized (world.whileOpen()) {
      slots().setCapacity(packets);
    }
  }

  /** The ring in which packets that do not come through a virtual function wait for the guest. */
  public SoftwareReceiveRing receiveRing() {
    synchronized (world) {
      return slots();
    }
  }

  private SoftwareReceiveRing slots() {
    if (receiveRing == null) {
      receiveRing =
          VirtParts.of(world).softwareReceiveRing(world, host, name + "/rx", account, end, this);
    }
    return receiveRing;
  }

  /** Packets from the switch that wait for the guest; those of a virtual function come later. */
  public int switchedBacklog() {
    return receiveRing == null ? 0 : receiveRing.live();
  }

  /** Whether the guest takes a packet of a virtual function, be it to say that it is gone. */
  public boolean takesDirect(Packet packet, @Nullable PacketQueue queue) {
    return path == VnicPath.DOWN || end.takes(packet, queue);
  }

  /** Whether the guest has room for a packet of a virtual function, be it busy or not. */
  public boolean hasRoomForDirect(Packet packet) {
    return path == VnicPath.DOWN || end.hasRoomFor(packet);
  }

  /** Runs an action whenever all is gone that has waited for the guest on the switched path. */
  public void whenSwitchedDrained(Runnable action) {
    whenDrained = action;
  }

  void switchedDrained() {
    if (whenDrained != null) {
      whenDrained.run();
    }
  }

  /** From now on hands packets to this receiver, such as one in front of the former. */
  public void connectGuest(Receiver newGuest) {
    end.connect(newGuest);
  }

  /** The guest takes packets again. */
  public void guestReady() {
    limitedEnd().guestReady();
    if (receiveRing != null) {
      receiveRing.guestReady();
    }
  }

  @Override
  public String toString() {
    return name + " (" + path + (through.isEmpty() ? ")" : " through " + through + ")");
  }

  /** The way out of the guest, one event after the guest's own. */
  private final class Departure implements PacketSink {
    @Override
    public void accept(Packet packet) {
      departing--;
      pass(packet);
    }
  }

  private void pass(Packet packet) {
    if (!end.limits(packet)) {
      depart(packet);
    }
  }

  private void depart(Packet packet) {
    if (changing) {
      keep(packet);
    } else {
      leave(packet);
    }
  }

  /** The ways out of the virtual NIC, behind the limit. */
  private final class Ways implements PacketSink {
    @Override
    public void accept(Packet packet) {
      depart(packet);
    }
  }

  private void keep(Packet packet) {
    if (toFunction == null) {
      toFunction = new Ring(name + "/tx", RING_CAPACITY);
    }
    if (!toFunction.offer(packet)) {
      world.dropped(account, packet, DropReason.RING_FULL, toFunction);
    }
  }

  private void leave(Packet packet) {
    if (path == VnicPath.DOWN) {
      world.dropped(account, packet, DropReason.LINK_DOWN, this);
      return;
    }
    world.passed(account, packet);
    account.addSent();
    OutboundPath way = direct == null ? switchPort : direct;
    way.accept(packet);
  }
}
