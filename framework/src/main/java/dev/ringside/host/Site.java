// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;

/**
 * Where a host stands: what its cables are plugged into, and who wants to know of its virtual
 * machines and of its ways to the network.
 *
 * <pre>{@code
 * Site site = nic -> externalSwitch; // as every host that is in no chassis
 * }</pre>
 */
@FunctionalInterface
public interface Site {

  /** The switch that the cable of this NIC is plugged into. */
  LearningSwitch switchFor(String nic);

  /** Whether frames of this VLAN get from the host to the network outside. */
  default boolean carries(int vlan) {
    return true;
  }

  /** Whether the switch that a NIC is plugged into works, so that the NIC sees its link up. */
  default boolean hasSignal(String nic) {
    return true;
  }

  /** A virtual machine has its place on the host, be it new or from another host. */
  default void added(Host host, VirtualMachine vm) {}

  /**
   * A virtual machine has left for another host, which is about to take it in.
   *
   * @param forward for so long, what comes for it here is sent on to it
   */
  default void left(Host host, VirtualMachine vm, Host to, Duration forward) {}

  /** A virtual machine was ended. */
  default void removed(Host host, VirtualMachine vm) {}

  /** A NIC of the host has failed, was repaired, or took over from another one. */
  default void changed(Host host) {}
}
