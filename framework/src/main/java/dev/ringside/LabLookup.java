// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

import dev.ringside.chassis.Blade;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.host.Host;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;

/** Finds what a lab has by its name, or says what there is instead. */
final class LabLookup {

  private LabLookup() {}

  static List<String> names(List<Host> hosts) {
    List<String> names = new ArrayList<>(hosts.size());
    for (Host host : hosts) {
      names.add(host.name());
    }
    return names;
  }

  static IllegalArgumentException noHost(List<Host> hosts, String name) {
    return new IllegalArgumentException(
        "no host named '" + name + "' in the lab; it has " + names(hosts));
  }

  static BladeChassis chassis(List<BladeChassis> all, String name) {
    List<String> names = new ArrayList<>(all.size());
    for (BladeChassis each : all) {
      if (each.name().equals(name)) {
        return each;
      }
      names.add(each.name());
    }
    throw new IllegalArgumentException(
        "no chassis named '" + name + "' in the lab; it has " + names);
  }

  static IllegalArgumentException noBlade(List<BladeChassis> all, String name) {
    List<String> names = new ArrayList<>();
    for (BladeChassis each : all) {
      for (Blade blade : each.blades()) {
        names.add(blade.name());
      }
    }
    return new IllegalArgumentException(
        "no blade named '" + name + "' in the lab; it has " + names);
  }

  static VirtualMachine vm(List<Host> hosts, String name) {
    for (Host host : hosts) {
      if (host.hasVm(name)) {
        return host.vm(name);
      }
    }
    List<String> names = new ArrayList<>();
    for (Host host : hosts) {
      for (VirtualMachine vm : host.vms()) {
        names.add(vm.name());
      }
    }
    throw new IllegalArgumentException("no VM named '" + name + "' in the lab; it has " + names);
  }
}
