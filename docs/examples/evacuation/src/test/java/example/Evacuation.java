// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package example;

import dev.ringside.Lab;
import dev.ringside.chassis.Blade;
import dev.ringside.host.Host;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationState;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The controller: empties a blade, so that it can be switched off. It moves one virtual machine at
 * a time, to the host with the most memory left, and looks every few milliseconds whether the move
 * is over; one that was rolled back it tries again elsewhere.
 */
class Evacuation {

  /** What the controller says of the blade. */
  enum Verdict {
    WORKING,
    EMPTY,
    STUCK
  }

  private static final Duration PACE = Duration.ofMillis(5);
  private static final Duration COPY_TIME = Duration.ofMillis(20);

  private final Lab lab;
  private final Blade blade;
  private final Deque<VirtualMachine> waiting;
  private final List<Host> refused = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final ScheduledFuture<?> clock;
  private Migration current;
  private Verdict verdict = Verdict.WORKING;

  /** Begins at once. */
  Evacuation(Lab lab, Blade blade) {
    this.lab = lab;
    this.blade = blade;
    this.waiting = new ArrayDeque<>(blade.vms());
    long pace = PACE.toMillis();
    this.clock = lab.executor().scheduleAtFixedRate(this::look, 0, pace, TimeUnit.MILLISECONDS);
  }

  Verdict verdict() {
    return verdict;
  }

  /** What it did, in lines. */
  List<String> log() {
    return log;
  }

  // ---- decisions ----

  /** Whether a virtual machine has left the blade for good. */
  boolean hasLeft(Migration migration) {
    return migration.state() == MigrationState.COMPLETED;
  }

  /** Whether a host can take a virtual machine in. */
  boolean hasRoom(Host host, VirtualMachine vm) {
    long wanted = blade.memory().hasQuota(vm.name()) ? reserved(vm) : 0;
    return !host.isFailed() && host.memory().unassigned() >= wanted;
  }

  private long reserved(VirtualMachine vm) {
    return blade.memory().quota(vm.name()).reserved();
  }

  /** The host that it goes to, null if there is none. */
  private Host targetFor(VirtualMachine vm) {
    Host best = null;
    for (Host host : lab.hosts()) {
      if (host != blade && !refused.contains(host) && hasRoom(host, vm)) {
        best = best == null || isBetter(host, best) ? host : best;
      }
    }
    return best;
  }

  /** A move within the chassis needs no router; else more memory is better. */
  private boolean isBetter(Host host, Host than) {
    boolean near = blade.chassis().blades().contains(host);
    boolean otherIsNear = blade.chassis().blades().contains(than);
    return near == otherIsNear ? host.memory().unassigned() > than.memory().unassigned() : near;
  }

  // ---- its course ----

  private void look() {
    if (current != null && !isSettled(current)) {
      return;
    }
    if (waiting.isEmpty()) {
      end(Verdict.EMPTY);
    } else {
      moveNext();
    }
  }

  /** Looks what became of a move; false while that is open. */
  private boolean isSettled(Migration migration) {
    if (hasLeft(migration)) {
      log.add(migration.vm().name() + " left for " + migration.target().name());
      waiting.remove(migration.vm());
      refused.clear();
    } else if (migration.state() == MigrationState.ROLLED_BACK) {
      log.add(migration.vm().name() + " stays: " + migration.reason());
      refused.add(migration.target());
    } else {
      return false;
    }
    current = null;
    return true;
  }

  private void moveNext() {
    VirtualMachine vm = waiting.getFirst();
    Host target = targetFor(vm);
    if (target == null) {
      log.add("no host has room for " + vm.name());
      end(Verdict.STUCK);
    } else {
      current = lab.migrate(vm).copyTime(COPY_TIME).to(target);
    }
  }

  private void end(Verdict how) {
    verdict = how;
    clock.cancel(false);
  }
}
