// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Prefixes for routing tables, and the subnets of a lab.
 *
 * <pre>{@code
 * @Property
 * void the_longest_prefix_counts(
 *     @ForAll("tables") List<IpPrefix> table, @ForAll("addresses") IpAddress address) { ... }
 *
 * @Provide
 * Arbitrary<List<IpPrefix>> tables() {
 *   return RoutingArbitraries.tables(RoutingArbitraries.nestedPrefixes(), 20);
 * }
 * }</pre>
 */
public final class RoutingArbitraries {

  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  /** 192.0.2.0, 198.51.100.0 and 203.0.113.0, the networks for documentation (RFC 5737). */
  private static final List<Integer> EXAMPLES = List.of(0xc000_0200, 0xc633_6400, 0xcb00_7100);

  private RoutingArbitraries() {}

  /**
   * Prefixes of both IP versions that differ in few bits, so that many of them contain each other:
   * default routes, networks, host routes.
   */
  public static Arbitrary<IpPrefix> nestedPrefixes() {
    return nearAddresses()
        .flatMap(
            ip ->
                Arbitraries.integers()
                    .between(0, ip.version() == 4 ? IPV4_BITS : IPV6_BITS)
                    .map(length -> IpPrefix.around(ip, length)));
  }

  /** Addresses of both IP versions that are in many {@link #nestedPrefixes}. */
  public static Arbitrary<IpAddress> nearAddresses() {
    Arbitrary<Integer> low = Arbitraries.of(0, 1, 2, 7, 128, 129, 255);
    Arbitrary<IpAddress> ipv4 =
        Combinators.combine(Arbitraries.of(EXAMPLES), low)
            .as((network, host) -> new Ipv4Address(network | host));
    Arbitrary<IpAddress> ipv6 =
        Combinators.combine(Arbitraries.of(0, 1, 3), low, Arbitraries.of(0L, 1L << 63))
            .as(
                (subnet, host, half) ->
                    new Ipv6Address(0x2001_0db8_0000_0000L | subnet, half | host));
    return Arbitraries.oneOf(ipv4, ipv6);
  }

  /** Addresses that begin with a prefix, its lowest and highest among them. */
  public static Arbitrary<IpAddress> addressesIn(IpPrefix prefix) {
    if (prefix.network() instanceof Ipv4Address network) {
      long hosts = (1L << (IPV4_BITS - prefix.length())) - 1;
      return Arbitraries.longs()
          .between(0, hosts)
          .map(host -> new Ipv4Address(network.bits() | (int) (long) host));
    }
    Ipv6Address network = (Ipv6Address) prefix.network();
    long high = prefix.length() >= 64 ? 0 : -1L >>> prefix.length();
    int lowBits = Math.min(64, IPV6_BITS - prefix.length());
    long low = lowBits == 0 ? 0 : -1L >>> (64 - lowBits);
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
        .as((h, l) -> new Ipv6Address(network.high() | (h & high), network.low() | (l & low)));
  }

  /** At most so many different prefixes. */
  public static Arbitrary<List<IpPrefix>> tables(Arbitrary<IpPrefix> prefixes, int most) {
    return prefixes.list().uniqueElements().ofMaxSize(most);
  }

  /**
   * One to so many IPv4 subnets that do not overlap, with room for at least two stations each, as
   * {@code LabBuilder.subnet} takes them.
   *
   * @throws IllegalArgumentException if the number is not 1 to 256
   */
  public static Arbitrary<List<IpPrefix>> subnets(int most) {
    if (most < 1 || most > 256) {
      throw new IllegalArgumentException("number of subnets " + most + " is not in 1 to 256");
    }
    return Arbitraries.integers()
        .between(16, 29)
        .list()
        .ofMinSize(1)
        .ofMaxSize(most)
        .map(RoutingArbitraries::apart);
  }

  /** Subnets of these prefix lengths, each in a block of its own of 10.0.0.0/8. */
  private static List<IpPrefix> apart(List<Integer> lengths) {
    List<IpPrefix> subnets = new ArrayList<>();
    for (int length : lengths) {
      subnets.add(new IpPrefix(new Ipv4Address(10 << 24 | subnets.size() << 16), length));
    }
    return subnets;
  }
}
