// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PrefixTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a router, IPv4 and IPv6: of those that lead to an address, the one with the longest
 * prefix counts (RFC 1812, section 5.2.4.3).
 *
 * <pre>{@code
 * router.routes().add("198.51.100.0/24", "192.0.2.9"); // via this gateway
 * router.routes().find(IpAddress.of("198.51.100.7"));  // ... via 192.0.2.9 at A
 * }</pre>
 *
 * <p>The subnets of the router's ports are in it by themselves. There is one route for a prefix:
 * metrics and several equal routes are not modelled.
 */
public final class RoutingTable {

  private final Object lock;
  private final PrefixTable<Route> table = new PrefixTable<>();

  RoutingTable(Object lock) {
    this.lock = lock;
  }

  /**
   * What is for this prefix goes to this gateway; an earlier route for the prefix gives way.
   *
   * @throws IllegalArgumentException if the gateway is not on link
   */
  public RoutingTable add(IpPrefix prefix, IpAddress gateway) {
    synchronized (lock) {
      Route way = table.find(gateway);
      if (way == null || way.gatewayOrNull() != null) {
        throw new IllegalArgumentException(
            "gateway "
                + gateway
                + " of "
                + prefix
                + " is not on link; the routes are "
                + table.values());
      }
      if (prefix.network().version() != gateway.version()) {
        throw new IllegalArgumentException(
            "gateway " + gateway + " is not of the IP version of " + prefix);
      }
      table.put(prefix, new Route(prefix, way.port(), gateway));
      return this;
    }
  }

  /** What is for this prefix or address goes to this gateway. */
  public RoutingTable add(String prefix, String gateway) {
    return add(IpPrefix.of(prefix), IpAddress.of(gateway));
  }

  /** Stations with this prefix are on link at this port; an earlier route for it gives way. */
  public RoutingTable addOnLink(IpPrefix prefix, RouterPort port) {
    synchronized (lock) {
      table.put(prefix, new Route(prefix, port, null));
      return this;
    }
  }

  /**
   * Forgets the route for this prefix.
   *
   * @return false if there is none
   */
  public boolean remove(IpPrefix prefix) {
    synchronized (lock) {
      return table.remove(prefix) != null;
    }
  }

  /** The route to an address, null if none leads there. */
  public @Nullable Route find(IpAddress destination) {
    synchronized (lock) {
      return table.find(destination);
    }
  }

  /** The route for exactly this prefix, null if there is none. */
  public @Nullable Route get(IpPrefix prefix) {
    synchronized (lock) {
      return table.get(prefix);
    }
  }

  /** The route of a packet; within an operation. */
  @Nullable Route findFor(Packet packet) {
    return table.findDestination(packet);
  }

  /** How many routes there are. */
  public int size() {
    synchronized (lock) {
      return table.size();
    }
  }

  /** All routes: IPv4 before IPv6, by address and length of the prefix. */
  public List<Route> list() {
    synchronized (lock) {
      return List.copyOf(table.values());
    }
  }

  void removeAllOf(RouterPort port) {
    for (Route route : table.values()) {
      if (route.port() == port) {
        table.remove(route.prefix());
      }
    }
  }

  @Override
  public String toString() {
    return list().toString();
  }
}
