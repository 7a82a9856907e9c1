// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;

import dev.ringside.host.Host;
import dev.ringside.monitor.Batch;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorConfig;
import dev.ringside.monitor.Verdict;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packets;
import dev.ringside.packet.UdpSpec;
import dev.ringside.steering.Containment;
import dev.ringside.steering.ContainmentPolicy;
import dev.ringside.steering.SteeredDestination;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What is contained, monitored and steered in a run. */
final class Rules {

  /** What a rule is for is told by the destination port. */
  private enum Kind {
    /** Contained: taken on the card. */
    ATTACK(666, true),
    /** Monitored by an application that keeps it: taken on the card. */
    WATCHED(53, true),
    /** Monitored by an application that lets it go on at once. */
    LOOKED_AT(80, false),
    /** Classified by software rings, past the virtual switch. */
    STEERED(4_242, false);

    final int port;
    final boolean takes;

    Kind(int port, boolean takes) {
      this.port = port;
      this.takes = takes;
    }
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int SLOTS = 4;

  private record Rule(Kind kind, String vm, Host host, LongSupplier taken, Runnable end) {
    @Override
    public String toString() {
      return kind + " for " + vm + " on " + host.name();
    }
  }

  private final List<Rule> rules = new ArrayList<>();
  private int names;
  private long takenByFormer;

  // ---- commands ----

  /** Amount: of which kind. */
  static void add(LabRun run, LabStep step) {
    List<VirtualMachine> vms = run.vms();
    if (!vms.isEmpty()) {
      VirtualMachine vm = vms.get(step.subject() % vms.size());
      Kind kind = KINDS[step.amount() % KINDS.length];
      Host host = run.hostOf(vm.name());
      if (!run.rules().has(kind, vm.name(), host)) {
        run.says("add rule " + kind + " for " + vm.name() + " on " + host.name());
        run.rules().rules.add(run.rules().newRule(kind, vm, host));
      }
    }
  }

  static void remove(LabRun run, LabStep step) {
    Rules all = run.rules();
    if (!all.rules.isEmpty()) {
      Rule rule = all.rules.remove(step.subject() % all.rules.size());
      run.says("remove rule " + rule);
      all.takenByFormer += rule.taken().getAsLong();
      rule.end().run();
    }
  }

  private boolean has(Kind kind, String vm, Host host) {
    for (Rule rule : rules) {
      if (rule.kind() == kind && rule.vm().equals(vm) && rule.host() == host) {
        return true;
      }
    }
    return false;
  }

  private Rule newRule(Kind kind, VirtualMachine vm, Host host) {
    UdpSpec packets = Packets.udp().to(vm).port(kind.port);
    switch (kind) {
      case ATTACK -> {
        Containment containment =
            host.steering().contain(packets, ContainmentPolicy.CONTAIN.withSharedRing());
        return new Rule(kind, vm.name(), host, containment::packets, containment::remove);
      }
      case WATCHED, LOOKED_AT -> {
        Verdict verdict = kind == Kind.WATCHED ? Verdict.CONSUME : Verdict.REINJECT;
        MonitorConfig config = MonitorConfig.named("look" + ++names).verdict(verdict);
        Monitor monitor = host.monitor(packets, userMemory(slots(SLOTS)), config);
        monitor.onBatch(Batch::release);
        LongSupplier taken = kind.takes ? monitor::capturedInAll : () -> 0;
        return new Rule(kind, vm.name(), host, taken, monitor::close);
      }
      default -> {
        SteeredDestination steered = host.steering().steer(vm.name());
        return new Rule(kind, vm.name(), host, () -> 0, steered::remove);
      }
    }
  }

  // ---- what happens ----

  /** The destination port of packets of this kind; half of all are of the last. */
  static int port(int kind) {
    return KINDS[Math.min(kind % (2 * KINDS.length), KINDS.length - 1)].port;
  }

  /** Whether a rule on the receiver's own host takes it. */
  boolean take(Endpoint to, int port) {
    for (Rule rule : rules) {
      boolean there = rule.host().hasVm(to.name()) && rule.vm().equals(to.name());
      if (rule.kind().takes && rule.kind().port == port && there) {
        return true;
      }
    }
    return false;
  }

  /** How many packets rules have taken. */
  long taken() {
    long taken = takenByFormer;
    for (Rule rule : rules) {
      taken += rule.taken().getAsLong();
    }
    return taken;
  }

  /** How many packets lie in standby rings. */
  long live(LabRun run) {
    long live = 0;
    for (Host host : run.lab().hosts()) {
      for (PhysicalNic nic : host.pnics()) {
        for (int i = 0; i < nic.config().standbyRings(); i++) {
          live += nic.standbyRing(i).account().live();
        }
      }
    }
    return live;
  }
}
