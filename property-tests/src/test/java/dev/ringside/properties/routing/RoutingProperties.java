// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.RoutingArbitraries;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.PrefixTable;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** A router does what its twin says, whatever its table is and whatever comes. */
class RoutingProperties {

  private static final int TRIES = 150;

  @Provide
  Arbitrary<List<Step>> scripts() {
    Arbitrary<IpPrefix> prefixes = RoutingArbitraries.nestedPrefixes();
    Arbitrary<Integer> stations = Arbitraries.integers().between(0, Stations.ALL - 1);
    Arbitrary<Step> add =
        Combinators.combine(prefixes, stations).as((prefix, to) -> new Step.AddRoute(prefix, to));
    Arbitrary<Step> remove = prefixes.map(Step.RemoveRoute::new);
    Arbitrary<Step> mtu =
        Combinators.combine(
                Arbitraries.integers().between(0, Stations.SUBNETS - 1),
                Arbitraries.integers().between(100, 1_500))
            .as(Step.SetMtu::new);
    return Arbitraries.frequencyOf(
            Tuple.of(4, sends(stations)), Tuple.of(4, add), Tuple.of(1, remove), Tuple.of(1, mtu))
        .list()
        .ofMaxSize(30);
  }

  private static Arbitrary<Step> sends(Arbitrary<Integer> stations) {
    Arbitrary<Integer> hops = Arbitraries.of(1, 2, 3, 64, 254);
    Arbitrary<Integer> bytes = Arbitraries.of(0, 1, 64, 80, 500, 1_400);
    Arbitrary<IpAddress> inSubnets =
        Combinators.combine(
                Arbitraries.integers().between(0, Stations.SUBNETS - 1),
                Arbitraries.of(10, 11, Stations.NOBODY),
                Arbitraries.of(true, false))
            .as(Stations::address);
    return Combinators.combine(
            stations,
            Arbitraries.oneOf(inSubnets, RoutingArbitraries.nearAddresses()),
            hops,
            bytes,
            Arbitraries.of(true, false))
        .as(Step.Send::new)
        .filter(send -> Stations.subnetOf(send.to()) != Stations.subnetOfStation(send.from()))
        .map(send -> send);
  }

  @Property(tries = TRIES)
  void a_router_does_what_its_twin_says(@ForAll("scripts") List<Step> script) {
    Bench bench = new Bench(Defect.NONE).run(script);

    assertThat(RoutingLaws.longestPrefixCounts(bench)).isEmpty();
    assertThat(RoutingLaws.oneHopLess(bench)).isEmpty();
    assertThat(RoutingLaws.contentsStay(bench)).isEmpty();
    assertThat(RoutingLaws.sendersAreTold(bench)).isEmpty();
    assertThat(RoutingLaws.piecesFit(bench)).isEmpty();
    assertThat(bench.ledgerViolations()).isEmpty();
  }

  // ---- the table alone ----

  @Provide
  Arbitrary<List<IpPrefix>> tables() {
    return RoutingArbitraries.tables(RoutingArbitraries.nestedPrefixes(), 40);
  }

  @Provide
  Arbitrary<IpAddress> addresses() {
    return RoutingArbitraries.nearAddresses();
  }

  private static @Nullable IpPrefix longest(List<IpPrefix> table, IpAddress address) {
    IpPrefix best = null;
    for (IpPrefix prefix : table) {
      if (prefix.contains(address) && (best == null || prefix.length() > best.length())) {
        best = prefix;
      }
    }
    return best;
  }

  @Property
  void a_table_finds_what_a_walk_finds_whatever_was_taken_out(
      @ForAll("tables") List<IpPrefix> table, @ForAll("addresses") IpAddress address) {
    PrefixTable<IpPrefix> prefixes = new PrefixTable<>();
    for (IpPrefix prefix : table) {
      prefixes.put(prefix, prefix);
    }
    List<IpPrefix> left = new ArrayList<>(table);
    for (IpPrefix prefix : table) {
      assertThat(prefixes.find(address)).isEqualTo(longest(left, address));
      assertThat(prefixes.remove(prefix)).isEqualTo(prefix);
      left.remove(prefix);
    }
    assertThat(prefixes.isEmpty()).isTrue();
  }
}
