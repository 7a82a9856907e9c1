// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import dev.ringside.host.Host;
import dev.ringside.routing.Subnet;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.World;
import java.util.List;

/**
 * A virtual machine on its way to another host. A failure before SWITCH undoes what was done, in
 * reverse; what fails later does not bring it back, unless it was to have a router and gets none.
 *
 * <p>Not modelled: copying while the virtual machine runs on, it stands still for the whole copy
 * time; what is copied, and the load that the copy is to the network.
 *
 * <pre>{@code
 * Migration migration = lab.migrate(web).copyTime(Duration.ofMillis(50)).to(blade2);
 * lab.advance(Duration.ofMillis(20));
 * migration.phase();     // COPY
 * blade2.fail();
 * migration.state();     // ROLLED_BACK
 * migration.reason();    // host b2 has failed
 * }</pre>
 */
public class Migration {

  private final World world;
  private final Migrations owner;
  private final VirtualMachine vm;
  private final Host source;
  private final Host target;
  private final MigrationConfig config;
  private final List<Step> steps;
  private int at = -1;
  private boolean committed;
  private MigrationState state = MigrationState.RUNNING;
  private String reason = "";

  Migration(
      Migrations owner,
      World world,
      VirtualMachine vm,
      Host source,
      Host target,
      MigrationConfig config) {
    this.owner = owner;
    this.world = world;
    this.vm = vm;
    this.source = source;
    this.target = target;
    this.config = config;
    this.steps = new Steps(this, owner.routers()).inOrder();
  }

  // ---- what it is ----

  /** The virtual machine. */
  public VirtualMachine vm() {
    return vm;
  }

  /** The host that it leaves. */
  public Host source() {
    return source;
  }

  /** The host that it goes to. */
  public Host target() {
    return target;
  }

  /** How it goes. */
  public MigrationConfig config() {
    return config;
  }

  /** The step that it is at, or was at when it ended. */
  public MigrationPhase phase() {
    synchronized (world) {
      return steps.get(Math.min(at, steps.size() - 1)).phase();
    }
  }

  /** How far it has come. */
  public MigrationState state() {
    synchronized (world) {
      return state;
    }
  }

  /** Why it was rolled back or is degraded; empty otherwise. */
  public String reason() {
    synchronized (world) {
      return reason;
    }
  }

  /** Whether it is past the point of no return. */
  public boolean isCommitted() {
    synchronized (world) {
      return committed && state != MigrationState.ROLLED_BACK;
    }
  }

  World world() {
    return world;
  }

  /** TAKEOVER would cut others off where the gateway that is to be taken over can be reached. */
  AddressMode addressMode(Host host) {
    Subnet subnet = owner.routers().subnetOf(vm);
    boolean reached = subnet == null || host.tenancy().reachesOutside(subnet.vlan());
    return reached ? AddressMode.NEW_ADDRESS : config.addresses();
  }

  // ---- its course ----

  /**
   * Calls it off, as a controller does that has changed its mind.
   *
   * @throws IllegalStateException if it is over, or past the point of no return
   */
  public void cancel() {
    world.run(
        () -> {
          if (state != MigrationState.RUNNING || committed) {
            throw new IllegalStateException("cannot cancel " + this + "; migrate it back instead");
          }
          rollBack("cancelled", at);
        });
  }

  void start() {
    next();
  }

  /** The step that it is at is done: takes the following ones, as far as they do not wait. */
  private void next() {
    if (state != MigrationState.RUNNING) {
      return;
    }
    at++;
    if (at == steps.size()) {
      end(reason.isEmpty() ? MigrationState.COMPLETED : MigrationState.DEGRADED);
      return;
    }
    Step step = steps.get(at);
    world.record("migration", Event.of(EventKind.MIGRATION_PHASE, vm.name()), step.phase().name());
    owner.reached(this, step.phase());
    if (state == MigrationState.RUNNING) {
      take(step);
    }
  }

  private void take(Step step) {
    int taken = at;
    try {
      if (step.phase().isBeforeCommit()) {
        checkAlive(target);
        checkAlive(source);
      }
      step.forward(
          () -> {
            if (at == taken) {
              next();
            }
          });
    } catch (IllegalStateException | IllegalArgumentException e) {
      if (committed) {
        throw e;
      }
      rollBack(String.valueOf(e.getMessage()), at - 1); // what has failed has nothing to undo
    }
  }

  /** There is no way back from here on. */
  void commit() {
    committed = true;
  }

  /** It goes on without something that it should have. */
  void degrade(String why) {
    reason = why;
    next();
  }

  private static void checkAlive(Host host) {
    if (host.isFailed()) {
      throw new IllegalStateException(hasFailed(host));
    }
  }

  private static String hasFailed(Host host) {
    return "host " + host.name() + " has failed";
  }

  /** A virtual machine of a host has come or gone, or the host has failed or was repaired. */
  void changed(Host host) {
    if (state != MigrationState.RUNNING) {
      return;
    }
    boolean concerned = host == source || host == target;
    if (host == (committed ? target : source) && !host.vms().contains(vm)) {
      vmEnded();
    } else if (concerned && host.isFailed() && !committed) {
      rollBack(hasFailed(host), at);
    }
  }

  private void vmEnded() {
    String why = "VM '" + vm.name() + "' has ended";
    if (committed) {
      reason = why;
      end(MigrationState.DEGRADED);
    } else {
      rollBack(why, at);
    }
  }

  private void rollBack(String why, int last) {
    reason = why;
    state = MigrationState.ROLLED_BACK;
    for (int i = last; i >= 0; i--) {
      steps.get(i).back();
    }
    end(MigrationState.ROLLED_BACK);
  }

  /** It was brought back after all: the router that it was to have was not to be had. */
  void movedBack(String why) {
    reason = why;
    end(MigrationState.ROLLED_BACK);
  }

  private void end(MigrationState how) {
    state = how;
    world.record("migration", Event.of(EventKind.MIGRATION_ENDED, vm.name(), how.name()), reason);
    owner.ended(this);
  }

  @Override
  public String toString() {
    synchronized (world) {
      return "migration of "
          + vm.name()
          + " from "
          + source.name()
          + " to "
          + target.name()
          + " ("
          + state
          + " at "
          + phase()
          + (reason.isEmpty() ? ")" : ": " + reason + ")");
    }
  }

  /** A part of the way, that can be taken back before the point of no return. */
  abstract static class Step {
    private final MigrationPhase phase;

    Step(MigrationPhase phase) {
      this.phase = phase;
    }

    MigrationPhase phase() {
      return phase;
    }

    /** Does it, and goes on with the rest now or later. */
    abstract void forward(Runnable rest);

    /** Undoes it. */
    void back() {}
  }
}
