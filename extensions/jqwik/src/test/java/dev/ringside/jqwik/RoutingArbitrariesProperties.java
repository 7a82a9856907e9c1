// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import java.util.LinkedHashSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.statistics.Statistics;

class RoutingArbitrariesProperties {

  @Provide
  Arbitrary<List<IpPrefix>> tables() {
    return RoutingArbitraries.tables(RoutingArbitraries.nestedPrefixes(), 20);
  }

  @Provide
  Arbitrary<IpAddress> addresses() {
    return RoutingArbitraries.nearAddresses();
  }

  @Provide
  Arbitrary<List<IpPrefix>> subnets() {
    return RoutingArbitraries.subnets(5);
  }

  @Provide
  Arbitrary<Tuple2<IpPrefix, IpAddress>> addressesWithPrefix() {
    return Addresses.prefixes()
        .flatMap(prefix -> RoutingArbitraries.addressesIn(prefix).map(ip -> Tuple.of(prefix, ip)));
  }

  @Property
  void tables_have_each_prefix_once_and_addresses_are_in_some(
      @ForAll("tables") List<IpPrefix> table, @ForAll("addresses") IpAddress address) {
    assertThat(table).hasSizeLessThanOrEqualTo(20).doesNotHaveDuplicates();
    long hits = table.stream().filter(prefix -> prefix.contains(address)).count();
    Statistics.collect(hits > 1 ? "several" : hits == 1 ? "one" : "none");
    Statistics.coverage(
        coverage -> {
          coverage.check("several").percentage(p -> p > 20);
          coverage.check("none").percentage(p -> p > 5);
        });
  }

  @Property
  void an_address_in_a_prefix_begins_with_it(
      @ForAll("addressesWithPrefix") Tuple2<IpPrefix, IpAddress> pair) {
    assertThat(pair.get1().contains(pair.get2())).isTrue();
  }

  @Property(tries = 50)
  void a_lab_takes_the_subnets(@ForAll("subnets") List<IpPrefix> subnets) {
    LabBuilder builder = Lab.builder();
    for (IpPrefix subnet : subnets) {
      builder.subnet(subnet.toString(), subnet.toString());
    }
    try (Lab lab = builder.open()) {
      assertThat(lab.subnets()).hasSameSizeAs(new LinkedHashSet<>(subnets));
    }
  }

  @Example
  void more_subnets_than_there_is_room_for_are_refused() {
    assertThatThrownBy(() -> RoutingArbitraries.subnets(257))
        .hasMessage("number of subnets 257 is not in 1 to 256");
  }
}
