// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.Lab;
import dev.ringside.chassis.Blade;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.host.Host;
import dev.ringside.trace.Account;

/** What the names of devices stand for. */
final class Devices {

  private Devices() {}

  /** Whether a name stands for a device: itself, what is on it, or what is in the host. */
  static boolean covers(Lab lab, String name, String device) {
    if (device.startsWith(name)
        && (device.length() == name.length() || device.charAt(name.length()) == '/')) {
      return true;
    }
    for (Host host : lab.hosts()) {
      if (host.name().equals(name)) {
        return lab.hosts().size() == 1 || host.hasVm(firstPart(device));
      }
    }
    return isOnABladeOf(lab, name, device);
  }

  /** What belongs to a virtual machine is named after it, such as web/vnic0. */
  private static String firstPart(String device) {
    int slash = device.indexOf('/');
    return slash < 0 ? device : device.substring(0, slash);
  }

  private static boolean isOnABladeOf(Lab lab, String name, String device) {
    for (BladeChassis chassis : lab.chassis()) {
      if (chassis.name().equals(name)) {
        for (Blade blade : chassis.blades()) {
          if (covers(lab, blade.name(), device)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether a lab has a device of this name. */
  static boolean knows(Lab lab, String name) {
    for (Account account : lab.ledger().accounts()) {
      if (covers(lab, name, account.name()) || isBelow(name, account.name())) {
        return true;
      }
    }
    return false;
  }

  /** Whether it may be a part of this device: rings have no accounts of their own. */
  private static boolean isBelow(String name, String device) {
    return name.startsWith(device + '/');
  }
}
