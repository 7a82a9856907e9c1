// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;

/** What a virtual function is told, as {@code ip link show} lists it. */
final class FunctionSettings {

  MacAddress mac = MacAddress.ZERO;
  boolean macSetByHost;
  int vlan;
  int priority;
  boolean spoofCheck = true;
  boolean trusted;
  FunctionLink link = FunctionLink.AUTO;
  long leastBitsPerSecond;
  long mostBitsPerSecond;

  void reset() {
    mac = MacAddress.ZERO;
    macSetByHost = false;
    vlan = 0;
    priority = 0;
    spoofCheck = true;
    trusted = false;
    link = FunctionLink.AUTO;
    leastBitsPerSecond = 0;
    mostBitsPerSecond = 0;
  }

  /** Has another address, which is the one that its filter takes frames for. */
  void changeMac(MacAddress newMac, FrameFilter filter) {
    filter.removeMac(mac.bits());
    mac = newMac;
    if (newMac.bits() != 0) {
      filter.addMac(newMac.bits());
    }
  }

  /** Is in another VLAN, whose frames its filter takes; 0 for all. */
  void changeVlan(int newVlan, int newPriority, FrameFilter filter) {
    vlan = newVlan;
    priority = newPriority;
    if (newVlan == 0) {
      filter.takeAllVlans();
    } else {
      filter.setVlans(newVlan);
    }
  }

  /** Whether the guest sees its link up. */
  boolean linkUp(boolean linkOfCard) {
    return switch (link) {
      case AUTO -> linkOfCard;
      case ENABLED -> true;
      case DISABLED -> false;
    };
  }

  @Override
  public String toString() {
    boolean limited = leastBitsPerSecond != 0 || mostBitsPerSecond != 0;
    return "MAC "
        + mac
        + (vlan == 0 ? "" : ", vlan " + vlan + ", priority " + priority)
        + ", spoof checking "
        + (spoofCheck ? "on" : "off")
        + ", link "
        + link
        + ", trust "
        + (trusted ? "on" : "off")
        + (limited ? ", rate " + leastBitsPerSecond + " to " + mostBitsPerSecond + " bit/s" : "");
  }
}
