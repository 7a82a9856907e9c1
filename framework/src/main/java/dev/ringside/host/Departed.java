// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.bridge.VlanMode;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;

/**
 * Stands for a while in the virtual switch of a host for a virtual machine that has left it: what
 * comes late is sent on.
 */
final class Departed implements PacketSink, Runnable {

  private final Host host;
  private final VirtualMachine vm;

  private Departed(Host host, VirtualMachine vm) {
    this.host = host;
    this.vm = vm;
  }

  static void forwardFor(Duration time, Host host, VirtualMachine vm) {
    if (time.isZero()) {
      return;
    }
    Departed departed = new Departed(host, vm);
    VlanMode mode = vm.vlan() == 0 ? VlanMode.transparent() : VlanMode.access(vm.vlan());
    host.virtualSwitch().departed(vm.mac(), vm.name() + " (moved)", departed, mode);
    host.tenancy().listenTo(vm.mac());
    host.world().schedule(time.toNanos(), departed);
  }

  /** The virtual machine comes back, if it was here before. */
  static void returned(Host host, VirtualMachine vm) {
    if (host.virtualSwitch().returned(vm.mac())) {
      host.tenancy().listenNoMore(vm.mac());
    }
  }

  /** It is late enough. */
  @Override
  public void run() {
    if (host.virtualSwitch().standsFor(vm.mac(), this)) {
      returned(host, vm);
    }
  }

  @Override
  public void accept(Packet packet) {
    vm.vnic().acceptSwitched(packet);
  }
}
