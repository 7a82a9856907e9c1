// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the card which ring group a frame goes to: the virtual function whose address and VLAN
 * it carries, else the host if it has the address, else every group that is promiscuous. Group
 * addresses go to every group that takes them, each with a copy of its own. A virtual function that
 * is bound to no guest takes nothing.
 *
 * <pre>{@code
 * lab.trace(packet); // ... PNIC p0 DROPPED NO_MATCH: no filter takes this address
 * }</pre>
 */
public class HardwareClassifier {

  private final World world;
  private final Account account;
  private final PhysicalNic nic;

  HardwareClassifier(World world, Account account, PhysicalNic nic) {
    this.world = world;
    this.account = account;
    this.nic = nic;
  }

  /** Hands a frame that came from the wire to the group or groups that take it. */
  void classify(Packet packet) {
    RingGroup owner = ownerOf(packet, null);
    if (owner != null) {
      owner.enqueue(packet);
    } else if (spread(packet, null, true) == 0) {
      refuse(packet);
    }
  }

  /**
   * Hands a frame that one group sends to the others on the card that take it.
   *
   * @param staysOnCard whether the card has no link: then the last one gets the frame itself
   * @return whether the frame is gone; if not, it goes to the wire
   */
  boolean switchOnCard(Packet packet, RingGroup from, boolean staysOnCard) {
    if (nic.groupCount() == 1) {
      return false;
    }
    RingGroup owner = ownerOf(packet, from);
    if (owner != null) {
      owner.enqueue(packet);
      return true;
    }
    return spread(packet, from, staysOnCard) > 0 && staysOnCard;
  }

  private void refuse(Packet packet) {
    if (MacAddress.isMulticast(packet.destinationMacBits())) {
      world.dropped(account, packet, DropReason.NO_MATCH, "no filter takes this group");
      return;
    }
    RingGroup owner = groupWith(packet.destinationMacBits());
    if (owner == null) {
      world.dropped(account, packet, DropReason.NO_MATCH, "no filter takes this address");
    } else if (!owner.isOpen()) {
      world.dropped(account, packet, DropReason.NO_TARGET, owner);
    } else {
      world.dropped(account, packet, DropReason.VLAN_FILTERED, owner);
    }
  }

  private @Nullable RingGroup groupWith(long mac) {
    for (int i = 0; i < nic.groupCount(); i++) {
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
  private @Nullable RingGroup ownerOf(Packet packet, @Nullable RingGroup from) {
    long destination = packet.destinationMacBits();
    for (int i = nic.groupCount() - 1; i >= 0; i--) {
      RingGroup group = nic.group(i);
      if (group.filter().hasMac(destination) && takes(group, packet, from)) {
        return group;
      }
    }
    return null;
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
    RingGroup pending = null;
    int taken = 0;
    for (int i = 0; i < nic.groupCount(); i++) {
      RingGroup group = nic.group(i);
      if (group.filter().takesForeign(destination) && takes(group, packet, from)) {
        if (pending != null) {
          pending.enqueue(world.copy(account, packet));
        }
        pending = group;
        taken++;
      }
    }
    if (pending != null) {
      pending.enqueue(useOriginal ? packet : world.copy(account, packet));
    }
    return taken;
  }
}
