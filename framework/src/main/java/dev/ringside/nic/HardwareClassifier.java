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
 * it carries, else the host if its filters take it. Group addresses go to every group that takes
 * them, each with a copy of its own.
 *
 * <pre>{@code
 * lab.trace(packet); // ... PNIC p0 PASSED: to p0/vf1
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
    if (MacAddress.isMulticast(packet.destinationMacBits())) {
      if (spread(packet, null, true) == 0) {
        world.dropped(account, packet, DropReason.NO_MATCH, "no group takes this address");
      }
      return;
    }
    RingGroup group = unicastGroup(packet, null);
    if (group == null) {
      refuse(packet);
    } else {
      group.enqueue(packet);
    }
  }

  private void refuse(Packet packet) {
    RingGroup owner = ownerOf(packet.destinationMacBits());
    if (owner == null) {
      world.dropped(account, packet, DropReason.NO_MATCH, "no filter takes this address");
    } else {
      world.dropped(account, packet, DropReason.VLAN_FILTERED, "its vlan is not among those taken");
    }
  }

  private @Nullable RingGroup ownerOf(long mac) {
    for (int i = 0; i < nic.groupCount(); i++) {
      RingGroup group = nic.group(i);
      if (group.filter().hasMac(mac)) {
        return group;
      }
    }
    return null;
  }

  /** The group that takes a frame for one station; virtual functions come before the host. */
  @Nullable RingGroup unicastGroup(Packet packet, @Nullable RingGroup except) {
    long destination = packet.destinationMacBits();
    RingGroup promiscuous = null;
    for (int i = nic.groupCount() - 1; i >= 0; i--) {
      RingGroup group = nic.group(i);
      FrameFilter filter = group.filter();
      if (group == except || !filter.takesVlan(packet)) {
        continue;
      }
      if (filter.hasMac(destination)) {
        return group;
      }
      if (filter.isPromiscuous()) {
        promiscuous = group;
      }
    }
    return promiscuous;
  }

  /**
   * Gives each group that takes a group address a packet, but not the one that it is from: what is
   * switched on the card never comes back to its sender (source pruning).
   *
   * @param except the group that sends it, null if it comes from the wire
   * @param useOriginal whether the last one gets the packet itself, as when nobody else needs it
   * @return how many groups there were
   */
  int spread(Packet packet, @Nullable RingGroup except, boolean useOriginal) {
    long destination = packet.destinationMacBits();
    RingGroup pending = null;
    int taken = 0;
    for (int i = 0; i < nic.groupCount(); i++) {
      RingGroup group = nic.group(i);
      FrameFilter filter = group.filter();
      boolean sender = group == except || (except != null && filter.hasMac(packet.sourceMacBits()));
      if (!sender
          && group.isOpen()
          && filter.takesVlan(packet)
          && filter.takesMulticast(destination)) {
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
