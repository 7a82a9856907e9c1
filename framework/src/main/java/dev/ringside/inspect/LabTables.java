// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import dev.ringside.chassis.BladeChassis;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.Host;
import dev.ringside.migration.Migrations;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.routing.Router;
import dev.ringside.vm.VirtualMachine;
import java.util.List;

/** All tables of a lab that have something to show, each under its heading. */
final class LabTables {

  /** So many hosts and chassis are shown; of the others there is only the number. */
  private static final int MAX_HOSTS = 16;

  /** Of so many virtual machines of a host routes and neighbours are shown. */
  private static final int MAX_VMS = 16;

  private final StringBuilder text = new StringBuilder();

  static String of(Inspectable lab) {
    LabTables tables = new LabTables();
    tables.addNetwork(lab);
    tables.addChassis(lab.chassis());
    tables.addHosts(lab.hosts());
    tables.addMovesAndWaits(lab);
    return tables.text.toString();
  }

  private void add(String heading, String body) {
    if (!body.isEmpty()) {
      text.append(text.length() == 0 ? "" : "\n").append("== ").append(heading).append(" ==\n");
      text.append(body);
    }
  }

  private void addNetwork(Inspectable lab) {
    String bridge = lab.externalSwitch().name();
    add(bridge + ": ports", Inspect.vlans(lab.externalSwitch()));
    add(bridge + ": stations", Inspect.forwarding(lab.externalSwitch()));
    add("cables", Inspect.cables(lab.cables()));
    if (!lab.subnets().isEmpty()) {
      add("subnets", Inspect.subnets(lab.subnets()));
      addRouter(lab.router());
    }
  }

  private void addRouter(Router router) {
    add(router.name() + ": ports", Inspect.ports(router));
    add(router.name() + ": routes", Inspect.routes(router));
    add(router.name() + ": neighbours", Inspect.neighbours(router));
  }

  private void addChassis(List<BladeChassis> all) {
    for (BladeChassis chassis : all.subList(0, Math.min(MAX_HOSTS, all.size()))) {
      add("chassis " + chassis.name(), Inspect.chassis(chassis));
      add("chassis " + chassis.name() + ": stations", Inspect.forwarding(chassis.interconnect()));
      add("chassis " + chassis.name() + ": switching", Inspect.switching(chassis.switchingTable()));
    }
    addRest(all.size(), "chassis");
  }

  private void addRest(int all, String what) {
    if (all > MAX_HOSTS) {
      text.append("\n... and ").append(all - MAX_HOSTS).append(" more ").append(what).append('\n');
    }
  }

  private void addHosts(List<Host> hosts) {
    for (Host host : hosts.subList(0, Math.min(MAX_HOSTS, hosts.size()))) {
      addHost(host, "host " + host.name());
    }
    addRest(hosts.size(), "hosts");
  }

  private void addHost(Host host, String name) {
    add(name + (host.isFailed() ? " (failed)" : "") + ": NICs", Inspect.physical(host));
    if (host.hasAggregator()) {
      add(name + ": aggregator", Inspect.aggregator(host.aggregator()));
    }
    for (PhysicalNic nic : host.pnics()) {
      add(name + ": rings of " + nic.name(), Inspect.rings(nic));
      addFlows(name, nic);
    }
    if (!host.vms().isEmpty()) {
      add(name + ": VNICs", Inspect.vnics(host));
    }
    List<VirtualMachine> vms = host.vms();
    for (VirtualMachine vm : vms.subList(0, Math.min(MAX_VMS, vms.size()))) {
      add(name + ": routes of " + vm.name(), Inspect.routes(vm.stack()));
      add(name + ": neighbours of " + vm.name(), Inspect.neighbours(vm.stack()));
    }
    add(name + ": stations", Inspect.forwarding(host.virtualSwitch()));
    addMemory(host, name);
    addWatchers(host, name);
  }

  private void addFlows(String name, PhysicalNic nic) {
    List<FlowTable> tables = nic.classifier().tables();
    if (!tables.isEmpty()) {
      add(name + ": flows of " + nic.name(), Inspect.classifier(nic));
    }
  }

  private void addMemory(Host host, String name) {
    if (host.hasMemory()) {
      add(name + ": quotas", Inspect.quotas(host.memory()));
    }
    if (host.hasTransmitBuffers()) {
      add(name + ": transmit buffers", Inspect.numa(host.transmitBuffers()));
    }
  }

  private void addWatchers(Host host, String name) {
    if (host.hasProxies()) {
      add(name + ": proxies", Inspect.proxies(host));
    }
    if (!host.monitors().isEmpty()) {
      add(name + ": monitors", Inspect.monitors(host));
    }
    if (host.hasSteering()) {
      add(name + ": containments", Inspect.containments(host.steering()));
    }
  }

  private void addMovesAndWaits(Inspectable lab) {
    Migrations migrations = lab.migrations();
    if (!migrations.running().isEmpty()) {
      add("migrations", Inspect.migrations(migrations.running()));
    }
    if (!migrations.virtualRouters().isEmpty()) {
      add("virtual routers", Inspect.virtualRouters(migrations));
    }
    if (!lab.waiters().isEmpty()) {
      add("waiting", Inspect.waiters(lab.waiters()));
    }
    add("fates of packets", Inspect.fates(lab.ledger()));
  }
}
