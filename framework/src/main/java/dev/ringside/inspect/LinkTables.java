// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import dev.ringside.aggregate.Aggregation;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.aggregate.Placement;
import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.PortCounters;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.Account;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Links of all kinds: cards, functions, virtual NICs, aggregates, cables. */
final class LinkTables {

  private static final String UNLIMITED = "unlimited";
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private LinkTables() {}

  // ---- as ip -s link ----

  static String link(PhysicalNic nic) {
    PortCounters counters = nic.counters();
    StringBuilder text = new StringBuilder(nic.label()).append(": <");
    text.append(nic.isFailed() ? "FAILED" : "UP");
    text.append(nic.isLinkUp() ? ",LOWER_UP" : ",NO-CARRIER");
    text.append(nic.isActive() ? ",ACTIVE" : ",STANDBY");
    text.append("> maxframe ").append(nic.config().maxFrameBytes());
    text.append(" state ").append(nic.isUsable() ? "UP" : "DOWN");
    text.append("\n    link/ether ").append(nic.mac()).append(" brd ff:ff:ff:ff:ff:ff\n");
    TextTable table = new TextTable();
    table.row("    RX:", "bytes", "packets", "errors", "dropped", "mcast");
    table.row(
        "",
        counters.receivedBytes(),
        counters.receivedPackets(),
        counters.malformed(),
        nic.account().dropped(),
        counters.multicast());
    table.row("    TX:", "bytes", "packets");
    table.row("", counters.sentBytes(), counters.sentPackets());
    text.append(table);
    for (VirtualFunction function : nic.virtualFunctions()) {
      append(text, function);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, VirtualFunction function) {
    text.append("    vf ").append(function.index());
    text.append("     link/ether ").append(function.mac());
    if (function.vlan() != 0) {
      text.append(", vlan ").append(function.vlan());
      text.append(", qos ").append(function.priority());
    }
    if (function.mostRate() > 0) {
      text.append(", max_tx_rate ").append(rate(function.mostRate()));
    }
    if (function.leastRate() > 0) {
      text.append(", min_tx_rate ").append(rate(function.leastRate()));
    }
    text.append(", spoof checking ").append(function.hasSpoofCheck() ? "on" : "off");
    text.append(", link-state ").append(lower(function.link().name()));
    text.append(", trust ").append(function.isTrusted() ? "on" : "off");
    String owner = function.owner();
    text.append(owner == null ? ", free" : ", bound to " + owner).append('\n');
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String rate(long bitsPerSecond) {
    String[] units = {"bps", "Kbps", "Mbps", "Gbps"};
    long rate = bitsPerSecond;
    int unit = 0;
    while (rate > 0 && rate % 1_000 == 0 && unit < units.length - 1) {
      rate /= 1_000;
      unit++;
    }
    return rate + units[unit];
  }

  private static String rate(@Nullable Bandwidth bandwidth) {
    if (bandwidth == null) {
      return UNLIMITED;
    }
    long bitsPerTick = bandwidth.bytesPerTick() * Byte.SIZE;
    return rate(bitsPerTick * NANOS_PER_SECOND / bandwidth.tick().toNanos());
  }

  // ---- as dladm ----

  static String physical(Host host) {
    TextTable table =
        new TextTable().row("LINK", "STATE", "ROLE", "SPEED", "MAC", "VFS", "BOUND", "CABLE");
    for (PhysicalNic nic : host.pnics()) {
      Cable cable = host.cable(nic.name());
      long speed = cable.toNetwork().bandwidth();
      table.row(
          nic.label(),
          state(nic),
          nic.isActive() ? "active" : "standby",
          speed == 0 ? UNLIMITED : rate(speed),
          nic.mac(),
          nic.virtualFunctions().size(),
          nic.boundFunctions().size(),
          cable.isUp() ? "plugged" : "unplugged");
    }
    return table.toString();
  }

  static String state(PhysicalNic nic) {
    return nic.isFailed() ? "failed" : nic.isLinkUp() ? "up" : "down";
  }

  static String vnics(Host host) {
    TextTable table =
        new TextTable()
            .row(
                "VNIC",
                "OVER",
                "PATH",
                "LIMIT",
                "PRIORITY",
                "MAC",
                "VID",
                "RX",
                "TX",
                "DROP",
                "WAIT");
    for (VirtualMachine vm : host.vms()) {
      Vnic vnic = host.vnic(vm.name());
      Account account = vm.stack().account();
      table.row(
          vnic.name(),
          vnic.through().isEmpty() ? host.virtualSwitch().name() : vnic.through(),
          lower(vnic.path().name()),
          rate(vnic.bandwidth()),
          lower(vnic.priority().name()),
          vm.mac(),
          vm.vlan(),
          account.received(),
          account.sent(),
          account.dropped() + vnic.account().dropped(),
          vnic.live());
    }
    return table.toString();
  }

  static String aggregator(LinkAggregator aggregator) {
    boolean all = aggregator.aggregation() == Aggregation.ACTIVE_ACTIVE;
    TextTable head = new TextTable().row("LINK", "MODE", "STATE", "HELD");
    head.row(
        aggregator.name(),
        all ? "active/active" : "active/standby",
        lower(aggregator.state().name()),
        aggregator.held());
    TextTable ports = new TextTable().row("PORT", "HEALTH", "ROLE");
    List<String> active = aggregator.activeNames();
    for (String member : aggregator.memberNames()) {
      ports.row(
          member,
          aggregator.isHealthy(member) ? "healthy" : "failed",
          active.contains(member) ? "active" : "standby");
    }
    return head.toString() + ports;
  }

  static String connections(VirtualLinkAggregator aggregator) {
    TextTable table = new TextTable().row("CONNECTION", "PORT", "BEFORE");
    for (Placement placement : aggregator.placements()) {
      List<String> ports = placement.ports();
      table.row(
          placement.connection(),
          placement.through() + (placement.listed() ? "" : " (left)"),
          placement.stays() ? "-" : String.join(",", ports.subList(0, ports.size() - 1)));
    }
    return table.toString();
  }

  static String cables(List<Cable> cables) {
    TextTable table = new TextTable().row("CABLE", "STATE", "CARRIED", "LOST", "UNDER WAY");
    for (Cable cable : cables) {
      Account account = cable.account();
      table.row(
          cable.name(),
          cable.isUp() ? "plugged" : "unplugged",
          account.sent(),
          account.dropped(),
          cable.live());
    }
    return table.toString();
  }
}
