// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.Account;
import dev.ringside.trace.Balance;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
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

  Inspection(Lab lab) {
    this.lab = lab;
  }

  List<Finding> inspect(LabSession session, DropReason[] expected) {
    Balance balance = lab.ledger().balance();
    List<Finding> findings = law(balance);
    if (!session.leavesOut(LabCheck.UNEXPECTED_DROPS) && balance.dropped() != 0) {
      inspectLosses(findings, expected);
    }
    if (!session.leavesOut(LabCheck.LEAKED_BINDINGS)) {
      inspectBindings(findings);
    }
    boolean waiting = !session.leavesOut(LabCheck.WAITING_REQUESTS);
    if (waiting) {
      inspectWaiters(findings);
    }
    if (balance.live() != 0) {
      boolean rings = !session.leavesOut(LabCheck.UNDRAINED_RINGS);
      inspectRest(findings, waiting, rings);
    }
    return findings;
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

  private void inspectLosses(List<Finding> findings, DropReason[] expected) {
    if (losses == null) {
      losses = new LossCount(lab);
    }
    Finding finding = losses.take(expected);
    if (finding != null) {
      findings.add(finding);
    }
  }

  private void inspectBindings(List<Finding> findings) {
    for (Host host : lab.hosts()) {
      for (PhysicalNic nic : host.pnics()) {
        for (VirtualFunction function : nic.boundFunctions()) {
          String owner = function.owner();
          String leak = owner == null ? null : leak(host, nic, owner);
          if (leak != null) {
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

  private void inspectWaiters(List<Finding> findings) {
    for (Waiter waiter : lab.waiters()) {
      String cure = "grant it, by " + waiter.wokenBy() + ", or cancel() it";
      add(findings, LabCheck.WAITING_REQUESTS, waiter.toString(), cure);
    }
  }

  private void inspectRest(List<Finding> findings, boolean waiting, boolean rings) {
    for (Account account : lab.ledger().accounts()) {
      long live = account.live();
      if (live == 0) {
        continue;
      }
      Stage stage = account.stage();
      if (stage == Stage.STACK || stage == Stage.HOLD_QUEUE) {
        if (waiting) {
          addWaiting(findings, account, live);
        }
      } else if (rings
          && stage != Stage.WIRE
          && stage != Stage.STATION
          && stage != Stage.STANDBY_RING) {
        addUndrained(findings, account, live);
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

  private void addUndrained(List<Finding> findings, Account account, long live) {
    Rings rings = new Rings(lab, account.name());
    String where = rings.inUse();
    add(
        findings,
        LabCheck.UNDRAINED_RINGS,
        where.isEmpty() ? packets(live) + " in " + account.stage() + ' ' + account.name() : where,
        "poll them, resume the guest, or advance the lab until they are empty");
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
