// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.time.Seed;
import dev.ringside.world.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may be said about the subnets of a lab, and what the lab gives them. */
class SubnetsTest {

  private final World world = new World(Seed.of(1), 100, false);

  private static SubnetBuilder subnet(String name, String ipv4) {
    return new SubnetBuilder(name, IpPrefix.of(ipv4));
  }

  private Subnets subnets(SubnetBuilder... builders) {
    return new Subnets(world, List.of(builders));
  }

  @Test
  void what_is_left_out_is_given() {
    Subnets subnets =
        subnets(
            subnet("A", "192.0.2.0/24"),
            subnet("B", "198.51.100.0/24").vlan(102),
            subnet("C", "203.0.113.0/31").ipv6("2001:db8:c::/126"));

    assertThat(subnets.list())
        .hasToString(
            "[subnet A (192.0.2.0/24, 2001:db8:53:1::/64, VLAN 101),"
                + " subnet B (198.51.100.0/24, 2001:db8:53:2::/64, VLAN 102),"
                + " subnet C (203.0.113.0/31, 2001:db8:c::/126, VLAN 103)]");
    assertThat(subnets).hasToString("subnets [A, B, C]");
    assertThat(subnets.get("C").gateway()).hasToString("203.0.113.0");
    assertThat(subnets.get("C").ipv6Gateway()).hasToString("2001:db8:c::1");
  }

  @Test
  void a_subnet_knows_its_addresses() {
    Subnet a = subnets(subnet("A", "192.0.2.0/24")).get("A");

    assertThat(a.contains(IpAddress.of("192.0.2.255"))).isTrue();
    assertThat(a.contains(IpAddress.of("2001:db8:53:1::7"))).isTrue();
    assertThat(a.contains(IpAddress.of("192.0.3.1"))).isFalse();
    assertThat(a.contains(IpAddress.of("2001:db8:53:2::7"))).isFalse();
    assertThat(a.poolOf(IpAddress.of("192.0.2.7"))).isSameAs(a.pool());
    assertThat(a.poolOf(IpAddress.of("2001:db8:53:1::7"))).isSameAs(a.ipv6Pool());
    assertThat(a.pool().isUsed(a.gateway())).isTrue();
    assertThat(a.ipv6Pool().isUsed(a.ipv6Gateway())).isTrue();
  }

  @Test
  void a_subnet_needs_a_name_and_room_for_a_station() {
    assertThatThrownBy(() -> subnet(" ", "192.0.2.0/24"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a subnet needs a name, such as 'A'");
    assertThatThrownBy(() -> subnet("A", "192.0.2.0/32"))
        .hasMessage("192.0.2.0/32 of subnet A is no IPv4 prefix of at most 31 bits");
    assertThatThrownBy(() -> subnet("A", "2001:d00::/24"))
        .hasMessage("2001:d00::/24 of subnet A is no IPv4 prefix of at most 31 bits");
    assertThatThrownBy(() -> subnet("A", "192.0.2.0/24").ipv6("2001:db8::/127"))
        .hasMessage("2001:db8::/127 of subnet A is no IPv6 prefix of at most 126 bits");
    assertThatThrownBy(() -> subnet("A", "192.0.2.0/24").ipv6("198.51.100.0/24"))
        .hasMessage("198.51.100.0/24 of subnet A is no IPv6 prefix of at most 126 bits");
  }

  @Test
  void a_vlan_is_none_that_switches_use_themselves() {
    SubnetBuilder builder = subnet("A", "192.0.2.0/24");

    assertThatThrownBy(() -> builder.vlan(1)).hasMessage("VLAN 1 of subnet A is not in 2 to 4094");
    assertThatThrownBy(() -> builder.vlan(4_095))
        .hasMessage("VLAN 4095 of subnet A is not in 2 to 4094");
    assertThat(subnets(builder.vlan(2)).get("A").vlan()).isEqualTo(2);
    assertThat(subnets(builder.vlan(4_094)).get("A").vlan()).isEqualTo(4_094);
  }

  @Test
  void one_inside_another_overlaps_it_whichever_comes_first() {
    assertThatThrownBy(() -> subnets(subnet("A", "192.0.2.128/25"), subnet("B", "192.0.2.0/24")))
        .hasMessage("192.0.2.0/24 of subnet B overlaps 192.0.2.128/25 of A");
    assertThatThrownBy(() -> subnets(subnet("A", "192.0.2.0/24").ipv6("2001:db8:52:7::/64")))
        .hasMessage(
            "2001:db8:52:7::/64 of subnet A overlaps 2001:db8:52::/48, of which stations outside"
                + " the subnets have their addresses");
  }
}
