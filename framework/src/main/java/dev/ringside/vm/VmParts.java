// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.vm;

import dev.ringside.packet.Endpoint;
import dev.ringside.world.World;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * VmParts.of(world);
 * }</pre>
 */
public class VmParts {

  private static final VmParts PLAIN = new VmParts();

  VmParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static VmParts of(World world) {
    return world.parts(VmParts.class, PLAIN);
  }

  /** A virtual machine. */
  public VirtualMachine virtualMachine(World world, Endpoint addresses, int vlan) {
    return new VirtualMachine(world, addresses, vlan);
  }
}
