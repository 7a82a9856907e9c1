// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.jspecify.annotations.Nullable;

/** The table finds what a walk over all prefixes finds, after whatever was put in and taken out. */
class PrefixTableProperties {

  /** Few bits differ, so that prefixes contain each other and addresses hit them. */
  @Provide
  Arbitrary<IpAddress> addresses() {
    Arbitrary<IpAddress> v4 =
        Arbitraries.integers()
            .between(0, 15)
            .flatMap(low -> Arbitraries.of(0, 1 << 31, 0xc000_0200).map(high -> high | low))
            .map(Ipv4Address::new);
    Arbitrary<IpAddress> v6 =
        Combinators.combine(Arbitraries.of(0L, 1L, 1L << 63), Arbitraries.of(0L, 1L, 3L, 1L << 63))
            .as(Ipv6Address::new);
    return Arbitraries.oneOf(v4, v6);
  }

  @Provide
  Arbitrary<List<Tuple2<IpPrefix, Boolean>>> changes() {
    Arbitrary<IpPrefix> prefixes =
        addresses()
            .flatMap(
                ip ->
                    Arbitraries.integers()
                        .between(0, ip.version() == 4 ? 32 : 128)
                        .map(length -> IpPrefix.around(ip, length)));
    return Combinators.combine(prefixes, Arbitraries.of(true, true, false))
        .as((IpPrefix prefix, Boolean put) -> Tuple.of(prefix, put))
        .list()
        .ofMaxSize(40);
  }

  private static @Nullable IpPrefix longest(List<IpPrefix> present, IpAddress address) {
    IpPrefix best = null;
    for (IpPrefix prefix : present) {
      if (prefix.contains(address) && (best == null || prefix.length() > best.length())) {
        best = prefix;
      }
    }
    return best;
  }

  @Property
  void the_table_finds_what_a_walk_over_all_prefixes_finds(
      @ForAll("changes") List<Tuple2<IpPrefix, Boolean>> changes,
      @ForAll("addresses") IpAddress address) {
    PrefixTable<IpPrefix> table = new PrefixTable<>();
    List<IpPrefix> present = new ArrayList<>();
    for (Tuple2<IpPrefix, Boolean> change : changes) {
      IpPrefix prefix = change.get1();
      boolean there = present.remove(prefix);
      if (change.get2()) {
        assertThat(table.put(prefix, prefix) != null).isEqualTo(there);
        present.add(prefix);
      } else {
        assertThat(table.remove(prefix) != null).isEqualTo(there);
      }
      assertThat(table.find(address)).isEqualTo(longest(present, address));
      assertThat(table.size()).isEqualTo(present.size());
      assertThat(table.get(prefix) != null).isEqualTo(change.get2());
    }
    assertThat(table.values()).containsExactlyInAnyOrderElementsOf(present);
  }
}
