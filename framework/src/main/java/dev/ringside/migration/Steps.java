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
  private final Suspend suspend = new Suspend();

  /** What the target keeps for its quota, in bytes. */
  private long reserved;

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
    steps.add(suspend);
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
    Prepare() {
      super(MigrationPhase.PREPARE);
    }

    @Override
    void forward(Runnable rest) {
      reserveMemory();
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
      freeMemory();
      routers.expectNoMore(vm, target);
    }
  }

  private void reserveMemory() {
    Quota quota = source.tenancy().quotaOf(vm);
    if (quota != null) {
      target.memory().reserveForArrival(vm.name(), quota.reserved());
      reserved = quota.reserved();
    }
  }

  private void freeMemory() {
    if (reserved > 0) {
      target.memory().arrivalIsOver(reserved);
      reserved = 0;
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
    private int capacity;

    Suspend() {
      super(MigrationPhase.SUSPEND);
    }

    @Override
    void forward(Runnable rest) {
      ran = !vm.isPaused();
      source.tenancy().suspend(vm);
      capacity = vm.vnic().receiveRing().capacity();
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
      vm.vnic().setReceiveCapacity(capacity);
      if (ran) {
        host.tenancy().letRun(vm);
      }
    }
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
      freeMemory();
      reserveMemory(); // its quota may be another one by now
      migration.commit();
      freeMemory();
      move(source, target);
      rest.run();
    }
  }

  private void move(Host from, Host to) {
    Host home = routers.homeOf(vm, from);
    from.tenancy().move(vm, to, config.forward());
    routers.arrived(vm, home, to, migration.addressMode(to), config.proxyArp());
    routers.update(from);
    routers.update(to);
  }

  /** It runs again. */
  private final class Resume extends Step {
    Resume() {
      super(MigrationPhase.RESUME);
    }

    @Override
    void forward(Runnable rest) {
      suspend.resume(target);
      vm.announce();
      tellOthers(target);
      rest.run();
    }
  }

  private void tellOthers(Host host) {
    routers.announce(host, vm, config.aliasTime());
    if (config.hostRoutes()) {
      routers.reachFromOutside(vm, host);
    }
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
        doWithout(String.valueOf(e.getMessage()));
        return;
      }
      routers.expectNoMore(vm, target);
      tellOthers(target);
      rest.run();
    }

    /** It stays without a router, or goes back where it came from. */
    private void doWithout(String why) {
      if (config.keepsWithoutRouter() || !sourceTakesItBack()) {
        migration.degrade(why);
      } else {
        move(target, source);
        vm.announce();
        tellOthers(source);
        migration.movedBack(why);
      }
    }
  }

  private boolean sourceTakesItBack() {
    if (source.isFailed()) {
      return false;
    }
    try {
      Quota quota = target.tenancy().quotaOf(vm);
      if (quota != null) {
        source.memory().reserveForArrival(vm.name(), quota.reserved());
        source.memory().arrivalIsOver(quota.reserved());
      }
      routers.prepare(source, vm);
    } catch (IllegalStateException e) {
      return false; // its former place was given to another one
    }
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
