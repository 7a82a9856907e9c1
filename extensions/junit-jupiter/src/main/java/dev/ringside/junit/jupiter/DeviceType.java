// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.Host;
import dev.ringside.nic.HardwareClassifier;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type of device that a test can ask for, and how those of a host are listed. */
record DeviceType(Class<?> type, Lister lister) {

  /** The table: a new type is a line here. */
  private static final DeviceType[] TABLE = {
    new DeviceType(Lab.class, (host, found) -> {}),
    new DeviceType(Host.class, (host, found) -> found.add(host.name(), host)),
    new DeviceType(PhysicalNic.class, DeviceType::pnics),
    new DeviceType(HardwareClassifier.class, DeviceType::classifiers),
    new DeviceType(FlowTable.class, DeviceType::tables),
    new DeviceType(ReceiveRing.class, DeviceType::receiveRings),
    new DeviceType(VirtualFunction.class, DeviceType::functions),
    new DeviceType(LinkAggregator.class, DeviceType::aggregators),
    new DeviceType(VirtualLinkAggregator.class, DeviceType::spreaders),
    new DeviceType(VirtualMachine.class, DeviceType::vms),
  };

  /** Adds the devices of a host, each under its name in the lab. */
  interface Lister {
    void list(Host host, Found found);
  }

  /** The devices of one type, in the order of the topology. */
  static final class Found {
    final List<String> names = new ArrayList<>(8);
    final List<Object> devices = new ArrayList<>(8);

    /** In front of the names that are unique in their host only. */
    String prefix = "";

    void add(String name, Object device) {
      names.add(name);
      devices.add(device);
    }
  }

  /** The entry of this type, null if a test cannot ask for it. */
  static @Nullable DeviceType of(Class<?> type) {
    for (DeviceType entry : TABLE) {
      if (entry.type == type) {
        return entry;
      }
    }
    return ClassLevel.isOfChassis(type) ? Blades.entryOf(type) : null;
  }

  /** The names of all types, for messages. */
  static List<String> names() {
    List<String> names = new ArrayList<>(TABLE.length);
    for (DeviceType entry : TABLE) {
      names.add(entry.type.getSimpleName());
    }
    names.add("BladeChassis");
    names.add("Blade");
    return names;
  }

  /** All devices of this type. */
  Found list(Lab lab) {
    Found found = new Found();
    List<Host> hosts = lab.hosts();
    for (Host host : hosts) {
      found.prefix = hosts.size() == 1 ? "" : host.name() + '/';
      lister.list(host, found);
    }
    return found;
  }

  private static void pnics(Host host, Found found) {
    for (PhysicalNic nic : host.pnics()) {
      found.add(nic.label(), nic);
    }
  }

  private static void classifiers(Host host, Found found) {
    for (PhysicalNic nic : host.pnics()) {
      found.add(nic.label(), nic.classifier());
    }
  }

  /** Those of the host's flows, which come into being by this. */
  private static void tables(Host host, Found found) {
    for (PhysicalNic nic : host.pnics()) {
      FlowTable table = nic.classifier().table();
      found.add(table.name(), table);
    }
  }

  private static void receiveRings(Host host, Found found) {
    for (PhysicalNic nic : host.pnics()) {
      for (int i = 0; i < nic.config().receiveRings(); i++) {
        found.add(nic.receiveRing(i).name(), nic.receiveRing(i));
      }
      for (VirtualFunction function : nic.virtualFunctions()) {
        for (int i = 0; i < nic.config().functionReceiveRings(); i++) {
          found.add(function.receiveRing(i).name(), function.receiveRing(i));
        }
      }
    }
  }

  private static void functions(Host host, Found found) {
    for (PhysicalNic nic : host.pnics()) {
      for (VirtualFunction function : nic.virtualFunctions()) {
        found.add(function.name(), function);
      }
    }
  }

  private static void aggregators(Host host, Found found) {
    if (host.hasAggregator()) {
      found.add(host.aggregator().name(), host.aggregator());
    }
  }

  /** Each under the name of its virtual machine. */
  private static void spreaders(Host host, Found found) {
    for (VirtualMachine vm : host.vms()) {
      if (vm.hasAggregator()) {
        found.add(found.prefix + vm.name(), vm.aggregator());
      }
    }
  }

  private static void vms(Host host, Found found) {
    for (VirtualMachine vm : host.vms()) {
      found.add(found.prefix + vm.name(), vm);
    }
  }
}
