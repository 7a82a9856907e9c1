// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The addresses of a port of a router, with the subnet of each. */
final class PortAddresses {

  private static final IpAddress NONE = new Ipv4Address(0);

  private final Map<IpAddress, IpPrefix> subnets = new LinkedHashMap<>(4);

  void add(IpAddress ip, IpPrefix subnet) {
    subnets.put(ip, subnet);
  }

  /** The subnet that was given with the address, null if it is not here. */
  @Nullable IpPrefix remove(IpAddress ip) {
    return subnets.remove(ip);
  }

  boolean has(IpAddress ip) {
    return subnets.containsKey(ip);
  }

  boolean isIn(IpPrefix subnet) {
    return subnets.containsValue(subnet);
  }

  List<IpAddress> list() {
    return List.copyOf(subnets.keySet());
  }

  /** The first one in the subnet of a neighbour, or else the first of its IP version. */
  IpAddress sourceFor(IpAddress neighbour, MacAddress mac) {
    IpAddress first = null;
    for (Map.Entry<IpAddress, IpPrefix> each : subnets.entrySet()) {
      if (each.getValue().contains(neighbour)) {
        return each.getKey();
      }
      if (first == null && each.getKey().version() == neighbour.version()) {
        first = each.getKey();
      }
    }
    if (first != null) {
      return first;
    }
    return neighbour.version() == 4 ? NONE : Ipv6Address.linkLocal(mac);
  }
}
