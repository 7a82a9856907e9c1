// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.routing.AddressPool;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A pool gives the lowest address that is free, as a set of all that are free does. */
class AddressPoolProperties {

  private enum What {
    ALLOCATE,
    RESERVE,
    RELEASE
  }

  private record Step(What what, int host) {}

  @Provide
  Arbitrary<List<Step>> scripts() {
    return Combinators.combine(Arbitraries.of(What.values()), Arbitraries.integers().between(0, 40))
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }

  @Property
  void a_pool_does_what_a_set_does(
      @ForAll @IntRange(min = 27, max = 32) int length, @ForAll("scripts") List<Step> script) {
    IpPrefix prefix = IpPrefix.around(IpAddress.of("192.0.2.64"), length);
    AddressPool pool = new AddressPool(prefix);
    TreeSet<Integer> free = new TreeSet<>();
    int size = 1 << (32 - length);
    int edge = size > 2 ? 1 : 0;
    for (int host = edge; host < size - edge; host++) {
      free.add(host);
    }
    int all = free.size();
    for (Step step : script) {
      IpAddress ip = at(prefix, step.host());
      boolean usable = step.host() >= edge && step.host() < size - edge;
      switch (step.what()) {
        case ALLOCATE -> {
          Integer lowest = free.pollFirst();
          assertThat(pool.allocate()).isEqualTo(lowest == null ? null : at(prefix, lowest));
        }
        case RESERVE -> assertThat(pool.reserve(ip)).isEqualTo(free.remove(step.host()));
        case RELEASE -> assertThat(pool.release(ip)).isEqualTo(usable && free.add(step.host()));
      }
      assertThat(pool.used()).isEqualTo(all - free.size());
    }
  }

  private static IpAddress at(IpPrefix prefix, int host) {
    return new Ipv4Address(((Ipv4Address) prefix.network()).bits() + host);
  }
}
