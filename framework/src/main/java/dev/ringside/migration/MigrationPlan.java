// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import dev.ringside.host.Host;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A migration to be.
 *
 * <pre>{@code
 * Migration migration = lab.migrate(web).copyTime(Duration.ofMillis(50)).buffer(16).to(blade2);
 * }</pre>
 */
public final class MigrationPlan {

  private final Migrations migrations;
  private final VirtualMachine vm;
  private final Host source;
  private MigrationConfig config = MigrationConfig.DEFAULT;

  /** A plan for a virtual machine that is on this host. */
  public MigrationPlan(Migrations migrations, VirtualMachine vm, Host source) {
    this.migrations = migrations;
    this.vm = vm;
    this.source = source;
  }

  /** As this says. */
  public MigrationPlan config(MigrationConfig newConfig) {
    config = newConfig;
    return this;
  }

  private MigrationPlan with(UnaryOperator<MigrationConfig> change) {
    config = change.apply(config);
    return this;
  }

  /** It stands still for so long while it is copied. */
  public MigrationPlan copyTime(Duration time) {
    return with(c -> c.withCopyTime(time));
  }

  /** So many packets are kept for it meanwhile. */
  public MigrationPlan buffer(int packets) {
    return with(c -> c.withBuffer(packets));
  }

  /** For so long, what comes late to its former place is sent on. */
  public MigrationPlan forward(Duration time) {
    return with(c -> c.withForward(time));
  }

  /** How it finds the virtual router. */
  public MigrationPlan addresses(AddressMode mode) {
    return with(c -> c.withAddresses(mode));
  }

  /** The virtual router is made so long after the move; it moves back if none can be made. */
  public MigrationPlan routerAfterMove(Duration delay) {
    return with(c -> c.withRouterAfterMove(delay, false));
  }

  /**
   * Begins it. What takes no time has happened when this returns: without a copy time, all of it. A
   * migration that cannot be is rolled back, and says why.
   *
   * @throws IllegalArgumentException if the virtual machine is there already
   * @throws IllegalStateException if it is under way already
   */
  public Migration to(Host target) {
    return migrations.start(vm, source, target, config);
  }
}
