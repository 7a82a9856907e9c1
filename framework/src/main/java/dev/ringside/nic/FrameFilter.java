// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.VlanTag;
import java.util.Arrays;

/**
 * Which frames a ring group takes: by destination address and VLAN, as the filter registers of a
 * card do. Small arrays of numbers: a card has few entries, and looking at them allocates nothing.
 */
final class FrameFilter {

  private static final long[] NONE = {};
  private static final int[] NO_VLANS = {};

  private long[] macs = NONE;
  private long[] groups = NONE;
  private int[] vlans = NO_VLANS;
  private boolean allVlans = true;
  private boolean allMulticast;
  private boolean promiscuous;

  void addMac(long mac) {
    macs = with(macs, mac);
  }

  void removeMac(long mac) {
    macs = without(macs, mac);
  }

  void clearMacs() {
    macs = NONE;
  }

  void addGroup(long group) {
    groups = with(groups, group);
  }

  /** Takes these groups and no others. */
  void setGroups(long... only) {
    groups = only;
  }

  void removeGroup(long group) {
    groups = without(groups, group);
  }

  /** Keeps the first so many groups. */
  void keepGroups(int most) {
    if (groups.length > most) {
      groups = Arrays.copyOf(groups, most);
    }
  }

  boolean hasGroup(long group) {
    return contains(groups, group);
  }

  int groupCount() {
    return groups.length;
  }

  /** Takes nothing but broadcasts, in all VLANs. */
  void reset() {
    macs = NONE;
    groups = NONE;
    allVlans = true;
    allMulticast = false;
    promiscuous = false;
  }

  void setAllMulticast(boolean all) {
    allMulticast = all;
  }

  boolean isPromiscuous() {
    return promiscuous;
  }

  void setPromiscuous(boolean all) {
    promiscuous = all;
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
    return contains(macs, mac);
  }

  /** Whether it takes frames for an address that is not one of its own. */
  boolean takesForeign(long address) {
    return promiscuous || (MacAddress.isMulticast(address) && takesGroup(address));
  }

  private boolean takesGroup(long group) {
    return allMulticast || group == MacAddress.BROADCAST.bits() || contains(groups, group);
  }

  private static boolean contains(long[] numbers, long wanted) {
    for (long number : numbers) {
      if (number == wanted) {
        return true;
      }
    }
    return false;
  }

  private static long[] with(long[] numbers, long more) {
    if (contains(numbers, more)) {
      return numbers;
    }
    long[] longer = Arrays.copyOf(numbers, numbers.length + 1);
    longer[numbers.length] = more;
    return longer;
  }

  private static long[] without(long[] numbers, long less) {
    if (!contains(numbers, less)) {
      return numbers;
    }
    int kept = 0;
    long[] shorter = new long[numbers.length - 1]; // each is in there once
    for (long number : numbers) {
      if (number != less) {
        shorter[kept++] = number;
      }
    }
    return shorter;
  }
}
