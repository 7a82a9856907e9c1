// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.host.Host;
import dev.ringside.memory.NumaNode;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.monitor.Monitor;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.PortCounters;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.MacAddress;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Ledger;
import dev.ringside.virt.Channel;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The state of devices as text, in the columns that administrators know from {@code ip -s link} and
 * {@code bridge fdb}.
 *
 * <pre>{@code
 * System.out.print(Inspect.topology(lab.hosts()));
 * System.out.print(Inspect.links(lab.host()));
 * }</pre>
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
    return text.toString();
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
    return text.toString();
  }
}
