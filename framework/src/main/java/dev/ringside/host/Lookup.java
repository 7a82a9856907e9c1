// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.wire.Cable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a host has by its name, or says what there is instead. */
final class Lookup {

  private Lookup() {}

  static HostPort port(List<HostPort> ports, String name, String host) {
    for (HostPort port : ports) {
      if (port.name().equals(name)) {
        return port;
      }
    }
    List<String> names = new ArrayList<>(ports.size());
    for (HostPort port : ports) {
      names.add(port.name());
    }
    throw new IllegalArgumentException(
        "no PNIC named '" + name + "' on host " + host + "; it has " + names);
  }

  /** Refuses another NIC where there are as many as there can be. */
  static void checkRoom(List<HostPort> ports, String host) {
    if (ports.size() == HostBuilder.MAX_PNICS) {
      throw new IllegalStateException(
          "host " + host + " has " + ports.size() + " PNICs, which is all that it can have");
    }
  }

  static LinkAggregator required(@Nullable LinkAggregator aggregator, String host) {
    if (aggregator == null) {
      throw new IllegalStateException(
          "host " + host + " has no aggregator; build it with aggregation(ACTIVE_STANDBY)");
    }
    return aggregator;
  }

  /** Refuses a second virtual machine of a name. */
  static void checkFree(Guests guests, String name, String host) {
    if (guests.find(name) != null) {
      throw new IllegalArgumentException("host " + host + " already has a VM named '" + name + "'");
    }
  }

  static Guest guest(Guests guests, String name, String host) {
    Guest found = guests.find(name);
    if (found != null) {
      return found;
    }
    throw new IllegalArgumentException(
        "no VM named '" + name + "' on host " + host + "; it has " + guests.names());
  }

  static List<PhysicalNic> nics(List<HostPort> ports) {
    List<PhysicalNic> nics = new ArrayList<>(ports.size());
    for (HostPort port : ports) {
      nics.add(port.nic());
    }
    return nics;
  }

  static List<Cable> cables(List<HostPort> ports) {
    List<Cable> cables = new ArrayList<>(ports.size());
    for (HostPort port : ports) {
      cables.add(port.cable());
    }
    return cables;
  }
}
