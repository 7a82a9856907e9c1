// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.bridge.LearningSwitch;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.chassis.VirtualSwitchingTable;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.Host;
import dev.ringside.memory.MemoryPool;
import dev.ringside.memory.NumaNode;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.migration.Migration;
import dev.ringside.migration.Migrations;
import dev.ringside.monitor.Monitor;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.PortCounters;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.MacAddress;
import dev.ringside.ring.Waiter;
import dev.ringside.routing.Router;
import dev.ringside.routing.Subnet;
import dev.ringside.stack.NetworkStack;
import dev.ringside.steering.Steering;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Ledger;
import dev.ringside.virt.Channel;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The state of devices as text, in the columns that administrators know from {@code ip -s link},
 * {@code bridge fdb}, {@code ip route}, {@code ip neigh} and {@code dladm show-*}.
 *
 * <pre>{@code
 * System.out.print(Inspect.lab(lab));                    // all of it
 * System.out.print(Inspect.topology(lab.hosts()));
 * System.out.print(Inspect.links(lab.host()));
 * System.out.print(Inspect.link(lab.host().pnic("p0"))); // with its virtual functions
 * System.out.print(Inspect.switching(lab.chassis("c1").switchingTable()));
 * }</pre>
 *
 * <p>To look changes nothing. Rows come in the order in which devices were made; a table has at
 * most 256 of them, then says how many more there are. {@link Picture} draws a lab.
 */
public final class Inspect {

  private static final Object[] NUMA_HEAD = {
    "NODE", "processors", "buffers", "free", "allocated", "in DMA"
  };
  private static final int NUMA_COLUMNS = NUMA_HEAD.length;

  private Inspect() {}

  /** The hosts with their NICs and virtual machines, and how they hang together. */
  public static String topology(List<Host> hosts) {
    StringBuilder text = new StringBuilder("external switch\n");
    for (Host host : hosts) {
      text.append("  host ").append(host.name()).append('\n');
      for (PhysicalNic nic : host.pnics()) {
        text.append("    PNIC ").append(nic).append("  MAC ").append(nic.mac()).append('\n');
        for (VirtualFunction function : nic.virtualFunctions()) {
          if (function.owner() != null) {
            text.append("      ").append(function).append('\n');
          }
        }
        text.append("      free virtual functions: ").append(free(nic)).append('\n');
      }
      if (host.hasAggregator()) {
        text.append("    aggregator ").append(host.aggregator()).append('\n');
      }
      for (Monitor monitor : host.monitors()) {
        text.append("    ").append(monitor).append('\n');
      }
      for (VirtualMachine vm : host.vms()) {
        text.append("    VM ").append(vm).append(", ").append(host.vnic(vm.name())).append('\n');
      }
    }
    return text.toString();
  }

  private static int free(PhysicalNic nic) {
    int free = 0;
    for (VirtualFunction function : nic.virtualFunctions()) {
      if (function.owner() == null) {
        free++;
      }
    }
    return free;
  }

  /** The traffic counters of a host's NICs, virtual functions and virtual machines. */
  public static String links(Host host) {
    TextTable table =
        new TextTable()
            .row("LINK", "STATE", "RX packets", "RX bytes", "TX packets", "TX bytes", "dropped");
    for (PhysicalNic nic : host.pnics()) {
      row(table, nic.label(), state(nic), nic.counters(), nic.account());
      for (VirtualFunction function : nic.virtualFunctions()) {
        String owner = function.owner();
        if (owner != null) {
          row(table, "  " + function.name(), owner, function.counters(), function.account());
        }
      }
    }
    for (VirtualMachine vm : host.vms()) {
      Vnic vnic = host.vnic(vm.name());
      Account account = vm.stack().account();
      table.row(
          vm.name(),
          vnic.path(),
          account.received(),
          "",
          account.sent(),
          "",
          account.dropped() + vnic.account().dropped());
    }
    return table.toString();
  }

  private static String state(PhysicalNic nic) {
    String state = nic.isFailed() ? "FAILED" : nic.isLinkUp() ? "UP" : "DOWN";
    return nic.isActive() ? state : state + ",STANDBY";
  }

  private static void row(
      TextTable table, String name, String state, PortCounters counters, Account account) {
    table.row(
        name,
        state,
        counters.receivedPackets(),
        counters.receivedBytes(),
        counters.sentPackets(),
        counters.sentBytes(),
        account.dropped());
  }

  /**
   * The NUMA nodes of a host with what their transmit buffers are used for, and how far they are
   * from each other, as {@code numactl --hardware} lists them.
   */
  public static String numa(TransmitBuffers buffers) {
    List<NumaNode> nodes = buffers.nodes();
    TextTable table = new TextTable();
    Object[] head = new Object[NUMA_COLUMNS + nodes.size()];
    System.arraycopy(NUMA_HEAD, 0, head, 0, NUMA_COLUMNS);
    for (NumaNode node : nodes) {
      head[NUMA_COLUMNS + node.id()] = "to " + node.id();
    }
    table.row(head);
    for (NumaNode node : nodes) {
      table.row(cells(node, nodes));
    }
    return table.toString();
  }

  private static Object[] cells(NumaNode node, List<NumaNode> nodes) {
    List<Object> cells = new ArrayList<>();
    cells.add(node.id());
    cells.add(node.processors());
    cells.add(node.buffers());
    cells.add(node.free());
    cells.add(node.allocated());
    cells.add(node.inDma());
    for (NumaNode to : nodes) {
      cells.add(node.distanceTo(to));
    }
    return cells.toArray();
  }

  /** The stations that a switch knows, as {@code bridge fdb} lists them. */
  public static String forwarding(LearningSwitch bridge) {
    StringBuilder text = new StringBuilder();
    for (String station : bridge.stations()) {
      text.append(station).append('\n');
    }
    return TextTable.bounded(text);
  }

  /**
   * Which port each hardware address is behind, for each virtual machine, and how full the channels
   * are by which they reach each other.
   *
   * @throws IllegalStateException if the host was built without proxies
   */
  public static String proxies(Host host) {
    TextTable addresses = new TextTable().row("VM", "ADDRESS", "PORT");
    for (VirtualMachine vm : host.vms()) {
      Map<MacAddress, String> table = host.proxies().virtualSwitch(vm.name()).table();
      for (Map.Entry<MacAddress, String> entry : table.entrySet()) {
        addresses.row(vm.name(), entry.getKey(), entry.getValue());
      }
    }
    TextTable channels =
        new TextTable().row("CHANNEL", "used", "capacity", "passed", "dropped", "waiting");
    for (Channel channel : host.proxies().channels()) {
      Account account = channel.account();
      int waiting = channel.waiters().size();
      channels.row(
          channel.name(),
          channel.size(),
          channel.capacity(),
          account.sent(),
          account.dropped(),
          waiting);
    }
    return addresses.toString() + channels;
  }

  // ---- links ----

  /**
   * A card with its counters and virtual functions, as {@code ip -s link show} lists them: bytes,
   * packets, malformed frames ("errors"), drops of all reasons, and group addresses received.
   */
  public static String link(PhysicalNic nic) {
    synchronized (nic.world()) {
      return LinkTables.link(nic);
    }
  }

  /** The cards of a host, as {@code dladm show-phys} lists them. */
  public static String physical(Host host) {
    synchronized (host.world()) {
      return LinkTables.physical(host);
    }
  }

  /**
   * The virtual NICs of a host, as {@code dladm show-vnic} lists them: what each goes through now,
   * its limit, and the packets that its virtual machine has received and sent, and that wait.
   */
  public static String vnics(Host host) {
    synchronized (host.world()) {
      return LinkTables.vnics(host);
    }
  }

  /** An aggregator with its cards, as {@code dladm show-aggr -x} lists them. */
  public static String aggregator(LinkAggregator aggregator) {
    synchronized (aggregator.world()) {
      return LinkTables.aggregator(aggregator);
    }
  }

  /** Which card each connection of a guest goes through, and went through before. */
  public static String connections(VirtualLinkAggregator aggregator) {
    synchronized (aggregator.world()) {
      return LinkTables.connections(aggregator);
    }
  }

  /** Cables, with the packets that they have carried, have lost, and that are under way. */
  public static String cables(List<Cable> cables) {
    return LinkTables.cables(cables);
  }

  // ---- rings and flows ----

  /** The rings of a card and of its virtual functions that are bound. */
  public static String rings(PhysicalNic nic) {
    synchronized (nic.world()) {
      return RingTables.rings(nic);
    }
  }

  /**
   * The entries of a flow table in their order, as {@code dladm show-flow} lists flows; those of a
   * sub-table stand below the entry that leads there, as #0.1 below #0.
   */
  public static String flows(FlowTable table) {
    return SwitchTables.flows(table);
  }

  /** The flow tables of a card that somebody has asked for, in the order in which it asks them. */
  public static String classifier(PhysicalNic nic) {
    synchronized (nic.world()) {
      return SwitchTables.all(nic.classifier().tables());
    }
  }

  // ---- networks ----

  /** The ports of a switch with the VLANs that they carry, as {@code bridge vlan} lists them. */
  public static String vlans(LearningSwitch bridge) {
    synchronized (bridge.world()) {
      return SwitchTables.vlans(bridge);
    }
  }

  /** The routes of a router, as {@code ip route} lists them. */
  public static String routes(Router router) {
    synchronized (router.world()) {
      return RouteTables.routes(router);
    }
  }

  /** The routes of a network stack, as {@code ip route} lists them; none: all is on link. */
  public static String routes(NetworkStack stack) {
    return RouteTables.routes(stack);
  }

  /** The neighbours of a router, as {@code ip neigh} lists them. */
  public static String neighbours(Router router) {
    synchronized (router.world()) {
      return RouteTables.neighbours(router);
    }
  }

  /** The neighbours of a network stack, as {@code ip neigh} lists them. */
  public static String neighbours(NetworkStack stack) {
    return RouteTables.neighbours(stack);
  }

  /** The ports of a router with their addresses, as {@code ip addr} lists them. */
  public static String ports(Router router) {
    synchronized (router.world()) {
      return RouteTables.ports(router);
    }
  }

  /** Subnets with their VLANs and gateways, and how many of their IPv4 addresses are in use. */
  public static String subnets(List<Subnet> subnets) {
    return RouteTables.subnets(subnets);
  }

  // ---- chassis and migrations ----

  /** The interconnect, the shared NIC and the blades of a chassis. */
  public static String chassis(BladeChassis chassis) {
    synchronized (chassis.world()) {
      return RouteTables.chassis(chassis);
    }
  }

  /** Where a chassis finds the virtual NICs. */
  public static String switching(VirtualSwitchingTable table) {
    return RouteTables.switching(table);
  }

  /**
   * Migrations, under way or over.
   *
   * <pre>{@code
   * Inspect.migrations(lab.migrations().running());
   * }</pre>
   */
  public static String migrations(List<Migration> migrations) {
    return RouteTables.migrations(migrations);
  }

  /** The virtual routers that migrations have made, with the subnets that each joins. */
  public static String virtualRouters(Migrations migrations) {
    return RouteTables.virtualRouters(migrations);
  }

  // ---- memory and those who wait or watch ----

  /** The quotas of a host's network memory, in bytes; LIVE counts the packets that use it. */
  public static String quotas(MemoryPool pool) {
    synchronized (pool.world()) {
      return RingTables.quotas(pool);
    }
  }

  /** Requests that wait, for how much of what, since when, and what would end the wait. */
  public static String waiters(List<Waiter> waiters) {
    return RingTables.waiters(waiters);
  }

  /** The monitors of a host, with how full the memory of each is. */
  public static String monitors(Host host) {
    synchronized (host.world()) {
      return RingTables.monitors(host);
    }
  }

  /** The attacks that a host contains, and where. */
  public static String containments(Steering steering) {
    synchronized (steering.world()) {
      return RingTables.containments(steering);
    }
  }

  // ---- all of it ----

  /**
   * All that a lab has, table by table, those left out that have nothing to show; at most 16 hosts.
   *
   * <pre>{@code
   * System.out.print(Inspect.lab(lab));
   * }</pre>
   */
  public static String lab(Inspectable lab) {
    synchronized (lab.externalSwitch().world()) {
      return LabTables.of(lab);
    }
  }

  /** What became of all packets, and where those that were dropped ended. */
  public static String fates(Ledger ledger) {
    StringBuilder text =
        new StringBuilder("injected ")
            .append(ledger.injected())
            .append(" + cloned ")
            .append(ledger.cloned())
            .append(" = delivered ")
            .append(ledger.delivered())
            .append(" + dropped ")
            .append(ledger.dropped())
            .append(" + live ")
            .append(ledger.live())
            .append('\n');
    for (Account account : ledger.accounts()) {
      for (DropReason reason : DropReason.values()) {
        if (account.dropped(reason) > 0) {
          text.append("  ")
              .append(account.dropped(reason))
              .append(" dropped at ")
              .append(account.stage())
              .append(' ')
              .append(account.name())
              .append(": ")
              .append(reason)
              .append('\n');
        }
      }
    }
    return TextTable.bounded(text);
  }
}
