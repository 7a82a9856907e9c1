// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.VlanTag;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
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
 * <p>Without a VLAN it passes tags through, as mlx5 does in its guest-tagging mode. Not modelled:
 * stacking a tag of the function on a tag of the guest; the mailbox between guest and card.
 */
public class VirtualFunction implements Receiver, PacketSink {

  /** How many multicast addresses an untrusted guest may listen to. */
  public static final int MAX_UNTRUSTED_GROUPS = 30;

  private static final Receiver NOBODY =
      new Receiver() {
        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void accept(Packet packet) {}
      };

  private final World world;
  private final PhysicalNic nic;
  private final int index;
  private final String name;
  private final Account account;
  private final RingGroup group;
  private final TransmitQueue queue;
  private final PortCounters.Live counters = new PortCounters.Live();
  private MacAddress mac = MacAddress.ZERO;
  private boolean macSetByHost;
  private int vlan;
  private int priority;
  private boolean spoofCheck = true;
  private boolean trusted;
  private FunctionLink link = FunctionLink.AUTO;
  private long leastBitsPerSecond;
  private long mostBitsPerSecond;
  private long refusedRequests;
  private @Nullable String owner;
  private Receiver guest = NOBODY;

  VirtualFunction(World world, PhysicalNic nic, int index, NicConfig config) {
    this.world = world;
    this.nic = nic;
    this.index = index;
    this.name = nic.label() + "/vf" + index;
    this.account = world.ledger().open(Stage.VIRTUAL_FUNCTION, name);
    this.group =
        new RingGroup(
            world, nic.account(), config, name + "/rx", config.functionReceiveRings(), this);
    group.setOpen(false);
    this.queue = new TransmitQueue(name + "/tx", config.ringCapacity(), group);
  }

  RingGroup group() {
    return group;
  }

  TransmitQueue queue() {
    return queue;
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
    return account;
  }

  /** The traffic counters. */
  public PortCounters counters() {
    synchronized (world) {
      return counters.snapshot();
    }
  }

  /** The guest that it is bound to, null while it is free. */
  public @Nullable String owner() {
    synchronized (world) {
      return owner;
    }
  }

  /** The address, zero while none is set. */
  public MacAddress mac() {
    synchronized (world) {
      return mac;
    }
  }

  /** The VLAN, 0 for none. */
  public int vlan() {
    synchronized (world) {
      return vlan;
    }
  }

  /** Whether the guest may send from its own address only. */
  public boolean hasSpoofCheck() {
    synchronized (world) {
      return spoofCheck;
    }
  }

  /** Whether the guest may change what an ordinary guest may not. */
  public boolean isTrusted() {
    synchronized (world) {
      return trusted;
    }
  }

  /** How many requests of an untrusted guest were refused. */
  public long refusedRequests() {
    synchronized (world) {
      return refusedRequests;
    }
  }

  /** Whether the guest sees its link up. */
  public boolean isLinkUp() {
    synchronized (world) {
      return linkUp();
    }
  }

  private boolean linkUp() {
    return switch (link) {
      case AUTO -> nic.hasLink();
      case ENABLED -> true;
      case DISABLED -> false;
    };
  }

  /** A receive ring of it. */
  public ReceiveRing receiveRing(int ring) {
    synchronized (world) {
      if (ring < 0 || ring >= group.ringCount()) {
        throw new IllegalArgumentException(
            "no receive ring "
                + ring
                + " on "
                + name
                + "; it has rings 0 to "
                + (group.ringCount() - 1));
      }
      return group.ring(ring);
    }
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
    world.run(
        () -> {
          changeMac(newMac);
          macSetByHost = !newMac.equals(MacAddress.ZERO);
          configured("mac " + newMac);
        });
  }

  private void changeMac(MacAddress newMac) {
    group.filter().clearMacs();
    mac = newMac;
    if (mac.bits() != 0) {
      group.filter().addMac(mac.bits());
    }
  }

  /**
   * Puts the guest into a VLAN: its packets are tagged on the way out, and only that VLAN's come
   * in, untagged. 0 takes it out again.
   *
   * @throws IllegalArgumentException if the VLAN is not 0 to 4095 or the priority not 0 to 7
   */
  public void setVlan(int newVlan, int newPriority) {
    VlanTag.checkVlanId(newVlan);
    VlanTag.checkPriority(newPriority);
    world.run(
        () -> {
          vlan = newVlan;
          priority = newPriority;
          if (vlan == 0) {
            group.filter().takeAllVlans();
          } else {
            group.filter().setVlans(vlan);
          }
          configured("vlan " + newVlan + " priority " + newPriority);
        });
  }

  /** Puts the guest into a VLAN with priority 0. */
  public void setVlan(int newVlan) {
    setVlan(newVlan, 0);
  }

  /** Sets whether the guest may send from its own address only; it is on unless turned off. */
  public void setSpoofCheck(boolean on) {
    world.run(
        () -> {
          spoofCheck = on;
          configured("spoof check " + (on ? "on" : "off"));
        });
  }

  /** Sets whether the guest may change its address and become promiscuous. */
  public void setTrusted(boolean on) {
    world.run(
        () -> {
          trusted = on;
          if (!on) {
            group.filter().setPromiscuous(false);
            group.filter().setAllMulticast(false);
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
    if (least < 0 || most < 0 || (most != 0 && least > most)) {
      throw new IllegalArgumentException(
          "rates of "
              + name
              + ": least "
              + least
              + " and most "
              + most
              + " bit/s must satisfy 0 <= least <= most (most 0: no limit)");
    }
    world.run(
        () -> {
          leastBitsPerSecond = least;
          mostBitsPerSecond = most;
          queue.setRates(least, most);
          configured("rate " + least + " to " + most + " bit/s");
          nic.transmitReady();
        });
  }

  /** Sets the link state that the guest sees. */
  public void setLink(FunctionLink newLink) {
    world.run(
        () -> {
          link = newLink;
          if (newLink == FunctionLink.DISABLED) {
            world.ledger().expectDrops(DropReason.LINK_DOWN);
          }
          configured("link " + newLink);
        });
  }

  private void configured(String what) {
    world.record(nic.host(), EventKind.CONFIGURED, name, what);
  }

  // ---- what the guest asks for ----

  /** The guest asks for another address. Refused and counted if the host set one and no trust. */
  public boolean requestMac(MacAddress newMac) {
    return world.call(
        () -> {
          boolean allowed = (trusted || !macSetByHost) && !newMac.isMulticast();
          if (allowed) {
            changeMac(newMac);
          }
          return answer(allowed);
        });
  }

  /** The guest asks for all frames that reach the card. Refused and counted without trust. */
  public boolean requestPromiscuous(boolean on) {
    return world.call(
        () -> {
          if (trusted || !on) {
            group.filter().setPromiscuous(on);
          }
          return answer(trusted || !on);
        });
  }

  /** The guest asks for all multicast frames. Refused and counted without trust. */
  public boolean requestAllMulticast(boolean on) {
    return world.call(
        () -> {
          if (trusted || !on) {
            group.filter().setAllMulticast(on);
          }
          return answer(trusted || !on);
        });
  }

  /** The guest listens to a group. Without trust at most {@link #MAX_UNTRUSTED_GROUPS}. */
  public boolean joinGroup(MacAddress multicast) {
    return world.call(
        () -> {
          boolean room = trusted || group.filter().groupCount() < MAX_UNTRUSTED_GROUPS;
          if (room && multicast.isMulticast()) {
            group.filter().addGroup(multicast.bits());
          }
          return answer(room && multicast.isMulticast());
        });
  }

  /** The guest no longer listens to a group. */
  public void leaveGroup(MacAddress multicast) {
    world.run(() -> group.filter().removeGroup(multicast.bits()));
  }

  private boolean answer(boolean allowed) {
    if (!allowed) {
      refusedRequests++;
    }
    return allowed;
  }

  // ---- binding ----

  /**
   * Binds it to a guest: from now on the guest's packets are its own.
   *
   * @throws IllegalStateException if it is bound already
   */
  public void bind(String newOwner, Receiver newGuest) {
    world.run(
        () -> {
          if (owner != null) {
            throw new IllegalStateException(
                name
                    + " is bound to '"
                    + owner
                    + "'; unbind it before '"
                    + newOwner
                    + "' can have it");
          }
          owner = newOwner;
          guest = newGuest;
          group.setOpen(true);
          world.record(nic.host(), Event.functionMapped(newOwner, nic.name()), name);
        });
  }

  /**
   * Takes it from its guest. What is in its rings is lost; its settings go back to the defaults.
   */
  public void unbind() {
    world.run(
        () -> {
          if (owner == null) {
            return;
          }
          String former = owner;
          group.clear(nic.lostInRings());
          owner = null;
          guest = NOBODY;
          group.setOpen(false);
          reset();
          world.record(nic.host(), Event.functionUnmapped(former, nic.name()), name);
          nic.functionReleased(this);
        });
  }

  private void reset() {
    changeMac(MacAddress.ZERO);
    macSetByHost = false;
    group.filter().clearGroups();
    group.filter().setAllMulticast(false);
    group.filter().setPromiscuous(false);
    group.filter().takeAllVlans();
    vlan = 0;
    priority = 0;
    spoofCheck = true;
    trusted = false;
    link = FunctionLink.AUTO;
    leastBitsPerSecond = 0;
    mostBitsPerSecond = 0;
    queue.setRates(0, 0);
  }

  /** The rates in bits a second, least and most, as text. */
  String rates() {
    return leastBitsPerSecond + " to " + mostBitsPerSecond + " bit/s";
  }

  // ---- packets ----

  /** Whether the guest takes a packet now. */
  @Override
  public boolean isReady() {
    return guest.isReady();
  }

  /** The guest is ready again: what waits in the rings may come. */
  public void guestReady() {
    group.consumerReady();
  }

  /** A packet comes out of a receive ring. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    if (owner == null) {
      world.dropped(account, packet, DropReason.NO_TARGET, name + " is bound to nobody");
      return;
    }
    if (!linkUp()) {
      world.dropped(account, packet, DropReason.LINK_DOWN, name + " has its link down");
      return;
    }
    Packet untagged = vlan == 0 || packet.vlanTagCount() == 0 ? packet : packet.popVlanTag();
    counters.received(untagged);
    world.passed(account, untagged);
    account.addSent();
    guest.accept(untagged);
  }

  /** The guest sends a packet. */
  public void transmit(Packet packet) {
    account.addReceived();
    DropReason refusal = refusal(packet);
    if (refusal != null) {
      world.dropped(account, packet, refusal, this);
      return;
    }
    Packet tagged =
        vlan == 0
            ? packet
            : packet.pushVlanTag(new VlanTag(VlanTag.CUSTOMER_TAG, priority, false, vlan));
    counters.sent(tagged);
    world.passed(account, tagged);
    account.addSent();
    nic.transmit(tagged, queue, link == FunctionLink.ENABLED);
  }

  private @Nullable DropReason refusal(Packet packet) {
    if (packet.isRunt()) {
      return DropReason.MALFORMED;
    }
    if (owner == null) {
      return DropReason.NO_TARGET;
    }
    if (!linkUp() && !nic.keepsUnsent()) {
      return DropReason.LINK_DOWN;
    }
    if (spoofCheck && packet.sourceMacBits() != mac.bits()) {
      return DropReason.SPOOFED;
    }
    return vlan != 0 && packet.vlanId() > 0 ? DropReason.VLAN_FILTERED : null;
  }

  /** The settings in one line, as {@code ip link show} gives them. */
  @Override
  public String toString() {
    return name
        + ": MAC "
        + mac
        + (vlan == 0 ? "" : ", vlan " + vlan + ", priority " + priority)
        + ", spoof checking "
        + (spoofCheck ? "on" : "off")
        + ", link "
        + link
        + ", trust "
        + (trusted ? "on" : "off")
        + (mostBitsPerSecond == 0 && leastBitsPerSecond == 0 ? "" : ", rate " + rates())
        + (owner == null ? ", free" : ", bound to " + owner);
  }
}
