// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import dev.ringside.chassis.Interconnect;
import dev.ringside.host.Host;
import dev.ringside.host.Tenancy;
import dev.ringside.memory.Application;
import dev.ringside.migration.Migration;
import dev.ringside.monitor.Monitor;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How devices fail. */
final class Actors {

  /** The table: another kind of device that can fail is a line here. */
  private static final List<Actor<?>> TABLE =
      List.of(
          new Actor<>(PhysicalNic.class, PhysicalNic::fail),
          new Actor<>(VirtualFunction.class, function -> function.nic().fail()),
          new Actor<>(Host.class, Host::fail),
          new Actor<>(Tenancy.class, tenancy -> tenancy.host().fail()),
          new Actor<>(Interconnect.class, Interconnect::fail),
          new Actor<>(Cable.class, Cable::unplug),
          new Actor<>(Monitor.class, Monitor::die),
          new Actor<>(VirtualMachine.class, VirtualMachine::pause),
          new Actor<>(Application.class, Application::end),
          new Actor<>(Migration.class, Migration::cancel));

  private record Actor<D>(Class<D> type, Consumer<D> failing) {
    void fail(Object device) {
      failing.accept(type.cast(device));
    }
  }

  private Actors() {}

  static void check(Class<?> device, String operation) {
    List<String> names = new ArrayList<>(TABLE.size());
    for (Actor<?> actor : TABLE) {
      if (actor.type.isAssignableFrom(device)) {
        return;
      }
      names.add(actor.type.getSimpleName());
    }
    throw new IllegalArgumentException(
        operation
            + " is carried out by a "
            + device.getSimpleName()
            + ", which cannot fail; of "
            + names
            + " it is known how; say run(call -> ...)");
  }

  static void fail(Object device) {
    for (Actor<?> actor : TABLE) {
      if (actor.type.isInstance(device)) {
        actor.fail(device);
        return;
      }
    }
    throw new AssertionError(device + " cannot fail; please report this bug");
  }
}
