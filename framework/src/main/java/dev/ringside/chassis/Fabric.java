// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import dev.ringside.host.AddressPlan;
import dev.ringside.routing.Subnets;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.ExternalSwitch;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the chassis of a lab have in common: the network that joins them, and a number that grows
 * with every change of what is where and of what can be reached how.
 *
 * <pre>{@code
 * long before = lab.topologyVersion();
 * }</pre>
 */
public final class Fabric {

  private final World world;
  private final ExternalSwitch network;
  private final AddressPlan plan;
  private List<Runnable> listeners = List.of();
  private final @Nullable Subnets subnets;
  private final Map<VirtualMachine, List<VirtualSwitchingTable>> departed = new LinkedHashMap<>();
  private long version;

  /** Creates one without chassis. */
  public Fabric(World world, ExternalSwitch network, AddressPlan plan, @Nullable Subnets subnets) {
    this.subnets = subnets;
    this.world = world;
    this.network = network;
    this.plan = plan;
  }

  World world() {
    return world;
  }

  ExternalSwitch network() {
    return network;
  }

  @Nullable Subnets subnets() {
    return subnets;
  }

  AddressPlan plan() {
    return plan;
  }

  // ---- who has left which chassis ----

  /** A virtual machine has left the chassis of this table, which says where it is from now on. */
  void hasLeft(VirtualMachine vm, VirtualSwitchingTable table) {
    List<VirtualSwitchingTable> tables = departed.computeIfAbsent(vm, each -> new ArrayList<>(1));
    if (!tables.contains(table)) {
      tables.add(table);
    }
  }

  /** The tables of chassis that it was in before say where it is now. */
  void hasArrived(VirtualMachine vm, Blade blade) {
    for (VirtualSwitchingTable table : departed.getOrDefault(vm, List.of())) {
      if (table.bladeOf(vm) != blade) {
        table.put(vm, blade, Duration.ZERO);
      }
    }
  }

  /** It is in no chassis any more. */
  void hasGone(VirtualMachine vm) {
    List<VirtualSwitchingTable> tables = departed.remove(vm);
    if (tables != null) {
      for (VirtualSwitchingTable table : tables) {
        table.remove(vm);
      }
    }
  }

  // ---- changes ----

  /** Grows with every change. */
  public long version() {
    synchronized (world) {
      return version;
    }
  }

  /** Something has changed. */
  public void changed() {
    version++;
    for (Runnable listener : listeners) {
      listener.run();
    }
  }

  /** Calls this after every change from now on, within the operation that has made it. */
  public void onChange(Runnable listener) {
    synchronized (world) {
      List<Runnable> more = new ArrayList<>(listeners);
      more.add(listener);
      listeners = more;
    }
  }
}
