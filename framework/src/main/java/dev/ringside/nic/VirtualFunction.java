// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.VlanTag;
import dev.ringside.ring.Priority;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * A virtual function of a physical NIC (PCI-SIG Single Root I/O Virtualization): a share of the
 * card that belongs to one guest. What it is told acts on packets, and what it refuses is counted.
 *
 * <pre>{@code
 * VirtualFunction vf = host.pnic("p0").virtualFunction(0);
 * vf.setVlan(100, 3);          // tags what the guest sends, takes only VLAN 100
 * vf.setSpoofCheck(true);      // the guest may send from its own address only
 * vf.setRate(0, 100_000_000);  // at most 100 Mbit/s
 * }</pre>
 *
 * <p>Without a VLAN it passes tags through, as mlx5 does in its guest-tagging mode. While the link
 * of the card is down, a function whose link is AUTO sends nothing; what reaches its rings all the
 * same still reaches the guest. Not modelled: stacking a tag of the function on a tag of the guest;
 * the mailbox between guest and card.
 */
public class VirtualFunction {

  /** How many multicast addresses an untrusted guest may listen to. */
  public static final int MAX_UNTRUSTED_GROUPS = 30;

  private final World world;
  private final PhysicalNic nic;
  private final int index;
  private final String name;
  private final FunctionSettings settings = new FunctionSettings();
  private final FunctionPath path;
  private @Nullable FunctionRequests requests;
  private @Nullable String owner;

  VirtualFunction(World world, PhysicalNic nic, int index, NicConfig config) {
    this.world = world;
    this.nic = nic;
    this.index = index;
    this.name = nic.label() + "/vf" + index;
    this.path = new FunctionPath(world, this, settings, config);
  }

  RingGroup group() {
    return path.group();
  }

  private FrameFilter filter() {
    return path.group().filter();
  }

  private FunctionRequests requests() {
    if (requests == null) {
      requests = new FunctionRequests(settings, filter());
    }
    return requests;
  }

  // ---- what it is ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** Its number on the card, from 0. */
  public int index() {
    return index;
  }

  /** The name, such as p0/vf1. */
  public String name() {
    return name;
  }

  /** The card that it is on. */
  public PhysicalNic nic() {
    return nic;
  }

  /** The packets that went through it. */
  public Account account() {
    return path.account();
  }

  /** The traffic counters. */
  public PortCounters counters() {
    synchronized (world) {
      return path.snapshot();
    }
  }

  /** The guest that it is bound to, null while it is free. */
  public @Nullable String owner() {
    synchronized (world) {
      return owner;
    }
  }

  boolean isBound() {
    return owner != null;
  }

  /** The address, zero while none is set. */
  public MacAddress mac() {
    synchronized (world) {
      return settings.mac;
    }
  }

  /** The VLAN, 0 for none. */
  public int vlan() {
    synchronized (world) {
      return settings.vlan;
    }
  }

  /** The priority in the tags of its VLAN. */
  public int priority() {
    synchronized (world) {
      return settings.priority;
    }
  }

  /** The link state that the host has set. */
  public FunctionLink link() {
    synchronized (world) {
      return settings.link;
    }
  }

  /** The rate that it is guaranteed, in bits a second; 0 for none. */
  public long leastRate() {
    synchronized (world) {
      return settings.leastBitsPerSecond;
    }
  }

  /** The rate that it may not exceed, in bits a second; 0 for no limit. */
  public long mostRate() {
    synchronized (world) {
      return settings.mostBitsPerSecond;
    }
  }

  /** Whether the guest may send from its own address only. */
  public boolean hasSpoofCheck() {
    synchronized (world) {
      return settings.spoofCheck;
    }
  }

  /** Whether the guest may change what an ordinary guest may not. */
  public boolean isTrusted() {
    synchronized (world) {
      return settings.trusted;
    }
  }

  /** How many requests of an untrusted guest were refused. */
  public long refusedRequests() {
    synchronized (world) {
      return requests().refused();
    }
  }

  /** Whether the guest sees its link up. */
  public boolean isLinkUp() {
    synchronized (world) {
      return settings.linkUp(nic.state().hasLink());
    }
  }

  /** How flows are spread over its receive rings. */
  public ReceiveSideScaling receiveSideScaling() {
    synchronized (world) {
      return path.group().scaling();
    }
  }

  /**
   * A receive ring of it.
   *
   * @throws IllegalArgumentException if there is none of this number
   */
  public ReceiveRing receiveRing(int ring) {
    synchronized (world) {
      return path.group().find(ring, name);
    }
  }

  /** Drops what is in its receive rings and matches. Within an operation of the lab. */
  public void discard(PacketMatcher unwanted, DropReason reason, String why) {
    path.group().discard(unwanted, reason, why);
  }

  /** Its transmit ring. */
  public TransmitRing transmitRing() {
    return path.ring();
  }

  // ---- what the host sets, as "ip link set ... vf ..." does ----

  /**
   * Sets the address; the guest cannot change it any more unless it is trusted.
   *
   * @throws IllegalArgumentException if it is a group address
   */
  public void setMac(MacAddress newMac) {
    if (newMac.isMulticast()) {
      throw new IllegalArgumentException(
          "MAC address "
              + newMac
              + " of "
              + name
              + " is a multicast address; a function needs an address of one station");
    }
    synchronized (world.whileOpen()) {
      settings.changeMac(newMac, filter());
      settings.macSetByHost = newMac.bits() != 0;
      configured("mac " + newMac);
    }
  }

  /**
   * Puts the guest into a VLAN: its packets are tagged on the way out, and only that VLAN's come
   * in, untagged. 0 takes it out again.
   *
   * @throws IllegalArgumentException if the VLAN is not 0 to 4095 or the priority not 0 to 7, or if
   *     there is a priority without a VLAN to carry it
   */
  public void setVlan(int newVlan, int newPriority) {
    checkRange("VLAN ", newVlan, VlanTag.MAX_VLAN_ID);
    checkRange("VLAN priority ", newPriority, VlanTag.MAX_PRIORITY);
    if (newVlan == 0 && newPriority != 0) {
      throw new IllegalArgumentException(
          "VLAN priority " + newPriority + " of " + name + " needs a VLAN of 1 to 4095");
    }
    world.run(
        () -> {
          settings.changeVlan(newVlan, newPriority, filter());
          configured("vlan " + newVlan + " priority " + newPriority);
        });
  }

  private void checkRange(String what, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(what + value + " of " + name + " is not in 0 to " + most);
    }
  }

  /** Puts the guest into a VLAN with priority 0. */
  public void setVlan(int newVlan) {
    setVlan(newVlan, 0);
  }

  /** Sets whether the guest may send from its own address only; it is on unless turned off. */
  public void setSpoofCheck(boolean on) {
    world.run(
        () -> {
          settings.spoofCheck = on;
          configured("spoof check " + (on ? "on" : "off"));
        });
  }

  /**
   * Sets whether the guest may change its address, become promiscuous and listen to any number of
   * groups. Taking the trust away ends what only trust allows; a changed address stays.
   */
  public void setTrusted(boolean on) {
    world.run(
        () -> {
          settings.trusted = on;
          if (!on) {
            requests().withdrawTrust();
          }
          configured("trust " + (on ? "on" : "off"));
        });
  }

  /**
   * Sets the rates of what the guest sends, in bits a second; 0 for none.
   *
   * @param least what it gets even when others want more
   * @param most what it may not exceed
   * @throws IllegalArgumentException if one is negative, or the least above the most
   */
  public void setRate(long least, long most) {
    TransmitRing.checkRates(name, least, most);
    world.run(
        () -> {
          settings.leastBitsPerSecond = least;
          settings.mostBitsPerSecond = most;
          transmitRing().setRates(least, most);
          configured("rate " + least + " to " + most + " bit/s");
          nic.transmitPath().ratesChanged();
        });
  }

  /** Sets who goes first while the card is busy; those of the same priority take turns. */
  public void setTransmitPriority(Priority newPriority) {
    world.run(
        () -> {
          transmitRing().setPriority(newPriority);
          nic.transmitPath().usePriorities();
          configured("transmit priority " + newPriority);
        });
  }

  /** Sets the link state that the guest sees. */
  public void setLink(FunctionLink newLink) {
    world.run(
        () -> {
          settings.link = newLink;
          if (newLink == FunctionLink.DISABLED) {
            world.ledger().expectDrops(DropReason.LINK_DOWN);
          }
          configured("link " + newLink);
          linkMayHaveChanged();
        });
  }

  /** A function that is forced up reaches the others of the card without the card's link. */
  private void linkMayHaveChanged() {
    transmitRing().setNeedsLink(settings.link != FunctionLink.ENABLED);
    nic.transmitPath().drain();
    nic.transmitPath().dropStranded(nic.receivePath().lostInRings());
  }

  private void configured(String what) {
    world.record(nic.host(), EventKind.CONFIGURED, name, what);
  }

  // ---- what the guest asks for ----

  /**
   * The guest asks for another address. Refused and counted if it is none of a station, or if the
   * host has set one and does not trust the guest.
   */
  public boolean requestMac(MacAddress newMac) {
    return world.call(() -> requests().mac(newMac));
  }

  /**
   * The guest asks for all frames on the card that are for no one else on it. Refused and counted
   * without trust.
   */
  public boolean requestPromiscuous(boolean on) {
    return world.call(() -> requests().promiscuous(on));
  }

  /** The guest asks for all multicast frames. Refused and counted without trust. */
  public boolean requestAllMulticast(boolean on) {
    return world.call(() -> requests().allMulticast(on));
  }

  /**
   * The guest listens to a group. Refused and counted if it is none, or without trust the {@link
   * #MAX_UNTRUSTED_GROUPS} that it may have are in use.
   */
  public boolean joinGroup(MacAddress multicast) {
    synchronized (world.whileOpen()) {
      return requests().join(multicast);
    }
  }

  /** The guest no longer listens to a group. */
  public void leaveGroup(MacAddress multicast) {
    world.run(() -> filter().removeGroup(multicast.bits()));
  }

  // ---- binding ----

  /**
   * Binds it to a guest: from now on the guest's packets are its own. The receiver answers for what
   * it takes, with an account that it opens in the lab's ledger.
   *
   * @throws IllegalStateException if it is bound already, or not enabled
   */
  public void bind(String newOwner, Receiver newGuest) {
    synchronized (world.whileOpen()) {
      checkBindable(newOwner);
      bindTo(newOwner, newGuest, name);
    }
  }

  /**
   * Binds it to a guest with its addresses and VLAN, as a hypervisor does that hands it over: it
   * takes frames for the guest's MAC address, and for the groups that every IPv6 station listens to
   * (RFC 4291, section 2.8).
   *
   * @param newVlan 0 for none
   * @throws IllegalArgumentException if the VLAN is not 0 to 4095
   * @throws IllegalStateException if it is bound already, or not enabled
   */
  public void bind(Endpoint station, int newVlan, Receiver newGuest) {
    synchronized (world.whileOpen()) {
      checkBindable(station.name());
      checkRange("VLAN ", newVlan, VlanTag.MAX_VLAN_ID);
      settings.changeMac(station.mac(), filter());
      settings.macSetByHost = true;
      settings.changeVlan(newVlan, 0, filter());
      filter().setGroups(StationGroups.of(station));
      bindTo(station.name(), newGuest, newVlan == 0 ? name : name + ", vlan " + newVlan);
    }
  }

  private void bindTo(String newOwner, Receiver newGuest, String detail) {
    owner = newOwner;
    transmitRing().setSender(newOwner);
    path.connect(newGuest);
    world.record(nic.host(), Event.functionMapped(newOwner, nic.name()), detail);
  }

  private void checkBindable(String newOwner) {
    if (owner != null) {
      throw new IllegalStateException(
          name + " is bound to '" + owner + "'; unbind it before '" + newOwner + "' can have it");
    }
    if (!nic.functions().isEnabled(this)) {
      throw new IllegalStateException(
          name
              + " is not enabled, so '"
              + newOwner
              + "' cannot have it; call setVirtualFunctions with more than "
              + index);
    }
  }

  /**
   * Takes it from its guest. What is in its receive rings is lost, what is in its transmit ring is
   * still sent; its settings go back to the defaults.
   */
  public void unbind() {
    unbind(null);
  }

  /** As {@link #unbind()}, but what is in its receive rings goes to this sink unless it is null. */
  public void unbind(@Nullable PacketSink rest) {
    world.run(
        () -> {
          if (owner == null) {
            return;
          }
          String former = owner;
          owner = null;
          nic.functions().released(this);
          path.disconnect(rest);
          reset();
          world.record(nic.host(), Event.functionUnmapped(former, nic.name()), name);
          nic.functionReleased();
        });
  }

  /** Everything as it was when the function was made, but for the counters. */
  void reset() {
    settings.reset();
    path.group().reset();
    transmitRing().setRates(0, 0);
    transmitRing().setPriority(Priority.NORMAL);
    linkMayHaveChanged();
  }

  // ---- packets ----

  /** The guest is ready again: what waits in the rings may come. */
  public void guestReady() {
    path.group().consumerReady();
  }

  /** The guest sends a packet. */
  public void transmit(Packet packet) {
    path.transmit(packet);
  }

  /** The settings in one line, as {@code ip link show} gives them. */
  @Override
  public String toString() {
    return name + ": " + settings + (owner == null ? ", free" : ", bound to " + owner);
  }
}
