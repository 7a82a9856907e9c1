// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import dev.ringside.chassis.Blade;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.chassis.SwitchingEntry;
import dev.ringside.chassis.VirtualSwitchingTable;
import dev.ringside.host.Host;
import dev.ringside.migration.Migration;
import dev.ringside.migration.Migrations;
import dev.ringside.migration.VirtualRouter;
import dev.ringside.packet.IpAddress;
import dev.ringside.routing.Route;
import dev.ringside.routing.Router;
import dev.ringside.routing.RouterPort;
import dev.ringside.routing.Subnet;
import dev.ringside.stack.NetworkStack;
import java.util.List;
import java.util.Locale;

/** Who is where and which way leads there: routes, neighbours, subnets, chassis, migrations. */
final class RouteTables {

  private RouteTables() {}

  // ---- as ip route and ip neigh ----

  static String routes(Router router) {
    StringBuilder text = new StringBuilder();
    for (Route route : router.routes().list()) {
      IpAddress gateway = route.gatewayOrNull();
      text.append(destination(route.prefix().toString()));
      text.append(gateway == null ? "" : " via " + gateway);
      text.append(" dev ").append(route.port().name());
      text.append(gateway == null ? " scope link" : "").append('\n');
    }
    return TextTable.bounded(text);
  }

  static String routes(NetworkStack stack) {
    StringBuilder text = new StringBuilder();
    for (String line : stack.routes().lines()) {
      int end = line.indexOf(' ');
      text.append(destination(line.substring(0, end)));
      String how = line.substring(end);
      text.append(how.equals(" on link") ? " scope link" : how).append('\n');
    }
    return TextTable.bounded(text);
  }

  private static String destination(String prefix) {
    return prefix.equals("0.0.0.0/0") || prefix.equals("::/0") ? "default" : prefix;
  }

  static String neighbours(Router router) {
    StringBuilder text = new StringBuilder();
    for (RouterPort port : router.ports()) {
      for (String line : port.neighbourLines()) {
        int end = line.indexOf(' ');
        text.append(line, 0, end).append(" dev ").append(port.name());
        text.append(line.substring(end)).append('\n');
      }
    }
    return TextTable.bounded(text);
  }

  static String neighbours(NetworkStack stack) {
    StringBuilder text = new StringBuilder();
    for (String line : stack.neighbours()) {
      text.append(line).append('\n');
    }
    return TextTable.bounded(text);
  }

  static String ports(Router router) {
    TextTable table = new TextTable().row("PORT", "STATE", "MAC", "MTU", "VLANS", "ADDRESSES");
    for (RouterPort port : router.ports()) {
      table.row(
          port.name(),
          port.switchPort().isUp() ? "up" : "down",
          port.mac(),
          port.mtu(),
          port.switchPort().vlanMode(),
          text(port.addresses()));
    }
    return table.toString();
  }

  private static String text(List<?> items) {
    StringBuilder text = new StringBuilder();
    for (Object item : items) {
      text.append(text.length() == 0 ? "" : " ").append(item);
    }
    return text.length() == 0 ? "-" : text.toString();
  }

  static String subnets(List<Subnet> subnets) {
    TextTable table =
        new TextTable().row("SUBNET", "VLAN", "PREFIX", "GATEWAY", "USED", "IPV6 PREFIX");
    for (Subnet subnet : subnets) {
      table.row(
          subnet.name(),
          subnet.vlan(),
          subnet.ipv4(),
          subnet.gateway(),
          subnet.pool().used(),
          subnet.ipv6());
    }
    return table.toString();
  }

  // ---- chassis ----

  static String chassis(BladeChassis chassis) {
    TextTable table = new TextTable().row("PART", "STATE", "VMS", "NICS", "OUTSIDE");
    table.row(
        chassis.interconnect().name(), chassis.interconnect().isFailed() ? "failed" : "up", "");
    table.row(chassis.networkInterface().label(), LinkTables.state(chassis.networkInterface()), "");
    for (Blade blade : chassis.blades()) {
      table.row(
          blade.name(),
          blade.isFailed() ? "failed" : "up",
          blade.vms().size(),
          blade.pnics().size(),
          text(blade.externalPnics()));
    }
    return table.toString();
  }

  static String switching(VirtualSwitchingTable switching) {
    TextTable table = new TextTable().row("VM", "MAC", "VLAN", "BLADE", "CHASSIS");
    for (SwitchingEntry entry : switching.entries()) {
      table.row(
          entry.vm().name(),
          entry.vm().mac(),
          entry.vm().vlan(),
          entry.blade().name(),
          entry.blade().chassis().name());
    }
    return table.toString();
  }

  // ---- migrations ----

  static String migrations(List<Migration> migrations) {
    TextTable table =
        new TextTable().row("VM", "FROM", "TO", "STATE", "PHASE", "COMMITTED", "REASON");
    for (Migration migration : migrations) {
      table.row(
          migration.vm().name(),
          migration.source().name(),
          migration.target().name(),
          migration.state().name().toLowerCase(Locale.ROOT),
          migration.phase(),
          migration.isCommitted() ? "yes" : "no",
          migration.reason().isEmpty() ? "-" : migration.reason());
    }
    return table.toString();
  }

  static String virtualRouters(Migrations migrations) {
    TextTable table = new TextTable().row("HOST", "SUBNETS", "JOINS");
    for (VirtualRouter router : migrations.virtualRouters()) {
      Host host = router.host();
      table.row(host.name(), text(router.subnets()), text(router.pairs()));
    }
    return table.toString();
  }
}
