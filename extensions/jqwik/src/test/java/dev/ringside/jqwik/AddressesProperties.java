// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.VlanTag;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

@Domain(RingsideDomain.class)
class AddressesProperties {

  @Provide
  Arbitrary<MacAddress> stations() {
    return Addresses.stationMacs();
  }

  @Provide
  Arbitrary<MacAddress> groups() {
    return Addresses.groupMacs();
  }

  @Property(tries = 200)
  void a_mac_is_read_as_it_is_written(@ForAll MacAddress mac) {
    assertThat(MacAddress.of(mac.toString())).isEqualTo(mac);
  }

  @Property(tries = 200)
  void a_station_has_an_address_of_one(@ForAll("stations") MacAddress mac) {
    assertThat(mac.isMulticast()).isFalse();
    assertThat(mac).isNotEqualTo(MacAddress.ZERO);
  }

  @Property(tries = 200)
  void a_group_has_an_address_of_many(@ForAll("groups") MacAddress mac) {
    assertThat(mac.isMulticast()).isTrue();
  }

  @Property(tries = 200)
  void an_ipv6_address_is_read_as_it_is_written(@ForAll Ipv6Address ip) {
    assertThat(Ipv6Address.of(ip.toString())).isEqualTo(ip);
  }

  @Property(tries = 200)
  void a_prefix_contains_its_network_and_is_read_as_it_is_written(@ForAll IpPrefix prefix) {
    assertThat(prefix.contains(prefix.network())).isTrue();
    assertThat(IpPrefix.of(prefix.toString())).isEqualTo(prefix);
  }

  @Property(tries = 200)
  void a_tag_has_sixteen_bits(@ForAll VlanTag tag) {
    assertThat(tag.controlInformation()).isBetween(0, 0xffff);
  }

  @Property(tries = 200)
  void an_endpoint_has_no_address_of_a_group(@ForAll Endpoint endpoint) {
    assertThat(endpoint.mac().isMulticast()).isFalse();
    assertThat(endpoint.ipv4().isMulticast()).isFalse();
    assertThat(endpoint.ipv6().isMulticast()).isFalse();
  }

  @Test
  void the_edges_that_mean_something_are_among_the_edge_cases() {
    assertThat(edges(Addresses.macs())).contains(MacAddress.ZERO, MacAddress.BROADCAST);
    assertThat(edges(Addresses.vlanTags())).contains(VlanTag.of(0), VlanTag.of(4_095));
  }

  private static <T> List<T> edges(Arbitrary<T> arbitrary) {
    List<T> values = new ArrayList<>();
    arbitrary.edgeCases().forEach(shrinkable -> values.add(shrinkable.value()));
    return values;
  }
}
