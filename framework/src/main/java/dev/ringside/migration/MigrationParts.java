// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import dev.ringside.host.Host;
import dev.ringside.routing.Router;
import dev.ringside.routing.Subnets;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * MigrationParts.of(world);
 * }</pre>
 */
public class MigrationParts {

  private static final MigrationParts PLAIN = new MigrationParts();

  MigrationParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static MigrationParts of(World world) {
    return world.parts(MigrationParts.class, PLAIN);
  }

  /** The migrations of a lab. */
  public Migrations migrations(World world, @Nullable Subnets subnets, @Nullable Router outside) {
    return new Migrations(world, subnets, outside);
  }

  /** A migration. */
  Migration migration(
      Migrations owner,
      World world,
      VirtualMachine vm,
      Host source,
      Host target,
      MigrationConfig config) {
    return new Migration(owner, world, vm, source, target, config);
  }

  /** The virtual routers. */
  VirtualRouters virtualRouters(@Nullable Subnets subnets, @Nullable Router outside) {
    return new VirtualRouters(subnets, outside);
  }
}
