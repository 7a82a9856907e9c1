// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import dev.ringside.host.Host;
import dev.ringside.memory.Quota;
import dev.ringside.migration.Migration.Step;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;

/** What is done in each phase of a migration, and how it is undone. */
final class Steps {

  private final Migration migration;
  private final VirtualMachine vm;
  private final Host source;
  private final Host target;
  private final MigrationConfig config;
  private final VirtualRouters routers;

  Steps(Migration migration, VirtualRouters routers) {
    this.migration = migration;
    this.vm = migration.vm();
    this.source = migration.source();
    this.target = migration.target();
    this.config = migration.config();
    this.routers = routers;
  }

  List<Step> inOrder() {
    List<Step> steps = new ArrayList<>(9);
    steps.add(new Check());
    steps.add(new Prepare());
    steps.add(new Detach());
    steps.add(new Suspend());
    steps.add(new Copy());
    steps.add(new Switch());
    steps.add(new Resume());
    if (config.routerAfterMove()) {
      steps.add(new LateRouter());
    }
    steps.add(new Clean());
    return steps;
  }

  /** It has not ended meanwhile. */
  private boolean isHere() {
    return source.vms().contains(vm);
  }

  private void whenNoFailoverGoesOn(Runnable rest) {
    if (source.hasAggregator()) {
      source.aggregator().whenSettled(() -> whenTargetIsSettled(rest));
    } else {
      whenTargetIsSettled(rest);
    }
  }

  private void whenTargetIsSettled(Runnable rest) {
    if (target.hasAggregator()) {
      target.aggregator().whenSettled(rest);
    } else {
      rest.run();
    }
  }

  /** Whether the target can have it. */
  private final class Check extends Step {
    Check() {
      super(MigrationPhase.CHECK);
    }

    @Override
    void forward(Runnable rest) {
      target.tenancy().checkRoom(vm);
      whenNoFailoverGoesOn(rest);
    }
  }

  /** Memory and addresses on the target. */
  private final class Prepare extends Step {
    private long reserved;

    Prepare() {
      super(MigrationPhase.PREPARE);
    }

    @Override
    void forward(Runnable rest) {
      Quota quota = source.tenancy().quotaOf(vm);
      if (quota != null) {
        target.memory().reserveForArrival(vm.name(), quota.reserved());
        reserved = quota.reserved();
      }
      if (!config.routerAfterMove()) {
        try {
          routers.prepare(target, vm);
        } catch (IllegalStateException e) {
          back();
          throw e;
        }
      }
      rest.run();
    }

    @Override
    void back() {
      if (reserved > 0) {
        target.memory().arrivalIsOver(reserved);
        reserved = 0;
      }
      routers.expectNoMore(vm, target);
    }
  }

  /** From the function to the virtual switch. */
  private final class Detach extends Step {
    Detach() {
      super(MigrationPhase.DETACH);
    }

    @Override
    void forward(Runnable rest) {
      source.tenancy().withdrawAccess(vm, rest);
    }

    @Override
    void back() {
      if (isHere()) {
        source.tenancy().restoreAccess(vm);
      }
    }
  }

  /** It stands still. */
  private final class Suspend extends Step {
    private boolean ran;

    Suspend() {
      super(MigrationPhase.SUSPEND);
    }

    @Override
    void forward(Runnable rest) {
      ran = !vm.isPaused();
      source.tenancy().suspend(vm);
      vm.vnic().setReceiveCapacity(config.buffer());
      rest.run();
    }

    @Override
    void back() {
      if (isHere()) {
        resume(source);
      }
    }

    void resume(Host host) {
      vm.vnic().setReceiveCapacity(MigrationConfig.MAX_BUFFER);
      if (ran) {
        host.tenancy().letRun(vm);
      }
    }
  }

  private Suspend suspend() {
    for (Step step : migration.steps()) {
      if (step instanceof Suspend found) {
        return found;
      }
    }
    throw new AssertionError("no step suspends; please report this bug");
  }

  /** Its memory is copied. */
  private final class Copy extends Step {
    Copy() {
      super(MigrationPhase.COPY);
    }

    @Override
    void forward(Runnable rest) {
      Runnable copied = () -> whenNoFailoverGoesOn(rest);
      if (config.copyTime().isZero()) {
        copied.run();
      } else {
        migration.world().schedule(config.copyTime().toNanos(), copied);
      }
    }
  }

  /** The point of no return. */
  private final class Switch extends Step {
    Switch() {
      super(MigrationPhase.SWITCH);
    }

    @Override
    void forward(Runnable rest) {
      Host home = routers.homeOf(vm, source);
      Quota quota = source.tenancy().quotaOf(vm);
      if (quota != null) {
        target.memory().arrivalIsOver(quota.reserved());
      }
      source.tenancy().move(vm, target, config.forward());
      routers.arrived(vm, home, target, migration.addressMode(), config.proxyArp());
      routers.update(source);
      routers.update(target);
      rest.run();
    }
  }

  /** It runs again. */
  private final class Resume extends Step {
    Resume() {
      super(MigrationPhase.RESUME);
    }

    @Override
    void forward(Runnable rest) {
      suspend().resume(target);
      vm.announce();
      tellOthers();
      rest.run();
    }
  }

  private void tellOthers() {
    routers.announce(target, vm, config.aliasTime());
    routers.setHostRoute(vm, config.hostRoutes() ? target : null);
  }

  /** The router comes after the move. */
  private final class LateRouter extends Step {
    LateRouter() {
      super(MigrationPhase.ROUTER);
    }

    @Override
    void forward(Runnable rest) {
      if (config.routerDelay().isZero()) {
        make(rest);
      } else {
        migration.world().schedule(config.routerDelay().toNanos(), () -> make(rest));
      }
    }

    private void make(Runnable rest) {
      if (migration.state() != MigrationState.RUNNING) {
        return;
      }
      try {
        routers.prepare(target, vm);
      } catch (IllegalStateException e) {
        failed(e.getMessage() == null ? e.toString() : e.getMessage());
        return;
      }
      routers.expectNoMore(vm, target);
      tellOthers();
      rest.run();
    }

    /** It stays without a router, or goes back where it came from. */
    @Override
    void failed(String why) {
      if (config.keepsWithoutRouter() || !sourceTakesItBack()) {
        migration.degrade(why);
      } else {
        Host home = routers.homeOf(vm, target);
        target.tenancy().move(vm, source, config.forward());
        routers.arrived(vm, home, source, migration.addressMode(), config.proxyArp());
        routers.update(target);
        routers.update(source);
        vm.announce();
        migration.movedBack(why);
      }
    }
  }

  private boolean sourceTakesItBack() {
    if (source.isFailed()) {
      return false;
    }
    Quota quota = target.tenancy().quotaOf(vm);
    if (quota == null) {
      return true;
    }
    try {
      source.memory().reserveForArrival(vm.name(), quota.reserved());
    } catch (IllegalStateException e) {
      return false; // its former place was given to another one
    }
    source.memory().arrivalIsOver(quota.reserved());
    return true;
  }

  /** What only the move needed is given back. */
  private static final class Clean extends Step {
    Clean() {
      super(MigrationPhase.CLEAN);
    }

    @Override
    void forward(Runnable rest) {
      rest.run();
    }
  }
}
