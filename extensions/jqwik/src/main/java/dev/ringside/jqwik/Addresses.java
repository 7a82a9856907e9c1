// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.VlanTag;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Addresses and VLAN tags. They shrink towards small numbers, and their edge cases are those that
 * mean something: zero, broadcast, the bounds of the group ranges.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<MacAddress> stations() {
 *   return Addresses.stationMacs();
 * }
 * }</pre>
 */
public final class Addresses {

  private static final long GROUP_BIT = 0x0100_0000_0000L;
  private static final long LONGEST_MAC = MacAddress.BROADCAST.bits();
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  private Addresses() {}

  /** Any Ethernet address, those of groups included. */
  public static Arbitrary<MacAddress> macs() {
    return Arbitraries.longs()
        .between(0, LONGEST_MAC)
        .map(MacAddress::new)
        .edgeCases(
            edges -> {
              edges.add(MacAddress.ZERO);
              edges.add(MacAddress.BROADCAST);
              edges.add(new MacAddress(GROUP_BIT));
            });
  }

  /** Ethernet addresses that a station may have: neither zero nor that of a group. */
  public static Arbitrary<MacAddress> stationMacs() {
    return Arbitraries.longs()
        .between(1, LONGEST_MAC)
        .map(bits -> bits & ~GROUP_BIT)
        .map(bits -> new MacAddress(bits == 0 ? 1 : bits))
        .edgeCases(edges -> edges.add(new MacAddress(1)));
  }

  /** Ethernet addresses of groups, broadcast included. */
  public static Arbitrary<MacAddress> groupMacs() {
    return Arbitraries.longs()
        .between(0, LONGEST_MAC)
        .map(bits -> new MacAddress(bits | GROUP_BIT))
        .edgeCases(
            edges -> {
              edges.add(new MacAddress(GROUP_BIT));
              edges.add(MacAddress.BROADCAST);
            });
  }

  /** Any IPv4 address. */
  public static Arbitrary<Ipv4Address> ipv4() {
    return Arbitraries.integers()
        .map(Ipv4Address::new)
        .edgeCases(
            edges -> {
              edges.add(new Ipv4Address(0));
              edges.add(Ipv4Address.BROADCAST);
              edges.add(Ipv4Address.of("127.0.0.1"));
              edges.add(Ipv4Address.of("224.0.0.0"));
              edges.add(Ipv4Address.of("239.255.255.255"));
            });
  }

  /** Any IPv6 address. */
  public static Arbitrary<Ipv6Address> ipv6() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
        .as(Ipv6Address::new)
        .edgeCases(
            edges -> {
              edges.add(Ipv6Address.of("::"));
              edges.add(Ipv6Address.of("::1"));
              edges.add(Ipv6Address.of("fe80::1"));
              edges.add(Ipv6Address.of("ff02::1"));
              edges.add(new Ipv6Address(-1, -1));
            });
  }

  /** Any IP address, of either version. */
  public static Arbitrary<IpAddress> ips() {
    return Arbitraries.oneOf(ipv4(), ipv6());
  }

  /** Any prefix, of either version and of any length. */
  public static Arbitrary<IpPrefix> prefixes() {
    Arbitrary<IpPrefix> ipv4 =
        Combinators.combine(ipv4(), Arbitraries.integers().between(0, IPV4_BITS))
            .as(IpPrefix::around);
    Arbitrary<IpPrefix> ipv6 =
        Combinators.combine(ipv6(), Arbitraries.integers().between(0, IPV6_BITS))
            .as(IpPrefix::around);
    return Arbitraries.oneOf(ipv4, ipv6);
  }

  /** VLAN tags of both kinds, with the reserved numbers 0 and 4095. */
  public static Arbitrary<VlanTag> vlanTags() {
    return Combinators.combine(
            Arbitraries.of(VlanTag.CUSTOMER_TAG, VlanTag.SERVICE_TAG),
            Arbitraries.integers().between(0, VlanTag.MAX_PRIORITY),
            Arbitraries.of(false, true),
            Arbitraries.integers().between(0, VlanTag.MAX_VLAN_ID))
        .as(VlanTag::new)
        .edgeCases(
            edges -> {
              edges.add(VlanTag.of(0));
              edges.add(VlanTag.of(1));
              edges.add(VlanTag.of(VlanTag.MAX_VLAN_ID));
            });
  }

  /** Stations with addresses that one may have: none of them is that of a group. */
  public static Arbitrary<Endpoint> endpoints() {
    Arbitrary<Ipv4Address> ipv4 =
        Arbitraries.integers().between(0x0100_0000, 0x7eff_ffff).map(Ipv4Address::new);
    Arbitrary<Ipv6Address> ipv6 =
        Arbitraries.longs()
            .between(1, Long.MAX_VALUE)
            .map(low -> new Ipv6Address(0x2001_0db8_0000_0000L, low));
    return Combinators.combine(stationMacs(), ipv4, ipv6)
        .as((mac, v4, v6) -> Endpoint.of("somebody", mac, v4, v6))
        .withoutEdgeCases();
  }
}
