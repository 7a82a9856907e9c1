// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.VlanMode;
import dev.ringside.host.Host;
import dev.ringside.host.Site;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.List;

/** Where a blade stands in its chassis. */
final class Slot implements Site {

  private final BladeChassis chassis;
  private final List<String> externalPnics;

  Slot(BladeChassis chassis, List<String> externalPnics) {
    this.chassis = chassis;
    this.externalPnics = externalPnics;
  }

  List<String> externalPnics() {
    return externalPnics;
  }

  @Override
  public LearningSwitch switchFor(String nic) {
    return externalPnics.contains(nic) ? chassis.fabric().network() : chassis.interconnect();
  }

  @Override
  public boolean carries(int vlan) {
    return !externalPnics.isEmpty() || chassis.carries(vlan);
  }

  @Override
  public boolean hasSignal(String nic) {
    return externalPnics.contains(nic) || !chassis.interconnect().isFailed();
  }

  @Override
  public void added(Host host, VirtualMachine vm) {
    chassis.switchingTable().put(vm, (Blade) host, Duration.ZERO);
    chassis.fabric().hasArrived(vm, (Blade) host);
  }

  @Override
  public void left(Host host, VirtualMachine vm, Host to, Duration forward) {
    if (to instanceof Blade blade) {
      chassis.switchingTable().put(vm, blade, forward);
      if (blade.chassis() != chassis) {
        chassis.fabric().hasLeft(vm, chassis.switchingTable());
      }
    } else {
      removed(host, vm);
    }
  }

  /** What the interconnect has heard of it counts no longer either. */
  @Override
  public void removed(Host host, VirtualMachine vm) {
    chassis.switchingTable().remove(vm);
    chassis.fabric().hasGone(vm);
    chassis.interconnect().forget(vm.mac(), vm.vlan() == 0 ? VlanMode.DEFAULT_NATIVE : vm.vlan());
  }

  @Override
  public void changed(Host host) {
    chassis.fabric().changed();
  }
}
