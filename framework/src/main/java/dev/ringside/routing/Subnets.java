// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.VlanMode;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.PrefixTable;
import dev.ringside.stack.Routes;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The subnets of a lab, and the router between them.
 *
 * <pre>
 *   router port of subnet n   02:52:53:04:nn:nn   the lowest addresses of the subnet
 *   router port "station"     02:52:53:04:00:00   198.18.255.253, 2001:db8:52::fd, in VLAN 1
 *   given VLANs               101, 102, ...       given IPv6   2001:db8:53:n::/64
 * </pre>
 *
 * <pre>{@code
 * Subnet a = subnets.of(web.ipv4());
 * }</pre>
 */
public final class Subnets {

  static final int LAST_VLAN = 4094;

  private static final int FIRST_VLAN = 101;
  private static final long ROUTER_MAC = 0x0252_5304_0000L;
  private static final long GIVEN_IPV6 = 0x2001_0db8_0053_0000L;
  private static final Ipv4Address STATION_SIDE = new Ipv4Address(0xc612_fffd);
  private static final Ipv6Address STATION_SIDE_V6 = new Ipv6Address(0x2001_0db8_0052_0000L, 0xfd);

  /** What the lab gives to stations that are in no subnet. */
  private static final List<IpPrefix> OF_OTHERS =
      List.of(IpPrefix.of("198.18.0.0/15"), IpPrefix.of("2001:db8:52::/48"));

  private final Map<String, Subnet> byName = new LinkedHashMap<>();
  private final PrefixTable<Subnet> byPrefix = new PrefixTable<>();
  private final Set<Integer> vlans = new LinkedHashSet<>();
  private int nextVlan = FIRST_VLAN;

  /**
   * The subnets that were asked for.
   *
   * @throws IllegalArgumentException if they overlap, or one VLAN was given to two of them
   */
  public Subnets(World world, List<SubnetBuilder> builders) {
    for (SubnetBuilder builder : builders) {
      if (builder.vlan() != 0 && !vlans.add(builder.vlan())) {
        throw new IllegalArgumentException(
            "VLAN " + builder.vlan() + " of subnet " + builder.name() + " is another one's");
      }
    }
    for (SubnetBuilder builder : builders) {
      add(RoutingParts.of(world), builder);
    }
  }

  private void add(RoutingParts parts, SubnetBuilder builder) {
    IpPrefix said = builder.ipv6();
    int number = byName.size() + 1;
    IpPrefix ipv6 =
        said == null ? IpPrefix.around(new Ipv6Address(GIVEN_IPV6 + number, 0), 64) : said;
    Subnet subnet =
        new Subnet(
            builder.name(),
            builder.vlan() == 0 ? freeVlan(builder.name()) : builder.vlan(),
            parts.addressPool(builder.ipv4()),
            parts.addressPool(ipv6));
    if (byName.putIfAbsent(subnet.name(), subnet) != null) {
      throw new IllegalArgumentException(
          "the lab already has a subnet named '" + subnet.name() + "'; give each its own name");
    }
    for (IpPrefix prefix : subnet.prefixes()) {
      checkApart(subnet, prefix);
      byPrefix.put(prefix, subnet);
    }
  }

  private int freeVlan(String subnet) {
    while (!vlans.add(nextVlan)) {
      nextVlan++;
    }
    if (nextVlan > LAST_VLAN) {
      throw new IllegalArgumentException("no VLAN is left for subnet " + subnet + "; say vlan(n)");
    }
    return nextVlan;
  }

  private void checkApart(Subnet subnet, IpPrefix prefix) {
    for (Subnet other : byName.values()) {
      for (IpPrefix each : other.prefixes()) {
        if (other != subnet && overlap(prefix, each)) {
          throw new IllegalArgumentException(
              prefix + " of subnet " + subnet.name() + " overlaps " + each + " of " + other.name());
        }
      }
    }
    for (IpPrefix each : OF_OTHERS) {
      if (overlap(prefix, each)) {
        throw new IllegalArgumentException(
            prefix
                + " of subnet "
                + subnet.name()
                + " overlaps "
                + each
                + ", of which stations outside the subnets have their addresses");
      }
    }
  }

  private static boolean overlap(IpPrefix one, IpPrefix other) {
    return one.contains(other.network()) || other.contains(one.network());
  }

  /** The subnets, in order. */
  public List<Subnet> list() {
    return List.copyOf(byName.values());
  }

  /**
   * A subnet.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Subnet get(String name) {
    Subnet found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no subnet named '" + name + "' in the lab; it has " + byName.keySet());
    }
    return found;
  }

  /** The subnet that an address is in, null if it is in none. */
  public @Nullable Subnet of(IpAddress ip) {
    return byPrefix.find(ip);
  }

  // ---- the router between them ----

  /** A router with a port in each of them, which is their gateway, on this switch. */
  public Router newRouter(World world, String name, LearningSwitch network) {
    Router router = RoutingParts.of(world).router(world, name);
    long mac = ROUTER_MAC;
    for (Subnet subnet : byName.values()) {
      router
          .addPort(subnet.name(), new MacAddress(++mac), network, subnet.vlan())
          .addAddress(subnet.gateway(), subnet.ipv4().length())
          .addAddress(subnet.ipv6Gateway(), subnet.ipv6().length());
    }
    return router;
  }

  /**
   * Lets a station in VLAN 1 of the switch reach the subnets by the router, and be reached. What it
   * sends elsewhere goes as before.
   */
  public void connect(Router router, LearningSwitch network, Endpoint station, Routes routes) {
    RouterPort port =
        router
            .addPort("station", new MacAddress(ROUTER_MAC), network, VlanMode.DEFAULT_NATIVE)
            .addAddress(STATION_SIDE, 32)
            .addAddress(STATION_SIDE_V6, 128);
    router.routes().addOnLink(IpPrefix.of(station.ipv4()), port);
    router.routes().addOnLink(IpPrefix.of(station.ipv6()), port);
    routes.setOthersOnLink(true);
    for (Subnet subnet : byName.values()) {
      routes.add(subnet.ipv4(), STATION_SIDE).add(subnet.ipv6(), STATION_SIDE_V6);
      reserve(subnet, station.ipv4());
      reserve(subnet, station.ipv6());
    }
  }

  private static void reserve(Subnet subnet, IpAddress ip) {
    if (subnet.contains(ip)) {
      boolean unused = subnet.poolOf(ip).reserve(ip);
    }
  }

  @Override
  public String toString() {
    List<String> names = new ArrayList<>(byName.keySet());
    return "subnets " + names;
  }
}
