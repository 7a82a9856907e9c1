// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import dev.ringside.host.Host;
import dev.ringside.routing.Router;
import dev.ringside.routing.Subnets;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of a lab, and the virtual routers that they have made.
 *
 * <pre>{@code
 * lab.migrations().running();            // those under way
 * lab.migrations().routerOf(blade2);     // between the subnets of its virtual machines
 * lab.migrations().onPhase((migration, phase) -> ...);
 * }</pre>
 */
public class Migrations {

  private final World world;
  private final VirtualRouters routers;
  private final Map<VirtualMachine, Migration> running = new LinkedHashMap<>();
  private final List<BiConsumer<Migration, MigrationPhase>> listeners = new ArrayList<>(1);
  private final Set<Host> watched = new LinkedHashSet<>();

  /**
   * Creates one without migrations.
   *
   * @param subnets the subnets of the lab, null if it has none
   * @param outside the router between them, null if there is none
   */
  public Migrations(World world, @Nullable Subnets subnets, @Nullable Router outside) {
    this.world = world;
    this.routers = MigrationParts.of(world).virtualRouters(subnets, outside);
  }

  VirtualRouters routers() {
    return routers;
  }

  /** Those that are under way, in the order in which they began. */
  public List<Migration> running() {
    synchronized (world) {
      return new ArrayList<>(running.values());
    }
  }

  /** The virtual routers, in the order in which they were made. */
  public List<VirtualRouter> virtualRouters() {
    synchronized (world) {
      return routers.list();
    }
  }

  /**
   * The virtual router of a host.
   *
   * @throws IllegalStateException if it has none
   */
  public VirtualRouter routerOf(Host host) {
    synchronized (world) {
      VirtualRouter found = routers.find(host);
      if (found == null) {
        throw new IllegalStateException(
            "host "
                + host.name()
                + " has no virtual router: no VM that has come to it is there with one of another"
                + " subnet");
      }
      return found;
    }
  }

  /** Whether a host has a virtual router. */
  public boolean hasRouter(Host host) {
    synchronized (world) {
      return routers.find(host) != null;
    }
  }

  /** Calls the listener whenever a migration comes to a phase, before that is done. */
  public void onPhase(BiConsumer<Migration, MigrationPhase> listener) {
    synchronized (world.whileOpen()) {
      listeners.add(listener);
    }
  }

  /**
   * Begins a migration; see {@link MigrationPlan#to}.
   *
   * @throws IllegalArgumentException if the target is the source
   * @throws IllegalStateException if the virtual machine is under way already
   */
  Migration start(VirtualMachine vm, Host source, Host target, MigrationConfig config) {
    return world.call(
        () -> {
          if (source == target) {
            throw new IllegalArgumentException(
                "VM '" + vm.name() + "' is on host " + target.name() + " already");
          }
          Migration other = running.get(vm);
          if (other != null) {
            throw new IllegalStateException(
                "VM '" + vm.name() + "' is under way already: " + other + "; wait, or cancel() it");
          }
          watch(source);
          watch(target);
          Migration migration =
              MigrationParts.of(world).migration(this, world, vm, source, target, config);
          running.put(vm, migration);
          migration.start();
          return migration;
        });
  }

  private void watch(Host host) {
    if (watched.add(host)) {
      host.tenancy().onChange(() -> changed(host));
    }
  }

  /** A virtual machine of a host was started or ended, or the host has failed. */
  private void changed(Host host) {
    for (Migration migration : running()) {
      migration.changed(host);
    }
    routers.update(host);
  }

  void reached(Migration migration, MigrationPhase phase) {
    for (BiConsumer<Migration, MigrationPhase> listener : listeners) {
      try {
        listener.accept(migration, phase);
      } catch (RuntimeException | AssertionError e) {
        world.remember(e);
      }
    }
  }

  void ended(Migration migration) {
    running.remove(migration.vm());
  }

  @Override
  public String toString() {
    return "migrations: " + running();
  }
}
