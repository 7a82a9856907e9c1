// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import dev.ringside.aggregate.AggregateParts;
import dev.ringside.bridge.BridgeParts;
import dev.ringside.chassis.ChassisParts;
import dev.ringside.flow.FlowParts;
import dev.ringside.host.HostParts;
import dev.ringside.memory.MemoryParts;
import dev.ringside.migration.MigrationParts;
import dev.ringside.monitor.MonitorParts;
import dev.ringside.nic.NicParts;
import dev.ringside.routing.RoutingParts;
import dev.ringside.stack.StackParts;
import dev.ringside.steering.SteeringParts;
import dev.ringside.transfer.TransferParts;
import dev.ringside.virt.VirtParts;
import dev.ringside.vm.VmParts;
import dev.ringside.wire.WireParts;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All that can have faults: what the parts make, and the interfaces by which others use it. */
final class DeviceTypes {

  private static final List<Class<?>> PARTS =
      List.of(
          AggregateParts.class,
          BridgeParts.class,
          ChassisParts.class,
          FlowParts.class,
          HostParts.class,
          MemoryParts.class,
          MigrationParts.class,
          MonitorParts.class,
          NicParts.class,
          RoutingParts.class,
          StackParts.class,
          SteeringParts.class,
          TransferParts.class,
          VirtParts.class,
          VmParts.class,
          WireParts.class);

  /**
   * Interfaces first, and no class before one that it extends, so that the first one that a
   * reference takes is the one that it names; otherwise by name.
   */
  static final List<Class<?>> ALL = all();

  private DeviceTypes() {}

  /** The classes that devices are made by. */
  static List<Class<?>> parts() {
    return PARTS;
  }

  private static List<Class<?>> all() {
    Set<Class<?>> types =
        new TreeSet<>(
            Comparator.<Class<?>>comparingInt(DeviceTypes::depth).thenComparing(Class::getName));
    for (Class<?> parts : PARTS) {
      for (Method method : parts.getDeclaredMethods()) {
        Class<?> type = method.getReturnType();
        if (!Modifier.isStatic(method.getModifiers()) && DeviceClasses.isPossible(type)) {
          addWithInterfaces(type, types);
        }
      }
    }
    return List.copyOf(types);
  }

  private static void addWithInterfaces(Class<?> type, Set<Class<?>> types) {
    types.add(type);
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Class<?> used : each.getInterfaces()) {
        if (used.getName().startsWith("dev.ringside.") && Modifier.isPublic(used.getModifiers())) {
          addWithInterfaces(used, types);
        }
      }
    }
  }

  /** How far it is from what extends nothing; interfaces come before all classes. */
  private static int depth(Class<?> type) {
    int depth = type.isInterface() ? -100 : 0;
    if (type.isInterface()) {
      for (Class<?> extended : type.getInterfaces()) {
        depth = Math.max(depth, depth(extended) + 1);
      }
      return depth;
    }
    for (Class<?> each = type.getSuperclass(); each != null; each = each.getSuperclass()) {
      depth++;
    }
    return depth;
  }

  /** Says which there are. */
  static IllegalArgumentException none(String why) {
    List<String> names = new ArrayList<>(ALL.size());
    for (Class<?> type : ALL) {
      if (Modifier.isPublic(type.getModifiers())) {
        names.add(type.getSimpleName());
      }
    }
    names.sort(Comparator.naturalOrder());
    return new IllegalArgumentException(why + "; devices are " + names);
  }
}
