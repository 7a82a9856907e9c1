// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.LabBuilder;
import dev.ringside.chassis.Blade;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.Host;
import dev.ringside.host.HostBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blades and chassis as devices that a test can ask for. Apart from the other devices, so that
 * tests without them do not pay for them.
 */
@HostSpec(name = "b1", chassis = "c1", virtualFunctions = 4, vms = "vm1")
@HostSpec(name = "b2", chassis = "c1", virtualFunctions = 4, vms = "vm2")
final class Blades {

  private Blades() {}

  /** The entry of a type of this package, null if a test cannot ask for it. */
  static @Nullable DeviceType entryOf(Class<?> type) {
    if (type == Blade.class) {
      return new DeviceType(type, Blades::blades);
    }
    return type == BladeChassis.class ? new DeviceType(type, Blades::chassis) : null;
  }

  private static void blades(Host host, DeviceType.Found found) {
    if (host instanceof Blade) {
      found.add(host.name(), host);
    }
  }

  /** Each with its first blade. */
  private static void chassis(Host host, DeviceType.Found found) {
    if (host instanceof Blade blade && blade.chassis().blades().get(0) == blade) {
      found.add(blade.chassis().name(), blade.chassis());
    }
  }

  /** What the lab of a test is that asks for a blade or chassis and says nothing. */
  static List<HostSpec> byDefault() {
    return List.of(Blades.class.getAnnotationsByType(HostSpec.class));
  }

  /** Where a host is built. */
  static HostBuilder builderOf(HostSpec spec, LabBuilder lab, List<ChassisBuilder> known) {
    if (spec.chassis().isEmpty()) {
      return lab.host(spec.name());
    }
    for (ChassisBuilder chassis : known) {
      if (chassis.name().equals(spec.chassis())) {
        return chassis.blade(spec.name());
      }
    }
    ChassisBuilder chassis = lab.chassis(spec.chassis());
    known.add(chassis);
    return chassis.blade(spec.name());
  }

  /** These without those by default, unless there is nothing else. */
  static List<HostSpec> withoutDefaults(List<HostSpec> hosts) {
    List<HostSpec> said = new ArrayList<>(hosts);
    said.removeAll(byDefault());
    return said;
  }
}
