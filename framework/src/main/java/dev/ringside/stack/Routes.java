// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PrefixTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a network stack sends what is for other stations: straight to them, or to a gateway.
 *
 * <pre>{@code
 * web.stack().routes().addOnLink("192.0.2.0/24").addGateway("192.0.2.1");
 * web.stack().routes().add("198.51.100.7", "192.0.2.9"); // one host, by another gateway
 * }</pre>
 *
 * <p>The longest prefix counts (RFC 1122, section 3.3.1). While no route was ever added, every
 * station is on link, and {@code to(station)} needs no address resolution. From the first route on,
 * all packets but those with {@code toMac} go to the next hop, whose MAC address is resolved; a
 * packet that no route leads anywhere for is dropped as {@code NO_ROUTE}. IPv6 link-local addresses
 * and groups are on link without a route, and what a stack sends to itself never leaves it.
 */
public final class Routes {

  private static final IpPrefix EVERYTHING_V4 = new IpPrefix(new Ipv4Address(0), 0);
  private static final IpPrefix EVERYTHING_V6 = new IpPrefix(new Ipv6Address(0, 0), 0);
  private static final IpPrefix LINK_LOCAL = new IpPrefix(new Ipv6Address(0xfe80L << 48, 0), 10);

  private final Object lock;
  private final PrefixTable<Entry> entries = new PrefixTable<>();
  private boolean used;
  private boolean othersOnLink;

  Routes(Object lock) {
    this.lock = lock;
  }

  // ---- changing ----

  /** Stations with this prefix are on link. */
  public Routes addOnLink(IpPrefix prefix) {
    return put(new Entry(prefix, null));
  }

  /** Stations with this prefix, such as 192.0.2.0/24, are on link. */
  public Routes addOnLink(String prefix) {
    return addOnLink(IpPrefix.of(prefix));
  }

  /**
   * What is for this prefix goes to this gateway; an earlier route for the prefix gives way.
   *
   * @throws IllegalArgumentException if they are not of one IP version
   */
  public Routes add(IpPrefix prefix, IpAddress gateway) {
    if (prefix.network().version() != gateway.version()) {
      throw new IllegalArgumentException(
          "gateway " + gateway + " is not of the IP version of " + prefix);
    }
    return put(new Entry(prefix, gateway));
  }

  /** What is for this prefix or address goes to this gateway. */
  public Routes add(String prefix, String gateway) {
    return add(IpPrefix.of(prefix), IpAddress.of(gateway));
  }

  /** What no other route is for goes to this gateway. */
  public Routes addGateway(IpAddress gateway) {
    return add(gateway.version() == 4 ? EVERYTHING_V4 : EVERYTHING_V6, gateway);
  }

  /** What no other route is for goes to this gateway. */
  public Routes addGateway(String gateway) {
    return addGateway(IpAddress.of(gateway));
  }

  private Routes put(Entry entry) {
    synchronized (lock) {
      used = true;
      entries.put(entry.prefix, entry);
    }
    return this;
  }

  /**
   * Forgets the route for this prefix.
   *
   * @return false if there is none
   */
  public boolean remove(IpPrefix prefix) {
    synchronized (lock) {
      return entries.remove(prefix) != null;
    }
  }

  /** Forgets the route for this prefix; false if there is none. */
  public boolean remove(String prefix) {
    return remove(IpPrefix.of(prefix));
  }

  /** What no route is for is on link, as for a stack that never had a route. */
  public void setOthersOnLink(boolean on) {
    synchronized (lock) {
      othersOnLink = on;
    }
  }

  // ---- asking ----

  /** Whether routes decide: one was added, even if none is left. */
  boolean decide() {
    return used;
  }

  /** Whether a packet to this address goes as from a stack that never had a route. */
  boolean leavesAlone(IpAddress destination) {
    return !used || (othersOnLink && entries.find(destination) == null);
  }

  /**
   * Whom a packet to this address is given to: the station itself if it is on link, or a gateway;
   * null if no route leads there.
   */
  public @Nullable IpAddress nextHop(IpAddress destination) {
    synchronized (lock) {
      Entry entry = entries.find(destination);
      if (entry == null) {
        return !used || othersOnLink || LINK_LOCAL.contains(destination) ? destination : null;
      }
      return entry.gateway == null ? destination : entry.gateway;
    }
  }

  /** Whether this address reaches all stations of a subnet that is on link. */
  boolean isBroadcast(IpAddress destination) {
    Entry entry = entries.find(destination);
    return entry != null && entry.gateway == null && entry.prefix.isBroadcast(destination);
  }

  /** Whether a packet is for all stations of a subnet that is on link. */
  boolean isBroadcast(Packet packet) {
    Entry entry = packet.ipVersion() == 4 ? entries.findDestination(packet) : null;
    Ipv4Address all = entry == null || entry.gateway != null ? null : entry.prefix.broadcast();
    return all != null && all.bits() == packet.intAt(packet.networkOffset() + 16);
  }

  /** The routes in lines, as {@code 192.0.2.0/24 on link} and {@code 0.0.0.0/0 via 192.0.2.1}. */
  public List<String> lines() {
    synchronized (lock) {
      List<String> lines = new ArrayList<>(entries.size());
      for (Entry entry : entries.values()) {
        lines.add(entry.toString());
      }
      return lines;
    }
  }

  @Override
  public String toString() {
    return lines().toString();
  }

  private record Entry(IpPrefix prefix, @Nullable IpAddress gateway) {
    @Override
    public String toString() {
      return prefix + (gateway == null ? " on link" : " via " + gateway);
    }
  }
}
