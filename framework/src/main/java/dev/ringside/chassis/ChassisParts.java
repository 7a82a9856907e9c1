// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import dev.ringside.host.HostBuilder;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.world.World;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * ChassisParts.of(world);
 * }</pre>
 */
public class ChassisParts {

  private static final ChassisParts PLAIN = new ChassisParts();

  ChassisParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static ChassisParts of(World world) {
    return world.parts(ChassisParts.class, PLAIN);
  }

  /** A chassis. */
  public BladeChassis bladeChassis(ChassisBuilder spec, Fabric fabric) {
    return new BladeChassis(spec, fabric);
  }

  /** A blade. */
  Blade blade(BladeChassis chassis, HostBuilder spec, Slot slot) {
    return new Blade(chassis, spec, slot);
  }

  /** What joins the blades. */
  Interconnect interconnect(BladeChassis chassis, VirtualSwitchingTable table, PhysicalNic shared) {
    return new Interconnect(chassis, table, shared);
  }

  /** The table of a chassis. */
  VirtualSwitchingTable virtualSwitchingTable(World world, String chassis, Fabric fabric) {
    return new VirtualSwitchingTable(world, chassis, fabric);
  }
}
