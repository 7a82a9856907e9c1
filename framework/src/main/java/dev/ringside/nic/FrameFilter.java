// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.VlanTag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which frames a ring group takes: by destination address and VLAN, as the filter registers of a
 * card do. Arrays of numbers, so that looking at them allocates nothing.
 */
final class FrameFilter {

  private static final int[] NO_VLANS = {};

  private long[] macs = AddressSet.NONE;
  private long[] groups = AddressSet.NONE;
  private int[] vlans = NO_VLANS;
  private boolean allVlans = true;
  private boolean allMulticast;
  private boolean promiscuous;

  /** Is told of changes; null: nobody. */
  private @Nullable AddressIndex index;

  void addMac(long mac) {
    macs = AddressSet.with(macs, mac);
    changed();
  }

  void removeMac(long mac) {
    macs = AddressSet.without(macs, mac);
    changed();
  }

  void clearMacs() {
    macs = AddressSet.NONE;
    changed();
  }

  int macCount() {
    return AddressSet.size(macs);
  }

  void eachMac(AddressIndex sink, int group) {
    AddressSet.addTo(sink, macs, group);
  }

  /** Tells this index from now on when an address comes or goes. */
  void setIndex(AddressIndex newIndex) {
    index = newIndex;
  }

  private void changed() {
    if (index != null) {
      index.filterChanged();
    }
  }

  void addGroup(long group) {
    groups = AddressSet.listWith(groups, group);
  }

  /** Takes these groups and no others. */
  void setGroups(long... only) {
    groups = only;
  }

  void removeGroup(long group) {
    groups = AddressSet.listWithout(groups, group);
  }

  /** Keeps the first so many groups: these are in order. */
  void keepGroups(int most) {
    if (groups.length > most) {
      groups = Arrays.copyOf(groups, most);
    }
  }

  boolean hasGroup(long group) {
    return AddressSet.isInList(groups, group);
  }

  int groupCount() {
    return groups.length;
  }

  /** Takes nothing but broadcasts, in all VLANs. */
  void reset() {
    macs = AddressSet.NONE;
    groups = AddressSet.NONE;
    allVlans = true;
    allMulticast = false;
    promiscuous = false;
    changed();
  }

  void setAllMulticast(boolean all) {
    allMulticast = all;
  }

  boolean isPromiscuous() {
    return promiscuous;
  }

  void setPromiscuous(boolean all) {
    promiscuous = all;
    changed();
  }

  /** Takes frames of these VLANs only; untagged frames count as VLAN 0. */
  void setVlans(int... only) {
    for (int vlan : only) {
      VlanTag.checkVlanId(vlan);
    }
    vlans = only.clone();
    allVlans = false;
  }

  void takeAllVlans() {
    allVlans = true;
  }

  boolean takesVlan(Packet packet) {
    if (allVlans) {
      return true;
    }
    int vlan = Math.max(0, packet.vlanId());
    for (int each : vlans) {
      if (each == vlan) {
        return true;
      }
    }
    return false;
  }

  boolean hasMac(long mac) {
    return AddressSet.contains(macs, mac);
  }

  /** Whether it takes frames for an address that is not one of its own. */
  boolean takesForeign(long address) {
    return promiscuous || (MacAddress.isMulticast(address) && takesGroup(address));
  }

  private boolean takesGroup(long group) {
    return allMulticast
        || group == MacAddress.BROADCAST.bits()
        || AddressSet.isInList(groups, group);
  }
}
