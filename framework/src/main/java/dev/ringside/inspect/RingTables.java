// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import dev.ringside.host.Host;
import dev.ringside.memory.MemoryPool;
import dev.ringside.memory.Quota;
import dev.ringside.monitor.Monitor;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.nic.StandbyRing;
import dev.ringside.nic.TransmitRing;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.ring.Waiter;
import dev.ringside.steering.Containment;
import dev.ringside.steering.Steering;
import java.util.List;
import java.util.Locale;

/** Where packets wait, and what they wait for: rings, quotas, the memory of monitors, waiters. */
final class RingTables {

  private RingTables() {}

  static String rings(PhysicalNic nic) {
    TextTable table =
        new TextTable()
            .row("RING", "OF", "MODE", "USED", "SLOTS", "TAKEN", "DROPPED", "INTERRUPTS");
    for (int i = 0; i < nic.config().receiveRings(); i++) {
      row(table, "host", nic.receiveRing(i));
    }
    for (TransmitRing ring : nic.hostRings().rings()) {
      row(table, "host", ring);
    }
    for (VirtualFunction function : nic.boundFunctions()) {
      String owner = String.valueOf(function.owner());
      for (int i = 0; i < nic.config().functionReceiveRings(); i++) {
        row(table, owner, function.receiveRing(i));
      }
      row(table, owner, function.transmitRing());
    }
    return table.toString();
  }

  private static void row(TextTable table, String owner, ReceiveRing ring) {
    table.row(
        ring.name(),
        owner,
        ring.mode().name().toLowerCase(Locale.ROOT),
        ring.size(),
        ring.capacity(),
        ring.received(),
        ring.droppedFull(),
        ring.interrupts());
  }

  private static void row(TextTable table, String owner, TransmitRing ring) {
    table.row(
        ring.name(), owner, "-", ring.size(), ring.capacity(), ring.taken(), ring.droppedFull());
  }

  static String quotas(MemoryPool pool) {
    TextTable table =
        new TextTable()
            .row("QUOTA", "KIND", "USED", "LIMIT", "RESERVED", "HIGHEST", "LIVE", "WAITING");
    for (Quota quota : pool.quotas()) {
      table.row(
          quota.name(),
          quota.kind().name().toLowerCase(Locale.ROOT),
          quota.used(),
          limit(quota.limit()),
          quota.reserved(),
          quota.highestUsed(),
          quota.live(),
          quota.waiters().size());
    }
    String free = "\nunassigned " + pool.unassigned() + " of " + pool.total() + " bytes\n";
    return table.toString().stripTrailing() + (pool.isUnlimited() ? "\nunlimited memory\n" : free);
  }

  private static String limit(long bytes) {
    return bytes == Long.MAX_VALUE ? "none" : String.valueOf(bytes);
  }

  static String waiters(List<Waiter> waiters) {
    TextTable table =
        new TextTable().row("OWNER", "AMOUNT", "UNIT", "RESOURCE", "SINCE", "WOKEN BY");
    for (Waiter waiter : waiters) {
      table.row(
          waiter.owner(),
          waiter.amount(),
          waiter.unit(),
          waiter.resource(),
          waiter.since(),
          waiter.wokenBy());
    }
    return table.toString();
  }

  static String monitors(Host host) {
    TextTable table =
        new TextTable()
            .row("MONITOR", "OF", "STATE", "USED", "SLOTS", "CAPTURED", "LOST", "REINJECTED");
    for (Monitor monitor : host.monitors()) {
      table.row(
          monitor.name(),
          PacketMatcher.describe(monitor.matcher()),
          monitor.state().name().toLowerCase(Locale.ROOT),
          monitor.memory().used(),
          monitor.memory().slots(),
          monitor.capturedInAll(),
          monitor.lost(),
          monitor.reinjected());
    }
    return table.toString();
  }

  static String containments(Steering steering) {
    TextTable table = new TextTable().row("SIGNATURE", "PACKETS", "STANDBY RINGS", "STATE");
    for (Containment containment : steering.containments()) {
      StringBuilder rings = new StringBuilder();
      for (StandbyRing ring : containment.standbyRings()) {
        rings.append(rings.length() == 0 ? "" : ",").append(ring.name());
      }
      table.row(
          PacketMatcher.describe(containment.signature()),
          containment.packets(),
          rings.length() == 0 ? "-" : rings,
          containment.isDegraded() ? "degraded" : "installed");
    }
    return table.toString();
  }
}
