// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.Lab;
import dev.ringside.flow.FlowEntry;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.Account;
import dev.ringside.trace.Balance;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.PlannedFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a lab after a test. A clean one costs no more than adding a few counters up. */
final class Inspection {

  private final Lab lab;
  private @Nullable LossCount losses;

  /** What was said already; a lab that tests share says it once. */
  private @Nullable Set<String> said;

  private final Leniences lenient;

  /**
   * Has found nothing yet.
   *
   * @param lenient what to forgive each time
   */
  Inspection(Lab lab, Leniences lenient) {
    this.lab = lab;
    this.lenient = lenient;
  }

  /** What should not be. */
  List<Finding> tooMuch(Leniences meant) {
    meant.meet(lab);
    lenient.meet(lab);
    Balance balance = lab.ledger().balance();
    List<Finding> findings = law(balance);
    if (balance.dropped() != 0) {
      inspectLosses(findings, meant);
    }
    inspectBindings(findings, meant);
    inspectWaiters(findings, meant);
    if (balance.live() != 0) {
      inspectRest(findings, meant);
    }
    return findings;
  }

  /** Adds what was expected this time only and did not come. */
  void addUnused(List<Finding> findings, Leniences meant) {
    List<Finding> unused = meant.unused();
    if (!unused.isEmpty() && !lenient.forgive(lab, LabCheck.UNUSED_EXPECTATIONS, "")) {
      findings.addAll(unused);
    }
  }

  /** Adds what should have been. */
  void addTooLittle(List<Finding> findings, Leniences meant) {
    if (lab.ledger().announcesDrops()) {
      inspectAnnouncements(findings, meant);
    }
    lenient.addUnusedExpectations(findings);
    for (PlannedFault fault : lab.world().plannedFaults()) {
      String why = fault.whyUnused();
      if (why != null && !isForgiven(LabCheck.UNUSED_FAULTS, fault.place(), meant)) {
        String cure =
            "let the test cause what the fault is for, take it away, or make it lenient()";
        add(findings, LabCheck.UNUSED_FAULTS, why, cure);
      }
    }
    if (lenient.demandsRules() || meant.demandsRules()) {
      inspectRules(findings, meant);
    }
    lenient.addUnusedLeniences(findings);
  }

  private void inspectRules(List<Finding> findings, Leniences meant) {
    for (UnusedRules.Rule rule : new UnusedRules(lab).list()) {
      if (!isForgiven(LabCheck.UNUSED_RULES, rule.table(), meant)) {
        FlowEntry entry = rule.entry();
        String text = "flow table " + entry.table().name() + ": " + entry + " matched no packet";
        String cure = "send what it is for, remove it, or make it lenient()";
        add(findings, LabCheck.UNUSED_RULES, text, cure);
      }
    }
  }

  private void inspectAnnouncements(List<Finding> findings, Leniences meant) {
    for (DropReason reason : DropReason.values()) {
      if (lab.ledger().announces(reason)
          && (losses == null || !losses.came(reason))
          && !isForgiven(LabCheck.UNUSED_EXPECTATIONS, "", meant)) {
        add(
            findings,
            LabCheck.UNUSED_EXPECTATIONS,
            "drops " + reason + " were expected and never came",
            "take " + reason + " out of lab.expectDrops, or let the test lose what it means to");
      }
    }
  }

  /** Asks both, so that each knows what it was needed for. */
  private boolean isForgiven(LabCheck check, String device, Leniences meant) {
    boolean always = lenient.forgive(lab, check, device);
    return meant.forgive(lab, check, device) || always;
  }

  List<Finding> law() {
    return law(lab.ledger().balance());
  }

  private List<Finding> law(Balance balance) {
    List<Finding> findings = new ArrayList<>(0);
    for (String violation : balance.violations()) {
      String cure = "a device lost count of packets; please report this bug with the journal";
      add(findings, LabCheck.CONSERVATION_LAW, violation, cure);
    }
    return findings;
  }

  private void inspectLosses(List<Finding> findings, Leniences meant) {
    if (losses == null) {
      losses = new LossCount(lab, lenient);
    }
    Finding finding = losses.take(meant);
    if (finding != null) {
      findings.add(finding);
    }
  }

  private void inspectBindings(List<Finding> findings, Leniences meant) {
    for (Host host : lab.hosts()) {
      for (PhysicalNic nic : host.pnics()) {
        for (VirtualFunction function : nic.boundFunctions()) {
          String owner = function.owner();
          String leak = owner == null ? null : leak(host, nic, owner);
          if (leak != null && !isForgiven(LabCheck.LEAKED_BINDINGS, function.name(), meant)) {
            String text = function.name() + " is bound to '" + owner + "', " + leak;
            add(findings, LabCheck.LEAKED_BINDINGS, text, "call unbind() before the test ends");
          }
        }
      }
    }
  }

  private static @Nullable String leak(Host host, PhysicalNic nic, String owner) {
    if (!host.hasVm(owner)) {
      return "which is no VM of host " + host.name();
    }
    String through = host.vm(owner).directAccessThrough();
    return host.vm(owner).hasDirectAccessThrough(nic.name())
        ? null
        : "which has "
            + (through == null ? "no direct access" : "its direct access through " + through);
  }

  private void inspectWaiters(List<Finding> findings, Leniences meant) {
    for (Waiter waiter : lab.waiters()) {
      if (!isForgiven(LabCheck.WAITING_REQUESTS, waiter.owner(), meant)) {
        String cure = "grant it, by " + waiter.wokenBy() + ", or cancel() it";
        add(findings, LabCheck.WAITING_REQUESTS, waiter.toString(), cure);
      }
    }
  }

  private void inspectRest(List<Finding> findings, Leniences meant) {
    for (Account account : lab.ledger().accounts()) {
      long live = account.live();
      if (live == 0) {
        continue;
      }
      Stage stage = account.stage();
      if (stage == Stage.STACK || stage == Stage.HOLD_QUEUE) {
        if (!isForgiven(LabCheck.WAITING_REQUESTS, account.name(), meant)) {
          addWaiting(findings, account, live);
        }
      } else if (stage != Stage.WIRE && stage != Stage.STATION && stage != Stage.STANDBY_RING) {
        addUndrained(findings, account, live, meant);
      }
    }
  }

  private void addWaiting(List<Finding> findings, Account account, long live) {
    boolean stack = account.stage() == Stage.STACK;
    add(
        findings,
        LabCheck.WAITING_REQUESTS,
        packets(live)
            + " in "
            + account.name()
            + (stack ? " for an address or for other fragments" : " for an active NIC"),
        stack
            ? "advance the lab until the answer is there, or 3 seconds until it is given up"
            : "repair a NIC, or advance the lab until the failover is done");
  }

  private void addUndrained(List<Finding> findings, Account account, long live, Leniences meant) {
    String name = account.name();
    Rings rings = new Rings(lab, name, ring -> isForgiven(LabCheck.UNDRAINED_RINGS, ring, meant));
    String where = rings.inUse();
    if (where.isEmpty()) {
      if (rings.hasForgiven() || isForgiven(LabCheck.UNDRAINED_RINGS, name, meant)) {
        return;
      }
      where = packets(live) + " in " + account.stage() + ' ' + name;
    }
    String cure = "poll them, resume the guest, or advance the lab until they are empty";
    add(findings, LabCheck.UNDRAINED_RINGS, where, cure);
  }

  private static String packets(long number) {
    return number == 1 ? "1 packet waits" : number + " packets wait";
  }

  private void add(List<Finding> findings, LabCheck check, String text, String cure) {
    if (said == null) {
      said = new LinkedHashSet<>();
    }
    if (said.add(check + text)) {
      findings.add(new Finding(check, text, cure));
    }
  }
}
