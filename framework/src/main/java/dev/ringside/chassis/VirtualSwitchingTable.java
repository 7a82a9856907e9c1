// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import dev.ringside.bridge.VlanMode;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a chassis finds the virtual NICs that are in it, or have left it for another chassis. The
 * interconnect sends by it, so an entry that is wrong leads packets astray.
 *
 * <pre>{@code
 * chassis.switchingTable().bladeOf(web);      // blade b1
 * chassis.switchingTable().point(web, blade2); // an update that is wrong, or comes too early
 * }</pre>
 */
public class VirtualSwitchingTable {

  private final World world;
  private final String chassis;
  private final Map<VirtualMachine, SwitchingEntry> entries = new LinkedHashMap<>();
  private final EntryIndex index = new EntryIndex();
  private final Fabric fabric;

  VirtualSwitchingTable(World world, String chassis, Fabric fabric) {
    this.world = world;
    this.chassis = chassis;
    this.fabric = fabric;
  }

  /** The name of the chassis that it is the table of. */
  public String chassisName() {
    return chassis;
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The blade that the table says a virtual machine is on; null if it knows nothing of it. */
  public @Nullable Blade bladeOf(VirtualMachine vm) {
    synchronized (world) {
      SwitchingEntry entry = entries.get(vm);
      return entry == null ? null : entry.blade();
    }
  }

  /** All entries, in the order in which the virtual machines came. */
  public List<SwitchingEntry> entries() {
    synchronized (world) {
      return new ArrayList<>(entries.values());
    }
  }

  /**
   * Writes an entry by hand, right or wrong, as an agent might.
   *
   * @throws IllegalArgumentException if the table has no entry of the virtual machine
   */
  public void point(VirtualMachine vm, Blade blade) {
    world.run(
        () -> {
          if (!entries.containsKey(vm)) {
            throw new IllegalArgumentException(
                "the switching table of chassis "
                    + chassis
                    + " has no entry of VM '"
                    + vm.name()
                    + "'; it has "
                    + entries.values());
          }
          put(vm, blade, Duration.ZERO);
        });
  }

  /** From now on the virtual machine is there; for a while, what comes for it late is sent on. */
  void put(VirtualMachine vm, Blade blade, Duration forward) {
    SwitchingEntry entry = new SwitchingEntry(vm, blade);
    entries.put(vm, entry);
    index.put(new EntryIndex.Row(keyOf(vm), entry, world.now() + forward.toNanos()));
    world.record(chassis, EventKind.LOCATED, vm.name(), blade.name());
    fabric.changed();
  }

  boolean knows(VirtualMachine vm) {
    return entries.containsKey(vm);
  }

  void remove(VirtualMachine vm) {
    if (entries.remove(vm) != null) {
      index.remove(keyOf(vm));
      fabric.changed();
    }
  }

  private static long keyOf(VirtualMachine vm) {
    int vlan = vm.vlan() == 0 ? VlanMode.DEFAULT_NATIVE : vm.vlan();
    return EntryIndex.key(vlan, vm.mac().bits());
  }

  EntryIndex.@Nullable Row find(int vlan, long mac) {
    return index.find(EntryIndex.key(vlan, mac));
  }

  @Override
  public String toString() {
    synchronized (world) {
      return "switching table of chassis " + chassis + ": " + entries.values();
    }
  }
}
