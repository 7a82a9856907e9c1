// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import dev.ringside.vm.VirtualMachine;

/**
 * Where a chassis finds the virtual NIC of a virtual machine.
 *
 * <pre>{@code
 * chassis.switchingTable().entries().get(0).blade().name(); // b1
 * }</pre>
 *
 * @param vm the virtual machine
 * @param blade the blade that it is on, of this chassis or, once it has left, of another one
 */
public record SwitchingEntry(VirtualMachine vm, Blade blade) {

  @Override
  public String toString() {
    return vm.name() + " on " + blade.name();
  }
}
