// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which ring group takes a frame: the virtual function whose address and VLAN it carries, else the
 * host if it has the address, else every group that is promiscuous. Group addresses go to every
 * group that takes them, each with a copy of its own. A virtual function that is bound to no guest
 * takes nothing.
 */
final class AddressRules {

  private final Account account;
  private final PhysicalNic nic;

  /** Made with the first packet of a card that has many groups. */
  private @Nullable AddressIndex index;

  AddressRules(PhysicalNic nic) {
    this.account = nic.account();
    this.nic = nic;
  }

  /** Drops a frame that nobody takes. */
  void refuse(Packet packet) {
    nic.world().dropped(account, packet, reasonOf(packet), refusal(packet));
  }

  /** Why nobody takes a frame. */
  DropReason reasonOf(Packet packet) {
    RingGroup owner = ownerInName(packet);
    if (owner == null) {
      return DropReason.NO_MATCH;
    }
    return owner.isOpen() ? DropReason.VLAN_FILTERED : DropReason.NO_TARGET;
  }

  /** What says that nobody takes a frame. */
  Object refusal(Packet packet) {
    RingGroup owner = ownerInName(packet);
    if (owner != null) {
      return owner;
    }
    return MacAddress.isMulticast(packet.destinationMacBits())
        ? "no filter takes this group"
        : "no filter takes this address";
  }

  private @Nullable RingGroup ownerInName(Packet packet) {
    long destination = packet.destinationMacBits();
    return MacAddress.isMulticast(destination) ? null : groupWith(destination);
  }

  /** The number of the last group with an address or, where that is quickly said, more. */
  private int lastWith(long mac) {
    int groups = nic.groupCount();
    return groups <= AddressIndex.FEW ? groups - 1 : index().last(mac);
  }

  private AddressIndex index() {
    if (index == null) {
      index = new AddressIndex(nic);
    }
    return index;
  }

  /** Whether it is known at once that no group takes an address that is not its own. */
  private boolean isForNobodyElse(long address) {
    return nic.groupCount() > AddressIndex.FEW
        && !MacAddress.isMulticast(address)
        && !index().isAnyPromiscuous();
  }

  private @Nullable RingGroup groupWith(long mac) {
    int last = lastWith(mac);
    for (int i = 0; i <= last; i++) {
      RingGroup group = nic.group(i);
      if (group.filter().hasMac(mac)) {
        return group;
      }
    }
    return null;
  }

  /** What is switched on the card never comes back to its sender (source pruning). */
  private static boolean takes(RingGroup group, Packet packet, @Nullable RingGroup from) {
    boolean sender =
        from != null && (group == from || group.filter().hasMac(packet.sourceMacBits()));
    return !sender && group.isOpen() && group.filter().takesVlan(packet);
  }

  /** The group whose own address a frame is for; virtual functions come before the host. */
  @Nullable RingGroup ownerOf(Packet packet, @Nullable RingGroup from) {
    long destination = packet.destinationMacBits();
    for (int i = lastWith(destination); i >= 0; i--) {
      RingGroup group = nic.group(i);
      if (group.filter().hasMac(destination) && takes(group, packet, from)) {
        return group;
      }
    }
    return null;
  }

  /** The groups that take a frame though its address is not theirs. */
  List<RingGroup> takersOf(Packet packet) {
    List<RingGroup> takers = new ArrayList<>();
    for (int i = 0; i < nic.groupCount(); i++) {
      RingGroup group = nic.group(i);
      if (group.filter().takesForeign(packet.destinationMacBits()) && takes(group, packet, null)) {
        takers.add(group);
      }
    }
    return takers;
  }

  /** Whether another group than the sender's takes a frame though its address is not its own. */
  boolean isForOthersThan(RingGroup from, Packet packet) {
    if (isForNobodyElse(packet.destinationMacBits())) {
      return false;
    }
    for (int i = 0; i < nic.groupCount(); i++) {
      RingGroup group = nic.group(i);
      if (group.filter().takesForeign(packet.destinationMacBits()) && takes(group, packet, from)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Gives each group a packet that takes the address though it is not its own.
   *
   * @param from the group that sends it, null if it comes from the wire
   * @param useOriginal whether the last one gets the packet itself, as when nobody else needs it
   * @return how many groups there were
   */
  int spread(Packet packet, @Nullable RingGroup from, boolean useOriginal) {
    long destination = packet.destinationMacBits();
    if (isForNobodyElse(destination)) {
      return 0;
    }
    RingGroup pending = null;
    int taken = 0;
    for (int i = 0; i < nic.groupCount(); i++) {
      RingGroup group = nic.group(i);
      if (group.filter().takesForeign(destination) && takes(group, packet, from)) {
        if (pending != null) {
          pending.enqueue(nic.world().copy(account, packet));
        }
        pending = group;
        taken++;
      }
    }
    if (pending != null) {
      pending.enqueue(useOriginal ? packet : nic.world().copy(account, packet));
    }
    return taken;
  }
}
